import type { EventPreview } from '@youyu/shared/population/event-preview'
import type { listMoves, Move, MoveCorrection, MoveRow, NewMove } from '@youyu/shared/population/moves'
import type { Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import { covers, type Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { rehearsal } from '../../../database/rehearsal.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { toldEffects, type Done } from '../effects.ts'
import { shownMove, shownMoveRow } from './move-row.ts'
import { findMove, selectMoves } from './queries.ts'
import { correctMoveIn, recordMoveIn, voidMoveIn } from './recording.ts'

type Listing = z.output<(typeof listMoves)['schema']['querystring']>

export async function listAll(
  { db }: Office,
  access: Access,
  { limit, cursor, ...filter }: Listing,
): Promise<Page<MoveRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) => selectMoves(tx, access, { filter, after, limit: limit + 1 }))
  return pageOf(
    rows,
    limit,
    (row) => shownMoveRow(row, access),
    (row) => [row.occurredOn, row.id],
  )
}

export async function readMove({ db, views }: Office, access: Access, id: Id): Promise<Move> {
  const move = await reading(db, access, (tx) => findMove(tx, access, id))
  if (!move) throw new Refused('not-found')
  const { fromDivision, toDivision } = move
  const division = covers(access.prefixes, toDivision) ? toDivision : fromDivision
  views.note(access, { action: 'view', entity: 'move', entityId: id, division })
  return shownMove(move, access)
}

/** What is done to moves: recorded, corrected, voided. */
export type MoveDeed =
  { record: NewMove } | { correct: MoveCorrection; id: Id } | { void: { reason: string }; id: Id }

async function done(tx: Transaction, access: Access, deed: MoveDeed, at: Date): Promise<Done> {
  if ('record' in deed) return await recordMoveIn(tx, access, deed.record, at)
  if ('correct' in deed) return await correctMoveIn(tx, access, deed.id, deed.correct, at)
  return await voidMoveIn(tx, access, deed.id, deed.void.reason, at)
}

/** Does it and takes it back: what it would change. */
export async function rehearse(office: Office, access: Access, deed: MoveDeed): Promise<EventPreview> {
  const at = office.now()
  return await rehearsal(office.db, access, async (tx) =>
    toldEffects(tx, access, await done(tx, access, deed, at)),
  )
}

export async function perform(office: Office, access: Access, deed: MoveDeed): Promise<Move> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const { id } = await done(tx, access, deed, at)
    const move = await findMove(tx, access, id)
    if (!move) throw new Refused('out-of-area')
    return shownMove(move, access)
  })
}
