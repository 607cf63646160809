import type { Month, PopulationBasis } from '@youyu/shared/population/book'
import { prefixOf } from '@youyu/shared/values'
import type { Asking } from '../../../../database/connect.ts'
import { within } from '../../area.ts'
import { ask, Bound } from '../../../../database/statements.ts'
import type { Area } from '../area.ts'

export type AgeRow = { sex: string; age: number; people: number }

/**
 * Completed years at the end of a month of somebody born in another: exact, because every birthday of the month is over.
 * In whole days: from one first of a month to another a year more or less is four weeks away from being mistaken.
 */
const ageAt = (month: string, birthMonth: string) => `((${month} - ${birthMonth}) + 15) * 400 / 146097`

/** People by sex and age at a month's end: the start of the year and the changes since; of a village, its postings. */
export async function selectAges(
  tx: Asking,
  area: Area,
  basis: PopulationBasis,
  month: Month,
): Promise<AgeRow[]> {
  const bound = new Bound()
  const county = bound.bind(area.county)
  const at = `${bound.bind(month)}::date`
  const inside =
    area.level === 4 && area.parts.includes(prefixOf(area.division))
      ? `division_code = ${bound.bind(area.division)}`
      : within(bound, 'division_code', area.level === 5 ? [prefixOf(area.division)] : area.parts)
  const source =
    area.level === 5
      ? `select sex, birth_month, sum(${basis}) as people from population_postings
         where county_code = ${county} and ${inside} and occurred_on < ${at} + interval '1 month' group by 1, 2`
      : `select sex, birth_month, ${basis} as people from structures s
         where county_code = ${county} and ${inside} and year = (select least(structured_until, extract(year from ${at})::smallint) from population_books where county_code = ${county})
         union all
         select sex, birth_month, ${basis} from structure_changes
         where county_code = ${county} and ${inside} and month <= ${at}
           and month >= (select make_date(least(structured_until, extract(year from ${at})::smallint), 1, 1) from population_books where county_code = ${county})`
  const text = `select sex, least(greatest(${ageAt(at, 'birth_month')}, 0), 100) as age, sum(people)::int as people
  from (${source}) people where birth_month <= ${at} group by 1, 2 having sum(people) <> 0`
  return await ask(tx, text, bound.values)
}
