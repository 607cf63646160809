import type { Circumstances, MethodEligibility } from '@youyu/shared/contraception/eligibility'
import type { LocalRule, MecCategory, MecCell, MecCondition } from '@youyu/shared/contraception/mec-editions'
import { MecMethod } from '@youyu/shared/contraception/methods'
import type { CivilDate } from '@youyu/shared/values'

/** An edition as it is asked and judged by. */
export type EditionTable = {
  code: string
  conditions: readonly MecCondition[]
  /** By condition. */
  cells: ReadonlyMap<string, readonly MecCell[]>
}

export type Given = {
  on: CivilDate
  age: number
  /** Findings that are present. */
  present: ReadonlySet<string>
  circumstances: Circumstances
}

const DAY = 86_400_000

export function daysBetween(from: CivilDate, to: CivilDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY)
}

export function daysAfter(day: CivilDate, days: number): CivilDate {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10)
}

const isWithin = (value: number, least: number | null, most: number | null): boolean =>
  (least === null || value >= least) && (most === null || value <= most)

/** The conditions of an edition that hold of a woman: those she answered to, and those that follow from what is known. */
export function conditionsOf({ conditions }: EditionTable, given: Given): MecCondition[] {
  return conditions.filter((condition) => {
    const { fromAge, toAge, withFinding, withoutFinding } = condition
    if (!isWithin(given.age, fromAge, toAge)) return false
    if (withFinding !== null && !given.present.has(withFinding)) return false
    if (withoutFinding !== null && given.present.has(withoutFinding)) return false
    return condition.finding === null ? follows(condition, given) : given.present.has(condition.finding)
  })
}

function follows(condition: MecCondition, { on, circumstances }: Given): boolean {
  switch (condition.derivation) {
    case 'AGE':
      return true
    case 'PARITY':
      return circumstances.parity === 0
    case 'POSTPARTUM':
      return isSince(condition, circumstances.deliveredOn, on) && isFed(condition, circumstances)
    case 'POSTABORTION':
      return isSince(condition, circumstances.abortedOn, on)
    case null:
      return false
  }
}

function isSince({ fromDays, toDays }: MecCondition, day: CivilDate | null, on: CivilDate): boolean {
  return day !== null && day <= on && isWithin(daysBetween(day, on), fromDays, toDays)
}

/** Where nobody asked whether she breastfeeds, both hold: the worst counts. */
function isFed({ breastfeeding }: MecCondition, { isBreastfeeding }: Circumstances): boolean {
  return breastfeeding === null || isBreastfeeding === null || breastfeeding === isBreastfeeding
}

type Judged = Pick<MethodEligibility, 'method' | 'initiation' | 'continuation' | 'reasons'>

/** Several conditions at once: the worst of each method counts, to start and to go on, and every reason is told. */
export function worstOf({ cells }: EditionTable, conditions: readonly MecCondition[]): Judged[] {
  return MecMethod.options.map((method) => {
    const reasons = conditions
      .flatMap(({ code, nameZh, nameEn, reasonZh, reasonEn }) => {
        const cell = cells.get(code)?.find((each) => each.method === method)
        if (!cell) return []
        const { initiation, continuation } = cell
        return [{ condition: code, nameZh, nameEn, initiation, continuation, reasonZh, reasonEn }]
      })
      .sort((one, other) => severity(other) - severity(one))
    return {
      method,
      initiation: worst(reasons.map(({ initiation }) => initiation)),
      continuation: worst(reasons.map(({ continuation }) => continuation)),
      reasons,
    }
  })
}

const severity = ({ initiation, continuation }: { initiation: number; continuation: number }) =>
  initiation * 10 + continuation

function worst(categories: readonly number[]): MecCategory {
  return Math.max(1, ...categories) as MecCategory
}

/** Local rules that are not met, for the methods that they speak of. */
export function localFaults(
  rules: readonly LocalRule[],
  { on, circumstances }: Pick<Given, 'on' | 'circumstances'>,
): LocalRule[] {
  const recent = [circumstances.deliveredOn, circumstances.abortedOn].some(
    (day) => day !== null && day <= on && daysBetween(day, on) <= 42,
  )
  return rules.filter((rule) => {
    const value = measured(rule.measure, on, circumstances)
    if (value === null || (rule.isIntervalOnly && recent)) return false
    return !isWithin(value, rule.least, rule.most)
  })
}

function measured(measure: LocalRule['measure'], on: CivilDate, known: Circumstances): number | null {
  const since = (day: CivilDate | null, atMost: number): number | null => {
    const days = day === null ? -1 : daysBetween(day, on)
    return days < 0 || days > atMost ? null : days
  }
  switch (measure) {
    case 'CAVITY_DEPTH_MM':
      return known.cavityDepthMillimetres
    case 'DAYS_SINCE_MENSES':
      return since(known.mensesEndedOn, 60)
    case 'DAYS_SINCE_DELIVERY':
      return since(known.deliveredOn, 365)
    case 'DAYS_SINCE_ABORTION':
      return since(known.abortedOn, 42)
  }
}

/** Category 3 or 4 to start, or a local rule that stops: only a senior clinician starts the method, with her reason. */
export function judged(
  edition: EditionTable,
  rules: readonly LocalRule[],
  given: Given,
): { conditions: MecCondition[]; methods: MethodEligibility[] } {
  const conditions = conditionsOf(edition, given)
  const faults = localFaults(rules, given)
  const methods = worstOf(edition, conditions).map((each) => {
    const local = faults
      .filter(({ methods: of }) => of.includes(each.method))
      .map(({ code, effect, nameZh, nameEn }) => ({ code, effect, nameZh, nameEn }))
    const isStopped = isStop(each.initiation) || local.some(({ effect }) => effect === 'STOP')
    return { ...each, local, isStopped }
  })
  return { conditions, methods }
}

export const isStop = (category: number): boolean => category >= 3

/** Removal is hers to ask for at any time: it takes no answer, no category and no override, and so none is a parameter. */
export function removal(): 'OPEN' {
  return 'OPEN'
}
