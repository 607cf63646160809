import type { FunnelLimits, FunnelPoint } from './types.ts'

/** Where a point lies, by the limits at its own n or, failing that, the nearest. */
export function funnelState(
  { n, value }: Pick<FunnelPoint, 'n' | 'value'>,
  limits: readonly FunnelLimits[],
): 'within' | 'beyond95' | 'beyond998' {
  const nearest = limits.reduce<FunnelLimits | undefined>(
    (best, one) => (best === undefined || Math.abs(one.n - n) < Math.abs(best.n - n) ? one : best),
    undefined,
  )
  if (value === null || !nearest) return 'within'
  const isBeyond = (low: number | null, high: number | null) =>
    (low !== null && value < low) || (high !== null && value > high)
  if (isBeyond(nearest.lower998, nearest.upper998)) return 'beyond998'
  return isBeyond(nearest.lower95, nearest.upper95) ? 'beyond95' : 'within'
}
