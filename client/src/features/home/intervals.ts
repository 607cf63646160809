import { figure } from '../../ui/charts/figures.ts'
import { useTexts } from '../../texts/texts.ts'
import type { Interval } from './addresses.ts'

/** Rates per thousand to two places, ratios per hundred to one. */
const written = (value: number, { method }: Interval) => {
  const places = method.startsWith('log') ? 1 : 2
  const said = figure(value, { minimumFractionDigits: places, maximumFractionDigits: places })
  return said.replace('-', '−')
}

/** What may be said of a number with its interval: the value, the interval, a caution where the cases are few. */
export function useIntervals() {
  const t = useTexts('home')
  return {
    valueOf: (interval: Interval) => (interval.value === null ? '—' : written(interval.value, interval)),
    rangeOf: (interval: Interval) =>
      interval.low === null || interval.high === null
        ? t('interval.none')
        : t('interval.range', {
            low: written(interval.low, interval),
            high: written(interval.high, interval),
          }),
    isFew: ({ stability }: Interval) => stability === 'UNSTABLE',
  }
}
