import { createHash } from 'node:crypto'
import type { Asking } from '../../database/connect.ts'

/** The values of a statement while its text is put together; every value of a request goes through here. */
export class Bound {
  readonly values: unknown[] = []

  bind(value: unknown): string {
    return `$${this.values.push(value)}`
  }
}

const names = new Map<string, string>()

/** Runs a statement under a name of its own, so that the server plans it once per connection. */
export async function ask<Row>(tx: Asking, text: string, values: readonly unknown[]): Promise<Row[]> {
  let name = names.get(text)
  if (!name) {
    name = `people_${createHash('sha256').update(text).digest('hex').slice(0, 20)}`
    names.set(text, name)
  }
  const { rows } = await tx.client.query({ name, text, values: values as unknown[] })
  return rows as Row[]
}
