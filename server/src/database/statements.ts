import { createHash } from 'node:crypto'
import type { Asking, NamedStatement } from './connect.ts'

/** The values of a statement while its text is put together; every value of a request goes through here. */
export class Bound {
  readonly values: unknown[] = []

  bind(value: unknown): string {
    return `$${this.values.push(value)}`
  }
}

const names = new Map<string, string>()

/** A statement under a name of its own, so that the server plans it once per connection. */
export function named(text: string, values: readonly unknown[]): NamedStatement {
  let name = names.get(text)
  if (!name) {
    name = `asked_${createHash('sha256').update(text).digest('hex').slice(0, 20)}`
    names.set(text, name)
  }
  return { name, text, values: values as unknown[] }
}

export async function ask<Row>(tx: Asking, text: string, values: readonly unknown[]): Promise<Row[]> {
  const { rows } = await tx.client.query(named(text, values))
  return rows as Row[]
}

/**
 * How many rows a page reads. It stands in the text of the statement: plans are made once for all values, and only a
 * number tells the planner that few rows are wanted and an index in their order is best.
 */
export function pageLimit(limit: number): number {
  return [51, 101, 201].find((size) => size >= limit) ?? limit
}

const inserts = new Map<string, string>()

/** Inserts a row whose fields are the columns in camel case. */
export async function insertRow(
  tx: Asking,
  table: string,
  row: Readonly<Record<string, unknown>>,
): Promise<void> {
  const fields = Object.keys(row)
  const key = `${table} ${fields.join(' ')}`
  let text = inserts.get(key)
  if (!text) {
    const columns = fields.map((field) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
    text = `insert into ${table} (${columns.join(', ')}) values (${fields.map((_, index) => `$${index + 1}`).join(', ')})`
    inserts.set(key, text)
  }
  await tx.client.query(named(text, Object.values(row)))
}

/** Sent together with others and awaited with them later: should one of those be refused first, this one's failure is no news. */
export function sending<Result>(answer: Promise<Result>): Promise<Result> {
  answer.catch(() => undefined)
  return answer
}
