import type { Correction } from '@youyu/shared/population/persons'
import type { Person } from '@youyu/shared/population/persons'

export type CorrectableField = keyof NonNullable<Correction['set']>

/** In the order of the register's page. */
export const correctableFields = [
  'name',
  'sex',
  'birthDate',
  'birthDatePrecision',
  'idType',
  'idNumber',
  'ethnicity',
  'education',
  'maritalStatus',
  'hukouDivision',
  'hukouType',
  'address',
  'phone',
  'motherId',
  'fatherId',
] as const satisfies readonly CorrectableField[]

/** May be emptied by a correction; the others always have a value. */
export const clearableFields: ReadonlySet<CorrectableField> = new Set<CorrectableField>([
  'idNumber',
  'ethnicity',
  'education',
  'maritalStatus',
  'hukouType',
  'address',
  'phone',
  'motherId',
  'fatherId',
])

/** What a correction starts from: the present value, unless it is masked. */
export function presentValue(person: Person, field: CorrectableField): string {
  if (field === 'hukouDivision') return person.hukou.code
  if (field === 'motherId') return person.mother?.id ?? ''
  if (field === 'fatherId') return person.father?.id ?? ''
  const value = person[field] ?? ''
  const isMasked = field === 'idNumber' || field === 'phone' || value.includes('*')
  return isMasked || (field === 'birthDate' && value.length !== 10) ? '' : value
}
