import type { Access } from '../../access/access.ts'
import type { Transaction } from '../../database/connect.ts'
import { serverErrorIn } from '../../database/failures.ts'
import type { Office } from '../../office.ts'
import { proposeCard, type Proposal } from './defect-cases/index.ts'

/** Puts a diagnosis down for a defect card. That there is such a card already stops nobody from recording what was found. */
export async function proposeOnce(
  tx: Transaction,
  office: Office,
  access: Access,
  proposal: Proposal,
): Promise<void> {
  await tx.client.query('savepoint proposal')
  try {
    await proposeCard(tx, office, access, proposal)
    await tx.client.query('release savepoint proposal')
  } catch (error) {
    if (serverErrorIn(error)?.constraint !== 'defect_cards_once') throw error
    await tx.client.query('rollback to savepoint proposal')
  }
}
