import type { Month } from '@youyu/shared/population/book'
import type { Id } from '@youyu/shared/values'
import type { Asking } from '../../../../database/connect.ts'
import { ask } from '../../../../database/statements.ts'
import type { MonthCount } from './rules-counts.ts'

type Months = { from: Month; to: Month }

/** Cases by window and category, and perinatals, month by month. */
export async function selectMonths(tx: Asking, county: number, { from, to }: Months): Promise<MonthCount[]> {
  const text = `select k.month::text as month, k.measure, k.item, sum(k.tally)::int as n
  from birth_defect_tallies k
  where k.county_code = $1 and k.measure in ('case', 'perinatal') and k.month between $2 and $3
  group by 1, 2, 3`
  return await ask(tx, text, [county, from, to])
}

/** Cases and perinatals of each facility, in the order of their codes. */
export async function selectFacilities(
  tx: Asking,
  county: number,
  { from, to }: Months,
): Promise<{ id: Id; name: string; cases: number; births: number }[]> {
  const text = `select o.id, o.name, coalesce(sum(k.tally) filter (where k.measure = 'case'), 0)::int as cases,
    coalesce(sum(k.tally) filter (where k.measure = 'perinatal'), 0)::int as births
  from birth_defect_tallies k join organisations o on o.id = k.facility_id
  where k.county_code = $1 and k.month between $2 and $3
    and (k.measure, k.item) in (('case', 'HOSPITAL_28W_7D:ANY'), ('perinatal', 'HOSPITAL'))
  group by o.id, o.name, o.code order by o.code, o.id`
  return await ask(tx, text, [county, from, to])
}
