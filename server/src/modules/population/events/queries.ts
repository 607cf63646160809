import type { listEventFindings, PersonEvent } from '@youyu/shared/population/events'
import type { EventKind } from '@youyu/shared/population/value-sets'
import { prefixOf, type CivilDate, type DivisionCode, type Id } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { partsInside, personOfCounty, within } from '../area.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'
import { eventsOfRecords, ofToday } from './queries-lines.ts'

const eventsToday = eventsOfRecords(ofToday)

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

/** Everything that happened to a person and to the records merged into hers, the latest first. */
export async function selectEvents(tx: Transaction, access: Access, id: Id): Promise<KeptEvent[]> {
  const text = `with records as (
    select $2::uuid as id union select g.merged_id from person_merges g where g.county_code = $1 and g.kept_id = $2 and g.undone_at is null
  ) ${eventsToday}`
  return await ask(tx, text, [access.county, id])
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
