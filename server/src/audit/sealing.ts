import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { KeyObject } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import type { Database } from '../database/connect.ts'
import { serverErrorIn } from '../database/failures.ts'
import type { App, Office } from '../office.ts'
import * as queries from './queries-seals.ts'
import { FIRST_ROOT, hashOf, keyIdOf, rootOf, signRoot, type SealHead } from './seals.ts'

const BATCH = 5000
const EVERY = 30_000
const DAY = 24 * 3600_000
/** A full look over the log finds what was committed much later than it was written. */
const FULL_EVERY = 120
const BEGINNING = '00000000-0000-0000-0000-000000000000'

/** The newest seal of a county, kept outside the database: a chain cut off at its end is noticed too. */
type Head = { sequence: number; root: string }
export type Heads = Record<string, Head>

/**
 * Seals what is not sealed yet, county by county: hashes of the rows over the root before, signed. Runs on the owner's
 * connection; the application's role can neither write seals nor read the key. A row that was committed late, with an
 * older id, is sealed by a later seal. One transaction a county: of two sealers at once one finds the number taken.
 */
export async function sealEntries(
  owner: Database['owner'],
  key: KeyObject,
  now: Date,
  since: Date | null = null,
): Promise<{ entries: number; heads: Heads }> {
  const sinceId = since === null ? BEGINNING : firstIdOf(since)
  const heads: Heads = {}
  let entries = 0
  for (const county of await queries.countiesInLog(owner)) {
    const sealed = await sealCounty(owner, key, now, county, sinceId)
    entries += sealed.entries
    if (sealed.head) heads[county] = sealed.head
  }
  return { entries, heads }
}

async function sealCounty(
  owner: Database['owner'],
  key: KeyObject,
  now: Date,
  county: number,
  sinceId: string,
): Promise<{ entries: number; head: Head | null }> {
  const connection = await owner.connect()
  try {
    await connection.query('begin')
    const last = await queries.lastSeal(connection, county)
    let previous = last?.root ?? FIRST_ROOT
    let sequence = last?.sequence ?? 0
    let entries = 0
    for (;;) {
      const rows = await queries.unsealedEntries(connection, county, sinceId, BATCH)
      if (rows.length === 0) break
      const head: SealHead = {
        county,
        sequence: (sequence += 1),
        firstId: rows[0]!.id,
        lastId: rows.at(-1)!.id,
        rows: rows.length,
        sealedAt: `${now.toISOString().slice(0, -1)}000Z`,
        keyId: keyIdOf(key),
      }
      const hashed = rows.map((row) => ({ id: row.id, hash: hashOf(row) }))
      const root = rootOf(
        previous,
        head,
        hashed.map(({ hash }) => hash),
      )
      await queries.insertSeal(connection, county, { ...head, root, signature: signRoot(root, key) }, hashed)
      previous = root
      entries += rows.length
    }
    await connection.query('commit')
    connection.release()
    return { entries, head: entries > 0 ? { sequence, root: previous.toString('hex') } : null }
  } catch (error) {
    await connection.query('rollback').catch(() => undefined)
    connection.release(!serverErrorIn(error))
    if (serverErrorIn(error)?.constraint === 'access_seals_pk') return { entries: 0, head: null }
    throw error
  }
}

/** The smallest UUIDv7 of a moment. */
function firstIdOf(moment: Date): string {
  const hex = moment.getTime().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}

export function readHeads(file: string): Heads {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Heads
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
}

function keepHeads(file: string, heads: Heads): void {
  if (Object.keys(heads).length === 0) return
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, JSON.stringify({ ...readHeads(file), ...heads }), { mode: 0o600 })
  renameSync(draft, file)
}

type Sealing = {
  db: Pick<Database, 'owner'>
  key: KeyObject
  log: FastifyBaseLogger
  now: () => Date
  headsFile: string
}

/** Seals every half minute until stopped; stopping seals what is left. */
function startSealing({ db, key, log, now, headsFile }: Sealing): { stop(): Promise<void> } {
  let runs = 0
  let running: Promise<void> = Promise.resolve()

  async function seal(): Promise<void> {
    const isFull = runs++ % FULL_EVERY === 0
    try {
      const { entries, heads } = await sealEntries(
        db.owner,
        key,
        now(),
        isFull ? null : new Date(now().getTime() - DAY),
      )
      keepHeads(headsFile, heads)
      if (entries > 0) log.debug({ entries, heads }, 'access log sealed')
    } catch (error) {
      log.warn(
        { name: (error as Error).name, sqlstate: serverErrorIn(error)?.code },
        'the access log could not be sealed; it is tried again',
      )
    }
  }

  const timer = setInterval(() => {
    running = running.then(seal)
  }, EVERY).unref()
  return {
    async stop() {
      clearInterval(timer)
      await (running = running.then(seal))
    },
  }
}

/** Keeps the log sealed while the server runs; the last looks are written and sealed before it closes. */
export function useSealing(app: App, { config, db, keys, log, now, views }: Office): void {
  const headsFile = join(config.DATA_DIR, 'audit-heads.json')
  const sealing = config.WORKERS ? startSealing({ db, key: keys.auditSigningKey, log, now, headsFile }) : null
  app.addHook('onClose', async () => {
    await views.flush()
    await sealing?.stop()
  })
}
