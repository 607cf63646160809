import type { CareEstimate } from '@youyu/shared/contraception/statistics'
import { proportion, rate, scaled, smallNumber, type Estimate } from '../../statistics/index.ts'

/** An estimate with what it stands on and whether that is enough to read it as a level. */
export function told(
  numerator: number,
  denominator: number,
  { value, low, high, method }: Estimate,
): CareEstimate {
  const { flag } = smallNumber({ kind: 'rate', events: numerator, denominator })
  return { numerator, denominator, value, low, high, method, stability: flag ?? 'STABLE' }
}

export const percent = (events: number, of: number): CareEstimate =>
  told(events, of, scaled(proportion(events, of), 100))

export const per = (factor: number, events: number, of: number): CareEstimate =>
  told(events, of, rate(events, of, factor))
