import type { CheckCategory } from '@youyu/shared/contraception/check-codes'
import type { CivilDate, DivisionCode } from '@youyu/shared/values'
import { rangeOf } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'
import type { Reach } from './rules-county.ts'
import type { Demand } from './rules-needs.ts'

const rangeOfCounty = (access: Access) => rangeOf(String(access.county).padStart(6, '0'))

export async function villagesOf(tx: Transaction, access: Access): Promise<DivisionCode[]> {
  const { lo, hi } = rangeOfCounty(access)
  const text =
    'select code from divisions where level = 5 and valid_to is null and code >= $1 and code < $2 order by code'
  return (await ask<{ code: string }>(tx, text, [lo, hi])).map(({ code }) => code)
}

/** Villages that another one has taken over. */
export async function villagesMerged(tx: Transaction, access: Access): Promise<Set<string>> {
  const { lo, hi } = rangeOfCounty(access)
  const text =
    'select distinct from_code as code from division_successions where from_code >= $1 and from_code < $2'
  return new Set((await ask<{ code: string }>(tx, text, [lo, hi])).map(({ code }) => code))
}

export async function reachesOf(
  tx: Transaction,
  access: Access,
): Promise<(Reach & { divisionCode: DivisionCode })[]> {
  const text = `select division_code as "divisionCode", station_id as "stationId", distance_class as "distanceClass", transport, minutes
  from village_distances where county_code = $1 order by division_code, minutes, station_id`
  return await ask(tx, text, [access.county])
}

export type Expectation = {
  category: CheckCategory
  sex: string | null
  bornFrom: CivilDate
  bornTo: CivilDate
  /** Of those whom it is for, the part that is expected in a session of this cycle. */
  share: number
}

/** Who lives in a village and would come: by age and sex alone. */
export async function demandsOf(
  tx: Transaction,
  access: Access,
  expectations: readonly Expectation[],
): Promise<Demand[]> {
  const { lo, hi } = rangeOfCounty(access)
  const text = `select p.residence_division as "divisionCode", e.category, ceil(sum(e.share))::int as expected
  from persons p join jsonb_to_recordset($4::jsonb) as e (category text, sex text, "bornFrom" date, "bornTo" date, share double precision)
    on (e.sex is null or e.sex = p.sex) and p.birth_date between e."bornFrom" and e."bornTo"
  where p.county_code = $1 and p.residence_division >= $2 and p.residence_division < $3 and p.status in ('ACTIVE', 'SUSPECT_DUP') and p.residence_status in ('1', '3', '4')
  group by 1, 2`
  return await ask(tx, text, [access.county, lo, hi, JSON.stringify(expectations)])
}

/** The last session of each village and category before a day: held, or still planned. */
export async function lastSessions(
  tx: Transaction,
  access: Access,
  before: CivilDate,
): Promise<{ divisionCode: DivisionCode; category: CheckCategory; onDay: CivilDate }[]> {
  const text = `select division_code as "divisionCode", category, max(on_day) as "onDay" from check_sessions
  where county_code = $1 and on_day < $2::date and status in ('PLANNED', 'HELD') group by 1, 2`
  return await ask(tx, text, [access.county, before])
}

/** Names of divisions, of former ones the last. */
export async function namesOf(tx: Transaction, codes: readonly string[]): Promise<Map<string, string>> {
  const text =
    'select distinct on (code) code, name from divisions where code = any($1) order by code, valid_from desc'
  const rows = await ask<{ code: string; name: string }>(tx, text, [[...new Set(codes)]])
  return new Map(rows.map(({ code, name }) => [code, name]))
}
