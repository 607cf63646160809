import { binomialCdf, poissonCdf, smoothQuantile } from '../distributions/rules-counts.ts'
import { rate } from '../intervals/rules-rates.ts'
import { proportion } from '../intervals/rules-proportions.ts'
import { scaled, type Estimate } from '../rules-estimate.ts'
import { smallNumber, type SmallNumber } from '../rules-small-numbers.ts'

export type FunnelKind = 'proportion' | 'rate'

/** All values per `per` (100 for %, 1 000 for ‰). */
export type FunnelLimits = {
  denominator: number
  low95: number
  high95: number
  low998: number
  high998: number
}

type FunnelBand = 'inside' | 'above95' | 'below95' | 'above998' | 'below998'

const MOST_KNOWN = 10_000
const known = new Map<string, FunnelLimits>()

/**
 * Funnel limits at one denominator: exact binomial or Poisson around the comparison value (Spiegelhalter 2005). Kept
 * once found, because a page asks for the same ones at every visit.
 */
export function funnelLimits(
  kind: FunnelKind,
  comparison: number,
  denominator: number,
  per: number,
): FunnelLimits {
  const key = `${kind}/${comparison}/${denominator}/${per}`
  const limits = known.get(key) ?? exactLimits(kind, comparison, denominator, per)
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(key, limits)
  return limits
}

function exactLimits(kind: FunnelKind, comparison: number, denominator: number, per: number): FunnelLimits {
  const share = comparison / per
  const mean = share * denominator
  const cdf = (events: number) =>
    kind === 'rate' ? poissonCdf(events, mean) : binomialCdf(events, denominator, share)
  const bound = (probability: number) => {
    const events = mean === 0 ? 0 : smoothQuantile(cdf, probability, mean + 4 * Math.sqrt(mean))
    const most = kind === 'proportion' ? Math.min(events, denominator) : events
    return (most / denominator) * per
  }
  return {
    denominator,
    low95: bound(0.025),
    high95: bound(0.975),
    low998: bound(0.001),
    high998: bound(0.999),
  }
}

/** Denominators from the smallest to the largest, evenly spaced by square root, as the limits bend. */
function denominatorGrid(smallest: number, largest: number, steps = 40): number[] {
  const [from, to] = [Math.sqrt(Math.max(1, smallest)), Math.sqrt(Math.max(1, largest))]
  const grid = Array.from({ length: steps + 1 }, (_, step) =>
    Math.round((from + ((to - from) * step) / steps) ** 2),
  )
  return [...new Set(grid)]
}

export type FunnelUnit<Key> = { key: Key; events: number; denominator: number }

type FunnelPoint<Key> = FunnelUnit<Key> & {
  estimate: Estimate
  band: FunnelBand | null
  smallNumber: SmallNumber
  /** 1 is the highest value; null where the interval spans the comparison or the number is unstable. */
  rank: number | null
}

export type Funnel<Key> = {
  comparison: number
  points: FunnelPoint<Key>[]
  limits: FunnelLimits[]
  method: string
}

function bandOf(value: number, limits: FunnelLimits): FunnelBand {
  if (value > limits.high998) return 'above998'
  if (value < limits.low998) return 'below998'
  if (value > limits.high95) return 'above95'
  if (value < limits.low95) return 'below95'
  return 'inside'
}

/** Units around a comparison value, instead of a ranking. */
export function funnel<Key>(
  kind: FunnelKind,
  comparison: number,
  units: readonly FunnelUnit<Key>[],
  per = 1000,
): Funnel<Key> {
  const points = units.map((unit): Omit<FunnelPoint<Key>, 'rank'> => {
    const { events, denominator } = unit
    const estimate =
      kind === 'rate' ? rate(events, denominator, per) : scaled(proportion(events, denominator), per)
    const band =
      estimate.value === null
        ? null
        : bandOf(estimate.value, funnelLimits(kind, comparison, denominator, per))
    return { ...unit, estimate, band, smallNumber: smallNumber({ kind: 'rate', events, denominator }) }
  })
  const ranked = points
    .filter(({ estimate, smallNumber: { mayRank } }) => mayRank && !spans(estimate, comparison))
    .map(({ estimate }) => estimate.value ?? 0)
  const rankOf = (value: number) => 1 + ranked.filter((other) => other > value).length
  const denominators = units.map(({ denominator }) => denominator).filter((denominator) => denominator > 0)
  return {
    comparison,
    points: points.map((point) => ({
      ...point,
      rank:
        point.smallNumber.mayRank && !spans(point.estimate, comparison)
          ? rankOf(point.estimate.value ?? 0)
          : null,
    })),
    limits:
      denominators.length === 0
        ? []
        : denominatorGrid(Math.min(...denominators), Math.max(...denominators)).map((denominator) =>
            funnelLimits(kind, comparison, denominator, per),
          ),
    method: `${kind === 'rate' ? 'exact Poisson' : 'exact binomial'} 95 % and 99.8 %`,
  }
}

/** Whether an interval leaves open on which side of the comparison the truth lies. */
function spans({ low, high }: Estimate, comparison: number): boolean {
  return low === null || high === null || (low <= comparison && comparison <= high)
}
