import type { SurveillanceWindow } from '@youyu/shared/birth-defects/defect-card-values'
import type { DefectPrevalence, WatchedCategory } from '@youyu/shared/birth-defects/surveillance'
import type { Month } from '@youyu/shared/population/book'
import { prevalence, scaled, smallNumber } from '../../../statistics/index.ts'

export type MonthCount = { month: Month; measure: 'case' | 'perinatal'; item: string; n: number }

export type MonthCases = { month: Month; cases: number; births: number }

/** Per ten thousand perinatals, as defects are told. */
export const PER = 10_000

/** Perinatals of which a window's cases are told: born in hospitals of the county, or to its residents. */
const perinatalsOf = (window: SurveillanceWindow) => (window === 'HOSPITAL_28W_7D' ? 'HOSPITAL' : 'RESIDENT')

/** Counts by month, ready to be asked for any window, category and span. */
export function countsBy(rows: readonly MonthCount[]) {
  const known = new Map(rows.map(({ month, measure, item, n }) => [`${month} ${measure} ${item}`, n]))
  const at = (month: Month, measure: MonthCount['measure'], item: string) =>
    known.get(`${month} ${measure} ${item}`) ?? 0
  return (window: SurveillanceWindow, category: WatchedCategory, months: readonly Month[]): MonthCases[] =>
    months.map((month) => ({
      month,
      cases: at(month, 'case', `${window}:${category}`),
      births: at(month, 'perinatal', perinatalsOf(window)),
    }))
}

export function prevalenceIn(
  months: readonly { cases: number; births: number }[],
  window: SurveillanceWindow,
): DefectPrevalence {
  const cases = months.reduce((sum, month) => sum + month.cases, 0)
  const births = months.reduce((sum, month) => sum + month.births, 0)
  // Cases of any gestation are not among the perinatals they are told per.
  const { value, low, high, method } = prevalence(cases, births, PER, window !== 'EXTENDED')
  const { flag } = smallNumber({ kind: 'rate', events: cases, denominator: births })
  const perMille = scaled({ value, low, high, method }, 0.1).value
  return { cases, births, value, low, high, perMille, method, stability: flag ?? 'STABLE' }
}
