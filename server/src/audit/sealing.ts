import { join } from 'node:path'
import type { KeyObject } from 'node:crypto'
import type { Database } from '../database/connect.ts'
import { ownerTransaction } from '../database/owner-transaction.ts'
import type { App, Office } from '../office.ts'
import type { Head, Heads } from './heads.ts'
import { keepSealed } from './keep-sealed.ts'
import * as queries from './queries-seals.ts'
import { FIRST_ROOT, hashOf, keyIdOf, rootOf, signRoot, type SealHead } from './seals.ts'

const BATCH = 5000
const EVERY = 30_000
const DAY = 24 * 3600_000
/** A full look over the log finds what was committed much later than it was written. */
const FULL_EVERY = 120
const BEGINNING = '00000000-0000-0000-0000-000000000000'

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
  const sealed = await ownerTransaction(
    owner,
    async (connection) => {
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
        const signature = signRoot(root, key)
        await queries.insertSeal(connection, county, { ...head, root, signature }, hashed)
        previous = root
        entries += rows.length
      }
      return { entries, head: entries > 0 ? { sequence, root: previous.toString('hex') } : null }
    },
    { unless: { constraint: 'access_seals_pk' } },
  )
  return sealed ?? { entries: 0, head: null }
}

/** The smallest UUIDv7 of a moment. */
function firstIdOf(moment: Date): string {
  const hex = moment.getTime().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}

/** Keeps the log sealed while the server runs; the last looks are written and sealed before it closes. */
export function useSealing(app: App, { config, db, keys, log, now, views }: Office): void {
  const headsFile = join(config.DATA_DIR, 'audit-heads.json')
  let runs = 0
  const seal = async () => {
    const since = runs++ % FULL_EVERY === 0 ? null : new Date(now().getTime() - DAY)
    const { entries, heads } = await sealEntries(db.owner, keys.auditSigningKey, now(), since)
    return { count: entries, heads }
  }
  const sealing = config.WORKERS
    ? keepSealed(seal, { what: 'access log', every: EVERY, headsFile, log })
    : null
  app.addHook('onClose', async () => {
    await views.flush()
    await sealing?.stop()
  })
}
