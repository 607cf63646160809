import type {
  IndicatorDefinition,
  IndicatorValue,
  PopulationChoice,
} from '@youyu/shared/population/indicators'
import type { CivilDate } from '@youyu/shared/values'
import {
  differenceOfProportions,
  differenceOfSexRatios,
  rateRatio,
  scaled,
  smallNumber,
  Z95,
} from '../../../statistics/index.ts'
import type { Comparable, Component, Judged } from './rules-measure.ts'
import { daysIn, lastDay, windowed, type Period } from './rules-periods.ts'

const DAYS_OF_YEAR = 365

export type Frame = {
  definition: IndicatorDefinition
  scope: { population: PopulationChoice; boundary: CivilDate; today: CivilDate }
  /** Whether the present alone is known of a component. */
  isPresentOnly: (component: Component) => boolean
  periodBasis: IndicatorValue['periodBasis']
  annualised: boolean
  cutoff: string
}

/** A number with everything it takes to read it (domain §4.1). */
export function valueOf(
  { definition, scope, isPresentOnly, periodBasis, annualised, cutoff }: Frame,
  component: Component,
  judged: Judged,
  division: IndicatorValue['division'],
  period: Period,
): IndicatorValue {
  const { estimate, basis } = judged
  const looked = windowed(period, component.window)
  const isPresent = isPresentOnly(component)
  return {
    code: definition.code,
    component: component.key,
    division,
    periodFrom: isPresent ? scope.today : looked.from,
    periodTo: isPresent ? scope.today : lastDay(looked, scope.today),
    periodBasis,
    population: scope.population,
    boundaryDate: scope.boundary,
    dataCutoff: cutoff,
    numerator: judged.numerator,
    denominator: judged.denominator,
    value: estimate.value,
    unit: component.unit ?? definition.unit,
    low: estimate.low,
    high: estimate.high,
    method: component.window === 'three-years' ? `${estimate.method}; pooled over 3 years` : estimate.method,
    annualised:
      annualised && definition.isRate && component.window === undefined
        ? perYear(judged, period, scope.today)
        : null,
    stability: basis === null ? 'STABLE' : (smallNumber(basis).flag ?? 'STABLE'),
    suppressed: null,
    definitionVersion: component.variant
      ? `${definition.definitionVersion} ${component.variant}`
      : definition.definitionVersion,
  }
}

/** The period's rate × 365 ÷ its days; never instead of it. */
function perYear({ estimate }: Judged, period: Period, today: CivilDate): IndicatorValue['annualised'] {
  const { value, low, high } = scaled(estimate, DAYS_OF_YEAR / daysIn(period, today))
  return value === null ? null : { value, low, high }
}

/** What may be said of the difference between two periods. */
export function differenceOf(
  now: Comparable,
  before: Comparable,
): { z: number | null; isSignificant: boolean } {
  const { z, isSignificant } = compared(now, before)
  return z === null || !Number.isFinite(z) ? { z: null, isSignificant: false } : { z, isSignificant }
}

function compared(now: Comparable, before: Comparable): { z: number | null; isSignificant: boolean } {
  if (now.kind === 'rate' && before.kind === 'rate') return rateRatio(now, before)
  if (now.kind === 'sex-ratio' && before.kind === 'sex-ratio')
    return differenceOfSexRatios(now.sexes, before.sexes)
  if (now.kind === 'proportion' && before.kind === 'proportion') return differenceOfProportions(now, before)
  if (now.kind === 'estimate' && before.kind === 'estimate') return byIntervals(now, before)
  return { z: null, isSignificant: false }
}

type OfEstimate = Extract<Comparable, { kind: 'estimate' }>

/** Where only intervals are known: the gap over what their half-widths say of the standard errors. */
function byIntervals({ estimate: a }: OfEstimate, { estimate: b }: OfEstimate) {
  const errorOf = ({ low, high }: typeof a) =>
    low === null || high === null ? null : (high - low) / (2 * Z95)
  const [errorA, errorB] = [errorOf(a), errorOf(b)]
  if (a.value === null || b.value === null || errorA === null || errorB === null)
    return { z: null, isSignificant: false }
  const z = (a.value - b.value) / Math.hypot(errorA, errorB)
  return { z, isSignificant: Math.abs(z) >= Z95 }
}
