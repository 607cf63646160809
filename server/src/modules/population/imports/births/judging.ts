import type { ErrorCode } from '@youyu/shared/errors'
import { birthDateIn, sexIn } from '@youyu/shared/population/identity-number'
import { covers } from '../../../../access/access.ts'
import { newId } from '../../../../crypto/ids.ts'
import {
  birthFaults,
  birthFindings,
  customaryName,
  expectedOrder,
  isLate,
  relationOfChild,
  statusOfChild,
} from '../../births/index.ts'
import { ageOn } from '../../persons/rules.ts'
import type { PersonThen } from '../events/people.ts'
import type { Fault, Loading } from '../loading.ts'
import type { SiblingOf } from './queries.ts'
import type { BirthCandidate } from './rules.ts'

export type Around = {
  mother: PersonThen | undefined
  father: PersonThen | undefined
  child:
    | (Pick<PersonThen, 'id' | 'sex' | 'birthDate' | 'motherId' | 'birthId' | 'diedOn'> &
        Partial<Pick<PersonThen, 'residence' | 'hukou' | 'nowSince'>>)
    | undefined
  siblings: readonly SiblingOf[]
  facilityId: string | null
}

type Newborn = {
  name: string
  ethnicity: string | null
  householdId: string | null
  relation: string | null
  residenceStatus: string
}
export type ReadyBirth = Omit<BirthCandidate, 'divisionCode' | 'hukouDivision' | 'orderOfMother'> & {
  id: string
  childId: string | null
  motherId: string | null
  fatherId: string | null
  facilityId: string | null
  orderOfMother: number | null
  motherAge: number | null
  divisionCode: string
  hukouDivision: string
  registers: string[]
  findings: string[]
  newborn: Newborn | null
  /** The child is registered, and as living where she lives from the day of her birth. */
  livesSinceBirth: boolean
  /** Where the child is registered otherwise and the file is to be believed. */
  overwrites: { isOtherThanNumber: boolean } | null
}
export type Verdict = { faults: Fault[] } | { matched: true } | { ready: ReadyBirth }

/** What the fields of a fact are called in a file. */
const columnsOf: Record<string, string> = {
  '/occurredOn': 'birthDate',
  '/motherId': 'motherIdNumber',
  '/fatherId': 'fatherIdNumber',
}

const FARTHEST_BIRTH_DATE = 31

