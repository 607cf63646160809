import type { ChangePreview } from '@youyu/shared/population/persons'
import { maskDate, maskName } from '@youyu/shared/population/masking'
import type { Access } from '../../../access/access.ts'
import type { CountedPerson } from '../overview/rules.ts'
import { maySeePlainly } from './person-row.ts'

/** Fields of a person that facts speak of, and their columns. Ciphers and hashes travel as base64. */
export const trackedColumns = {
  name: 'name',
  sex: 'sex',
  birthDate: 'birth_date',
  birthDatePrecision: 'birth_date_precision',
  idType: 'id_type',
  idNumber: 'id_number_mask',
  idNumberCipher: 'id_number_cipher',
  idNumberHash: 'id_number_hash',
  ethnicity: 'ethnicity',
  education: 'education',
  maritalStatus: 'marital_status',
  hukouDivision: 'hukou_division',
  hukouType: 'hukou_type',
  residenceDivision: 'residence_division',
  residenceStatus: 'residence_status',
  residenceSince: 'residence_since',
  householdId: 'household_id',
  relationToHead: 'relation_to_head',
  phone: 'phone_mask',
  phoneCipher: 'phone_cipher',
  phoneHash: 'phone_hash',
  address: 'address',
  motherId: 'mother_id',
  fatherId: 'father_id',
  status: 'status',
  mergedInto: 'merged_into',
  findings: 'findings',
} as const
export type TrackedField = keyof typeof trackedColumns

export const binaryFields: readonly TrackedField[] = [
  'idNumberCipher',
  'idNumberHash',
  'phoneCipher',
  'phoneHash',
]
const silentFields: readonly string[] = [...binaryFields, 'findings']

/** The present state of a person as facts write it: every value a text; findings joined by a comma. */
export type PersonState = Record<TrackedField, string | null> & {
  id: string
  name: string
  sex: string
  birthDate: string
  birthDatePrecision: string
  idType: string
  hukouDivision: string
  residenceDivision: string
  residenceStatus: string
  status: string
  findings: string
  version: number
}

export type Changes = Partial<Record<TrackedField, string | null>>

/** Only what really differs. */
export function differing(before: Changes, wanted: Changes): Changes {
  const entries = Object.entries(wanted) as [TrackedField, string | null][]
  return Object.fromEntries(entries.filter(([field, value]) => (before[field] ?? null) !== value))
}

export function countedOf(state: PersonState, changes: Changes = {}): CountedPerson {
  const { residenceDivision, hukouDivision, residenceStatus, sex, status } = { ...state, ...changes }
  return { residenceDivision, hukouDivision, residenceStatus, sex, status } as CountedPerson
}

/** A value of a fact as this reader may see it: numbers are masks already. */
export function shownValue(access: Access, field: string, value: string | null): string | null {
  if (value === null || maySeePlainly(access)) return value
  if (field === 'name') return maskName(value)
  if (/date|since/i.test(field)) return maskDate(value)
  return field === 'address' ? '*' : value
}

export function isShownField(field: string): boolean {
  return !silentFields.includes(field)
}

type Told = ChangePreview['changes'][number]

/** What a change would do to a person, told field by field. */
export function toldChanges(access: Access, state: PersonState, changes: Changes): Told[] {
  const fields = (Object.keys(changes) as TrackedField[]).filter(isShownField)
  const label = shownValue(access, 'name', state.name) as string
  return fields.map((field) => ({
    entity: 'person',
    id: state.id,
    label,
    field,
    before: shownValue(access, field, state[field]),
    after: shownValue(access, field, changes[field] ?? null),
  }))
}

export function findingsIn(state: { findings: string }): string[] {
  return state.findings === '' ? [] : state.findings.split(',')
}
