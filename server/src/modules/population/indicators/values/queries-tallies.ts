import type { CivilDate, DivisionCode } from '@youyu/shared/values'
import type { Transaction } from '../../../../database/connect.ts'
import { ask, Bound } from '../../../../database/statements.ts'
import type { Histogram, RelationName, Tally } from './rules-measure.ts'
import { relationIn, type Relation } from './relations.ts'
import { partOf, placed, type Scope } from './scope.ts'

export type Days = { from: CivilDate; until: CivilDate }

/** Facts of a relation in the area and the periods: what every counting and every listing starts from. */
export function factsOf(bound: Bound, scope: Scope, relation: Relation, periods: readonly Days[]) {
  const at = placed(bound, scope, relation.place[scope.population], relation.named)
  const during = relation.day ? `${relation.day} >= p.from_on and ${relation.day} <= p.until_on and` : ''
  return {
    source: `from (${periodsOf(bound, scope, periods)}) p
    cross join ${relation.from} ${at.join}
    where f.county_code = ${bound.bind(scope.area.county)} and ${during} ${relation.base} and ${at.inside}`,
    place: at.place,
  }
}

/** A single period is told by its days, so that facts keep the order of their index. */
function periodsOf(bound: Bound, { today, area }: Scope, periods: readonly Days[]): string {
  const now = `${bound.bind(today)}::date as today, ${bound.bind(area.county)}::int as county_code`
  const [only] = periods
  if (only && periods.length === 1)
    return `select ${bound.bind(only.from)}::date as from_on, ${bound.bind(only.until)}::date as until_on, 0::bigint as period, ${now}`
  const [from, until] = (['from', 'until'] as const).map((day) =>
    bound.bind(periods.map((each) => each[day])),
  )
  return `select from_on, until_on, place - 1 as period, ${now}
    from unnest(${from}::date[], ${until}::date[]) with ordinality as q (from_on, until_on, place)`
}

export type TallyRow = { part: DivisionCode; period: number; counts: number[] }

/** Tallies of one relation, with the same `within`, at once: one column each. */
export async function countTallies(
  tx: Transaction,
  scope: Scope,
  relation: RelationName,
  tallies: readonly Tally[],
  periods: readonly Days[],
): Promise<TallyRow[]> {
  const bound = new Bound()
  const { source, place } = factsOf(bound, scope, relationIn(scope.relations, relation), periods)
  const columns = tallies.map(({ where, sum }) =>
    sum ? `coalesce(sum(${sum}) filter (where ${where}), 0)::int` : `count(*) filter (where ${where})::int`,
  )
  const text = `select ${partOf(bound, scope, place)} as part, p.period::int as period, array[${columns.join(', ')}] as counts
  ${source} and ${tallies[0]?.within ?? 'true'} group by 1, 2`
  return await ask(tx, text, bound.values)
}

export type HistogramRow = { part: DivisionCode; period: number; key: number; counts: number[] }

/** Histograms by the same number, with the same `within`, at once. */
export async function countByKey(
  tx: Transaction,
  scope: Scope,
  histograms: readonly Histogram[],
  periods: readonly Days[],
): Promise<HistogramRow[]> {
  const [{ relation, within, by }] = histograms as [Histogram]
  const bound = new Bound()
  const { source, place } = factsOf(bound, scope, relationIn(scope.relations, relation), periods)
  const columns = histograms.map(({ where }) => `count(*) filter (where ${where})::int`)
  const any = histograms.map(({ where }) => `(${where})`).join(' or ')
  const text = `select ${partOf(bound, scope, place)} as part, p.period::int as period, (${by})::int as key, array[${columns.join(', ')}] as counts
  ${source} and ${within ?? 'true'} and (${any}) group by 1, 2, 3`
  return await ask(tx, text, bound.values)
}