/** The same law as for a birth that is entered by hand; what the register knows already is met, not repeated. */
export function judge(loading: Loading, said: BirthCandidate, around: Around): Verdict {
  const { mother, father, child, siblings } = around
  const { access, today } = loading
  const refused = (key: string, code: ErrorCode): Verdict => ({ faults: [{ key, code }] })
  if (said.motherIdNumber !== null && !mother) return refused('motherIdNumber', 'not-found')
  const isOther = ({ childId, birthId }: SiblingOf) => birthId !== null || childId !== child?.id
  const others = siblings.filter(isOther)
  const isKnown =
    (child?.birthId ?? null) !== null ||
    others.some(({ occurredOn, sequence }) => occurredOn === said.occurredOn && sequence === said.sequence)
  if (isKnown) return { matched: true }

  const residence = said.divisionCode ?? mother?.residence ?? father?.residence ?? child?.residence ?? null
  const hukou = said.hukouDivision ?? mother?.hukou ?? father?.hukou ?? child?.hukou ?? residence
  if (residence === null || hukou === null) return refused('division', 'required')
  if (!covers(access.prefixes, residence) && !covers(access.prefixes, hukou))
    return refused(said.divisionCode === null ? 'motherIdNumber' : 'division', 'out-of-area')
  if (child && isFar(child.birthDate, said.occurredOn)) return refused('birthDate', 'conflict')
  const judged = { ...said, mother: mother ?? null, father: father ?? null, siblings: others, today }
  const faults = birthFaults({ ...judged, childDiedOn: child?.diedOn ?? null })
  if (faults.length > 0)
    return {
      faults: faults.map(({ pointer, code }) => ({ key: columnsOf[pointer] ?? pointer.slice(1), code })),
    }

  const isLive = said.outcome === 'LIVE'
  const expected = mother && isLive ? Math.min(expectedOrder(said, others), 20) : null
  const order = isLive ? (said.orderOfMother ?? expected) : null
  const findings = birthFindings({ ...judged, order, child: child ?? null, motherId: mother?.id ?? null })
  const newborn = isLive && !child ? newbornOf(loading, said, around, { residence, hukou }) : null
  const overwrites = findings.includes('B09') && loading.row.onMatch === 'overwrite' ? believed(said) : null
  const { certificateNumber, hukouRegisteredOn, hepatitisBOn, facility } = said
  const registers = { H: facility, C: certificateNumber, R: hukouRegisteredOn, V: hepatitisBOn }
  const ready: ReadyBirth = {
    ...said,
    id: newId(),
    childId: isLive ? (child?.id ?? newId()) : null,
    motherId: mother?.id ?? null,
    fatherId: father?.id ?? null,
    facilityId: around.facilityId,
    orderOfMother: order,
    motherAge: mother ? ageOn(mother.birthDate, said.occurredOn) : null,
    divisionCode: residence,
    hukouDivision: hukou,
    registers: Object.entries(registers).flatMap(([register, value]) => (value === null ? [] : [register])),
    findings: findings.filter(
      (code) => isToBeKept(code, said, order, expected) && !(code === 'B09' && overwrites !== null),
    ),
    newborn,
    livesSinceBirth: child?.nowSince === said.occurredOn,
    overwrites,
  }
  return { ready }
}

/** Her record becomes what the birth says; her number stays, and may tell another day. */
function believed({ childIdNumber, occurredOn, sex }: BirthCandidate): ReadyBirth['overwrites'] {
  const isOtherSex = (sex === '1' || sex === '2') && childIdNumber !== null && sexIn(childIdNumber) !== sex
  const isOtherDay = childIdNumber !== null && birthDateIn(childIdNumber) !== occurredOn
  return { isOtherThanNumber: isOtherDay || isOtherSex }
}

function isFar(one: string, other: string): boolean {
  return Math.abs(Date.parse(one) - Date.parse(other)) > FARTHEST_BIRTH_DATE * 86_400_000
}

/**
 * A file of years gone by: a birth is late where nobody knew of it in time, not because the file comes now; and earlier
 * children may simply not be in the register, so that only an order that is too low is odd.
 */
function isToBeKept(
  code: string,
  said: BirthCandidate,
  order: number | null,
  expected: number | null,
): boolean {
  if (code === 'V3') return order !== null && expected !== null && order < expected
  if (code !== 'LATE') return true
  const known = [said.certificateIssuedOn, said.hukouRegisteredOn, said.hepatitisBOn].filter(
    (day) => day !== null,
  )
  return known.every((day) => isLate(said.occurredOn, day))
}

function newbornOf(
  { row }: Loading,
  said: BirthCandidate,
  { mother, father }: Around,
  places: { residence: string; hukou: string },
): Newborn {
  const home = mother?.householdId ? mother : father?.householdId ? father : undefined
  const parents = [mother, father].map((parent) =>
    parent?.householdId && parent.householdId === home?.householdId ? parent.relation : null,
  )
  const hers = mother ? { ...mother, status: mother.residenceStatus } : null
  return {
    name: said.childName ?? customaryName((mother ?? father)?.name, said.sex),
    ethnicity: said.ethnicity ?? (mother ?? father)?.ethnicity ?? null,
    householdId: home?.householdId ?? null,
    relation: home ? relationOfChild(said.sex, parents) : null,
    residenceStatus: statusOfChild(places, hers, String(row.countyCode)),
  }
}
