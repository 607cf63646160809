import { codeName } from '../../texts/texts.ts'

/** The codes of a table as what a select or radios offer. */
export function optionsOf<const Table extends Record<string, readonly [string, string]>>(table: Table) {
  return (Object.keys(table) as (keyof Table & string)[]).map((value) => ({
    value,
    label: codeName(table, value),
  }))
}

/** A civil day so many days later. */
export function dayPlus(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}
