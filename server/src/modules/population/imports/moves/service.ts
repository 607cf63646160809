import { countyOf } from '@youyu/shared/values'
import { settingsOf } from '../../../../database/transaction.ts'
import { restateFindings } from '../../moves/queries.ts'
import { leaveHousehold } from '../../moves/queries-households.ts'
import { isHukouMove } from '../../moves/rules.ts'
import { countyDivision, widened } from '../../widening.ts'
import { episodesOf, fitAll } from '../events/episodes.ts'
import { loadEvents, type EventKind, type Staged } from '../events/loading.ts'
import type { People, PersonThen } from '../events/people.ts'
import { project, type Projection } from '../events/projection.ts'
import { copyLine } from '../files/copy-text.ts'
import type { FileRow } from '../files/records.ts'
import { addFindings, type Loading, type Rejection } from '../loading.ts'
import { notePeople } from '../posting.ts'
import { copyInto } from '../queries-copy.ts'
import { keyOf, moverOf, type Moved, type Mover } from './mover.ts'
import {
  awaitedAmong,
  insertMoves,
  movedCopy,
  movesOf,
  openMoveStaging,
  openTransfers,
  originsOf,
  registersAmong,
} from './queries.ts'
import { readMove, type MoveCandidate } from './rules.ts'

export async function loadMoves(loading: Loading, rows: AsyncIterable<FileRow>): Promise<void> {
  const kind: EventKind<MoveCandidate> = {
    read: readMove,
    people: ({ idNumber, occurredOn: on }) => [{ idNumber, on }],
    divisions: ({ fromDivision, toDivision }) => [
      ...(fromDivision === null ? [] : [{ key: 'fromDivision', code: fromDivision }]),
      { key: 'toDivision', code: toDivision },
    ],
    holds: true,
    open: ({ register }) => openMoveStaging(register),
    settle,
  }
  await loadEvents(loading, rows, kind)
}

async function settle(
  loading: Loading,
  chunk: Staged<MoveCandidate>[],
  people: People,
): Promise<Rejection[]> {
  const { row: kept, now, today, tally } = loading
  const rejections: Rejection[] = []
  const movers = await moversOf(loading, chunk, people)
  const registers = await registersAmong(loading.register, countiesAskedBy(chunk, kept.countyCode))
  const moves: Moved[] = []
  const projections: Projection[] = []
  const inOrder = [...chunk].sort((a, b) => (a.candidate.occurredOn < b.candidate.occurredOn ? -1 : 1))
  for (const { row, candidate } of inOrder) {
    const person = people.of(candidate.idNumber, candidate.occurredOn)
    const mover = person && movers.get(person.id)
    const step = mover?.take(candidate, { county: kept.countyCode, today, now, registers })
    if (!step) rejections.push({ row, faults: [{ key: 'idNumber', code: 'not-found' }] })
    else if ('matched' in step) tally.rowsMatched += 1
    else if ('faults' in step) rejections.push({ row, faults: step.faults })
    else {
      moves.push(step.moved)
      if (step.projection) projections.push(step.projection)
    }
  }
  loading.isStopping()
  if (moves.length > 0) await write(loading, moves, movers, projections)
  tally.rowsAccepted += moves.length
  return rejections.sort((a, b) => a.row.number - b.row.number)
}

function countiesAskedBy(chunk: Staged<MoveCandidate>[], county: number): number[] {
  const goals = chunk.flatMap(({ candidate: { kind, toDivision } }) =>
    kind === 'HUKOU_OUT' ? [countyOf(toDivision)] : [],
  )
  return [...new Set(goals)].filter((goal) => goal !== county)
}

async function moversOf(
  { register, row: { countyCode } }: Loading,
  chunk: Staged<MoveCandidate>[],
  people: People,
): Promise<Map<string, Mover>> {
  const found = new Map<string, PersonThen>()
  for (const { candidate } of chunk) {
    const person = people.of(candidate.idNumber, candidate.occurredOn)
    if (person) found.set(person.id, person)
  }
  const ids = [...found.keys()]
  const episodes = await episodesOf(register, countyCode, ids)
  const origins = await originsOf(register, countyCode, ids)
  const awaited = await awaitedAmong(register, countyCode, ids)
  const known = Map.groupBy(await movesOf(register, countyCode, ids), ({ personId }) => personId)
  return new Map(
    [...found].map(([id, person]) => {
      const moves = known.get(id) ?? []
      const mover = moverOf({
        person,
        ...origins.get(id)!,
        episodes: episodes.get(id) ?? [],
        hukouMoves: moves.filter(({ kind }) => isHukouMove(kind as MoveCandidate['kind'])),
        known: new Set(moves.map(keyOf)),
        isAwaited: awaited.has(id),
      })
      return [id, mover]
    }),
  )
}

/** Written with the area that the moves need: somebody may leave the officer's. */
async function write(
  loading: Loading,
  moves: readonly Moved[],
  movers: ReadonlyMap<string, Mover>,
  projections: readonly Projection[],
): Promise<void> {
  const { register, row: kept, now, access, tally } = loading
  const goals = moves.flatMap(({ fromDivision, toDivision }) => [fromDivision, toDivision])
  await widened(register, access, [...new Set([countyDivision(kept.countyCode), ...goals])])
  await register.client.query('truncate moved')
  await copyInto(register, movedCopy, [Buffer.from(moves.map(lineOf).join(''))])
  const concerned = [...new Set(moves.map(({ personId }) => personId))]
  const fittings = concerned.map((personId) => ({ personId, fitting: movers.get(personId)!.fitting() }))
  await fitAll(loading, fittings, '按迁移记录调整 Fitted around a move')
  await insertMoves(register, kept, now)
  await openTransfers(register, kept, now)
  const stated = concerned.flatMap((personId) => movers.get(personId)!.findings())
  const odd = stated.filter(({ findings }) => findings.length > 0)
  await restateFindings(register, kept.countyCode, odd)
  for (const { findings } of odd)
    addFindings(tally, Object.fromEntries(findings.map((finding) => [finding, 1])))
  await leaveHouseholds(loading, concerned, movers, projections)
  await project(loading, projections)
  await notePeople(register, 'select distinct person_id from moved')
  const [area] = settingsOf(access)
  await register.client.query(area as string)
}

/** Whoever has left for good in the end belongs to no household here: her last fact says so too. */
async function leaveHouseholds(
  { register, row: { countyCode }, now }: Loading,
  concerned: readonly string[],
  movers: ReadonlyMap<string, Mover>,
  projections: readonly Projection[],
): Promise<void> {
  const facts = new Map(projections.map((projection) => [projection.personId, projection]))
  const leavers: { personId: string; on: string }[] = []
  for (const personId of concerned) {
    const mover = movers.get(personId)!
    const on = mover.leaves()
    const fact = facts.get(personId)
    if (on === null || !fact) continue
    leavers.push({ personId, on })
    fact.before = { ...fact.before, ...mover.belongs() }
    fact.after = { ...fact.after, householdId: null, relationToHead: null }
  }
  if (leavers.length > 0) await leaveHousehold(register, countyCode, leavers, now)
}

function lineOf(move: Moved): string {
  return copyLine([
    move.id,
    move.personId,
    move.kind,
    move.occurredOn,
    move.fromDivision,
    move.toDivision,
    move.reason,
    move.distance,
    move.episodeId,
    move.expectedReturn,
    move.acknowledgement,
  ])
}
