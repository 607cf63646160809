import type { ComplicationType } from '@youyu/shared/contraception/care-value-sets'
import type { getComplicationSurveillance } from '@youyu/shared/contraception/statistics'
import type { EndpointOutput } from '@youyu/shared/endpoint'
import type { Month } from '@youyu/shared/population/book'
import { countChart } from '../../../statistics/index.ts'
import { per } from '../rules-estimates.ts'

type Surveillance = EndpointOutput<typeof getComplicationSurveillance>
type Kind = { what: ComplicationType | null; estimate: ReturnType<typeof per> }
type Counted = { month: Month; what: ComplicationType | 'PROCEDURE'; n: number }

/** What is watched of devices; the rest is in the sum. */
export const watched: readonly ComplicationType[] = [
  'EXPULSION',
  'PERFORATION',
  'INFECTION',
  'FAILURE_PREGNANCY',
  'BLEEDING',
]

export const proceduresIn = (counts: readonly Counted[]) => sum(counts, (what) => what === 'PROCEDURE')
export const eventsIn = (counts: readonly Counted[], kind: ComplicationType | null = null) =>
  sum(counts, (what) => what !== 'PROCEDURE' && (kind === null || what === kind))

function sum(counts: readonly Counted[], isMeant: (what: Counted['what']) => boolean): number {
  return counts.reduce((total, { what, n }) => (isMeant(what) ? total + n : total), 0)
}

/** All complications, then each kind that is watched, per thousand procedures; Byar. */
export function kindsOf(counts: readonly Counted[]): Kind[] {
  const procedures = proceduresIn(counts)
  return [null, ...watched].map((what) => ({ what, estimate: per(1000, eventsIn(counts, what), procedures) }))
}

/** u-chart by month: limits follow the procedures done. Null limits where there is nothing to compare with. */
export function chartOf(
  months: readonly Month[],
  counts: readonly Counted[],
  what: ComplicationType | null,
): Surveillance['charts'][number] {
  const byMonth = Map.groupBy(counts, ({ month }) => month)
  const points = months.map((month) => {
    const here = byMonth.get(month) ?? []
    return { month, events: eventsIn(here, what), exposure: proceduresIn(here) }
  })
  const chart = countChart(points)
  return {
    what,
    method: `u-chart, ${chart?.method ?? 'no event'}`,
    points: points.map((point, index) => {
      const { centre = null, low = null, high = null, signals = [] } = chart?.points[index] ?? {}
      return { ...point, centre, low, high, signals }
    }),
  }
}
