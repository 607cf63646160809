import type { CivilDate } from '@youyu/shared/values'

const DAY = 86_400_000

export const dayNumber = (day: CivilDate): number => Date.parse(`${day}T00:00:00Z`) / DAY
export const dayOf = (number: number): CivilDate => new Date(number * DAY).toISOString().slice(0, 10)
export const addDays = (day: CivilDate, days: number): CivilDate => dayOf(dayNumber(day) + days)

/** 1 Monday … 7 Sunday. */
const weekdayOf = (day: CivilDate): number => ((dayNumber(day) + 3) % 7) + 1

/** Holidays are free whatever the weekday; days worked in exchange count as the weekdays that they stand for. */
export function isWorked(
  day: CivilDate,
  weekdays: readonly number[],
  holidays: ReadonlyMap<CivilDate, boolean>,
): boolean {
  const exchanged = holidays.get(day)
  return exchanged === undefined ? weekdays.includes(weekdayOf(day)) : exchanged
}

const DAYS_OF_YEAR = 365.25

/** Place in the year, 0 … 1. */
export function positionOf(day: CivilDate): number {
  return (dayNumber(day) - dayNumber(`${day.slice(0, 4)}-01-01`)) / DAYS_OF_YEAR
}

/** Days between two times of the year, whichever way round is shorter. */
export function seasonsApart(a: CivilDate, b: CivilDate): number {
  const apart = Math.abs(positionOf(a) - positionOf(b)) * DAYS_OF_YEAR
  return Math.min(apart, DAYS_OF_YEAR - apart)
}

/** Whether a day lies in a season `MM-DD`–`MM-DD`, which may pass the turn of the year. */
export function isInSeason(day: CivilDate, season: readonly [string, string] | null): boolean {
  if (!season) return true
  const [from, to] = season
  const at = day.slice(5)
  return from <= to ? at >= from && at <= to : at >= from || at <= to
}
