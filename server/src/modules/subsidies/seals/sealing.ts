import { join } from 'node:path'
import type { KeyObject } from 'node:crypto'
import { keepSealed, keyIdOf, signRoot, type Heads } from '../../../audit/index.ts'
import type { Database } from '../../../database/connect.ts'
import { ownerTransaction } from '../../../database/owner-transaction.ts'
import type { App, Office } from '../../../office.ts'
import * as queries from './queries.ts'
import { FIRST_ROOT, rootOf, type SealHead } from './seals.ts'

const BATCH = 5000
const EVERY = 20_000

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
  const sealed = await ownerTransaction(
    owner,
    async (connection) => {
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
      const head = { sequence, root: previous.toString('hex') }
      return { seals: sequence - (last?.sequence ?? 0), head }
    },
    { opening: 'begin isolation level repeatable read', unless: { constraint: 'ledger_seals_pk' } },
  )
  return sealed ?? { seals: 0, head: null }
}

/** Keeps the ledger sealed while the server runs; what is left is sealed before it closes. */
export function useLedgerSealing(app: App, { config, db, keys, log, now }: Office): void {
  if (!config.WORKERS) return
  const headsFile = join(config.DATA_DIR, 'ledger-heads.json')
  const seal = async () => {
    const { seals, heads } = await sealLedger(db.owner, keys.auditSigningKey, now())
    return { count: seals, heads }
  }
  const sealing = keepSealed(seal, { what: 'ledger', every: EVERY, headsFile, log })
  app.addHook('onClose', () => sealing.stop())
}
