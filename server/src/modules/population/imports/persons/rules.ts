import type { ErrorCode } from '@youyu/shared/errors'
import { birthDateIn, identityNumberFault, sexIn } from '@youyu/shared/population/identity-number'
import type { IdType } from '@youyu/shared/population/value-sets'
import { documentNumber, findingsOf } from '../../persons/rules.ts'
import {
  codeReaders,
  isPlaceholderNumber,
  plainText,
  plainWords,
  readDate,
  readDivisionCode,
  readHouseholdNumber,
  readPhone,
} from '../rules-values.ts'

/** A row of the file as the register would hold it; null where the file says nothing. */
export type PersonCandidate = {
  name: string
  sex: string
  birthDate: string
  birthDatePrecision: 'DAY' | 'MONTH' | 'YEAR'
  idType: string
  idNumber: string | null
  ethnicity: string | null
  education: string | null
  maritalStatus: string | null
  hukouDivision: string
  hukouType: string | null
  residenceDivision: string
  residenceStatus: string
  residenceSince: string | null
  householdNumber: string | null
  relation: string | null
  phone: string | null
  address: string | null
  findings: string[]
}

export type CellFault = { key: string; code: ErrorCode }
export type PersonReading = { candidate: PersonCandidate; faults: CellFault[] }

const EARLIEST = '1880-01-01'
const MOST_CHARACTERS = { name: 50, address: 200 }

/** Reads one row; faults name the field. Whether divisions exist and whose number it is, only the register knows. */
export function readPerson(cell: (key: string) => string, county: number, today: string): PersonReading {
  const faults: CellFault[] = []
  const fault = (key: string, code: ErrorCode) => void faults.push({ key, code })
  const plain = (key: string) => plainText(cell(key))
  const coded = (key: keyof typeof codeReaders, column: string = key): string | null => {
    const text = plain(column)
    if (text === '') return null
    const code = codeReaders[key](text)
    if (code === null) fault(column, 'invalid-code-value')
    return code
  }

  const name = plainWords(cell('name'))
  if (name === '') fault('name', 'required')
  else if (name.length > MOST_CHARACTERS.name) fault('name', 'invalid-value')

  const identity = readIdentity(plain('idType'), plain('idNumber'), today, fault)
  const born = readBirth(
    plain('birthDate'),
    identity.idNumber !== null && identity.idType === '01' ? identity.idNumber : null,
    today,
    fault,
  )
  const numberSex = identity.idType === '01' && identity.idNumber ? sexIn(identity.idNumber) : null
  const sex = coded('sex') ?? numberSex
  if (sex === null && plain('sex') === '') fault('sex', 'required')

  const place = readPlaces(plain('hukouDivision'), plain('residenceDivision'), fault)
  const residenceStatus = coded('residenceStatus') ?? usualStatus(place.hukou, place.residence, county)
  const since = plain('residenceSince')
  const residenceSince = since === '' ? null : readDate(since)
  if (since !== '' && (residenceSince === null || residenceSince > today || residenceSince < EARLIEST))
    fault('residenceSince', 'invalid-date')

  const household = plain('householdNumber')
  const householdNumber = household === '' ? null : readHouseholdNumber(household)
  if (household !== '' && householdNumber === null) fault('householdNumber', 'invalid-value')
  const relation = coded('relation', 'relationToHead')
  const phone = plain('phone')
  const digits = phone === '' ? null : readPhone(phone)
  if (phone !== '' && digits === null) fault('phone', 'invalid-value')
  const address = plainWords(cell('address'))
  if (address.length > MOST_CHARACTERS.address) fault('address', 'invalid-value')

  const candidate: PersonCandidate = {
    name,
    sex: sex ?? '0',
    ...born,
    ...identity,
    ethnicity: coded('ethnicity'),
    education: coded('education'),
    maritalStatus: coded('maritalStatus'),
    hukouDivision: place.hukou,
    hukouType: coded('hukouType'),
    residenceDivision: place.residence,
    residenceStatus,
    residenceSince,
    householdNumber,
    relation: householdNumber === null ? null : (relation ?? '8'),
    phone: digits,
    address: address === '' ? null : address,
    findings: [],
  }
  candidate.findings =
    faults.length > 0
      ? []
      : findingsOf({ ...candidate, relationToHead: null, mother: null, headBirthDate: null, today })
  return { candidate, faults }
}

type Fault = (key: string, code: ErrorCode) => void

function readIdentity(
  typeText: string,
  numberText: string,
  today: string,
  fault: Fault,
): { idType: string; idNumber: string | null } {
  const idType = typeText === '' ? '01' : codeReaders.idType(typeText)
  if (idType === null) fault('idType', 'invalid-code-value')
  if (numberText === '') return { idType: idType ?? '01', idNumber: null }
  const idNumber = documentNumber((idType ?? '01') as IdType, numberText.replace(/^'/, ''))
  if (isPlaceholderNumber(idNumber)) fault('idNumber', 'placeholder-number')
  else if (
    (idType ?? '01') === '01'
      ? identityNumberFault(idNumber, today) !== null
      : !/^[0-9A-Z()/-]{3,40}$/.test(idNumber)
  )
    fault('idNumber', 'invalid-id-number')
  return { idType: idType ?? '01', idNumber }
}

/** A day; of a month or a year only, the first of it, said by the precision. An identity number tells the day. */
function readBirth(
  text: string,
  number: string | null,
  today: string,
  fault: Fault,
): Pick<PersonCandidate, 'birthDate' | 'birthDatePrecision'> {
  const inNumber = number !== null && /^\d{17}[\dX]$/.test(number) ? birthDateIn(number) : null
  const day = readDate(text)
  const part = day === null ? /^(\d{4})(?:[-/.年](\d{1,2})月?|年)?$/.exec(text) : null
  const fromPart = part ? readDate(`${part[1]}-${part[2] ?? '1'}-1`) : null
  const birthDate = day ?? (text === '' || fromPart !== null ? (inNumber ?? fromPart) : null)
  const precision = day !== null || inNumber !== null ? 'DAY' : part?.[2] ? 'MONTH' : 'YEAR'
  if (birthDate === null) fault('birthDate', text === '' ? 'required' : 'invalid-date')
  else if (birthDate > today || birthDate < EARLIEST) fault('birthDate', 'invalid-date')
  return { birthDate: birthDate ?? '1900-01-01', birthDatePrecision: precision }
}

function readPlaces(
  hukouText: string,
  residenceText: string,
  fault: Fault,
): { hukou: string; residence: string } {
  const hukou = readDivisionCode(hukouText)
  const residence = readDivisionCode(residenceText)
  if (hukouText !== '' && hukou === null) fault('hukouDivision', 'unknown-division')
  if (residenceText !== '' && residence === null) fault('residenceDivision', 'unknown-division')
  if (hukouText === '' && residenceText === '') fault('hukouDivision', 'required')
  return { hukou: hukou ?? residence ?? '', residence: residence ?? hukou ?? '' }
}

/** What the two places say where the file does not: same place registered and resident, outside the county away, else in-flow. */
function usualStatus(hukou: string, residence: string, county: number): string {
  if (hukou === residence) return '1'
  return Number(residence.slice(0, 6)) === county ? '3' : '2'
}
