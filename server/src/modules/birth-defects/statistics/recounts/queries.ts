import type { Month } from '@youyu/shared/population/book'
import type { CivilDate } from '@youyu/shared/values'
import type { Asking, Transaction } from '../../../../database/connect.ts'
import { ask } from '../../../../database/statements.ts'

type Months = { from: Month; to: Month }

/** Counts months anew; tells how many counts changed. */
export async function recountMonths(
  tx: Transaction,
  county: number,
  { from, to }: Months,
  today: CivilDate,
  at: Date,
): Promise<number> {
  const text = 'select app.recount_birth_defects($1, $2, $3, $4, $5) as changed'
  const [row] = await ask<{ changed: number }>(tx, text, [county, from, to, today, at])
  return row?.changed ?? 0
}

/** The oldest count of the months; null where one of them, as far as begun, was never counted. */
export async function findCountedOn(
  tx: Asking,
  county: number,
  { from, to }: Months,
): Promise<CivilDate | null> {
  const text = `select case when count(*) filter (where k.month is null) = 0 then min(k.counted_on)::text end as "countedOn"
  from generate_series($2::date, (select least($3::date, max(l.month)) from birth_defect_months l where l.county_code = $1), interval '1 month') m
  left join birth_defect_months k on k.county_code = $1 and k.month = m::date`
  const [row] = await ask<{ countedOn: CivilDate | null }>(tx, text, [county, from, to])
  return row?.countedOn ?? null
}

/** Counties whose present month has not been counted today. */
export async function selectUncounted(tx: Asking, today: CivilDate): Promise<number[]> {
  const text = `select distinct c.county_code as county from village_counts c
  where not exists (select from birth_defect_months m where m.county_code = c.county_code
    and m.month = date_trunc('month', $1::date)::date and m.counted_on >= $1::date)
  order by 1`
  const rows = await ask<{ county: number }>(tx, text, [today])
  return rows.map(({ county }) => county)
}
