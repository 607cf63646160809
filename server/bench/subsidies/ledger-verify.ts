import { createHash, createPublicKey } from 'node:crypto'
import type pg from 'pg'
import { verifyLedger } from '../../src/modules/subsidies/index.ts'
import type { Installation } from '../installation.ts'
import { compare, type Result } from '../measure.ts'
import { openHouse, settleBatch } from './paying.ts'

/** Every row that a seal covers, whole, in the order of its key. */
const sealed = [
  'select t::text as row from ledger_entries t order by county_code, number',
  'select t::text as row from ledger_lines t order by county_code, entry_id, line',
  'select t::text as row from payment_items t order by county_code, batch_id, seq',
  'select t::text as row from payment_outcomes t order by county_code, batch_id, seq, nth',
]

async function readAndHash(owner: pg.Pool): Promise<number> {
  let rows = 0
  for (const text of sealed) {
    const answer = await owner.query<[string]>({ text, rowMode: 'array' })
    for (const [row] of answer.rows) createHash('sha256').update(row).digest()
    rows += answer.rows.length
  }
  return rows
}

const perSecond = async (work: () => Promise<number>) => {
  const began = performance.now()
  const rows = await work()
  return (rows / (performance.now() - began)) * 1000
}

/** A settled batch of 50,000: rows verified in a second, with chain, signatures and books, against reading and hashing them. */
export async function ledgerVerify(installation: Installation, rounds: number): Promise<Result> {
  await settleBatch(installation, 'settled')
  const { office, close } = openHouse(installation, installation.urlOf('settled'))
  const { owner } = office.db
  const key = createPublicKey(office.keys.auditSigningKey)
  try {
    return await compare({
      ...{ name: 'ledger-verify', better: 'higher', goal: 0.5, unit: 'rows/s', rounds },
      ours: () =>
        perSecond(async () => {
          const { faults, rows, waiting } = await verifyLedger(owner, [key])
          if (faults.length > 0 || waiting > 0)
            throw new Error(
              `The ledger is not whole: ${JSON.stringify(faults.slice(0, 3))}, ${waiting} waiting`,
            )
          return rows
        }),
      base: () => perSecond(() => readAndHash(owner)),
    })
  } finally {
    await close()
  }
}
