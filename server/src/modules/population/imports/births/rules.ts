import { sexIn } from '@youyu/shared/population/identity-number'
import type { BirthOutcome } from '@youyu/shared/population/value-sets'
import type { CellFault } from '../persons/rules.ts'
import { cellsOf } from '../rules-cells.ts'
import { codeReaders, plainWords } from '../rules-values.ts'
import {
  eventReaders,
  readGestation,
  readLength,
  readNumber,
  readTime,
  readWeight,
} from '../rules-values-events.ts'

/** A birth as a row of a file tells it. */
export type BirthCandidate = {
  motherIdNumber: string | null
  fatherIdNumber: string | null
  childIdNumber: string | null
  childName: string | null
  ethnicity: string | null
  sex: string
  occurredOn: string
  occurredAt: string | null
  outcome: BirthOutcome
  orderOfMother: number | null
  plurality: number
  sequence: number
  gestationDays: number | null
  weightGrams: number | null
  lengthMillimetres: number | null
  apgar1: number | null
  apgar5: number | null
  apgar10: number | null
  delivery: string | null
  place: string
  facility: string | null
  certificateNumber: string | null
  certificateIssuedOn: string | null
  certificateType: string | null
  hukouRegisteredOn: string | null
  hepatitisBOn: string | null
  divisionCode: string | null
  hukouDivision: string | null
}

const LONGEST_NAME = 50
const apgar = (text: string) => readNumber(text, 0, 10)
const certificate = (text: string) => (/^[A-Z]\d{9}$/.test(text.toUpperCase()) ? text.toUpperCase() : null)
const words = (text: string) => (text.length <= LONGEST_NAME ? plainWords(text) : null)

export function readBirth(
  cell: (key: string) => string,
  today: string,
): { candidate: BirthCandidate; faults: CellFault[] } {
  const cells = cellsOf(cell, today)
  const { optional, faults } = cells
  const childIdNumber = cells.person('childIdNumber')
  const occurredOn = cells.day('birthDate', true) ?? ''
  const sex =
    optional('sex', codeReaders.sex, 'invalid-code-value') ?? (childIdNumber && sexIn(childIdNumber))
  if (sex === null && cells.plain('sex') === '') faults.push({ key: 'sex', code: 'required' })
  const outcome = (optional('outcome', eventReaders.outcome, 'invalid-code-value') ?? 'LIVE') as BirthOutcome
  const plurality = optional('plurality', (text) => readNumber(text, 1, 8)) ?? 1
  const candidate: BirthCandidate = {
    motherIdNumber: cells.person('motherIdNumber'),
    fatherIdNumber: cells.person('fatherIdNumber'),
    childIdNumber,
    childName: optional('childName', words),
    ethnicity: optional('ethnicity', codeReaders.ethnicity, 'invalid-code-value'),
    sex: sex ?? '0',
    occurredOn,
    occurredAt: optional('birthTime', readTime),
    outcome,
    orderOfMother: optional('orderOfMother', (text) => readNumber(text, 1, 20)),
    plurality,
    sequence: optional('sequence', (text) => readNumber(text, 1, plurality)) ?? 1,
    gestationDays: optional('gestation', readGestation),
    weightGrams: optional('weight', readWeight),
    lengthMillimetres: optional('length', readLength),
    apgar1: optional('apgar1', apgar),
    apgar5: optional('apgar5', apgar),
    apgar10: optional('apgar10', apgar),
    delivery: optional('delivery', eventReaders.delivery, 'invalid-code-value'),
    place: optional('place', eventReaders.birthPlace, 'invalid-code-value') ?? 'OTHER',
    facility: optional('facility', (text) => text),
    certificateNumber: optional('certificateNumber', certificate),
    certificateIssuedOn: cells.day('certificateIssuedOn'),
    certificateType: optional('certificateType', eventReaders.certificateType, 'invalid-code-value'),
    hukouRegisteredOn: cells.day('hukouRegisteredOn'),
    hepatitisBOn: cells.day('hepatitisBOn'),
    divisionCode: cells.division('division'),
    hukouDivision: cells.division('hukouDivision'),
  }
  if (outcome !== 'LIVE' && childIdNumber !== null)
    faults.push({ key: 'childIdNumber', code: 'invalid-value' })
  return { candidate, faults }
}
