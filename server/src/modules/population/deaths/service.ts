import type {
  Death,
  DeathCorrection,
  DeathRow,
  listDeaths,
  NewDeath,
  revealCauseOfDeath,
} from '@youyu/shared/population/deaths'
import type { EventPreview } from '@youyu/shared/population/event-preview'
import type { Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { rehearsal } from '../../../database/rehearsal.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { toldEffects, type Done } from '../effects.ts'
import { placeInArea } from '../persons/service.ts'
import { shownDeath, shownDeathRow } from './death-row.ts'
import { findCause, findDeath, selectDeaths } from './queries.ts'
import { causeOf, correctDeathIn, recordDeathIn, voidDeathIn } from './recording.ts'

type Listing = z.output<(typeof listDeaths)['schema']['querystring']>
type AskedCause = z.output<(typeof revealCauseOfDeath)['schema']['body']>

export async function listAll(
  { db }: Office,
  access: Access,
  { limit, cursor, ...filter }: Listing,
): Promise<Page<DeathRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) =>
    selectDeaths(tx, access, { filter, after, limit: limit + 1 }),
  )
  return pageOf(
    rows,
    limit,
    (row) => shownDeathRow(row, access),
    (row) => [row.occurredOn, row.id],
  )
}

export async function readDeath({ db, views }: Office, access: Access, id: Id): Promise<Death> {
  const death = await reading(db, access, (tx) => findDeath(tx, access, id))
  if (!death) throw new Refused('not-found')
  const { divisionCode: residenceDivision, hukouDivision } = death
  const division = placeInArea(access, { residenceDivision, hukouDivision })
  views.note(access, { action: 'view', entity: 'death', entityId: id, division })
  return shownDeath(death, access)
}

/** The cause of a death, class L4: for whoever treats, with a purpose, and every look logged with it. */
export async function readCause(
  office: Office,
  access: Access,
  id: Id,
  { purpose, reason }: AskedCause,
): Promise<{ causeIcd10: string | null }> {
  if (access.clearance < 'L4') throw new Refused('forbidden')
  if (!access.purposes.includes(purpose))
    throw new Refused('purpose-required', { errors: [{ pointer: '/purpose', code: 'purpose-required' }] })
  return await transaction(office.db, access, async (tx) => {
    const kept = await findCause(tx, access, id)
    if (!kept) throw new Refused('not-found')
    const { divisionCode: residenceDivision, hukouDivision } = kept
    const division = placeInArea(access, { residenceDivision, hukouDivision })
    const deed = {
      action: 'reveal',
      entity: 'death',
      entityId: id,
      division,
      fields: ['cause'],
      purpose,
      reason,
    } as const
    await record(tx, access, deed, office.now())
    return { causeIcd10: causeOf(office, access, { id, ...kept }) }
  })
}

/** What is done to deaths: recorded, corrected, voided. */
export type DeathDeed =
  { record: NewDeath } | { correct: DeathCorrection; id: Id } | { void: { reason: string }; id: Id }

async function done(
  tx: Transaction,
  office: Office,
  access: Access,
  deed: DeathDeed,
  at: Date,
): Promise<Done> {
  if ('record' in deed) return await recordDeathIn(tx, office, access, deed.record, at)
  if ('correct' in deed) return await correctDeathIn(tx, office, access, deed.id, deed.correct, at)
  return await voidDeathIn(tx, access, deed.id, deed.void, at)
}

/** Does it and takes it back: what it would change, in the register and in the book. */
export async function rehearse(office: Office, access: Access, deed: DeathDeed): Promise<EventPreview> {
  const at = office.now()
  return await rehearsal(office.db, access, async (tx) =>
    toldEffects(tx, access, await done(tx, office, access, deed, at)),
  )
}

export async function perform(office: Office, access: Access, deed: DeathDeed): Promise<Death> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const { id } = await done(tx, office, access, deed, at)
    const death = await findDeath(tx, access, id)
    if (!death) throw new Refused('out-of-area')
    return shownDeath(death, access)
  })
}
