import { logErrorOf, type Sexes } from '../intervals/rules-sex-ratio.ts'
import { sumOf } from '../rules-estimate.ts'
import { withSignals, type ChartedPoint, type ChartPoint } from './rules-signals.ts'

export type ControlChart = { points: ChartedPoint[]; centre: number; method: string }

/**
 * POP-05 by month, males per 100 females: centre from the baseline months pooled (all, unless fewer are given), limits
 * ±3 SE on the log scale with each month's own SE. Null where the baseline lacks a sex.
 */
export function sexRatioChart(
  months: readonly Sexes[],
  baseline: readonly Sexes[] = months,
): ControlChart | null {
  const male = sumOf(baseline.map((month) => month.male))
  const female = sumOf(baseline.map((month) => month.female))
  if (male === 0 || female === 0) return null
  const centre = (100 * male) / female
  const points = months.map((month): ChartPoint => {
    const error = logErrorOf(month)
    if (error === null) return { value: null, centre, low: centre, high: centre, z: null }
    const value = (100 * month.male) / month.female
    return {
      value,
      centre,
      low: centre * Math.exp(-3 * error),
      high: centre * Math.exp(3 * error),
      z: Math.log(value / centre) / error,
    }
  })
  return { points: withSignals(points), centre, method: 'Shewhart on ln(SRB), 3 SE by month' }
}

/**
 * Monthly counts: u-chart with Poisson limits centre ± 3√centre. An exposure (days, population) makes the centre follow
 * it; without one every month counts the same. Null where the baseline holds no event.
 */
export function countChart(
  months: readonly { events: number; exposure?: number }[],
  baseline: readonly { events: number; exposure?: number }[] = months,
): ControlChart | null {
  const exposure = sumOf(baseline.map((month) => month.exposure ?? 1))
  const mean = exposure > 0 ? sumOf(baseline.map((month) => month.events)) / exposure : 0
  if (mean === 0) return null
  const points = months.map((month): ChartPoint => {
    const centre = mean * (month.exposure ?? 1)
    const error = Math.sqrt(centre)
    const z = centre > 0 ? (month.events - centre) / error : null
    return {
      value: month.events,
      centre,
      low: Math.max(0, centre - 3 * error),
      high: centre + 3 * error,
      z,
    }
  })
  return { points: withSignals(points), centre: mean, method: 'Shewhart, Poisson, 3 SE' }
}
