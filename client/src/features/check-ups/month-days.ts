import type { CivilDate } from '@youyu/shared/values'
import { monthPlus } from '../../ui/months.ts'

const DAY = 86_400_000
const dayAt = (time: number): CivilDate => new Date(time).toISOString().slice(0, 10)

export function lastDayOf(month: CivilDate): CivilDate {
  return dayAt(Date.parse(monthPlus(month, 1)) - DAY)
}

/** The days of a month in weeks from Monday to Sunday; null before the first and after the last. */
export function weeksOf(month: CivilDate): (CivilDate | null)[][] {
  const first = Date.parse(month)
  const last = Date.parse(lastDayOf(month))
  const before = (new Date(first).getUTCDay() + 6) % 7
  const weeks: (CivilDate | null)[][] = []
  for (let start = first - before * DAY; start <= last; start += 7 * DAY)
    weeks.push(
      Array.from({ length: 7 }, (_, index) => {
        const time = start + index * DAY
        return time < first || time > last ? null : dayAt(time)
      }),
    )
  return weeks
}
