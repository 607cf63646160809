import type { CivilDate } from '../values.ts'
import type { Parameters } from './screening-parameters.ts'

/** The algorithms of newborn screening: pure; every number is a parameter in force on the day. */

export type CchdReading = { hand: number; foot: number }
export type CchdQuestion = {
  murmurGrade: number
  first: CchdReading
  repeat?: (CchdReading & { minutes: number }) | undefined
}
export type CchdReason =
  'MURMUR' | 'LOW_SATURATION' | 'TWICE_BELOW_NORMAL' | 'DIFFERENCE' | 'BELOW_NORMAL' | 'NORMAL'
export type CchdAnswer = {
  outcome: 'NEGATIVE' | 'REPEAT' | 'POSITIVE'
  reasons: CchdReason[]
  findings: 'REPEAT_TIME'[]
}

/** 双指标: murmur and saturation (domain §3.4 link 11). Between low and normal it is measured again, once. */
export function assessCchd(
  { murmurGrade, first, repeat }: CchdQuestion,
  set: Pick<
    Parameters,
    'CCHD_LOW' | 'CCHD_NORMAL' | 'CCHD_DIFFERENCE' | 'CCHD_MURMUR' | 'CCHD_REPEAT_FROM' | 'CCHD_REPEAT_TO'
  >,
): CchdAnswer {
  const low = set.CCHD_LOW.value
  const normal = set.CCHD_NORMAL.value
  const all = repeat ? [first, repeat] : [first]
  const between = ({ hand, foot }: CchdReading) => Math.min(hand, foot) < normal
  const reasons: CchdReason[] = []
  if (murmurGrade >= set.CCHD_MURMUR.value) reasons.push('MURMUR')
  if (all.some(({ hand, foot }) => Math.min(hand, foot) < low)) reasons.push('LOW_SATURATION')
  if (all.some(({ hand, foot }) => Math.abs(hand - foot) > set.CCHD_DIFFERENCE.value))
    reasons.push('DIFFERENCE')
  if (repeat && between(first) && between(repeat)) reasons.push('TWICE_BELOW_NORMAL')
  const findings: CchdAnswer['findings'] =
    repeat && (repeat.minutes < set.CCHD_REPEAT_FROM.value || repeat.minutes > set.CCHD_REPEAT_TO.value)
      ? ['REPEAT_TIME']
      : []
  if (reasons.length > 0) return { outcome: 'POSITIVE', reasons, findings }
  if (!repeat && between(first)) return { outcome: 'REPEAT', reasons: ['BELOW_NORMAL'], findings }
  return { outcome: 'NEGATIVE', reasons: ['NORMAL'], findings }
}

export type EarResult = 'PASS' | 'REFER' | 'NOT_TESTED'

/** Passed only where both ears did. */
export function hearingOutcome(left: EarResult, right: EarResult): 'PASS' | 'REFER' {
  return left === 'PASS' && right === 'PASS' ? 'PASS' : 'REFER'
}

export type SpotFinding = 'EARLY' | 'FEW_FEEDS' | 'AFTER_WINDOW' | 'LATE'

/** What is said against the time of a blood spot; the sample is taken all the same. */
export function spotFindings(
  sample: { hoursAfterBirth: number | null; ageDays: number; feeds: number | null },
  set: Pick<Parameters, 'SPOT_HOURS' | 'SPOT_FEEDS' | 'SPOT_DAY_TO' | 'SPOT_LATEST_DAY'>,
): SpotFinding[] {
  const found: SpotFinding[] = []
  const hours = sample.hoursAfterBirth ?? sample.ageDays * 24
  if (hours < set.SPOT_HOURS.value) found.push('EARLY')
  if (sample.feeds !== null && sample.feeds < set.SPOT_FEEDS.value) found.push('FEW_FEEDS')
  if (sample.ageDays > set.SPOT_LATEST_DAY.value) found.push('LATE')
  else if (sample.ageDays > set.SPOT_DAY_TO.value) found.push('AFTER_WINDOW')
  return found
}

export type SpotItem = 'PKU' | 'CH' | 'G6PD' | 'CAH'
export type SpotFlag = 'NEG' | 'SUSPECT' | 'POS' | 'UNSAT_SAMPLE'

/** What a laboratory's number means by its cut-off; of G6PD the low one, of the others the high one. */
export function readSpot(item: SpotItem, value: number, isPreterm: boolean, set: Parameters): SpotFlag {
  const cutOff = set[item === 'CAH' && isPreterm ? 'CAH_PRETERM' : item]
  const isBeyond = item === 'G6PD' ? value < cutOff.value : value > cutOff.value
  return isBeyond ? 'SUSPECT' : 'NEG'
}

/** One answer for all items: one unsatisfactory makes the sample so, one suspect the child one to be recalled. */
export function spotResult(flags: readonly SpotFlag[]): 'UNSAT' | 'NEG' | 'SUSPECT' {
  if (flags.includes('UNSAT_SAMPLE')) return 'UNSAT'
  return flags.every((flag) => flag === 'NEG') ? 'NEG' : 'SUSPECT'
}

export const daysAfter = (day: CivilDate, days: number): CivilDate =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

export const daysBetween = (from: CivilDate, to: CivilDate): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
