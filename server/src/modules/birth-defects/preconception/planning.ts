import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { insertContact, voidContactsOfCheck } from './queries.ts'
import { earlyWindow, type FollowUpDays } from './rules.ts'

type CheckMade = {
  id: Id
  chainId: Id | null
  client: { id: Id; residenceDivision: DivisionCode }
  occurredOn: CivilDate
  followUp: FollowUpDays
}

/** The contact that a preconception check leads to first. */
export async function planFirstContact(
  tx: Transaction,
  access: Access,
  { id: checkId, chainId, client, occurredOn, followUp }: CheckMade,
  at: Date,
): Promise<void> {
  const [dueFrom, dueTo] = earlyWindow(occurredOn, followUp)
  const { id: clientId, residenceDivision: divisionCode } = client
  const contact = { contact: 'EARLY_PREGNANCY', ordinal: 1, dueFrom, dueTo } as const
  await insertContact(
    tx,
    access,
    { id: newId(at.getTime()), checkId, chainId, clientId, divisionCode, ...contact },
    at,
  )
}

/** A check that never was leads to no contacts. */
export async function cancelFollowUps(
  tx: Transaction,
  access: Access,
  checkId: Id,
  reason: string,
  at: Date,
): Promise<void> {
  await voidContactsOfCheck(tx, access, checkId, reason, at)
}
