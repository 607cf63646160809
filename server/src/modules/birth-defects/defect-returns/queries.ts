import type { PerinatalCell, ReturnCell, ReturnFigures } from '@youyu/shared/birth-defects/defect-returns'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow } from '../../../database/statements.ts'
import { within } from '../../population/index.ts'

export type Scope = 'FACILITY' | 'COUNTY'
export type Period = { from: CivilDate; to: CivilDate }

/** The first gate: the facility's own cards, or the submitted ones of the area that is reviewed. */
function ofScope(bound: Bound, access: Access, scope: Scope, alias: string): string {
  const county = `${alias}.county_code = ${bound.bind(access.county)}`
  if (scope === 'FACILITY') return `${county} and ${alias}.facility_id = ${bound.bind(access.facility)}`
  return `${county} and ${within(bound, `${alias}.facility_division`, access.prefixes)}`
}

/** Cards that a tier answers for: those it has reviewed. A corrected card stays a case while it is reviewed again. */
const reviewed: Record<Scope, string> = {
  FACILITY: `('HOSPITAL_REVIEWED', 'COUNTY_REVIEWED', 'PROVINCE_REVIEWED', 'FINAL', 'CORRECTED')`,
  COUNTY: `('COUNTY_REVIEWED', 'PROVINCE_REVIEWED', 'FINAL', 'CORRECTED')`,
}

const windows = `(values ('HOSPITAL_28W_7D', c.window_hospital), ('POPULATION_28W_42D', c.window_population), ('EXTENDED', c.window_extended)) as w ("window", is_in)`
const ageGroup = (age: string) =>
  `case when ${age} < 20 then 'UNDER_20' when ${age} < 25 then '20_24' when ${age} < 30 then '25_29' when ${age} < 35 then '30_34' when ${age} >= 35 then '35_PLUS' else 'UNKNOWN' end`

/** Each card once in `ALL`, once in each of its categories; metabolic and functional disorders alone stand apart. */
export async function countCells(
  tx: Transaction,
  access: Access,
  scope: Scope,
  { from, to }: Period,
): Promise<ReturnCell[]> {
  const bound = new Bound()
  const gate = ofScope(bound, access, scope, 'c')
  const text = `select w."window", k.category, d.dimension, d.item, count(*)::integer as cases
    from defect_cards c
    cross join lateral ${windows}
    cross join lateral unnest(case when c.is_functional_only then array['FUNCTIONAL'] else array['ALL'] || c.categories end) as k (category)
    cross join lateral (values ('ALL', 'ALL'), ('SEX', coalesce(c.child_sex, 'NONE')), ('RESIDENCE', coalesce(c.residence_kind, 'UNKNOWN')),
      ('AGE', ${ageGroup('c.mother_age')})) as d (dimension, item)
    where ${gate} and c.is_counted and c.status in ${reviewed[scope]} and w.is_in
      and c.born_on between ${bound.bind(from)} and ${bound.bind(to)}
    group by 1, 2, 3, 4 order by 1, 2, 3, 4`
  return await ask(tx, text, bound.values)
}

export async function countBeside(
  tx: Transaction,
  access: Access,
  scope: Scope,
  { from, to }: Period,
): Promise<Pick<ReturnFigures, 'outside' | 'unreviewed'>> {
  const bound = new Bound()
  const gate = ofScope(bound, access, scope, 'c')
  const text = `select count(*) filter (where c.status in ${reviewed[scope]} and not c.window_population)::integer as outside,
      count(*) filter (where c.status not in ${reviewed[scope]})::integer as unreviewed
    from defect_cards c where ${gate} and c.is_counted
      and coalesce(c.born_on, c.diagnosed_on) between ${bound.bind(from)} and ${bound.bind(to)}`
  const [counted] = await ask<Pick<ReturnFigures, 'outside' | 'unreviewed'>>(tx, text, bound.values)
  return counted!
}

export async function countPerinatals(
  tx: Transaction,
  access: Access,
  scope: Scope,
  { from, to }: Period,
): Promise<PerinatalCell[]> {
  return await ask(
    tx,
    `select d.dimension, d.item, sum(p.live)::integer as live, sum(p.dead)::integer as dead
     from app.count_perinatals($1, $2, $3, $4) p
     cross join lateral (values ('ALL', 'ALL'), ('SEX', p.sex), ('RESIDENCE', p.residence), ('AGE', p.age_group)) as d (dimension, item)
     group by 1, 2 order by 1, 2`,
    [access.county, scope === 'FACILITY' ? access.facility : null, from, to],
  )
}

/** The facilities of the area that have cards or have filed, with what they say of the quarter. */
export async function selectFacilities(
  tx: Transaction,
  access: Access,
  { from, to }: Period,
): Promise<{ id: Id; name: string; filedOn: CivilDate | null; cases: number; perinatals: number }[]> {
  const bound = new Bound()
  const cards = ofScope(bound, access, 'COUNTY', 'c')
  const returns = ofScope(bound, access, 'COUNTY', 'r')
  const [first, last, county] = [bound.bind(from), bound.bind(to), bound.bind(access.county)]
  const text = `with counted as (
      select c.facility_id, count(*) filter (where c.window_hospital and not c.is_functional_only and c.status in ${reviewed.COUNTY})::integer as cases
      from defect_cards c where ${cards} and c.is_counted and c.born_on between ${first} and ${last} group by 1),
    filed as (
      select r.facility_id, r.filed_on from defect_returns r where ${returns} and r.scope = 'FACILITY' and r.period_from = ${first})
    select o.id, o.name, f.filed_on as "filedOn", coalesce(c.cases, 0) as cases,
      coalesce((select sum(p.live + p.dead) from app.count_perinatals(${county}, o.id, ${first}, ${last}) p), 0)::integer as perinatals
    from organisations o
    left join counted c on c.facility_id = o.id left join filed f on f.facility_id = o.id
    where (c.facility_id is not null or f.facility_id is not null or (o.midwifery_licence and o.status = 'active'))
      and ${within(bound, 'o.division_code', access.prefixes)}
    order by o.name, o.id`
  return await ask(tx, text, bound.values)
}

export type FiledRecord = {
  id: Id
  filedOn: CivilDate
  filedAt: Date
  by: string | null
  figures: ReturnFigures
}

export async function findFiled(
  tx: Transaction,
  access: Access,
  scope: Scope,
  { year, quarter }: { year: number; quarter: number },
): Promise<FiledRecord | undefined> {
  const bound = new Bound()
  const conditions = [
    ofScope(bound, access, scope, 'r'),
    `r.scope = ${bound.bind(scope)}`,
    `r.reporting_year = ${bound.bind(year)}`,
    `r.quarter = ${bound.bind(quarter)}`,
  ]
  const text = `select r.id, r.filed_on as "filedOn", r.filed_at as "filedAt", u.display_name as by, r.figures
    from defect_returns r left join users u on u.id = r.filed_by where ${conditions.join(' and ')}`
  return (await ask<FiledRecord>(tx, text, bound.values))[0]
}

export async function insertReturn(
  tx: Transaction,
  access: Access,
  row: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { county: countyCode, facility: facilityId, actorId: filedBy } = access
  await insertRow(tx, 'defect_returns', { countyCode, facilityId, filedBy, ...row })
}

export async function findPlace(
  tx: Transaction,
  access: Access,
): Promise<{ divisionCode: string; name: string } | undefined> {
  const rows = await ask<{ divisionCode: string; name: string }>(
    tx,
    'select division_code as "divisionCode", name from organisations where id = $1',
    [access.facility],
  )
  return rows[0]
}
