import type { listMoves } from '@youyu/shared/population/moves'
import type {
  Acknowledgement,
  MoveDistance,
  MoveKind,
  MoveReason,
  ResidenceStatus,
  Source,
} from '@youyu/shared/population/value-sets'
import { prefixOf, type CivilDate, type DivisionCode, type Id } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { partsInside, peopleOfCounty, within } from '../area.ts'
import { sourceOf } from '../persons/queries-changes.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'

/** A move as the register keeps it. */
export type MoveFacts = {
  personId: Id
  kind: MoveKind
  occurredOn: CivilDate
  fromDivision: DivisionCode
  toDivision: DivisionCode
  reason: MoveReason
  distance: MoveDistance
  episodeId: Id | null
  expectedReturn: CivilDate | null
  acknowledgement: Acknowledgement
  counterpartCounty: number | null
  counterpartId: Id | null
  findings: string[]
}
const factColumns = {
  personId: 'person_id',
  kind: 'kind',
  occurredOn: 'occurred_on',
  fromDivision: 'from_division',
  toDivision: 'to_division',
  reason: 'reason',
  distance: 'distance',
  episodeId: 'episode_id',
  expectedReturn: 'expected_return',
  acknowledgement: 'acknowledgement',
  counterpartCounty: 'counterpart_county',
  counterpartId: 'counterpart_id',
  findings: 'findings',
} as const satisfies Record<keyof MoveFacts, string>
const facts = Object.keys(factColumns) as (keyof MoveFacts)[]
const columns = facts.map((fact) => factColumns[fact])
const spelled = facts.map((fact) => `m.${factColumns[fact]} as "${fact}"`).join(', ')

export type KeptMove = MoveFacts & { id: Id; recordedAt: Date; voidedAt: Date | null }
export type ListedMove = KeptMove & {
  personName: string | null
  fromName: string | null
  toName: string | null
}
export type ReadMove = ListedMove & {
  residence: { id: Id; status: ResidenceStatus; from: CivilDate | null; to: CivilDate | null } | null
  acknowledgedAt: Date | null
  transferId: Id | null
  recordedBy: string | null
  source: Source
  voidReason: string | null
  replaces: Id | null
  replacedBy: Id | null
}

/** The first gate: moves that leave or reach the area, or of people in it. */
function movesOfCounty(bound: Bound, access: Access, alias: string): string {
  return `${alias}.county_code = ${bound.bind(access.county)} and (${within(bound, `${alias}.from_division`, access.prefixes)}
    or ${within(bound, `${alias}.to_division`, access.prefixes)} or exists (select from persons p
      where ${peopleOfCounty(bound, access, 'p')} and p.id = ${alias}.person_id))`
}

const kept = `m.id, m.recorded_at as "recordedAt", m.voided_at as "voidedAt", ${spelled}`
const aroundColumns = `p.name as "personName", f.name as "fromName", t.name as "toName"`
/** The name stands beside a move that left the area too: whoever may see the move knows whose it was. */
const around = `left join persons p on p.county_code = m.county_code and p.id = m.person_id
  left join divisions f on f.code = m.from_division and f.valid_to is null
  left join divisions t on t.code = m.to_division and t.valid_to is null`

/** The stay that a move began, as later moves have left it. */
const residence = `(with recursive line as (
    select e.id, e.replaces, e.from_on, e.to_on, e.status, e.voided_at from residence_episodes e
    where e.county_code = m.county_code and e.person_id = m.person_id and e.id = m.episode_id
    union select e.id, e.replaces, e.from_on, e.to_on, e.status, e.voided_at from residence_episodes e join line on e.replaces = line.id
    where e.county_code = m.county_code and e.person_id = m.person_id)
  select json_build_object('id', id, 'status', status, 'from', from_on, 'to', to_on) from line
  where voided_at is null order by from_on limit 1)`

export async function findMove(tx: Transaction, access: Access, id: Id): Promise<ReadMove | undefined> {
  const bound = new Bound()
  const text = `select ${kept}, ${aroundColumns}, m.source, m.void_reason as "voidReason", m.replaces, m.acknowledged_at as "acknowledgedAt",
    ${residence} as residence, coalesce(u.display_name, c.name) as "recordedBy",
    (select x.id from county_transfers x where (x.county_code = m.county_code and x.person_id = m.person_id and x.departure_id = m.id)
      or (x.county_code = m.counterpart_county and x.arrival_id = m.id) limit 1) as "transferId",
    (select n.id from migration_events n where n.county_code = m.county_code and n.person_id = m.person_id and n.replaces = m.id limit 1) as "replacedBy"
  from migration_events m ${around}
  left join users u on u.id = m.recorded_by left join api_clients c on c.id = m.recorded_by
  where ${movesOfCounty(bound, access, 'm')} and m.id = ${bound.bind(id)}`
  const [move] = await ask<ReadMove>(tx, text, bound.values)
  return move
}

