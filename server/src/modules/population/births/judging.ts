import type { ResidenceStatus } from '@youyu/shared/population/value-sets'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking } from '../../../database/connect.ts'
import { Refused, type WrongField } from '../../../refused.ts'
import { refuseOutside } from '../area.ts'
import { findPlaces } from '../overview/queries.ts'
import { ageOn } from '../persons/rules.ts'
import type { BirthFacts } from './queries.ts'
import { findAround, findReferences, type PersonThen } from './queries-circumstances.ts'
import { birthFaults, birthFindings, daysBetween, expectedOrder, statusOfChild } from './rules.ts'

type Derived = 'orderOfMother' | 'motherAge' | 'findings' | 'divisionCode' | 'hukouDivision'

/** What somebody says of a birth; what is undefined follows from the mother's record. */
export type SaidOfBirth = Omit<BirthFacts, Derived> & {
  orderOfMother: number | null | undefined
  divisionCode: DivisionCode | undefined
  hukouDivision: DivisionCode | undefined
}

export type JudgedBirth = {
  facts: BirthFacts
  mother: PersonThen | null
  father: PersonThen | null
  child: PersonThen | null
  /** Names of places open today, among them those of a newborn. */
  placeNames: ReadonlyMap<DivisionCode, string>
}

type Judging = {
  today: CivilDate
  /** When the birth was first heard of. */
  knownOn: CivilDate
  /** The birth that is being corrected. */
  selfId: Id | null
  /** Where the fields stand in the body. */
  at: '' | '/set'
}

const FARTHEST_BIRTH_DATE = 31

/** A birth with all that follows from it; what cannot be is refused with its field, what is odd is a finding. */
export async function judgeBirth(
  tx: Asking,
  access: Access,
  said: SaidOfBirth,
  { today, knownOn, selfId, at }: Judging,
): Promise<JudgedBirth> {
  if (access.county === 0) throw new Refused('out-of-area')
  const { childId, fatherId, occurredOn } = said
  const asked = [said.divisionCode, said.hukouDivision]
  const [{ people, siblings: others }, references, known] = await Promise.all([
    findAround(tx, access, { ...said, on: occurredOn }),
    findReferences(tx, access, said, selfId),
    findPlaces(
      tx,
      asked.filter((code) => code !== undefined),
    ),
  ])
  const [child, father] = [people.get(childId ?? '') ?? null, people.get(fatherId ?? '') ?? null]
  const mother = people.get(said.motherId ?? '') ?? null
  const siblings = others.filter(
    (sibling) => !(sibling.birthId !== null && sibling.birthId === selfId) && !isOf(sibling.childId, childId),
  )
  const order = orderOf(said, siblings)
  const divisionCode = said.divisionCode ?? mother?.residence
  const hukouDivision = said.hukouDivision ?? mother?.hukou ?? divisionCode

  const judged = { ...said, mother, father, siblings, order, today }
  const faults: WrongField[] = birthFaults({ ...judged, childDiedOn: child?.diedOn ?? null })
  const fault = (field: string, code: WrongField['code']) => faults.push({ pointer: `/${field}`, code })
  if (said.motherId && !mother) fault('motherId', 'not-found')
  if (fatherId && !father) fault('fatherId', 'not-found')
  if (childId && !child) fault('childId', 'not-found')
  if (child?.birthId && child.birthId !== selfId) fault('childId', 'already-exists')
  if (child && !selfId && Math.abs(daysBetween(child.birthDate, occurredOn)) > FARTHEST_BIRTH_DATE)
    fault('childId', 'conflict')
  if (siblings.some((sibling) => sibling.birthId && isTwice(sibling, said)))
    fault('sequence', 'already-exists')
  if (!references.hasFacility) fault('facilityId', 'not-found')
  if (!references.hasPregnancy) fault('pregnancyId', 'not-found')
  if (references.isCertificateUsed) fault('certificateNumber', 'already-exists')
  if (!divisionCode) fault('divisionCode', 'required')
  const isNewcomer = said.outcome === 'LIVE' && childId === null
  const openPlaces = [...known.values(), ...(isNewcomer ? (mother?.openPlaces ?? []) : [])]
  const open = new Map(openPlaces.map(({ code, name }) => [code, name]))
  if (faults.length === 0 && divisionCode && hukouDivision) {
    const [living, registered] = isNewcomer ? [divisionCode, hukouDivision] : asked
    if (living && !open.has(living)) fault('divisionCode', 'unknown-division')
    if (registered && !open.has(registered)) fault('hukouDivision', 'unknown-division')
  }
  if (faults.length > 0 || !divisionCode || !hukouDivision)
    throw new Refused('invalid-request', {
      errors: faults.map((each) => ({ ...each, pointer: `${at}${each.pointer}` })),
    })
  refuseOutside(access.prefixes, hukouDivision, divisionCode, `${at}/divisionCode`)
  const facts = {
    ...said,
    divisionCode,
    hukouDivision,
    orderOfMother: order,
    motherAge: mother && ageOn(mother.birthDate, occurredOn),
    findings: birthFindings({ ...judged, child: selfId ? null : child, today: knownOn }),
  }
  return { facts, mother, father, child, placeNames: open }
}

function isOf(siblingId: Id | null, childId: Id | null): boolean {
  return siblingId !== null && siblingId === childId
}

type Numbered = { occurredOn: CivilDate; sequence: number }

function isTwice(a: Numbered, b: Numbered): boolean {
  return a.occurredOn === b.occurredOn && a.sequence === b.sequence
}

function orderOf(said: SaidOfBirth, siblings: Parameters<typeof expectedOrder>[1]): number | null {
  if (said.outcome !== 'LIVE') return null
  if (said.orderOfMother !== undefined) return said.orderOfMother
  return said.motherId ? Math.min(expectedOrder(said, siblings), 20) : null
}

/** RESID_STATUS of a child where the birth says. */
export function residenceStatusOf(
  access: Access,
  { divisionCode, hukouDivision }: Pick<BirthFacts, 'divisionCode' | 'hukouDivision'>,
  mother: PersonThen | null,
): ResidenceStatus {
  const places = { residence: divisionCode, hukou: hukouDivision }
  const hers = mother && { ...mother, status: mother.residenceStatus }
  return statusOfChild(places, hers, String(access.county)) as ResidenceStatus
}
