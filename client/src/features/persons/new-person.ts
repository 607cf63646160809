import {
  birthDateIn,
  identityNumberFault,
  normaliseIdNumber,
  sexIn,
} from '@youyu/shared/population/identity-number'

export const blankPerson = {
  name: '',
  sex: '',
  birthDate: '',
  birthDatePrecision: 'DAY',
  idType: '01',
  idNumber: '',
  ethnicity: '01',
  education: '',
  maritalStatus: '',
  hukouDivision: '',
  hukouType: '',
  address: '',
  phone: '',
  motherId: '',
  fatherId: '',
  residenceDivision: '',
  residenceStatus: '1',
  residenceSince: '',
  householdId: '',
  relationToHead: '',
}

/** The answers by the sections of the form, in its order. */
export const sections = [
  { key: 'identity', fields: ['name', 'idType', 'idNumber', 'sex', 'birthDate', 'birthDatePrecision'] },
  {
    key: 'register',
    fields: ['hukouDivision', 'hukouType', 'ethnicity', 'education', 'maritalStatus', 'motherId', 'fatherId'],
  },
  {
    key: 'residence',
    fields: ['residenceDivision', 'residenceStatus', 'residenceSince', 'address', 'phone'],
  },
  { key: 'household', fields: ['householdId', 'relationToHead'] },
] as const satisfies readonly { key: string; fields: readonly (keyof typeof blankPerson)[] }[]

/** Sex and birth date as a sound resident identity number tells them. */
export function toldByNumber(
  idType: string,
  idNumber: string,
  today: string,
): { sex: '1' | '2'; birthDate: string } | null {
  const number = normaliseIdNumber(idNumber)
  if (idType !== '01' || identityNumberFault(number, today) !== null) return null
  return { sex: sexIn(number), birthDate: birthDateIn(number) }
}
