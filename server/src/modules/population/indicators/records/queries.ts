import type { IndicatorRecord } from '@youyu/shared/population/indicators'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { peopleOfCounty, within } from '../../area.ts'
import { ask, Bound } from '../../../../database/statements.ts'
import type { People, Tally } from '../values/rules-measure.ts'
import { factsOf, type Days } from '../values/queries-tallies.ts'
import { relationIn } from '../values/relations.ts'
import { prefixesOf, type Scope } from '../values/scope.ts'

type Listed = { tally: Tally; days: Days }

export type RecordRow = {
  kind: IndicatorRecord['kind']
  factId: Id
  personId: Id | null
  occurredOn: CivilDate | null
  division: DivisionCode
  divisionName: string | null
  name: string | null
  sex: IndicatorRecord['sex'] | null
  birthDate: CivilDate | null
}

/** Facts behind a number: the same source and the same condition that were counted. */
function behind(bound: Bound, scope: Scope, listed: readonly Listed[]): string {
  return listed
    .map(({ tally, days }) => {
      const relation = relationIn(scope.relations, tally.relation)
      const { source, place } = factsOf(bound, scope, relation, [days])
      const { kind, fact, person, day, title } = relation.record!
      return `select ${bound.bind(kind)}::text as kind, ${fact} as id, ${person} as person_id, coalesce(${day}, date '0001-01-01') as day, ${place} as place, ${title}::text as title
        ${source} and ${tally.within ?? 'true'} and ${tally.where}`
    })
    .join(' union all ')
}

/** People living (or registered) here now, of the ages asked for at the end of the period. */
function standing(bound: Bound, scope: Scope, people: People): Tally {
  const isHere =
    scope.population === 'residence' ? `f.residence_status in ('1', '3', '4')` : `f.residence_status <> '9'`
  const { sex, from, to } = people
  return {
    relation: 'persons',
    where: [
      isHere,
      sex && `f.sex = ${bound.bind(sex)}`,
      from !== undefined && `f.birth_date <= p.until_on - make_interval(years => ${bound.bind(from)}::int)`,
      to !== undefined && `f.birth_date > p.until_on - make_interval(years => ${bound.bind(to + 1)}::int)`,
    ]
      .filter((condition) => typeof condition === 'string')
      .join(' and '),
  }
}

export type Behind = { listed: readonly Listed[] } | { people: People; days: Days }

function sourceOf(bound: Bound, scope: Scope, what: Behind): string {
  if ('listed' in what) return behind(bound, scope, what.listed)
  return behind(bound, scope, [{ tally: standing(bound, scope, what.people), days: what.days }])
}

/** What follows is planned for its values: what a village finds by an index is a walk through a county. */
export async function planByValues(tx: Transaction): Promise<void> {
  await tx.client.query(`set local plan_cache_mode = 'force_custom_plan'; set local enable_seqscan = on`)
}

export async function countRecords(tx: Transaction, scope: Scope, what: Behind): Promise<number> {
  if ('people' in what && isEverybody(what.people) && scope.moves.length === 0)
    return await sumCounts(tx, scope)
  const bound = new Bound()
  const text = `select count(*)::int as total from (${sourceOf(bound, scope, what)}) behind`
  const [counted] = await ask<{ total: number }>(tx, text, bound.values)
  return counted?.total ?? 0
}

const isEverybody = ({ sex, from, to }: People) => sex === undefined && from === undefined && to === undefined

/** Everybody who lives (or is registered) here, from the counts kept of villages. */
async function sumCounts(tx: Transaction, { area, population }: Scope): Promise<number> {
  const bound = new Bound()
  const column = population === 'hukou' ? 'registered' : 'residents'
  const text = `select coalesce(sum(${column}), 0)::int as total from village_counts
  where county_code = ${bound.bind(area.county)} and ${within(bound, 'division_code', prefixesOf(area))}`
  const [counted] = await ask<{ total: number }>(tx, text, bound.values)
  return counted!.total
}

/** A page of them, the latest first. Whoever lies outside the reader's area is told by the place alone. */
export async function selectRecords(
  tx: Transaction,
  access: Access,
  scope: Scope,
  what: Behind,
  { after, limit }: { after: readonly [string, string] | null; limit: number },
): Promise<RecordRow[]> {
  const bound = new Bound()
  const source = sourceOf(bound, scope, what)
  const later = after
    ? `where (behind.day, behind.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`
    : ''
  const text = `select behind.kind, behind.id as "factId", p.id as "personId", nullif(behind.day, date '0001-01-01')::text as "occurredOn",
    behind.place as division, d.name as "divisionName", coalesce(p.name, behind.title) as name, p.sex, p.birth_date as "birthDate"
  from (select * from (${source}) behind ${later} order by day desc, id desc limit ${bound.bind(limit)}) behind
  left join persons p on p.id = behind.person_id and ${peopleOfCounty(bound, { ...access, county: scope.area.county }, 'p')}
  left join lateral (select name from divisions d where d.code = behind.place order by valid_from desc limit 1) d on true
  order by behind.day desc, behind.id desc`
  return await ask(tx, text, bound.values)
}
