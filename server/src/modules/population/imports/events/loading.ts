import { setImmediate as otherRequests } from 'node:timers/promises'
import { knownDivisions } from '../divisions-known.ts'
import { shapeFault, type FileRow } from '../files/records.ts'
import { cellReader, CHUNK, reject, type Fault, type Loading, type Rejection } from '../loading.ts'
import { settleVillageCounts } from '../persons/queries.ts'
import { correctPlanner, openPosting, postNoted, tellPlanner } from '../posting.ts'
import { openVillageDeltas } from '../queries-deltas.ts'
import { findPeople, type People, type Sought } from './people.ts'

export type Staged<Candidate> = { row: FileRow; candidate: Candidate }

/** What is peculiar to a kind of event; reading, finding people, counting and posting are the same for all. */
export type EventKind<Candidate> = {
  read(cell: (key: string) => string, today: string): { candidate: Candidate; faults: Fault[] }
  people(candidate: Candidate): Sought[]
  divisions(candidate: Candidate): { key: string; code: string }[]
  open(loading: Loading): Promise<void>
  /** Judges and writes a chunk; answers the rows that it does not take. Counts what it accepts and meets again. */
  settle(loading: Loading, chunk: Staged<Candidate>[], people: People): Promise<Rejection[]>
}

/** Smaller than a chunk of people: an event is looked at together with all whom it names. */
const EVENTS = CHUNK / 2

export async function loadEvents<Candidate>(
  loading: Loading,
  rows: AsyncIterable<FileRow>,
  kind: EventKind<Candidate>,
): Promise<void> {
  const { office, register, row: kept, today, tally, now, access } = loading
  const divisions = knownDivisions(office, today)
  await openPosting(register)
  await openVillageDeltas(register)
  await kind.open(loading)
  let chunk: Staged<Candidate>[] = []
  let rejections: Rejection[] = []
  let isTold = false

  async function settle(): Promise<void> {
    await divisions.learn(chunk.flatMap(({ candidate }) => kind.divisions(candidate).map(({ code }) => code)))
    const [staged, rejected] = [[] as Staged<Candidate>[], rejections]
    for (const each of chunk) {
      const unknown = kind.divisions(each.candidate).filter(({ code }) => !divisions.isKnown(code))
      if (unknown.length === 0) staged.push(each)
      else
        rejected.push({
          row: each.row,
          faults: unknown.map(({ key }) => ({ key, code: 'unknown-division' as const })),
        })
    }
    chunk = []
    rejections = []
    loading.isStopping()
    if (staged.length > 0) {
      await correctPlanner(register)
      const sought = staged.flatMap(({ candidate }) => kind.people(candidate))
      const people = await findPeople(register, office, kept.countyCode, sought)
      loading.isStopping()
      rejected.push(...(await kind.settle(loading, staged, people)))
    }
    await reject(loading, rejected)
    if (!isTold && staged.length >= EVENTS / 2) {
      await tellPlanner(register)
      isTold = true
    }
  }

  for await (const row of rows) {
    tally.rowsRead += 1
    const shape = shapeFault(row, kept.headers.length)
    if (shape) rejections.push({ row, faults: [{ key: null, code: shape }] })
    else {
      const { candidate, faults } = kind.read(cellReader(loading, row), today)
      if (faults.length > 0) rejections.push({ row, faults })
      else chunk.push({ row, candidate })
    }
    if (chunk.length + rejections.length >= EVENTS) await settle()
    else if (tally.rowsRead % 400 === 0) await otherRequests()
  }
  await settle()
  await settleVillageCounts(register, kept.countyCode, now)
  await postNoted(register, { county: kept.countyCode, at: now, by: access.actorId }, loading.isStopping, {
    isTold,
  })
}
