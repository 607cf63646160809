import { z } from 'zod'

/** What a form offers and a report says: code → [Chinese, English]. */
export type CodeTable = Readonly<Record<string, readonly [string, string]>>

/** The codes of a table. */
export function codesOf<const Table extends Readonly<Record<string, unknown>>>(table: Table) {
  return z.enum(Object.keys(table) as [keyof Table & string, ...(keyof Table & string)[]])
}
