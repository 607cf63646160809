import {
  eventColumns,
  generateCounty,
  householdColumns,
  personColumns,
  type DivisionRow,
} from '../generator/index.ts'
import { Upload } from './front-door.ts'

export type Generated = ReturnType<typeof peopleOf>

export function peopleOf(divisions: readonly DivisionRow[], { county, persons, asOf }: DemoPlan) {
  return [...generateCounty({ county, persons, seed: 1, asOf, divisions })]
}
export type DemoPlan = { county: string; persons: number; asOf: string }

const cell = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

/** Objects with the same columns as a file to upload. */
function csvOf(kind: string, columns: readonly string[], rows: readonly Record<string, string>[]): Upload {
  const lines = rows.map((row) => columns.map((column) => cell(row[column] ?? '')).join(','))
  return new Upload(kind, `${kind}.csv`, [columns.join(','), ...lines].join('\r\n'))
}

export function divisionFile(divisions: readonly DivisionRow[]): Upload {
  const rows = divisions.map(({ code, name, level, parentCode, urbanRuralCode }) => ({
    ...{ code, name, level: String(level) },
    ...{ parent_code: parentCode, urban_rural_code: urbanRuralCode },
  }))
  return csvOf('divisions', ['code', 'name', 'level', 'parent_code', 'urban_rural_code'], rows)
}

/** Which methods were used, as an old register tells it. */
export function methodFile(generated: Generated): Upload {
  const rows = generated.flatMap(({ methods }) => methods)
  return csvOf('methods', Object.keys(eventColumns.methods), rows)
}

/** People and households, then what befell them, in the order in which it may be told. */
export function countyFiles(generated: Generated): Upload[] {
  const events = (['births', 'marriages', 'moves', 'deaths'] as const).map((kind) =>
    csvOf(
      kind,
      Object.keys(eventColumns[kind]),
      generated.flatMap((household) => household[kind] as Record<string, string>[]),
    ),
  )
  return [
    csvOf(
      'persons',
      Object.keys(personColumns),
      generated.flatMap(({ persons }) => persons),
    ),
    csvOf(
      'households',
      Object.keys(householdColumns),
      generated.map(({ household }) => household),
    ),
    ...events,
  ]
}
