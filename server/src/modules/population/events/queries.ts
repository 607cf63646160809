import type { listEventFindings, PersonEvent } from '@youyu/shared/population/events'
import type { EventKind } from '@youyu/shared/population/value-sets'
import { prefixOf, type CivilDate, type DivisionCode, type Id } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { partsInside, personOfCounty, within } from '../area.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'

type Shown = Pick<
  PersonEvent,
  | 'kind'
  | 'id'
  | 'code'
  | 'role'
  | 'others'
  | 'from'
  | 'place'
  | 'detail'
  | 'findings'
  | 'recordedBy'
  | 'source'
  | 'voidReason'
  | 'replaces'
>
export type KeptEvent = Shown & {
  occurredOn: CivilDate | null
  endedOn: CivilDate | null
  recordedAt: Date
  voidedAt: Date | null
}
export type Subject = {
  id: Id
  residenceDivision: DivisionCode
  hukouDivision: DivisionCode
  recordedAt: Date
}

export async function findSubject(tx: Transaction, access: Access, id: Id): Promise<Subject | undefined> {
  const bound = new Bound()
  const text = `select p.id, p.residence_division as "residenceDivision", p.hukou_division as "hukouDivision", p.recorded_at as "recordedAt"
  from persons p where p.id = ${bound.bind(id)} and ${personOfCounty(bound, access, 'p')}`
  const [subject] = await ask<Subject>(tx, text, bound.values)
  return subject
}

/** One line of a kind, from `x` with the columns of a fact. */
type Line = {
  kind: EventKind
  table: string
  /** Which of its rows are the person's. */
  of: string
  code: string
  role?: string
  occurredOn?: string
  endedOn?: string
  others?: string
  from?: string
  place?: string
  detail?: string
  findings?: string
}

const person = 'any(select id from records)'
const other = (role: string, id: string, name = 'null') =>
  `select ${role} as role, ${id} as id, ${name} as given`

const lines: readonly Line[] = [
  {
    kind: 'BIRTH',
    table: 'births',
    of: `(x.child_id = ${person} or x.mother_id = ${person} or x.father_id = ${person})`,
    code: 'x.outcome',
    role: `case when x.child_id = ${person} then 'CHILD' when x.mother_id = ${person} then 'MOTHER' else 'FATHER' end`,
    others: `${other(`'CHILD'`, 'x.child_id')} union all ${other(`'MOTHER'`, 'x.mother_id')} union all ${other(`'FATHER'`, 'x.father_id')}`,
    place: 'x.division_code',
    detail: 'x.order_of_mother::text',
  },
  { kind: 'DEATH', table: 'deaths', of: `x.person_id = ${person}`, code: 'null', place: 'x.division_code' },
  {
    kind: 'MARRIAGE',
    table: 'marriage_events',
    of: `(x.party_a = ${person} or x.party_b = ${person})`,
    code: 'x.event',
    role: `'SPOUSE'`,
    others: `${other(`'SPOUSE'`, 'x.party_a')} union all ${other(`'SPOUSE'`, 'x.party_b', 'x.party_b_name')}`,
    place: `case when x.party_a = ${person} then x.division_a else x.division_b end`,
    detail: `case when x.party_a = ${person} then x.order_a else x.order_b end`,
  },
  {
    kind: 'MOVE',
    table: 'migration_events',
    of: `x.person_id = ${person}`,
    code: 'x.kind',
    from: 'x.from_division',
    place: 'x.to_division',
    detail: 'x.reason',
  },
  {
    kind: 'PARENTAGE',
    table: 'parentage_events',
    of: `(x.child_id = ${person} or x.adult_id = ${person})`,
    code: 'x.kind',
    role: `case when x.child_id = ${person} then 'CHILD' else 'ADULT' end`,
    endedOn: 'x.ended_on',
    others: `${other(`'CHILD'`, 'x.child_id')} union all ${other(`'ADULT'`, 'x.adult_id')}`,
  },
  {
    kind: 'RESIDENCE',
    table: 'residence_episodes',
    of: `x.person_id = ${person}`,
    code: 'x.status',
    occurredOn: 'x.from_on',
    endedOn: 'x.to_on',
    place: 'x.division_code',
    findings: `'{}'::text[]`,
  },
]

const placeName = (code: string) =>
  `(select json_build_object('code', ${code}, 'name', coalesce((select d.name from divisions d where d.code = ${code} collate "C" order by d.valid_to nulls first limit 1), ${code})) where ${code} is not null)`

function textOf(line: Line, county: string): string {
  const others = line.others
    ? `(select coalesce(json_agg(json_build_object('role', o.role, 'id', o.id, 'name', coalesce(q.name, o.given, '*'))), '[]')
        from (${line.others}) o left join persons q on q.county_code = ${county} and q.id = o.id
        where (o.id is not null or o.given is not null) and (o.id is null or o.id <> all(select id from records)))`
    : `'[]'::json`
  return `select '${line.kind}' as kind, x.id, ${line.occurredOn ?? 'x.occurred_on'} as occurred_on, ${line.endedOn ?? 'null::date'} as ended_on,
    ${line.code} as code, ${line.role ?? `'SELF'`} as role, ${others} as others, ${line.from ? placeName(line.from) : 'null::json'} as origin,
    ${line.place ? placeName(line.place) : 'null::json'} as place, ${line.detail ?? 'null'} as detail, ${line.findings ?? 'x.findings'} as findings,
    x.recorded_at, x.recorded_by, x.source, x.voided_at, x.void_reason, x.replaces
  from ${line.table} x where x.county_code = ${county} and ${line.of} and x.id <> all(select id from not_yet)`
}