/** A move that is to be corrected or voided: nobody else does so meanwhile. */
export async function lockMove(tx: Transaction, access: Access, id: Id): Promise<KeptMove | undefined> {
  const bound = new Bound()
  const text = `select ${kept} from migration_events m
  where ${movesOfCounty(bound, access, 'm')} and m.id = ${bound.bind(id)} for no key update of m`
  const [move] = await ask<KeptMove>(tx, text, bound.values)
  return move
}

type Filter = Omit<z.output<(typeof listMoves)['schema']['querystring']>, 'limit' | 'cursor'>
type ListQuestion = { filter: Filter; after: readonly [string, string] | null; limit: number }

/** Moves that leave or reach the area, the latest first: disjoint branches that each have an index. */
export async function selectMoves(
  tx: Transaction,
  access: Access,
  { filter, after, limit }: ListQuestion,
): Promise<ListedMove[]> {
  const bound = new Bound()
  const conditions = [`m.county_code = ${bound.bind(access.county)}`, ...conditionsOf(bound, filter)]
  if (after)
    conditions.push(`(m.occurred_on, m.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const inOrder = `order by m.occurred_on desc, m.id desc limit ${pageLimit(limit)}`
  const branches = placesOf(bound, access, filter.division).map(
    (place) =>
      `(select m.* from migration_events m where ${[...conditions, ...place].join(' and ')} ${inOrder})`,
  )
  const text = `select ${kept}, ${aroundColumns} from (${branches.join(' union all ')}) m ${around} ${inOrder}`
  return await ask(tx, text, bound.values)
}

function placesOf(bound: Bound, access: Access, division: DivisionCode | undefined): string[][] {
  if (!division && access.prefixes.some((prefix) => prefix.length <= 6)) return [[]]
  const parts = division ? partsInside(access.prefixes, prefixOf(division)) : access.prefixes
  const leaves = within(bound, 'm.from_division', parts)
  return [[leaves], [within(bound, 'm.to_division', parts), `not ${leaves}`]]
}

function conditionsOf(bound: Bound, filter: Filter): string[] {
  const { from, to, kind, reason, personId, acknowledgement, voided } = filter
  return [
    `m.voided_at is ${voided ? 'not ' : ''}null`,
    from && `m.occurred_on >= ${bound.bind(from)}::date`,
    to && `m.occurred_on <= ${bound.bind(to)}::date`,
    kind && `m.kind = ${bound.bind(kind)}`,
    reason && `m.reason = ${bound.bind(reason)}`,
    personId && `m.person_id = ${bound.bind(personId)}`,
    acknowledgement && `m.acknowledgement = ${bound.bind(acknowledgement)}`,
  ].filter((condition) => typeof condition === 'string')
}

type NewFact = { id: Id; said: MoveFacts; replaces: Id | null; at: Date }

export async function insertMove(
  tx: Transaction,
  access: Access,
  { id, said, replaces, at }: NewFact,
): Promise<void> {
  const bound = new Bound()
  const told = facts.map((fact) => said[fact])
  const answered = said.acknowledgement === 'CONFIRMED' ? [at, access.actorId] : [null, null]
  const cells = [access.county, id, ...told, ...answered, at, access.actorId, sourceOf(access), replaces]
  const text = `insert into migration_events (county_code, id, ${columns.join(', ')}, acknowledged_at, acknowledged_by,
    recorded_at, recorded_by, source, replaces) values (${cells.map((cell) => bound.bind(cell)).join(', ')})`
  await ask(tx, text, bound.values)
}

export async function restateFindings(
  tx: Transaction,
  county: number,
  stated: readonly { id: Id; findings: readonly string[] }[],
): Promise<void> {
  if (stated.length === 0) return
  const told = `coalesce(string_to_array(nullif(s.findings, ''), ','), '{}')`
  const text = `update migration_events m set findings = ${told} from unnest($2::uuid[], $3::text[]) as s (id, findings)
  where m.county_code = $1 and m.id = s.id and m.findings <> ${told}`
  await ask(tx, text, [county, stated.map(({ id }) => id), stated.map(({ findings }) => findings.join())])
}

/** What the other county answered, and its fact where it accepted. */
export async function acknowledgeMove(
  tx: Transaction,
  access: Access,
  id: Id,
  answer: { acknowledgement: Acknowledgement; counterpartCounty: number; counterpartId: Id | null },
  at: Date,
): Promise<void> {
  const text = `update migration_events set acknowledgement = $3, counterpart_county = $4, counterpart_id = $5, acknowledged_at = $6, acknowledged_by = $7
  where county_code = $1 and id = $2`
  await ask(tx, text, [
    access.county,
    id,
    answer.acknowledgement,
    answer.counterpartCounty,
    answer.counterpartId,
    at,
    access.actorId,
  ])
}

export async function keepsRegister(tx: Transaction, county: number): Promise<boolean> {
  const [row] = await ask<{ keeps: boolean }>(tx, 'select app.keeps_register($1) as keeps', [county])
  return row!.keeps
}
