import { setImmediate as otherRequests } from 'node:timers/promises'
import { covers } from '../../../../access/access.ts'
import { shapeFault, type FileRow } from '../files/records.ts'
import { knownDivisions } from '../divisions-known.ts'
import { addFindings, cellReader, CHUNK, reject, type Loading, type Rejection } from '../loading.ts'
import { correctPlanner, notePeople, openPosting, postNoted } from '../posting.ts'
import { copyInto } from '../queries-copy.ts'
import {
  clearStaging,
  countFindings,
  insertFresh,
  insertReadings,
  joinHouseholds,
  listNotFresh,
  noteFreshDeltas,
  openStaging,
  settleVillageCounts,
  type NotFresh,
} from './queries.ts'
import { insertReviews, openProposals, overwrite, propose } from './queries-overwriting.ts'
import { readPerson, type PersonCandidate } from './rules.ts'
import { newChunk, type Chunk } from './staging.ts'

/** Rows between two looks at what else this process has to do. */
const SLICE = 400

type Read = { row: FileRow; candidate: PersonCandidate; faults: Rejection['faults'] }

/** Reads and enciphers one chunk while PostgreSQL merges the one before it. */
export async function loadPersons(loading: Loading, rows: AsyncIterable<FileRow>): Promise<void> {
  const { office, access, register, row: kept, today, now, tally } = loading
  const divisions = knownDivisions(office, today)
  await openStaging(register)
  await openPosting(register)
  await openProposals(register)

  let chunk = newChunk(office, kept.countyCode)
  let rejections: Rejection[] = []
  let merging: Promise<void> = Promise.resolve()
  let slice: Read[] = []

  async function settle(): Promise<void> {
    await divisions.learn(
      slice.flatMap(({ candidate }) => [candidate.hukouDivision, candidate.residenceDivision]),
    )
    for (const { row, candidate, faults } of slice) {
      const all = faults.length > 0 ? faults : placeFaults(candidate)
      if (all.length > 0) rejections.push({ row, faults: all })
      else chunk.add(row, candidate)
    }
    slice = []
    if (chunk.size + rejections.length >= CHUNK) await handOver()
    loading.isStopping()
    await otherRequests()
  }

  function placeFaults({ hukouDivision, residenceDivision }: PersonCandidate): Rejection['faults'] {
    const unknown = (['hukouDivision', 'residenceDivision'] as const).filter(
      (key) => !divisions.isKnown(key === 'hukouDivision' ? hukouDivision : residenceDivision),
    )
    if (unknown.length > 0)
      return unknown
        .filter(
          (key) =>
            key === 'hukouDivision' ||
            hukouDivision !== residenceDivision ||
            !loading.columns.has('hukouDivision'),
        )
        .map((key) => ({ key, code: 'unknown-division' }))
    const isInside = covers(access.prefixes, residenceDivision) || covers(access.prefixes, hukouDivision)
    return isInside
      ? []
      : [
          {
            key: loading.columns.has('residenceDivision') ? 'residenceDivision' : 'hukouDivision',
            code: 'out-of-area',
          },
        ]
  }

  async function handOver(): Promise<void> {
    await merging
    const [full, rejected] = [chunk, rejections]
    chunk = newChunk(office, kept.countyCode)
    rejections = []
    // Sending needs this process, merging does not: only the latter runs beside the reading of the next chunk.
    await stage(loading, full)
    merging = merge(loading, full, rejected)
    merging.catch(() => undefined)
  }

  async function readAll(): Promise<void> {
    for await (const row of rows) {
      tally.rowsRead += 1
      const shape = shapeFault(row, kept.headers.length)
      if (shape) rejections.push({ row, faults: [{ key: null, code: shape }] })
      else slice.push({ row, ...readPerson(cellReader(loading, row), kept.countyCode, today) })
      if (slice.length >= SLICE || rejections.length >= CHUNK) await settle()
    }
    await settle()
    await handOver()
  }

  // A file that cannot be read on must not be taken back while a chunk of it is still being merged.
  await readAll().finally(() => merging)
  await settleVillageCounts(register, kept.countyCode, now)
  await postNoted(register, { county: kept.countyCode, at: now, by: access.actorId }, loading.isStopping)
}

async function stage({ register }: Loading, chunk: Chunk): Promise<void> {
  await clearStaging(register)
  await copyInto(register, 'incoming', chunk.pieces)
}

async function merge(loading: Loading, chunk: Chunk, rejections: Rejection[]): Promise<void> {
  const { register, row: kept, now, tally } = loading
  const all = [...rejections]
  if (chunk.size > 0) {
    await correctPlanner(register)
    const added = await insertFresh(register, kept, now)
    await insertReadings(register, kept)
    await joinHouseholds(register, kept, now)
    await noteFreshDeltas(register)
    await notePeople(register, 'select id from fresh', { areNew: true })
    addFindings(tally, await countFindings(register))
    tally.rowsAccepted += added
    if (added < chunk.size) all.push(...(await meet(loading, chunk, await listNotFresh(register, kept))))
  }
  await reject(loading, all)
}

/** Rows of people who are registered already: skipped, overwritten or laid out for a decision, as was chosen. */
async function meet(loading: Loading, chunk: Chunk, notFresh: NotFresh[]): Promise<Rejection[]> {
  const { register, office, access, row: kept, now, tally } = loading
  const met = notFresh.filter(({ kind }) => kind === 'met')
  tally.rowsMatched += met.length
  if (met.length > 0 && kept.onMatch !== 'skip') {
    const phones = met.map(({ row, personId }) => {
      const phone = chunk.rows.get(row)?.phone ?? null
      const cell = { county: kept.countyCode, id: personId! }
      return {
        row,
        personId: personId!,
        phoneCipher: phone === null ? null : office.ciphers.phone.encipher(phone, cell),
      }
    })
    await openProposals(register)
    await propose(register, kept, phones)
    if (kept.onMatch === 'review') tally.rowsForReview += await insertReviews(register, kept)
    else
      await overwrite(register, {
        countyCode: kept.countyCode,
        actorId: access.actorId,
        sourceRef: kept.id,
        reason: `导入 ${kept.fileName}`,
        now,
      })
    if (kept.onMatch === 'overwrite') await notePeople(register, 'select person_id from proposals')
  }
  return notFresh
    .filter(({ kind }) => kind !== 'met')
    .map(({ row }) => ({
      row: chunk.rows.get(row)!.row,
      faults: [{ key: 'idNumber', code: 'id-number-taken' }],
    }))
}
