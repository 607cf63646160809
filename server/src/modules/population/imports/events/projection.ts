import type { PersonFact } from '@youyu/shared/population/persons'
import { copyLine } from '../files/copy-text.ts'
import type { Loading } from '../loading.ts'
import { noteDeltas } from '../persons/queries.ts'
import { copyInto } from '../queries-copy.ts'

/** Fields of a person that follow from events. */
const columns = {
  maritalStatus: 'marital_status',
  hukouDivision: 'hukou_division',
  residenceDivision: 'residence_division',
  residenceStatus: 'residence_status',
  residenceSince: 'residence_since',
  householdId: 'household_id',
  relationToHead: 'relation_to_head',
  status: 'status',
} as const
type Field = keyof typeof columns
export type Values = Partial<Record<Field, string | null>>

/** What an event makes of a person, and what she was before. */
export type Projection = {
  personId: string
  eventId: string
  kind: PersonFact['kind']
  occurredOn: string
  before: Values
  after: Values
}

export function difference(before: Values, wanted: Values): Values {
  const entries = Object.entries(wanted) as [Field, string | null][]
  return Object.fromEntries(entries.filter(([field, value]) => (before[field] ?? null) !== value))
}

const counted = `persons p join (select distinct person_id from projected) x on x.person_id = p.id
  and p.county_code = $county and p.status in ('ACTIVE', 'SUSPECT_DUP')`

/** The facts of a chunk of events and the people as they make them, several facts of a person in their order. */
export async function project(
  { register, row: { countyCode, id, createdBy }, now }: Loading,
  projections: readonly Projection[],
): Promise<void> {
  if (projections.length === 0) return
  await register.client.query(`
    create temp table if not exists projected (
      place int, person_id uuid, event_id uuid, kind text, occurred_on date, before jsonb, after jsonb
    ) on commit drop;
    truncate projected`)
  const lines = projections.map(({ personId, eventId, kind, occurredOn, before, after }, place) => {
    const former = Object.fromEntries(
      Object.keys(after).map((field) => [field, before[field as Field] ?? null]),
    )
    return copyLine([
      String(place),
      personId,
      eventId,
      kind,
      occurredOn,
      JSON.stringify(former),
      JSON.stringify(after),
    ])
  })
  await copyInto(register, 'projected', [Buffer.from(lines.join(''))])
  const from = counted.replace('$county', String(countyCode))
  await register.client.query(
    `select from persons p where p.county_code = $1 and p.id in (select person_id from projected) order by p.id for no key update of p`,
    [countyCode],
  )
  await register.client.query(noteDeltas(from, 'p', -1))
  await register.client.query(
    `insert into person_facts (county_code, id, person_id, kind, occurred_on, before, after, recorded_at, recorded_by, source, source_ref)
     select $1, app.derived_id(event_id || ':' || person_id), person_id, kind, occurred_on, before, after, $3, $4, 'IMPORT', $2 from projected`,
    [countyCode, id, now, createdBy],
  )
  const sets = Object.entries(columns).map(([field, column]) => {
    const type = field === 'residenceSince' ? '::date' : field === 'householdId' ? '::uuid' : ''
    return `${column} = case when o.after ? '${field}' then (o.after ->> '${field}')${type} else p.${column} end`
  })
  await register.client.query(
    `update persons p set ${sets.join(', ')}, updated_at = $2, version = p.version + 1
     from (
       select person_id, jsonb_object_agg(key, value order by place) as after
       from projected, jsonb_each(projected.after) group by person_id
     ) o where p.county_code = $1 and p.id = o.person_id`,
    [countyCode, now],
  )
  await register.client.query(noteDeltas(from, 'p', 1))
}
