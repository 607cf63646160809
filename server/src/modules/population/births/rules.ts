import type { CivilDate } from '@youyu/shared/values'
import type { BirthOutcome } from '@youyu/shared/population/value-sets'
import { ageOn, parentFaults, type Fault, type Parent } from '../persons/rules.ts'

const DAY = 86_400_000
const FEWEST_MONTHS_BETWEEN = 7
const FEWEST_DAYS_BETWEEN = 200
const ONE_DELIVERY = 3
const LATE_AFTER = 30
const LONGEST_AFTER_FATHER = 300

/** From one day to another, negative backwards. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY)
}

/** Domain §3.1: first known more than thirty days after the day. */
export function isLate(occurredOn: CivilDate, knownOn: CivilDate): boolean {
  return daysBetween(occurredOn, knownOn) > LATE_AFTER
}

/** Completed months from the earlier to the later of two days. */
function monthsBetween(a: CivilDate, b: CivilDate): number {
  const [from, to] = a < b ? [a, b] : [b, a]
  const months =
    (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 +
    Number(to.slice(5, 7)) -
    Number(from.slice(5, 7))
  return to.slice(8) < from.slice(8) ? months - 1 : months
}

/** Another child of the same mother, from a birth or from the register alone. */
export type Sibling = {
  occurredOn: CivilDate
  sequence: number
  plurality: number | null
  order: number | null
  isLive: boolean
}
type Delivery = { occurredOn: CivilDate; sequence: number; plurality: number }

function isSameDelivery(a: Delivery, b: Sibling): boolean {
  const isMultiple = a.plurality > 1 || (b.plurality ?? 1) > 1
  return isMultiple && Math.abs(daysBetween(a.occurredOn, b.occurredOn)) <= ONE_DELIVERY
}

function isBefore(a: Sibling, b: Delivery): boolean {
  return a.occurredOn === b.occurredOn ? a.sequence < b.sequence : a.occurredOn < b.occurredOn
}

/** 孩次 that follows from the mother's live births known so far. */
export function expectedOrder(birth: Delivery, siblings: readonly Sibling[]): number {
  return siblings.filter((sibling) => sibling.isLive && isBefore(sibling, birth)).length + 1
}

/** V3: not the next after the earlier children known, or not before a later one. */
export function isOrderJump(birth: Delivery & { order: number }, siblings: readonly Sibling[]): boolean {
  if (birth.order !== expectedOrder(birth, siblings)) return true
  return siblings.some(
    ({ isLive, order, ...sibling }) =>
      isLive &&
      order !== null &&
      (isBefore({ isLive, order, ...sibling }, birth) ? order >= birth.order : order <= birth.order),
  )
}

/** F2 under seven months, B10 under 200 days: a duplicate, or twins entered as single births. */
export function intervalFindings(birth: Delivery, siblings: readonly Sibling[]): string[] {
  const others = siblings.filter((sibling) => !isSameDelivery(birth, sibling))
  const isShort = others.some(
    ({ occurredOn }) => monthsBetween(occurredOn, birth.occurredOn) < FEWEST_MONTHS_BETWEEN,
  )
  const isDouble = others.some(
    ({ occurredOn }) => Math.abs(daysBetween(occurredOn, birth.occurredOn)) < FEWEST_DAYS_BETWEEN,
  )
  return [...(isShort ? ['F2'] : []), ...(isDouble ? ['B10'] : [])]
}

const MEAN_AT_TERM = { '1': 3410, '2': 3300 } as const
const VARIATION = 0.12

/**
 * How far a weight lies from what is usual for the gestation, in standard deviations: the proportionality curve of
 * Gardosi (1995) on the Chinese mean at 40 weeks.
 */
export function weightScore(weightGrams: number, gestationDays: number, sex: string): number {
  const weeks = gestationDays / 7
  const share = (299.1 - 31.85 * weeks + 1.094 * weeks ** 2 - 0.01055 * weeks ** 3) / 100
  const mean = share * (MEAN_AT_TERM[sex as '1' | '2'] ?? 3350)
  return (weightGrams - mean) / (mean * VARIATION)
}

export type Judged = Delivery & {
  outcome: BirthOutcome
  order: number | null
  sex: string
  gestationDays: number | null
  weightGrams: number | null
  mother: (Parent & { diedOn: CivilDate | null }) | null
  father: (Parent & { diedOn: CivilDate | null }) | null
  siblings: readonly Sibling[]
  /** The child's own record before this birth, where she was registered already. */
  child: { sex: string; birthDate: CivilDate; motherId: string | null } | null
  motherId: string | null
  /** The day it was first heard of. */
  today: CivilDate
}

/** Findings of domain §7.3 and §7.5: what is odd is kept and said. */
export function birthFindings(birth: Judged): string[] {
  const { mother, father, siblings, child, order, gestationDays, weightGrams, occurredOn, today } = birth
  const age = mother && ageOn(mother.birthDate, occurredOn)
  const isHeavyOrLight =
    weightGrams !== null &&
    gestationDays !== null &&
    Math.abs(weightScore(weightGrams, gestationDays, birth.sex)) > 4
  const differs = child && (child.birthDate !== occurredOn || (child.sex !== '0' && child.sex !== birth.sex))
  const isLongAfterFather = father?.diedOn && daysBetween(father.diedOn, occurredOn) > LONGEST_AFTER_FATHER
  return [
    ...(age !== null && (age < 13 || age > 55) ? ['F1'] : []),
    ...intervalFindings(birth, siblings),
    ...(child?.motherId && birth.motherId && child.motherId !== birth.motherId ? ['F4'] : []),
    ...(isLongAfterFather ? ['V2'] : []),
    ...(order !== null && isOrderJump({ ...birth, order }, siblings) ? ['V3'] : []),
    ...(isHeavyOrLight ? ['V5'] : []),
    ...(differs ? ['B09'] : []),
    ...(isLate(occurredOn, today) ? ['LATE'] : []),
  ]
}

export type Stated = Delivery & {
  outcome: BirthOutcome
  occurredAt: string | null
  certificateNumber: string | null
  certificateIssuedOn: CivilDate | null
  hukouRegisteredOn: CivilDate | null
  hepatitisBOn: CivilDate | null
  mother: Judged['mother']
  father: Judged['father']
  childDiedOn: CivilDate | null
  today: CivilDate
}

/** What cannot be. Nothing is refused for being late. */
export function birthFaults(birth: Stated): Fault[] {
  const { occurredOn, today, mother, father } = birth
  if (occurredOn > today || occurredOn < '1900-01-01')
    return [{ pointer: '/occurredOn', code: 'invalid-date' }]
  const faults: Fault[] = [...parentFaults(occurredOn, mother, father)]
  if (birth.sequence > birth.plurality) faults.push({ pointer: '/sequence', code: 'invalid-value' })
  if (mother?.diedOn && mother.diedOn < occurredOn)
    faults.push({ pointer: '/motherId', code: 'invalid-date' })
  if (birth.childDiedOn && birth.childDiedOn < occurredOn)
    faults.push({ pointer: '/occurredOn', code: 'invalid-date' })
  for (const field of ['certificateIssuedOn', 'hukouRegisteredOn', 'hepatitisBOn'] as const) {
    const day = birth[field]
    if (day !== null && (day < occurredOn || day > today))
      faults.push({ pointer: `/${field}`, code: 'invalid-date' })
  }
  if (birth.outcome !== 'LIVE')
    for (const field of ['certificateNumber', 'hukouRegisteredOn', 'hepatitisBOn'] as const)
      if (birth[field] !== null) faults.push({ pointer: `/${field}`, code: 'invalid-value' })
  return faults
}

/** Relation of a child to the head of the household that a parent belongs to. */
export function relationOfChild(sex: string, parents: readonly (string | null)[]): string {
  const own = sex === '1' ? '2' : sex === '2' ? '3' : '8'
  if (parents.some((relation) => relation === '0' || relation === '1')) return own
  return parents.some((relation) => relation === '2' || relation === '3') ? '4' : '8'
}

/** A child without a name yet is called after her mother. */
export function customaryName(parentName: string | undefined, sex: string): string {
  const child = sex === '1' ? '之子' : sex === '2' ? '之女' : '之子女'
  return parentName === undefined ? '未命名' : `${[...parentName].slice(0, 46).join('')}${child}`
}

type Places = { residence: string; hukou: string }

/** RESID_STATUS of a newborn: the mother's where she shares her places, else what the two places say. */
export function statusOfChild(
  places: Places,
  mother: (Places & { status: string }) | null,
  county: string,
): string {
  if (
    mother &&
    mother.residence === places.residence &&
    mother.hukou === places.hukou &&
    mother.status !== '9'
  )
    return mother.status
  if (places.residence === places.hukou) return '1'
  return places.residence.startsWith(county) ? '3' : '2'
}
