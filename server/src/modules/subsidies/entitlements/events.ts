import type { CivilDate, DivisionCode, Fen, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { insertRow } from '../../../database/statements.ts'
import { Refused } from '../../../refused.ts'
import { markVoid, overpaidEvent } from './queries-events.ts'

/** What an event entitles to: a consolation, a stay in hospital, a re-birth benefit. */
export type EventEntitling = {
  programme: string
  personId: Id
  payeeId: Id
  amountFen: Fen
  occurredOn: CivilDate
  /** The record that it rests on, once: APPLICATION, HOSPITAL_STAY, … */
  groundType: string
  groundId: Id
  /** How the amount came about, for the explanation: rates, days, parts. */
  basis: Record<string, unknown>
  divisionCode: DivisionCode
  level?: string
  applicationId?: Id | null
}

/** The same ground entitles once (`event_entitlements_once`). */
export async function entitleEvent(
  tx: Transaction,
  access: Access,
  event: EventEntitling,
  at: Date,
): Promise<Id> {
  const id = newId(at.getTime())
  const { level = '', applicationId = null, basis, ...told } = event
  await insertRow(tx, 'event_entitlements', {
    ...{ countyCode: access.county, id, ...told, level, applicationId },
    ...{ basis: JSON.stringify(basis), recordedAt: at, recordedBy: access.actorId },
  })
  return id
}

/** Takes it back; what was paid on it becomes an overpayment. */
export async function voidEvent(
  tx: Transaction,
  access: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<void> {
  if (!(await markVoid(tx, access, id, reason, at))) throw new Refused('not-found')
  await overpaidEvent(tx, access, id, at)
}
