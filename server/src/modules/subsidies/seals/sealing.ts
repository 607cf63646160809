import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { KeyObject } from 'node:crypto'
import { keyIdOf, signRoot } from '../../../audit/index.ts'
import type { Database } from '../../../database/connect.ts'
import { serverErrorIn } from '../../../database/failures.ts'
import type { App, Office } from '../../../office.ts'
import * as queries from './queries.ts'
import { FIRST_ROOT, rootOf, type SealHead } from './seals.ts'

const BATCH = 5000
const EVERY = 20_000

/** The newest seal of a county, kept outside the database: a chain cut off at its end is noticed too. */
export type Heads = Record<string, { sequence: number; root: string }>

/**
 * Seals the ledger and the items and outcomes of batches that are not sealed yet. Runs on the owner's connection: the
 * application's role can neither write seals nor read the key. Of two sealers at once one finds the number taken.
 */
export async function sealLedger(
  owner: Database['owner'],
  key: KeyObject,
  now: Date,
): Promise<{ seals: number; heads: Heads }> {
  const heads: Heads = {}
  let seals = 0
  for (const county of await queries.countiesOfLedger(owner)) {
    const sealed = await sealCounty(owner, key, now, county)
    seals += sealed.seals
    if (sealed.head) heads[county] = sealed.head
  }
  return { seals, heads }
}

async function sealCounty(
  owner: Database['owner'],
  key: KeyObject,
  now: Date,
  county: number,
): Promise<{ seals: number; head: Heads[string] | null }> {
  const due = await queries.dueOf(owner, county, BATCH)
  if (due.length === 0) return { seals: 0, head: null }
  const connection = await owner.connect()
  try {
    await connection.query('begin isolation level repeatable read')
    const last = await queries.lastSeal(connection, county)
    let previous = last?.root ?? FIRST_ROOT
    let sequence = last?.sequence ?? 0
    const keyId = keyIdOf(key)
    const sealedAt = `${now.toISOString().slice(0, -1)}000Z`
    for (const scope of await queries.dueOf(connection, county, BATCH)) {
      const { rows, hashes } = await queries.hashesOf(connection, county, scope)
      const head: SealHead = { county, sequence: (sequence += 1), ...scope, rows, sealedAt, keyId }
      const root = rootOf(previous, head, hashes)
      await queries.insertSeal(connection, head, hashes, { root, signature: signRoot(root, key) })
      previous = root
    }
    await connection.query('commit')
    connection.release()
    return {
      seals: sequence - (last?.sequence ?? 0),
      head: { sequence, root: previous.toString('hex') },
    }
  } catch (error) {
    await connection.query('rollback').catch(() => undefined)
    connection.release(!serverErrorIn(error))
    if (serverErrorIn(error)?.constraint === 'ledger_seals_pk') return { seals: 0, head: null }
    throw error
  }
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

/** Keeps the ledger sealed while the server runs; what is left is sealed before it closes. */
export function useLedgerSealing(app: App, { config, db, keys, log, now }: Office): void {
  if (!config.WORKERS) return
  const headsFile = join(config.DATA_DIR, 'ledger-heads.json')
  let running: Promise<void> = Promise.resolve()

  async function seal(): Promise<void> {
    try {
      const { seals, heads } = await sealLedger(db.owner, keys.auditSigningKey, now())
      keepHeads(headsFile, heads)
      if (seals > 0) log.debug({ seals, heads }, 'ledger sealed')
    } catch (error) {
      log.warn(
        { name: (error as Error).name, sqlstate: serverErrorIn(error)?.code },
        'the ledger could not be sealed; it is tried again',
      )
    }
  }

  const timer = setInterval(() => {
    running = running.then(seal)
  }, EVERY).unref()
  app.addHook('onClose', async () => {
    clearInterval(timer)
    await (running = running.then(seal))
  })
}
