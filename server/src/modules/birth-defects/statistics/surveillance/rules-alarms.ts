import { cusumChart, temporalScan } from '../../../statistics/index.ts'
import { PER, type MonthCases } from './rules-counts.ts'

/** Printed with every scan, so that it can be drawn again. */
const SEED = 20_260_101

type Usual = {
  /** Per ten thousand; null where nothing is known. */
  value: number | null
  ground: 'GIVEN' | 'THREE_YEARS_BEFORE' | 'SAME_MONTHS'
  months: readonly MonthCases[] | null
}

const rateIn = (months: readonly MonthCases[]) => {
  const births = months.reduce((sum, month) => sum + month.births, 0)
  const cases = months.reduce((sum, month) => sum + month.cases, 0)
  return births > 0 && cases > 0 ? (PER * cases) / births : null
}

/** What cases are measured by: a rate that was given, that of the three years before, or else of the months themselves. */
export function usualLevel(
  given: number | undefined,
  before: readonly MonthCases[],
  watched: readonly MonthCases[],
): Usual {
  if (given !== undefined) return { value: given, ground: 'GIVEN', months: null }
  const earlier = rateIn(before)
  if (earlier !== null) return { value: earlier, ground: 'THREE_YEARS_BEFORE', months: before }
  return { value: rateIn(watched), ground: 'SAME_MONTHS', months: watched }
}

export function alarmsIn(
  watched: readonly MonthCases[],
  usual: number | null,
  choice: { multiple: number; between: number },
) {
  const share = (usual ?? 0) / PER
  const cusum = cusumChart(
    watched.map(({ cases, births }) => ({ events: cases, expected: births * share })),
    choice,
  )
  const scan = temporalScan(
    watched.map(({ cases, births }) => ({ events: cases, exposure: births })),
    { seed: SEED },
  )
  return { cusum, scan }
}
