import type { RouteLocationRaw } from 'vue-router'
import type { Month, PopulationBasis, PostingKind } from '@youyu/shared/population/book'
import { may } from '../../api/session.ts'

type Place = {
  division: string
  month: Month
  basis?: PopulationBasis | undefined
  asOf?: string | undefined
}

function queryOf({ division, month, basis, asOf }: Place) {
  return {
    division,
    month: month.slice(0, 7),
    ...(basis === 'registered' && { basis }),
    ...(asOf && { asOf }),
  }
}

/** The month of the book of a division. */
export function bookAt(place: Place): RouteLocationRaw {
  return { path: '/population-book', query: queryOf(place) }
}

/** The records behind a figure of the book; null for whom persons are out of sight. */
export function postingsOf(
  place: Place & { kind?: PostingKind | undefined; amendments?: boolean | undefined },
): RouteLocationRaw | null {
  if (!may('person.read')) return null
  const { kind, amendments } = place
  return {
    path: '/population-book/postings',
    query: { ...queryOf(place), ...(kind && { kind }), ...(amendments && { amendments: 'true' }) },
  }
}
