import type { PersonFilter } from '@youyu/shared/population/persons'
import { prefixOf, type CivilDate, type DivisionPrefix } from '@youyu/shared/values'
import { partsInside, within } from '../area.ts'
import type { Bound } from '../../../database/statements.ts'

/** The same day some years earlier; 29 February becomes the 28th. */
export function yearsBefore(day: CivilDate, years: number): CivilDate {
  const year = String(Number(day.slice(0, 4)) - years).padStart(4, '0')
  const leap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0)
  return `${year}-${day.slice(5) === '02-29' && !leap ? '02-28' : day.slice(5)}`
}

/** As the counts of villages take people in (overview). */
function countedIn(counts: 'residents' | 'registered', alias: string): string {
  const where = counts === 'residents' ? `in ('1', '3', '4')` : `<> '9'`
  return `${alias}.status in ('ACTIVE', 'SUSPECT_DUP') and ${alias}.residence_status ${where}`
}

/** What a filter demands of a person; a merged record is shown only to whoever asks for it. */
export function conditionsOf(bound: Bound, filter: PersonFilter, today: CivilDate, alias = 'p'): string {
  const conditions = [
    filter.status ? `${alias}.status = ${bound.bind(filter.status)}` : `${alias}.status <> 'MERGED'`,
  ]
  if (filter.division)
    conditions.push(within(bound, `${alias}.residence_division`, [prefixOf(filter.division)]))
  if (filter.hukou) conditions.push(within(bound, `${alias}.hukou_division`, [prefixOf(filter.hukou)]))
  if (filter.sex) conditions.push(`${alias}.sex = ${bound.bind(filter.sex)}`)
  if (filter.residenceStatus)
    conditions.push(`${alias}.residence_status = ${bound.bind(filter.residenceStatus)}`)
  if (filter.counted) conditions.push(countedIn(filter.counted, alias))
  if (filter.ageFrom !== undefined)
    conditions.push(`${alias}.birth_date <= ${bound.bind(yearsBefore(today, filter.ageFrom))}::date`)
  if (filter.ageTo !== undefined)
    conditions.push(`${alias}.birth_date > ${bound.bind(yearsBefore(today, filter.ageTo + 1))}::date`)
  return conditions.join(' and ')
}

export type Whereabouts = {
  /** Subtrees whose residents are meant. */
  living: DivisionPrefix[]
  /** Subtrees whose registered people are meant too, wherever they live; empty where the residents are all. */
  registered: DivisionPrefix[]
}

/**
 * Where the people of an area and a filter are found: residents in the order of their residence, and those who are
 * registered there and live elsewhere. Null where that is as good as the whole county.
 */
export function whereaboutsOf(
  prefixes: readonly DivisionPrefix[],
  filter: Pick<PersonFilter, 'division' | 'hukou'>,
): Whereabouts | null {
  const division = filter.division ? prefixOf(filter.division) : ''
  const hukou = filter.hukou ? prefixOf(filter.hukou) : ''
  const isCounty = (prefix: DivisionPrefix) => prefix.length <= 6
  const isNarrower =
    hukou.length > division.length && prefixes.some((prefix) => prefix.length <= hukou.length)
  if (isNarrower)
    return isCounty(hukou) && prefixes.some(isCounty) ? null : { living: [hukou], registered: [hukou] }
  const living = partsInside(prefixes, division)
  if (division !== '' && prefixes.some((prefix) => division.startsWith(prefix)))
    return { living, registered: [] }
  return prefixes.some(isCounty) ? null : { living, registered: partsInside(prefixes, '') }
}
