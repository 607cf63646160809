import type { CivilDate } from '@youyu/shared/values'

export type Cycle = { from: CivilDate; to: CivilDate }

/** Cycles follow one another from January 2000 on, the same for everybody: whoever declines has peace until the next. */
export function cycleAround(months: number, day: CivilDate): Cycle {
  const month = (Number(day.slice(0, 4)) - 2000) * 12 + Number(day.slice(5, 7)) - 1
  const first = Math.floor(month / months) * months
  return { from: firstDay(first), to: dayBefore(firstDay(first + months)) }
}

const firstDay = (month: number): CivilDate =>
  `${2000 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`

function dayBefore(day: CivilDate): CivilDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}

function yearsBefore(day: CivilDate, years: number): CivilDate {
  const year = Number(day.slice(0, 4)) - years
  const isLeapDay = day.endsWith('-02-29') && !(year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0))
  return `${year}${isLeapDay ? '-02-28' : day.slice(4)}`
}

/** Born when, to be of an age (in completed years) on a day. */
export function bornBetween(day: CivilDate, ageFrom: number, ageTo: number): Cycle {
  const beforeOldest = Date.parse(`${yearsBefore(day, ageTo + 1)}T00:00:00Z`) + 86_400_000
  return { from: new Date(beforeOldest).toISOString().slice(0, 10), to: yearsBefore(day, ageFrom) }
}
