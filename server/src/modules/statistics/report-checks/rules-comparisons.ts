import type { CheckedComparison, TypedReport } from '@youyu/shared/population/report-checks'
import { differenceOfProportions, proportion, type Difference } from '../intervals/rules-proportions.ts'
import { rate, rateRatio } from '../intervals/rules-rates.ts'
import { differenceOfSexRatios, sexesOf, sexRatio } from '../intervals/rules-sex-ratio.ts'
import { scaled, type Estimate } from '../rules-estimate.ts'

type Comparison = TypedReport['comparisons'][number]
type Printed = Comparison['current']

/** A printed change against chance: events are those that the printed figures imply, not rounded. */
export function checkedComparison(comparison: Comparison): CheckedComparison {
  const { name, current, earlier } = comparison
  const { z, isSignificant, method } = differenceIn(comparison)
  const figures = `${earlier.stated} → ${current.stated}`
  const score = z === null ? '—' : z.toFixed(2)
  return {
    name,
    current: estimateOf(comparison, current),
    earlier: estimateOf(comparison, earlier),
    z,
    isSignificant,
    method,
    zh: `“${name}” ${figures}：z = ${score}，${isSignificant ? '变化有统计学意义' : '变化无统计学意义，不能据此说上升或下降'}`,
    en: `“${name}” ${figures}: z = ${score}, ${isSignificant ? 'a significant change' : 'not a significant change; do not speak of a rise or fall'}`,
  }
}

function eventsOf({ stated, n }: Printed, factor: number): number {
  return (Number(stated) * n) / factor
}

function differenceIn({ kind, factor, current, earlier }: Comparison): Difference {
  switch (kind) {
    case 'sex-ratio':
      return differenceOfSexRatios(
        sexesOf(Number(current.stated), current.n),
        sexesOf(Number(earlier.stated), earlier.n),
      )
    case 'proportion':
      return differenceOfProportions(
        { events: eventsOf(current, factor), denominator: current.n },
        { events: eventsOf(earlier, factor), denominator: earlier.n },
      )
    case 'rate':
      return rateRatio(
        { events: eventsOf(current, factor), population: current.n },
        { events: eventsOf(earlier, factor), population: earlier.n },
      )
  }
}

function estimateOf({ kind, factor }: Comparison, printed: Printed): Estimate {
  switch (kind) {
    case 'sex-ratio':
      return sexRatio(sexesOf(Number(printed.stated), printed.n))
    case 'proportion':
      return scaled(proportion(eventsOf(printed, factor), printed.n), factor)
    case 'rate':
      return rate(eventsOf(printed, factor), printed.n, factor)
  }
}
