import { daysOfQuarter, quarterOf } from '@youyu/shared/birth-defects/reporting-periods'
import { today } from '../../texts/formats.ts'

/** The present quarter of the reporting year and eleven before it. */
export function lastQuarters(on = today()): { value: string; label: string }[] {
  const found: { value: string; label: string }[] = []
  let day = on
  while (found.length < 12) {
    const quarter = quarterOf(day)
    const { from, to } = daysOfQuarter(quarter)
    found.push({ value: quarter, label: `${quarter}（${from.slice(0, 7)} – ${to.slice(0, 7)}）` })
    day = new Date(Date.parse(from) - 86_400_000).toISOString().slice(0, 10)
  }
  return found
}
