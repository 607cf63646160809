import type { CivilDate } from './values.ts'

/** By calendar months, either way; where the month has no such day, its last (31 January and one month is 28 or 29 February). */
export function addMonths(day: CivilDate, months: number): CivilDate {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month + months, 0))
  return new Date(last.setUTCDate(Math.min(date, last.getUTCDate()))).toISOString().slice(0, 10)
}
