import type { Estimate } from '../rules-estimate.ts'
import { SMALLEST_DENOMINATOR } from '../rules-small-numbers.ts'

/** A published cell. Readers may be shown the two kinds alike or apart: neither can be derived either way. */
export type Cell = { value: number | null; suppressed: 'small' | 'complementary' | null }

/** Cells from 1 up to this are withheld and printed as `<5` (domain §9.5). */
export const LARGEST_SMALL = 4

export function isSmall(value: number): boolean {
  return value >= 1 && value <= LARGEST_SMALL
}

/** A rate goes out only where its events do, and its denominator is not small. */
export function publishedRate(
  estimate: Estimate,
  events: Cell,
  denominator: number,
): Estimate & { suppressed: Cell['suppressed'] } {
  const suppressed = denominator < SMALLEST_DENOMINATOR ? 'small' : events.suppressed
  if (suppressed === null) return { ...estimate, suppressed }
  return { value: null, low: null, high: null, method: estimate.method, suppressed }
}
