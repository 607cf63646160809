import type { DivisionCode } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking, Transaction } from '../../../database/connect.ts'
import { within } from '../area.ts'
import { ask, Bound } from '../../../database/statements.ts'
import { placeThenFirst } from '../then.ts'
import { countedColumns, summed, type VillageDelta } from './rules.ts'

/** Adds deltas to the kept counts, in the transaction of the change that causes them. */
export async function adjustCounts(
  tx: Transaction,
  county: number,
  deltas: readonly VillageDelta[],
  at: Date,
): Promise<void> {
  const villages = summed(deltas)
  if (villages.length === 0) return
  const bound = new Bound()
  const columns = countedColumns.map(
    (column) => `${bound.bind(villages.map((delta) => delta[column]))}::int[]`,
  )
  const codes = bound.bind(villages.map(({ village }) => village))
  const text = `select app.adjust_village_counts(${bound.bind(county)}::int, ${codes}::text[], ${columns.join(', ')}, ${bound.bind(at)})`
  await ask(tx, text, bound.values)
}

/**
 * SQL of the deltas per village that a relation of people makes: `people` is a SELECT of residence_division,
 * hukou_division, residence_status, sex, status and weight (+1 for who comes, −1 for who goes). The same sums as
 * `deltasBetween`, set-based.
 */
export function villageDeltasOf(people: string, county: number): string {
  return `select village, sum(residents)::int as residents, sum(registered)::int as registered, sum(inflow)::int as inflow,
  sum(away)::int as away, 0 as households, sum(male)::int as male, sum(female)::int as female from (
    select residence_division as village, weight * (residence_status in ('1', '3', '4'))::int as residents, 0 as registered,
      weight * (residence_status in ('3', '4'))::int as inflow, 0 as away,
      weight * (residence_status in ('1', '3', '4') and sex = '1')::int as male,
      weight * (residence_status in ('1', '3', '4') and sex = '2')::int as female
    from (${people}) living where status in ('ACTIVE', 'SUSPECT_DUP')
    union all
    select hukou_division, 0, weight * (residence_status <> '9')::int, 0, weight * (residence_status = '2')::int, 0, 0
    from (${people}) registered where status in ('ACTIVE', 'SUSPECT_DUP')
  ) contributions where left(village, 6) = '${String(county).padStart(6, '0')}' group by village`
}

/** SQL that adds deltas (a SELECT like `villageDeltasOf`) to the kept counts; `at` is a parameter such as `$1`. */
export function adjustVillageCounts(deltas: string, county: number, at: string): string {
  return `select app.adjust_village_counts(${county}, array_agg(village), ${countedColumns.map((column) => `array_agg(${column})`).join(', ')}, ${at}::timestamptz)
  from (${deltas}) deltas having count(*) > 0`
}

export type PartCounts = Record<(typeof countedColumns)[number], number> & {
  code: DivisionCode
  name: string | null
}
export type Freshness = { changedAt: Date | null; villages: number; villagesWithPeople: number }

/** Sums over the parts one level below, only of villages inside the area. */
export async function sumByPart(
  tx: Transaction,
  access: Access,
  prefix: string,
  partLength: number,
): Promise<PartCounts[]> {
  const bound = new Bound()
  const length = bound.bind(partLength)
  const sums = countedColumns.map((column) => `sum(${column})::int as ${column}`).join(', ')
  const text = `select part.code, d.name, ${countedColumns.join(', ')} from (
    select rpad(left(v.division_code, ${length}::int), 12, '0') as code, ${sums} from village_counts v
    where v.county_code = ${bound.bind(access.county)} and ${within(bound, 'v.division_code', [prefix])} and ${within(bound, 'v.division_code', access.prefixes)}
    group by 1) part
  left join divisions d on d.code = part.code collate "C" and d.valid_to is null order by part.code`
  return await ask(tx, text, bound.values)
}

export async function findFreshness(tx: Transaction, access: Access, prefix: string): Promise<Freshness> {
  const bound = new Bound()
  const counted = `v.county_code = ${bound.bind(access.county)} and ${within(bound, 'v.division_code', [prefix])} and ${within(bound, 'v.division_code', access.prefixes)}`
  const text = `select max(v.changed_at) as "changedAt", count(*) filter (where v.residents > 0 or v.registered > 0)::int as "villagesWithPeople",
  (select count(*)::int from divisions d where d.level = 5 and d.valid_to is null and ${within(bound, 'd.code', [prefix])} and ${within(bound, 'd.code', access.prefixes)}) as villages
  from village_counts v where ${counted}`
  const [row] = await ask<Freshness>(tx, text, bound.values)
  return row as Freshness
}

export type PlaceKnown = { code: DivisionCode; name: string; level: number }

export async function findPlaces(
  tx: Asking,
  codes: readonly DivisionCode[],
): Promise<Map<DivisionCode, PlaceKnown>> {
  if (codes.length === 0) return new Map()
  const text = 'select code, name, level from divisions where code = any($1::text[]) and valid_to is null'
  const places = await ask<PlaceKnown>(tx, text, [[...new Set(codes)]])
  return new Map(places.map((place) => [place.code, place]))
}

/** The same of places present or past, under the names that they were known by at a moment. */
export async function findPlacesThen(
  tx: Asking,
  codes: readonly DivisionCode[],
  moment: Date,
): Promise<Map<DivisionCode, PlaceKnown>> {
  const text = `select distinct on (d.code) d.code, d.name, d.level::int as level from divisions d where d.code = any($1::text[])
  order by d.code, ${placeThenFirst('d', '$2::timestamptz')}`
  const places = await ask<PlaceKnown>(tx, text, [[...new Set(codes)], moment])
  return new Map(places.map((place) => [place.code, place]))
}

/** The divisions one level below, as far as they lie in the area. */
export async function findParts(
  tx: Transaction,
  access: Access,
  parent: DivisionCode,
): Promise<PlaceKnown[]> {
  const bound = new Bound()
  const inside = access.prefixes.map((prefix) => {
    const given = bound.bind(prefix)
    return `(starts_with(code, ${given}) or starts_with(${given}, rtrim(code, '0')))`
  })
  const text = `select code, name, level from divisions where parent_code = ${bound.bind(parent)} and valid_to is null and (${inside.join(' or ') || 'false'}) order by code`
  return await ask(tx, text, bound.values)
}
