import {
  birthDateIn,
  identityNumberFault,
  normaliseIdNumber,
  sexIn,
} from '@youyu/shared/population/identity-number'
import type { ErrorCode } from '@youyu/shared/errors'
import type { IdType } from '@youyu/shared/population/value-sets'
import type { CivilDate } from '@youyu/shared/values'

/** A field that cannot be as it is. */
export type Fault = { pointer: string; code: ErrorCode }

/** Completed years on a day. */
export function ageOn(birthDate: CivilDate, day: CivilDate): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years
}

/** A document number as the register keeps it. Only identity card numbers have an old form that is made new. */
export function documentNumber(idType: IdType, raw: string): string {
  return idType === '01' ? normaliseIdNumber(raw) : raw.normalize('NFKC').replace(/\s/g, '').toUpperCase()
}

/** What the blind index of a document is made of. */
export function documentKey(idType: IdType, number: string): string {
  return `${idType}:${number}`
}

export function phoneDigits(phone: string): string {
  return phone.normalize('NFKC').replace(/\D/g, '')
}

type Identity = { idType: IdType; idNumber: string | null; birthDate: CivilDate; today: CivilDate }

/** GB 11643: only what is impossible is refused. */
export function identityFaults({ idType, idNumber, birthDate, today }: Identity): Fault[] {
  const faults: Fault[] = []
  if (birthDate > today || birthDate < '1880-01-01')
    faults.push({ pointer: '/birthDate', code: 'invalid-date' })
  if (idType === '01' && idNumber !== null && identityNumberFault(idNumber, today))
    faults.push({ pointer: '/idNumber', code: 'invalid-id-number' })
  return faults
}

export type Parent = { sex: string; birthDate: CivilDate }

/** A mother is 12 to 60 years old at the birth, a father at least 12 (domain §3.1). */
export function parentFaults(birthDate: CivilDate, mother: Parent | null, father: Parent | null): Fault[] {
  const faults: Fault[] = []
  if (mother && (ageOn(mother.birthDate, birthDate) < 12 || ageOn(mother.birthDate, birthDate) > 60))
    faults.push({ pointer: '/motherId', code: 'mother-age-impossible' })
  if (mother?.sex === '1') faults.push({ pointer: '/motherId', code: 'invalid-value' })
  if (father && ageOn(father.birthDate, birthDate) < 12)
    faults.push({ pointer: '/fatherId', code: 'father-age-impossible' })
  if (father?.sex === '2') faults.push({ pointer: '/fatherId', code: 'invalid-value' })
  return faults
}

export type Judged = {
  idType: string
  idNumber: string | null
  sex: string
  birthDate: CivilDate
  birthDatePrecision: string
  mother: Parent | null
  headBirthDate: CivilDate | null
  relationToHead: string | null
  today: CivilDate
}

const precisionLengths: Record<string, number> = { DAY: 10, MONTH: 7, YEAR: 4 }
/** Least years between the head and a relative: positive where the relative is younger. */
const generations: Record<string, number> = { '2': 12, '3': 12, '4': 24, '5': -12, '6': -24 }

/** Findings of domain §7.5 that do not hinder the record. */
export function findingsOf(person: Judged): string[] {
  const findings: string[] = []
  if (differsFromNumber(person)) findings.push('I2')
  if (ageOn(person.birthDate, person.today) > 110) findings.push('I5')
  if (person.mother && !isBetween(ageOn(person.mother.birthDate, person.birthDate), 13, 55))
    findings.push('F1')
  if (isRelationOdd(person)) findings.push('F7')
  return findings
}

function differsFromNumber({ idType, idNumber, sex, birthDate, birthDatePrecision }: Judged): boolean {
  if (idType !== '01' || idNumber === null || idNumber.length !== 18) return false
  const known = precisionLengths[birthDatePrecision] ?? 10
  return (
    birthDateIn(idNumber).slice(0, known) !== birthDate.slice(0, known) ||
    ((sex === '1' || sex === '2') && sexIn(idNumber) !== sex)
  )
}

/** F7: a child older than the head, a parent younger. */
export function isRelationOdd({
  relationToHead,
  headBirthDate,
  birthDate,
}: Pick<Judged, 'relationToHead' | 'headBirthDate' | 'birthDate'>): boolean {
  const least = generations[relationToHead ?? '']
  if (least === undefined || headBirthDate === null) return false
  const years =
    birthDate >= headBirthDate ? ageOn(headBirthDate, birthDate) : -ageOn(birthDate, headBirthDate)
  return least > 0 ? years < least : years > least
}

function isBetween(value: number, from: number, to: number): boolean {
  return value >= from && value <= to
}
