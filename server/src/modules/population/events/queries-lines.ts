import type { EventKind } from '@youyu/shared/population/value-sets'

/** One line of a kind, from `x` with the columns of a fact. */
export type Line = {
  kind: EventKind
  table: string
  /** Where a row names people: it is hers whom one of them names. */
  names: readonly string[]
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

const person = 'any(array(select id from records))'
const other = (role: string, id: string, name = 'null') =>
  `select ${role} as role, ${id} as id, ${name} as given`

export const lines: readonly Line[] = [
  {
    kind: 'BIRTH',
    table: 'births',
    names: ['child_id', 'mother_id', 'father_id'],
    code: 'x.outcome',
    role: `case when x.child_id = ${person} then 'CHILD' when x.mother_id = ${person} then 'MOTHER' else 'FATHER' end`,
    others: `${other(`'CHILD'`, 'x.child_id')} union all ${other(`'MOTHER'`, 'x.mother_id')} union all ${other(`'FATHER'`, 'x.father_id')}`,
    place: 'x.division_code',
    detail: 'x.order_of_mother::text',
  },
  { kind: 'DEATH', table: 'deaths', names: ['person_id'], code: 'null', place: 'x.division_code' },
  {
    kind: 'MARRIAGE',
    table: 'marriage_events',
    names: ['party_a', 'party_b'],
    code: 'x.event',
    role: `'SPOUSE'`,
    others: `${other(`'SPOUSE'`, 'x.party_a')} union all ${other(`'SPOUSE'`, 'x.party_b', 'x.party_b_name')}`,
    place: `case when x.party_a = ${person} then x.division_a else x.division_b end`,
    detail: `case when x.party_a = ${person} then x.order_a else x.order_b end`,
  },
  {
    kind: 'MOVE',
    table: 'migration_events',
    names: ['person_id'],
    code: 'x.kind',
    from: 'x.from_division',
    place: 'x.to_division',
    detail: 'x.reason',
  },
  {
    kind: 'PARENTAGE',
    table: 'parentage_events',
    names: ['child_id', 'adult_id'],
    code: 'x.kind',
    role: `case when x.child_id = ${person} then 'CHILD' else 'ADULT' end`,
    endedOn: 'x.ended_on',
    others: `${other(`'CHILD'`, 'x.child_id')} union all ${other(`'ADULT'`, 'x.adult_id')}`,
  },
  {
    kind: 'RESIDENCE',
    table: 'residence_episodes',
    names: ['person_id'],
    code: 'x.status',
    occurredOn: 'x.from_on',
    endedOn: 'x.to_on',
    place: 'x.division_code',
    findings: `'{}'::text[]`,
  },
]

/** How a line is read: today, or as of a moment. */
type Manner = {
  /** The rows of a line, to stand in a FROM as `x`. */
  rowsOf: (line: Line) => string
  /** The name of `q`, a person. */
  nameOfPerson: string
  /** What the rows `d` of a division are ordered by, the one that tells its name first. */
  placeFirst: string
}

export const ofToday: Manner = {
  rowsOf: ({ table }) => `${table} x`,
  nameOfPerson: 'q.name',
  placeFirst: 'd.valid_to nulls first',
}

/** One of these columns of a row names one of those people. */
export function naming(row: string, { names }: Line, people: string): string {
  return `(${names.map((column) => `${row}.${column} = ${people}`).join(' or ')})`
}

/** The events of the people in `records`; `$1` is the county. */
export function eventsOfRecords({ rowsOf, nameOfPerson, placeFirst }: Manner): string {
  const placeName = (code: string) =>
    `(select json_build_object('code', ${code}, 'name', coalesce((select d.name from divisions d where d.code = ${code} collate "C" order by ${placeFirst} limit 1), ${code})) where ${code} is not null)`
  const othersOf = (
    others: string,
  ) => `(select coalesce(json_agg(json_build_object('role', o.role, 'id', o.id, 'name', coalesce(${nameOfPerson}, o.given, '*'))), '[]')
    from (${others}) o left join persons q on q.county_code = $1 and q.id = o.id
    where (o.id is not null or o.given is not null) and (o.id is null or o.id <> all(select id from records)))`
  const textOf = (
    line: Line,
  ) => `select '${line.kind}' as kind, x.id, ${line.occurredOn ?? 'x.occurred_on'} as occurred_on, ${line.endedOn ?? 'null::date'} as ended_on,
    ${line.code} as code, ${line.role ?? `'SELF'`} as role, ${line.others ? othersOf(line.others) : `'[]'::json`} as others,
    ${line.from ? placeName(line.from) : 'null::json'} as origin, ${line.place ? placeName(line.place) : 'null::json'} as place,
    ${line.detail ?? 'null'} as detail, ${line.findings ?? 'x.findings'} as findings,
    x.recorded_at, x.recorded_by, x.source, x.voided_at, x.void_reason, x.replaces
  from ${rowsOf(line)} where x.county_code = $1 and ${naming('x', line, person)}`
  return `select y.kind, y.id, y.occurred_on as "occurredOn", y.ended_on as "endedOn", y.code, y.role, y.others, y.origin as "from", y.place, y.detail, y.findings,
    y.recorded_at as "recordedAt", coalesce(u.display_name, c.name) as "recordedBy", y.source, y.voided_at as "voidedAt", y.void_reason as "voidReason", y.replaces
  from (${lines.map(textOf).join('\n union all ')}) y
  left join users u on u.id = y.recorded_by left join api_clients c on c.id = y.recorded_by
  order by y.occurred_on desc nulls last, y.recorded_at desc, y.id desc`
}
