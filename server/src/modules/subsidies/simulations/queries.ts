import type { RateUnit } from '@youyu/shared/subsidies/programmes'
import type { ProgrammeTerms } from '@youyu/shared/subsidies/programmes'
import type { Rule } from '@youyu/shared/subsidies/rules'
import type { Tier } from '@youyu/shared/subsidies/shares'
import type { CivilDate, DivisionCode, DivisionPrefix, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'
import { within } from '../../population/index.ts'
import type { KeyedRule } from '../rules/index.ts'
import { foundInYears } from './queries-candidates.ts'
import type { ScenarioGroup } from './rules-result.ts'

export type TermsRecord = { code: string; place: number; versionId: Id; terms: ProgrammeTerms }

/** The terms in force on each of the days. */
export async function selectTerms(
  tx: Transaction,
  { county }: Access,
  days: readonly CivilDate[],
  codes: readonly string[],
): Promise<TermsRecord[]> {
  return await ask(
    tx,
    `select t.code, d.place::integer - 1 as place, t.version_id as "versionId", t.terms
     from unnest($2::date[]) with ordinality as d (day, place), lateral app.programme_terms($1, d.day) t
     where t.code = any($3) order by t.code, d.place`,
    [county, days, codes],
  )
}

export type NamedProgramme = { code: string; zh: string; en: string }

export async function selectNames(
  tx: Transaction,
  { county }: Access,
  codes: readonly string[],
): Promise<NamedProgramme[]> {
  return await ask(
    tx,
    `select distinct on (p.code) p.code, p.name_zh as zh, p.name_en as en from programmes p
     where p.owner_county in (0, $1) and p.code = any($2) order by p.code, p.owner_county desc`,
    [county, codes],
  )
}

export type RateRecord = {
  code: string
  level: string
  unit: RateUnit
  amountFen: number
  from: CivilDate
  to: CivilDate | null
}

export async function selectRates(
  tx: Transaction,
  { county }: Access,
  codes: readonly string[],
): Promise<RateRecord[]> {
  const rows = await ask<RateRecord & { amountFen: string }>(
    tx,
    `select code, level, unit, amount_fen as "amountFen", from_on as "from", to_on as "to" from app.programme_rates_of($1) where code = any($2)`,
    [county, codes],
  )
  return rows.map((row) => ({ ...row, amountFen: Number(row.amountFen) }))
}

export type ShareRecord = { code: string; place: number; tier: Tier; pct: number }

export async function selectShares(
  tx: Transaction,
  { county }: Access,
  days: readonly CivilDate[],
  codes: readonly string[],
): Promise<ShareRecord[]> {
  return await ask(
    tx,
    `select s.code, d.place::integer - 1 as place, s.tier, s.pct::float8 as pct
     from unnest($2::date[]) with ordinality as d (day, place), lateral app.funding_shares_of($1, d.day) s
     where s.code = any($3)`,
    [county, days, codes],
  )
}

/** A rule of one programme, one year and one side of the scenario. */
export type ScenarioRule = KeyedRule & {
  programme: string
  place: number
  side: 'BASE' | 'CHANGED'
  /** As it is asked of the first year. */
  unshifted: Rule
}
type Proration = {
  programme: string
  bornFrom: CivilDate
  bornBefore: CivilDate
  payableFrom: CivilDate
}

export type ScenarioQuestion = {
  on: CivilDate
  years: readonly number[]
  /** The day of the last year. */
  lastDay: CivilDate
  rules: readonly ScenarioRule[]
  prorations: readonly Proration[]
  /** Programmes of children who will be born as they were in the last year, which began after this day. */
  renewed: readonly string[]
  bornSince: CivilDate
  prefixes: readonly DivisionPrefix[]
}

/**
 * People whom either side of the scenario finds, one row for each programme and year. Children not born yet are those of
 * the last year over again: who is so old in a year was born so long before.
 */
function peopleOf(bound: Bound, { county }: Access, question: ScenarioQuestion): string {
  const { on, years, rules, prorations, renewed, bornSince, prefixes } = question
  const countyText = `${bound.bind(county)}::integer`
  const { candidates, found } = foundInYears(bound, {
    county,
    asOf: on,
    years: years.length,
    lastDay: question.lastDay,
    rules,
  })
  const keys = rules.map(({ key, programme, place, side }) => ({
    key,
    programme,
    place,
    isBase: side === 'BASE',
  }))
  return `candidates as materialized (select * from ${candidates} r where ${within(bound, 'r.division_code', prefixes)}),
   found as materialized (${found}),
   sides as (select k.programme, k.place, f.subject_id, min(f.division_code) as division_code,
       max(f.level) filter (where k."isBase") as base, max(f.level) filter (where not k."isBase") as changed
     from found f join jsonb_to_recordset(${bound.bind(JSON.stringify(keys))}::jsonb) as k (key text, programme text, place integer, "isBase" boolean)
       on k.key = f.key
     group by k.programme, k.place, f.subject_id),
   born as (select s.*, p.birth_date from sides s join persons p on p.county_code = ${countyText} and p.id = s.subject_id),
   years as (select y.year, y.place::integer - 1 as place from unnest(${bound.bind(years)}::integer[]) with ordinality as y (year, place)),
   people as (
     select b.programme, b.place, b.subject_id, b.division_code, b.base, b.changed, b.birth_date from born b
     union all
     select b.programme, y.place, null, b.division_code, b.base, b.changed, null from born b join years y on y.place > b.place
     where b.programme = any(${bound.bind(renewed)}::text[]) and b.birth_date > ${bound.bind(bornSince)}::date),
   paid as (select p.*, y.year, case when q.programme is not null then greatest(0, least(12,
       (extract(year from p.birth_date)::integer + 3 - y.year) * 12 + extract(month from p.birth_date)::integer)
       - greatest(0, (extract(year from q."payableFrom")::integer - y.year) * 12 + extract(month from q."payableFrom")::integer - 1)) end as months
     from people p join years y on y.place = p.place
     left join jsonb_to_recordset(${bound.bind(JSON.stringify(prorations))}::jsonb) as q (programme text, "bornFrom" date, "bornBefore" date, "payableFrom" date)
       on q.programme = p.programme and p.birth_date >= q."bornFrom" and p.birth_date < q."bornBefore")`
}

/** The whole scenario in one statement. */
export async function selectGroups(
  tx: Transaction,
  access: Access,
  question: ScenarioQuestion,
  partLength: number,
  needsFirst: boolean,
): Promise<ScenarioGroup[]> {
  const bound = new Bound()
  const first = (side: string) =>
    needsFirst
      ? `p.${side} is not null and (p.subject_id is null or p.place = min(p.place) filter (where p.${side} is not null) over (partition by p.programme, p.subject_id))`
      : 'false'
  return await ask(
    tx,
    `with ${peopleOf(bound, access, question)},
       told as (select p.*, ${first('base')} as is_new_base, ${first('changed')} as is_new_changed from paid p)
     select t.programme, t.place, left(t.division_code, ${bound.bind(partLength)}) as part, t.base, t.changed, t.months,
       t.is_new_base as "isNewBase", t.is_new_changed as "isNewChanged", count(*)::integer as people
     from told t group by 1, 2, 3, 4, 5, 6, 7, 8`,
    bound.values,
  )
}

export type SimulatedPerson = {
  id: Id
  name: string
  birthDate: CivilDate
  divisionCode: DivisionCode
  divisionName: string | null
  base: string | null
  changed: string | null
  months: number | null
}

/** People on whom the change has an effect, in the order of their villages. */
export async function selectSimulated(
  tx: Transaction,
  access: Access,
  question: ScenarioQuestion,
  {
    levels,
    after,
    limit,
  }: {
    levels: readonly [string | null, string | null][]
    after: readonly [string, string] | undefined
    limit: number
  },
): Promise<SimulatedPerson[]> {
  const bound = new Bound()
  const people = peopleOf(bound, access, question)
  const wanted = levels.map(([base, changed]) => ({ base, changed }))
  const page = after
    ? `and (t.division_code, t.subject_id) > (${bound.bind(after[0])}, ${bound.bind(after[1])}::uuid)`
    : ''
  return await ask(
    tx,
    `with ${people}
     select t.subject_id as id, p.name, p.birth_date as "birthDate", t.division_code as "divisionCode", d.name as "divisionName",
       t.base, t.changed, t.months
     from paid t join persons p on p.county_code = ${bound.bind(access.county)} and p.id = t.subject_id
     left join lateral (select v.name from divisions v where v.code = t.division_code order by v.valid_from desc limit 1) d on true
     where exists (select from jsonb_to_recordset(${bound.bind(JSON.stringify(wanted))}::jsonb) as w (base text, changed text)
       where w.base is not distinct from t.base and w.changed is not distinct from t.changed)
     ${page} order by t.division_code, t.subject_id limit ${pageLimit(limit)}`,
    bound.values,
  )
}

export type ScenarioRecord = {
  id: Id
  name: string
  note: string | null
  on: CivilDate
  programmes: string[]
  madeAt: Date
  version: number
  scenario: unknown
  result: unknown
}

const columns = `s.id, s.name, s.note, s.on_day as "on", s.programmes, s.made_at as "madeAt", s.version`

export async function selectScenarios(
  tx: Transaction,
  { county }: Access,
  { programme, after, limit }: { programme: string | undefined; after: string | undefined; limit: number },
): Promise<ScenarioRecord[]> {
  const bound = new Bound()
  const conditions = [`s.county_code = ${bound.bind(county)}`, 's.withdrawn_at is null']
  if (programme) conditions.push(`s.programmes @> array[${bound.bind(programme)}::text]`)
  if (after) conditions.push(`s.id < ${bound.bind(after)}::uuid`)
  return await ask(
    tx,
    `select ${columns} from benefit_scenarios s where ${conditions.join(' and ')} order by s.id desc limit ${pageLimit(limit)}`,
    bound.values,
  )
}

export async function findScenario(
  tx: Transaction,
  { county }: Access,
  id: Id,
): Promise<ScenarioRecord | undefined> {
  const [row] = await ask<ScenarioRecord>(
    tx,
    `select ${columns}, s.scenario, s.result from benefit_scenarios s where s.county_code = $1 and s.id = $2 and s.withdrawn_at is null`,
    [county, id],
  )
  return row
}

export async function insertScenario(
  tx: Transaction,
  { county, actorId }: Access,
  row: Readonly<Record<string, unknown>>,
): Promise<void> {
  await insertRow(tx, 'benefit_scenarios', { countyCode: county, madeBy: actorId, version: 1, ...row })
}

export async function withdrawScenarioRow(
  tx: Transaction,
  { county, actorId }: Access,
  id: Id,
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update benefit_scenarios set withdrawn_at = $3, withdrawn_by = $4, version = version + 1 where county_code = $1 and id = $2`,
    [county, id, at, actorId],
  )
}
