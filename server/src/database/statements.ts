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

const shapes = new Map<string, { name: string; text: string }>()

/**
 * The same of a long text that follows from a shape alone, whatever its values: it is put together each time for the
 * values it binds, and read through once.
 */
export function shaped(shape: string, build: (bound: Bound) => string): NamedStatement {
  const bound = new Bound()
  const built = build(bound)
  let known = shapes.get(shape)
  if (!known) {
    const { name, text } = named(built, bound.values)
    shapes.set(shape, (known = { name, text }))
  }
  return { ...known, values: bound.values }
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
