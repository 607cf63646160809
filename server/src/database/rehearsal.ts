import type { Access } from '../access/access.ts'
import type { Database, Transaction } from './connect.ts'
import { longTransaction, transaction } from './transaction.ts'

class TakenBack extends Error {}

/** Runs an action in a transaction and takes it back: what it tells is what it would do, by having done it. */
export async function rehearsal<Result>(
  db: Database,
  access: Access,
  run: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const { idempotency: _, ...rest } = access
  let told: { result: Result } | undefined
  try {
    await transaction(db, rest, async (tx) => {
      told = { result: await run(tx) }
      throw new TakenBack()
    })
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error
  }
  return told!.result
}

/** The same for work that may take minutes. */
export async function longRehearsal<Result>(
  db: Database,
  access: Access,
  run: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  let told: { result: Result } | undefined
  try {
    await longTransaction(db, access, async (tx) => {
      told = { result: await run(tx) }
      throw new TakenBack()
    })
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error
  }
  return told!.result
}
