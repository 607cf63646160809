import type { ColumnMapping, FileInspection, ImportField, ImportNote } from '@youyu/shared/population/imports'

const leftOutByLaw: readonly ImportNote['code'][] = [
  'legacy-policy-column-dropped',
  'fetal-sex-column-dropped',
]

/** Columns that no mapping can bring in: the law no longer asks for what they say. */
export function columnsLeftOutByLaw(notes: readonly ImportNote[]): Set<string> {
  return new Set(notes.filter((note) => leftOutByLaw.includes(note.code)).map((note) => note.column))
}

/** The server's proposal, with what the user (or the source) said before where the file has that column. */
export function startMapping(inspection: FileInspection, kept: ColumnMapping | null): ColumnMapping {
  const locked = columnsLeftOutByLaw(inspection.notes)
  return Object.fromEntries(
    inspection.headers.map((header) => {
      if (locked.has(header)) return [header, null]
      const said = kept !== null && header in kept ? kept[header] : inspection.mapping[header]
      return [header, said ?? null]
    }),
  )
}

/** Sex and birth date can be read from the identity number; who has one of the two places has it for the other. */
const standIns: Record<string, string> = {
  sex: 'idNumber',
  birthDate: 'idNumber',
  hukouDivision: 'residenceDivision',
}

export function missingFields(fields: readonly ImportField[], mapping: ColumnMapping): ImportField[] {
  const mapped = new Set(Object.values(mapping))
  const has = (key: string | undefined) => key !== undefined && mapped.has(key)
  return fields.filter(({ key, required }) => required && !has(key) && !has(standIns[key]))
}

/** Fields that more than one column was given. */
export function doubledFields(mapping: ColumnMapping): Set<string> {
  const seen = new Set<string>()
  const doubled = new Set<string>()
  for (const key of Object.values(mapping)) {
    if (key === null) continue
    if (seen.has(key)) doubled.add(key)
    seen.add(key)
  }
  return doubled
}
