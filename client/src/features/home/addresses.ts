import type { RouteLocationRaw } from 'vue-router'
import type { PopulationBasis } from '@youyu/shared/population/book'
import type { getPopulationHome, IndicatorCode, PopulationChoice } from '@youyu/shared/population/indicators'
import type { EndpointOutput } from '@youyu/shared/endpoint'
import { may } from '../../api/session.ts'

export type PopulationHome = EndpointOutput<typeof getPopulationHome>
export type Interval = PopulationHome['year']['birthRate']
export type PartOfHome = PopulationHome['parts'][number]

export const basisOf = (population: PopulationChoice): PopulationBasis =>
  population === 'hukou' ? 'registered' : 'residence'

/** The people who are counted in a division now; null for whom persons are out of sight. */
export function peopleOf(
  division: string,
  population: PopulationChoice,
  more: Record<string, string> = {},
): RouteLocationRaw | null {
  if (!may('person.read')) return null
  const where =
    population === 'hukou' ? { hukou: division, counted: 'registered' } : { division, counted: 'residents' }
  return { path: '/persons', query: { ...where, ...more } }
}

/** The records that an indicator was counted from over the last twelve full months. */
export function recordsOf(
  code: IndicatorCode,
  division: string,
  { year, population }: Pick<PopulationHome, 'year' | 'population'>,
  part: 'numerator' | 'denominator' = 'numerator',
): RouteLocationRaw | null {
  if (!may('indicator.read')) return null
  return {
    path: `/indicators/${code}`,
    query: { division, from: year.from, to: year.to, population, part },
  }
}

/** The home of a part, in the same choice of population. */
export function homeOf(division: string, population: PopulationChoice): RouteLocationRaw {
  return { path: '/', query: { division, ...(population === 'hukou' && { population }) } }
}
