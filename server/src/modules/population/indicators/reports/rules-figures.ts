import type { Month } from '@youyu/shared/population/book'
import type { IndicatorCode, IndicatorValue } from '@youyu/shared/population/indicators'
import { stated, type Sentence } from './rules-words.ts'

export type MonthOfMoves = { month: Month; movesIn: number; movesOut: number }

/** Facts, and those of them that were first recorded after their month. */
export type Lateness = { facts: number; late: number }

export type Figures = {
  population: 'residence' | 'hukou'
  isPublication: boolean
  isCounty: boolean
  /** Months of the period; a rate of fewer than twelve is no annual one. */
  months: number
  now: ReadonlyMap<IndicatorCode, readonly IndicatorValue[]>
  before: ReadonlyMap<IndicatorCode, readonly IndicatorValue[]>
  /** Null where the book does not reach back. */
  opening: number | null
  closing: number | null
  moves: readonly MonthOfMoves[]
  lateBirths: Lateness
  lateDeaths: Lateness
  closedUntil: Month | null
  /** Villages whose book and people differ at the period's end. */
  residuals: number
}

export const pick = (
  values: Figures['now'],
  code: IndicatorCode,
  component: string | null = null,
): IndicatorValue | undefined => values.get(code)?.find((value) => value.component === component)

/** A value with last year's beside it. */
export function compared(
  figures: Figures,
  words: Sentence,
  code: IndicatorCode,
  component: string | null = null,
): Sentence[] {
  return stated(words, pick(figures.now, code, component), pick(figures.before, code, component))
}
