import type { Access } from '../../access/access.ts'
import type { Transaction } from '../../database/connect.ts'
import { transaction } from '../../database/transaction.ts'
import type { Office } from '../../office.ts'

/**
 * A change in care. What is kept under its idempotency key is enciphered: whoever reads the keys reads no record (L4), and
 * the second request is answered as the first was.
 */
export async function careTransaction<Result>(
  { db, ciphers }: Office,
  access: Access,
  run: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const { idempotency, county } = access
  if (!idempotency) return await transaction(db, access, run)
  const cell = { county, id: idempotency.key }
  const kept = await transaction(db, access, async (tx) => {
    const sealed = ciphers.clinical.encipher(JSON.stringify(await run(tx)), cell)
    return { sealed: sealed.toString('base64') }
  })
  return JSON.parse(ciphers.clinical.decipher(Buffer.from(kept.sealed, 'base64'), cell)) as Result
}
