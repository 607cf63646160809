import type { EventPreview } from '@youyu/shared/population/event-preview'
import type {
  listMarriages,
  Marriage,
  MarriageCorrection,
  MarriageRow,
  NewMarriage,
} from '@youyu/shared/population/marriages'
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
import { shownMarriage, shownMarriageRow } from './marriage-row.ts'
import { findMarriage, selectMarriages } from './queries.ts'
import { correctMarriageIn, recordMarriageIn, voidMarriageIn } from './recording.ts'

type Listing = z.output<(typeof listMarriages)['schema']['querystring']>

export async function listAll(
  { db }: Office,
  access: Access,
  { limit, cursor, ...filter }: Listing,
): Promise<Page<MarriageRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) =>
    selectMarriages(tx, access, { filter, after, limit: limit + 1 }),
  )
  return pageOf(
    rows,
    limit,
    (row) => shownMarriageRow(row, access),
    (row) => [row.occurredOn, row.id],
  )
}

export async function readMarriage({ db, views }: Office, access: Access, id: Id): Promise<Marriage> {
  const marriage = await reading(db, access, (tx) => findMarriage(tx, access, id))
  if (!marriage) throw new Refused('not-found')
  const { divisionA, divisionB } = marriage
  const division = covers(access.prefixes, divisionA) ? divisionA : (divisionB ?? divisionA)
  views.note(access, { action: 'view', entity: 'marriage', entityId: id, division })
  return shownMarriage(marriage, access)
}

/** What is done to marriage events: recorded, corrected, voided. */
export type MarriageDeed =
  { record: NewMarriage } | { correct: MarriageCorrection; id: Id } | { void: { reason: string }; id: Id }

async function done(tx: Transaction, access: Access, deed: MarriageDeed, at: Date): Promise<Done> {
  if ('record' in deed) return await recordMarriageIn(tx, access, deed.record, at)
  if ('correct' in deed) return await correctMarriageIn(tx, access, deed.id, deed.correct, at)
  return await voidMarriageIn(tx, access, deed.id, deed.void.reason, at)
}

/** Does it and takes it back: what it would change. */
export async function rehearse(office: Office, access: Access, deed: MarriageDeed): Promise<EventPreview> {
  const at = office.now()
  return await rehearsal(office.db, access, async (tx) =>
    toldEffects(tx, access, await done(tx, access, deed, at)),
  )
}

export async function perform(office: Office, access: Access, deed: MarriageDeed): Promise<Marriage> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const { id } = await done(tx, access, deed, at)
    const marriage = await findMarriage(tx, access, id)
    if (!marriage) throw new Refused('out-of-area')
    return shownMarriage(marriage, access)
  })
}
