import type {
  Birth,
  BirthCorrection,
  BirthRow,
  listBirths,
  NewBirth,
  VoidBirth,
} from '@youyu/shared/population/births'
import type { EventPreview } from '@youyu/shared/population/event-preview'
import type { Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { foretelling } from '../../../database/command.ts'
import { rehearsal } from '../../../database/rehearsal.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { toldEffects, type Done } from '../effects.ts'
import { placeInArea } from '../persons/service.ts'
import { shownBirth, shownBirthRow } from './birth-row.ts'
import { correctBirthIn, voidBirthIn } from './correcting.ts'
import { findBirth, selectBirths } from './queries.ts'
import { isOfNewborn, recordBirthIn, recordNewbornIn } from './recording.ts'

type Listing = z.output<(typeof listBirths)['schema']['querystring']>

export async function listAll(
  { db }: Office,
  access: Access,
  { limit, cursor, ...filter }: Listing,
): Promise<Page<BirthRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) =>
    selectBirths(tx, access, { filter, after, limit: limit + 1 }),
  )
  return pageOf(
    rows,
    limit,
    (row) => shownBirthRow(row, access),
    (row) => [row.occurredOn, row.id],
  )
}

export async function readBirth({ db, views }: Office, access: Access, id: Id): Promise<Birth> {
  const birth = await reading(db, access, (tx) => findBirth(tx, access, id))
  if (!birth) throw new Refused('not-found')
  const { divisionCode: residenceDivision, hukouDivision } = birth
  const division = placeInArea(access, { residenceDivision, hukouDivision })
  views.note(access, { action: 'view', entity: 'birth', entityId: id, division })
  return shownBirth(birth, access)
}

/** What is done to births: recorded, corrected, voided. */
export type BirthDeed =
  { record: NewBirth } | { correct: BirthCorrection; id: Id } | { void: z.output<typeof VoidBirth>; id: Id }

async function done(
  tx: Transaction,
  office: Office,
  access: Access,
  deed: BirthDeed,
  at: Date,
): Promise<Done> {
  if ('record' in deed) return await recordBirthIn(tx, office, access, deed.record, at)
  if ('correct' in deed) return await correctBirthIn(tx, office, access, deed.id, deed.correct, at)
  return await voidBirthIn(tx, access, deed.id, deed.void, at)
}

/** Does it and takes it back: what it would change, in the register and in the book. */
export async function rehearse(office: Office, access: Access, deed: BirthDeed): Promise<EventPreview> {
  const at = office.now()
  return await rehearsal(office.db, access, async (tx) =>
    toldEffects(tx, access, await done(tx, office, access, deed, at)),
  )
}

export async function perform(office: Office, access: Access, deed: BirthDeed): Promise<Birth> {
  const at = office.now()
  if ('record' in deed && isOfNewborn(deed.record))
    return await foretelling(office.db, access, async (tx) => {
      const { birth, done } = await recordNewbornIn(tx, office, access, deed.record, at)
      return { result: shownBirth(birth, access), done }
    })
  return await transaction(office.db, access, async (tx) =>
    shown(tx, access, await done(tx, office, access, deed, at)),
  )
}

async function shown(tx: Transaction, access: Access, { id }: Done): Promise<Birth> {
  const birth = await findBirth(tx, access, id)
  if (!birth) throw new Refused('out-of-area')
  return shownBirth(birth, access)
}
