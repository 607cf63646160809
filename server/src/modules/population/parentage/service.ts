import type { EventPreview } from '@youyu/shared/population/event-preview'
import type {
  listParentage,
  Parentage,
  ParentageCorrection,
  ParentageRow,
  NewParentage,
} from '@youyu/shared/population/parentage'
import type { Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { rehearsal } from '../../../database/rehearsal.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { toldEffects, type Done } from '../effects.ts'
import { shownParentage, shownParentageRow } from './parentage-row.ts'
import { findParentage, selectParentage } from './queries.ts'
import { correctParentageIn, recordParentageIn, voidParentageIn } from './recording.ts'

type Listing = z.output<(typeof listParentage)['schema']['querystring']>

export async function listAll(
  { db }: Office,
  access: Access,
  { limit, cursor, ...filter }: Listing,
): Promise<Page<ParentageRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) =>
    selectParentage(tx, access, { filter, after, limit: limit + 1 }),
  )
  return pageOf(
    rows,
    limit,
    (row) => shownParentageRow(row, access),
    (row) => [row.occurredOn, row.id],
  )
}

export async function readParentage({ db, views }: Office, access: Access, id: Id): Promise<Parentage> {
  const parentage = await reading(db, access, (tx) => findParentage(tx, access, id))
  if (!parentage) throw new Refused('not-found')
  const division = parentage.childDivision
  views.note(access, { action: 'view', entity: 'parentage', entityId: id, ...(division && { division }) })
  return shownParentage(parentage, access)
}

/** What is done to adoptions and guardianships: recorded, corrected, voided. */
export type ParentageDeed =
  { record: NewParentage } | { correct: ParentageCorrection; id: Id } | { void: { reason: string }; id: Id }

async function done(tx: Transaction, access: Access, deed: ParentageDeed, at: Date): Promise<Done> {
  if ('record' in deed) return await recordParentageIn(tx, access, deed.record, at)
  if ('correct' in deed) return await correctParentageIn(tx, access, deed.id, deed.correct, at)
  return await voidParentageIn(tx, access, deed.id, deed.void.reason, at)
}

/** Does it and takes it back: what it would change. */
export async function rehearse(office: Office, access: Access, deed: ParentageDeed): Promise<EventPreview> {
  const at = office.now()
  return await rehearsal(office.db, access, async (tx) =>
    toldEffects(tx, access, await done(tx, access, deed, at)),
  )
}

export async function perform(office: Office, access: Access, deed: ParentageDeed): Promise<Parentage> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const { id } = await done(tx, access, deed, at)
    const parentage = await findParentage(tx, access, id)
    if (!parentage) throw new Refused('out-of-area')
    return shownParentage(parentage, access)
  })
}
