import { setImmediate as otherRequests } from 'node:timers/promises'
import { longTransaction } from '../../../../database/transaction.ts'
import { failureShown } from '../../../../logging.ts'
import { knownDivisions } from '../divisions-known.ts'
import { shapeFault, type FileRow } from '../files/records.ts'
import { cellReader, CHUNK, reject, type Fault, type Loading, type Rejection } from '../loading.ts'
import { settleVillageCounts } from '../persons/queries.ts'
import { correctPlanner, openPosting, postNoted, tellPlanner } from '../posting.ts'
import { openVillageDeltas } from '../queries-deltas.ts'
import { findPeople, holdPeople, type Named, type People, type Sought } from './people.ts'

export type Staged<Candidate> = { row: FileRow; candidate: Candidate }
type Chunk<Candidate> = { rows: Staged<Candidate>[]; sought: Sought[]; rejections: Rejection[] }
const newChunk = <Candidate>(): Chunk<Candidate> => ({ rows: [], sought: [], rejections: [] })

/** What is peculiar to a kind of event; reading, finding people, counting and posting are the same for all. */
export type EventKind<Candidate> = {
  read(cell: (key: string) => string, today: string): { candidate: Candidate; faults: Fault[] }
  people(candidate: Candidate): Named[]
  /** Whose record the row may change, where that is known: all others are looked for while the rows before are written. */
  changed?(candidate: Candidate): string | null
  /** Whether it changes all whom it names: nobody else does so until it ends. */
  holds: boolean
  divisions(candidate: Candidate): { key: string; code: string }[]
  open(loading: Loading): Promise<void>
  /** Judges and writes a chunk; answers the rows that it does not take. Counts what it accepts and meets again. */
  settle(loading: Loading, chunk: Staged<Candidate>[], people: People): Promise<Rejection[]>
}

/** Smaller than a chunk of people: an event is looked at together with all whom it names. */
const EVENTS = CHUNK / 2
/** Rows between two looks at what else this process has to do. */
const ROWS_AT_ONCE = 200

/** Reads one chunk, and works out whom it names, while PostgreSQL settles the one before it. */
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
  let chunk = newChunk<Candidate>()
  let settling: Promise<void> = Promise.resolve()
  let isTold = false
  let mayLookAhead = kind.changed !== undefined
  /** Whose record is perhaps not what others see of it, because this import has changed it. */
  const changed = new Set<string>()

  function add(row: FileRow, candidate: Candidate): void {
    chunk.rows.push({ row, candidate })
    for (const { idNumber, on } of kind.people(candidate))
      chunk.sought.push({ idNumber, on, hash: office.ciphers.idNumber.blindIndex(`01:${idNumber}`) })
  }

  async function handOver(): Promise<void> {
    const full = chunk
    chunk = newChunk()
    // Not before the planner knows the events: it would look through all of them for each person.
    const ahead = mayLookAhead && isTold ? lookAhead(full) : null
    await settling
    for (const { candidate } of full.rows) {
      const idNumber = kind.changed?.(candidate)
      if (idNumber) changed.add(idNumber)
    }
    settling = settle(full, ahead)
    settling.catch(() => undefined)
  }

  /**
   * On a connection of its own, which sees nothing of this import. Where that fails they are looked for in their turn, on
   * the import's own connection, which tells what is truly wrong; the rest of the file asks for no other connection again.
   */
  async function lookAhead({
    sought,
  }: Chunk<Candidate>): Promise<{ people: People; sought: Sought[] } | null> {
    const unchanged = sought.filter(({ idNumber }) => !changed.has(idNumber))
    const others = sought.filter(({ idNumber }) => changed.has(idNumber))
    try {
      const people = await longTransaction(office.db, access, (tx) =>
        findPeople(tx, kept.countyCode, unchanged),
      )
      return { people, sought: others }
    } catch (error) {
      if (mayLookAhead)
        office.log.warn({ failure: failureShown(error), import: kept.id }, 'an import could not look ahead')
      mayLookAhead = false
      return null
    }
  }

  async function find(sought: Sought[], looking: ReturnType<typeof lookAhead> | null): Promise<People> {
    const ahead = await looking
    if (!ahead) return await findPeople(register, kept.countyCode, sought)
    if (ahead.sought.length === 0) return ahead.people
    const met = new Set(ahead.sought.map(({ idNumber }) => idNumber))
    const people = await findPeople(register, kept.countyCode, ahead.sought)
    return {
      of: (idNumber, on) => (idNumber !== null && met.has(idNumber) ? people : ahead.people).of(idNumber, on),
      all: [...ahead.people.all, ...people.all],
    }
  }

  /** Who was changed since she was found, or merged away, is looked for once more. */
  async function hold(sought: Sought[], looking: ReturnType<typeof lookAhead> | null): Promise<People> {
    let people = await find(sought, looking)
    while (kind.holds && !(await holdPeople(register, kept.countyCode, people)))
      people = await findPeople(register, kept.countyCode, sought)
    return people
  }

  async function settle(
    { rows: read, sought, rejections: rejected }: Chunk<Candidate>,
    looking: ReturnType<typeof lookAhead> | null,
  ): Promise<void> {
    await divisions.learn(read.flatMap(({ candidate }) => kind.divisions(candidate).map(({ code }) => code)))
    const staged: Staged<Candidate>[] = []
    for (const each of read) {
      const unknown = kind.divisions(each.candidate).filter(({ code }) => !divisions.isKnown(code))
      if (unknown.length === 0) staged.push(each)
      else
        rejected.push({
          row: each.row,
          faults: unknown.map(({ key }) => ({ key, code: 'unknown-division' as const })),
        })
    }
    loading.isStopping()
    if (staged.length > 0) {
      await correctPlanner(register)
      const people = await hold(sought, looking)
      loading.isStopping()
      rejected.push(...(await kind.settle(loading, staged, people)))
    }
    await reject(loading, rejected)
    if (!isTold && staged.length >= EVENTS / 2) {
      await tellPlanner(register)
      isTold = true
    }
  }

  async function readAll(): Promise<void> {
    for await (const row of rows) {
      tally.rowsRead += 1
      const shape = shapeFault(row, kept.headers.length)
      if (shape) chunk.rejections.push({ row, faults: [{ key: null, code: shape }] })
      else {
        const { candidate, faults } = kind.read(cellReader(loading, row), today)
        if (faults.length > 0) chunk.rejections.push({ row, faults })
        else add(row, candidate)
      }
      if (chunk.rows.length + chunk.rejections.length >= EVENTS) await handOver()
      else if (tally.rowsRead % ROWS_AT_ONCE === 0) await otherRequests()
    }
    await handOver()
  }

  // A file that cannot be read on must not be taken back while a chunk of it is still being written.
  await readAll().finally(() => settling)
  await settleVillageCounts(register, kept.countyCode, now)
  await postNoted(register, { county: kept.countyCode, at: now, by: access.actorId }, loading.isStopping, {
    isTold,
  })
}
