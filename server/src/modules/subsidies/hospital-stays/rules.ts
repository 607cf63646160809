import type { StayPart } from '@youyu/shared/subsidies/hospital-stays'
import type { CivilDate } from '@youyu/shared/values'

export type DayRate = { fenPerDay: number; from: CivilDate; to: CivilDate | null }

const DAY = 86_400_000
const number = (day: CivilDate) => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY)
const civil = (days: number) => new Date(days * DAY).toISOString().slice(0, 10)

/** 住院天数: nights; who leaves on the day she came was there for one day. */
export function daysOf(admittedOn: CivilDate, dischargedOn: CivilDate): number {
  return Math.max(number(dischargedOn) - number(admittedOn), 1)
}

/** Days that limits leave: of the stay, and of the year so far. */
export function daysPaid(
  days: number,
  {
    perStay,
    perYear,
    usedThisYear,
  }: { perStay: number | null; perYear: number | null; usedThisYear: number },
): number {
  const leftOfYear = perYear === null ? days : Math.max(perYear - usedThisYear, 0)
  return Math.min(days, perStay ?? days, leftOfYear)
}

/**
 * The first `paidDays` days of a stay, each at the rate of its own day (§5): a change of rates during the stay makes two
 * parts. Null where a day has no rate.
 */
export function partsOf(
  admittedOn: CivilDate,
  paidDays: number,
  rates: readonly DayRate[],
): StayPart[] | null {
  const first = number(admittedOn)
  const parts: StayPart[] = []
  for (let day = first; day < first + paidDays;) {
    const on = civil(day)
    const rate = rates.find(({ from, to }) => from <= on && (to === null || on <= to))
    if (!rate) return null
    const until = Math.min(first + paidDays - 1, rate.to === null ? Infinity : number(rate.to))
    const days = until - day + 1
    parts.push({
      from: on,
      to: civil(until),
      days,
      fenPerDay: rate.fenPerDay,
      amountFen: days * rate.fenPerDay,
    })
    day = until + 1
  }
  return parts
}
