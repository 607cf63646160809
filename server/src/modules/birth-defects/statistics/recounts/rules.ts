import type { Month } from '@youyu/shared/population/book'
import type { CivilDate } from '@youyu/shared/values'

/** What a child's follow-up to its seventh year and five pooled years reach back to. */
const YEARS = 8

/** This month and the eight years before it. */
export function usualMonths(today: CivilDate): { from: Month; to: Month } {
  const from = `${Number(today.slice(0, 4)) - YEARS}-01-01`
  return { from, to: `${today.slice(0, 7)}-01` }
}