/**
 * Everything that happened to a person and to the records that are, or at a moment were, merged into hers, the latest
 * first. A merge carries events over; those that came with a later one were not hers yet.
 */
export async function selectEvents(
  tx: Transaction,
  access: Access,
  id: Id,
  moment: Date | null,
): Promise<KeptEvent[]> {
  const text = `with records as (
    select $2::uuid as id union select g.merged_id from person_merges g where g.county_code = $1 and g.kept_id = $2
      and g.recorded_at <= coalesce($3::timestamptz, 'infinity') and (g.undone_at is null or g.undone_at > $3::timestamptz)
  ), not_yet as (
    select event.id::uuid as id from person_merges g, jsonb_each(g.undo -> 'events') as carried (naming, ids), jsonb_array_elements_text(carried.ids) as event (id)
    where g.county_code = $1 and g.kept_id = $2 and g.undone_at is null and g.recorded_at > $3::timestamptz
      and g.merged_id <> all(select id from records))
  select y.kind, y.id, y.occurred_on as "occurredOn", y.ended_on as "endedOn", y.code, y.role, y.others, y.origin as "from", y.place, y.detail, y.findings,
    y.recorded_at as "recordedAt", coalesce(u.display_name, c.name) as "recordedBy", y.source, y.voided_at as "voidedAt", y.void_reason as "voidReason", y.replaces
  from (${lines.map((line) => textOf(line, '$1')).join('\n union all ')}) y
  left join users u on u.id = y.recorded_by left join api_clients c on c.id = y.recorded_by
  order by y.occurred_on desc nulls last, y.recorded_at desc, y.id desc`
  return await ask(tx, text, [access.county, id, moment])
}

export type KeptFinding = {
  code: string
  kind: EventKind
  eventId: Id
  occurredOn: CivilDate
  personId: Id | null
  personName: string | null
  divisionCode: DivisionCode
  divisionName: string | null
  recordedAt: Date
}
type Filter = Omit<z.output<(typeof listEventFindings)['schema']['querystring']>, 'limit' | 'cursor'>
type FindingQuestion = {
  filter: Filter
  after: readonly [string, string, string] | null
  limit: number
}

const sources: readonly {
  kind: EventKind
  table: string
  person: string
  place: (parts: (column: string) => string) => string
  division: string
}[] = [
  {
    kind: 'BIRTH',
    table: 'births',
    person: 'case when x.child_id is null then x.mother_id else x.child_id end',
    division: 'x.division_code',
    place: (inside) => inside('x.division_code'),
  },
  {
    kind: 'DEATH',
    table: 'deaths',
    person: 'x.person_id',
    division: 'x.division_code',
    place: (inside) => inside('x.division_code'),
  },
  {
    kind: 'MARRIAGE',
    table: 'marriage_events',
    person: 'x.party_a',
    division: 'x.division_a',
    place: (inside) => `(${inside('x.division_a')} or ${inside('x.division_b')})`,
  },
  {
    kind: 'MOVE',
    table: 'migration_events',
    person: 'x.person_id',
    division: 'x.to_division',
    place: (inside) => `(${inside('x.from_division')} or ${inside('x.to_division')})`,
  },
]

/** Findings that stand on events not voided, the latest recorded first; few, and indexed as such. */
export async function selectFindings(
  tx: Transaction,
  access: Access,
  { filter, after, limit }: FindingQuestion,
): Promise<KeptFinding[]> {
  const bound = new Bound()
  const county = bound.bind(access.county)
  const parts = filter.division ? partsInside(access.prefixes, prefixOf(filter.division)) : access.prefixes
  const inside = (column: string) => within(bound, column, parts)
  const holds = `x.county_code = ${county} and x.voided_at is null and x.findings <> '{}'`
  const found = sources.map(
    ({ kind, table, person: whose, division, place }) =>
      `select '${kind}' as kind, x.id, x.occurred_on, ${whose} as person_id, ${division} as division_code, x.recorded_at, x.findings
      from ${table} x where ${holds} and ${place(inside)}`,
  )
  found.push(`select 'PARENTAGE', x.id, x.occurred_on, x.child_id, p.residence_division, x.recorded_at, x.findings
    from parentage_events x join persons p on p.county_code = x.county_code and p.id = x.child_id
    where ${holds} and ${inside('p.residence_division')}`)
  const conditions = [
    `f.code <> 'LATE'`,
    filter.kind && `f.kind = ${bound.bind(filter.kind)}`,
    filter.code && `f.code = ${bound.bind(filter.code)}`,
    after &&
      `(f.recorded_at, f.id, f.code) < (${bound.bind(after[0])}::timestamptz, ${bound.bind(after[1])}::uuid, ${bound.bind(after[2])})`,
  ].filter((condition) => typeof condition === 'string')
  const text = `select f.code, f.kind, f.id as "eventId", f.occurred_on as "occurredOn", f.person_id as "personId", p.name as "personName",
    f.division_code as "divisionCode", d.name as "divisionName", f.recorded_at as "recordedAt"
  from (select e.*, code collate "C" as code from (${found.join(' union all ')}) e, unnest(e.findings) as code) f
  left join persons p on p.county_code = ${county} and p.id = f.person_id
  left join divisions d on d.code = f.division_code and d.valid_to is null
  where ${conditions.join(' and ')} order by f.recorded_at desc, f.id desc, f.code desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}
