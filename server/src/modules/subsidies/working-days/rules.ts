import type { CivilDate } from '@youyu/shared/values'

const DAY = 86_400_000
const dayNumber = (day: CivilDate) => Date.parse(`${day}T00:00:00Z`) / DAY
const dayOf = (number: number): CivilDate => new Date(number * DAY).toISOString().slice(0, 10)

/** Days that are free (false) or worked (true) against the week. */
export type Holidays = ReadonlyMap<CivilDate, boolean>

export function isWorkingDay(day: CivilDate, holidays: Holidays): boolean {
  const weekday = ((dayNumber(day) + 3) % 7) + 1
  return holidays.get(day) ?? weekday < 6
}

/** The n-th working day after a day, which itself does not count; the day itself for 0. */
export function addWorkingDays(from: CivilDate, count: number, holidays: Holidays): CivilDate {
  let number = dayNumber(from)
  for (let left = count; left > 0;) if (isWorkingDay(dayOf((number += 1)), holidays)) left -= 1
  return dayOf(number)
}

/** Working days after `from` up to and with `to`; 0 where `to` is not later. */
export function workingDaysBetween(from: CivilDate, to: CivilDate, holidays: Holidays): number {
  let count = 0
  for (let number = dayNumber(from) + 1; number <= dayNumber(to); number += 1)
    if (isWorkingDay(dayOf(number), holidays)) count += 1
  return count
}
