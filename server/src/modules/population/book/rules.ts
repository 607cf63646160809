import type { BookFigures, Month } from '@youyu/shared/population/book'
import type { CivilDate } from '@youyu/shared/values'

export function monthAfter(month: Month): Month {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, '0')}-01`
}

export function monthBefore(month: Month): Month {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return number === 1 ? `${year - 1}-12-01` : `${year}-${String(number - 1).padStart(2, '0')}-01`
}

/** A month may be signed from the first day after it. */
export function isOver(month: Month, today: CivilDate): boolean {
  return today >= monthAfter(month)
}

/** A county shows its townships, a township its villages, a village itself. */
export function partLevelOf(level: 3 | 4 | 5): 4 | 5 {
  return level === 3 ? 4 : 5
}

export function emptyFigures(): BookFigures {
  return {
    opening: 0,
    births: 0,
    deaths: 0,
    movesIn: 0,
    movesOut: 0,
    entries: 0,
    exits: 0,
    boundary: 0,
    closing: 0,
  }
}

export function isEmpty(figures: BookFigures): boolean {
  return Object.values(figures).every((figure) => figure === 0)
}

export function totalOf(parts: readonly BookFigures[]): BookFigures {
  const total = emptyFigures()
  for (const part of parts) {
    for (const column of Object.keys(total) as (keyof BookFigures)[]) total[column] += part[column]
  }
  return total
}
