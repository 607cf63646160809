import { countyOf, type Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { Refused } from '../../../../refused.ts'
import type { KeptMove, MoveFacts } from '../queries.ts'
import { answerTransferOf, insertTransfer } from './queries.ts'

/** What two counties have agreed on is not undone by one of them. */
export function refuseAnswered({ counterpartId, acknowledgement }: KeptMove): void {
  if (counterpartId === null && acknowledgement !== 'CONFIRMED') return
  throw new Refused('already-decided', {
    detail:
      '跨县移交已由对方县确认，请办理移交回本县 The other county has accepted the transfer: record the way back instead',
  })
}

/** A departure to another county stands as a transfer that the other county sees, and answers where it can. */
export async function openTransfer(
  tx: Transaction,
  access: Access,
  departure: MoveFacts & { id: Id },
  { withResidence, note }: { withResidence: boolean; note: string | null },
  at: Date,
): Promise<void> {
  const { id: departureId, kind, toDivision, acknowledgement: state } = departure
  const toCounty = countyOf(toDivision)
  if (kind !== 'HUKOU_OUT' || toCounty === access.county) return
  await insertTransfer(tx, access, { ...departure, departureId, toCounty, withResidence, note, state }, at)
}

/** A departure that was voided waits for no answer. */
export async function closeTransfer(
  tx: Transaction,
  access: Access,
  { id, kind }: KeptMove,
  reason: string,
  at: Date,
): Promise<void> {
  if (kind !== 'HUKOU_OUT') return
  await answerTransferOf(
    tx,
    access,
    id,
    { state: 'REFUSED', answer: reason, arrivalId: null, arrivedAs: null },
    at,
  )
}
