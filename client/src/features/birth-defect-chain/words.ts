import { dropReasonNames, planReasonNames } from '@youyu/shared/birth-defects/chain-values'
import type { ChainAnchor, LinkReason } from '@youyu/shared/birth-defects/chain-values'
import { codeName } from '../../texts/texts.ts'
import type { Named } from '../../texts/texts.ts'
import type { TextKeyOf } from '../../texts/messages.ts'
import { gestationOn, lifeDaysOn, type TimelineChain, type TimelineLink } from './links.ts'

export type Say = (key: TextKeyOf<'birthDefectChain'>, named?: Named) => string
type Born = Pick<TimelineChain, 'expectedOn' | 'bornOn'>

const reasons = { ...dropReasonNames, ...planReasonNames }
export const reasonName = (reason: LinkReason | null) => (reason === null ? '' : codeName(reasons, reason))

/** A day with what it means in this chain: 2026-05-03（孕16周2天）. */
export function dayWords(t: Say, chain: Born, day: string): string {
  const life = lifeDaysOn(chain, day)
  if (life !== null && life <= 42) return t('day.ofLife', { day, count: life })
  const gestation = gestationOn(chain, day)
  return gestation === null ? day : t('day.gestation', { day, weeks: gestation[0], days: gestation[1] })
}

/** The day on which it was settled, else its window. */
export function whenOf(t: Say, chain: Born, link: TimelineLink): string {
  if (link.settledOn !== null) return dayWords(t, chain, link.settledOn)
  return windowWords(t, chain, link) || t('timeline.undated')
}

export function windowWords(t: Say, chain: Born, { windowFrom, windowTo }: TimelineLink): string {
  if (windowFrom === null && windowTo === null) return ''
  if (windowTo === null) return t('window.from', { from: dayWords(t, chain, windowFrom ?? '') })
  if (windowFrom === null) return t('window.to', { to: dayWords(t, chain, windowTo) })
  return t('window.both', { from: dayWords(t, chain, windowFrom), to: dayWords(t, chain, windowTo) })
}

/** A window of the schedule in the measure of its anchor: weeks of gestation, days of life, days before or after. */
export function scheduleWords(
  t: Say,
  { anchor, fromDays, toDays }: { anchor: ChainAnchor; fromDays: number; toDays: number },
): string {
  const weeks = (days: number) => t('schedule.week', { weeks: Math.floor(days / 7), days: days % 7 })
  if (anchor === 'LMP') {
    if (toDays < 0) return t('schedule.before', { from: -fromDays, to: -toDays })
    if (fromDays < 0) return t('schedule.around', { from: -fromDays, to: weeks(toDays) })
    return t('schedule.weeks', { from: weeks(fromDays), to: weeks(toDays) })
  }
  if (anchor === 'BIRTH' && toDays > 62)
    return t('schedule.months', { from: Math.round(fromDays / 30.44), to: Math.round(toDays / 30.44) })
  return t('schedule.days', { from: fromDays, to: toDays })
}
