import type { CarePreview } from '@youyu/shared/contraception/care-preview'
import type {
  ChecklistItem,
  Encounter,
  EncounterCorrection,
  EncounterRow,
  listEncounters,
  NewEncounter,
  RecordedEncounter,
} from '@youyu/shared/contraception/encounters'
import type { CivilDate, Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { rehearsal } from '../../../database/rehearsal.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed } from '../clients/index.ts'
import { careTransaction } from '../sealed-answers.ts'
import { correctEncounterIn, voidEncounterIn } from './correcting.ts'
import { shownEncounter, shownEncounterRow } from './encounter-row.ts'
import { findEncounter, selectChecklist, selectEncounters } from './queries.ts'
import { recordEncounterIn } from './recording.ts'

type Asked = z.output<(typeof listEncounters)['schema']['querystring']>
type Rights = { mayOverride: boolean }

export async function listAll(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<EncounterRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) =>
    selectEncounters(tx, access, filter, after, limit + 1),
  )
  const page = pageOf(rows, limit, shownEncounterRow, (row) => [row.occurredOn, row.id])
  for (const clientId of new Set(page.items.map((encounter) => encounter.clientId)))
    office.views.note(access, careDeed(office, clientId, 'view', 'encounter', { fields: ['list'] }))
  return page
}

/** With its note; that it was read is written with it. */
export async function readEncounter(office: Office, access: Access, id: Id): Promise<Encounter> {
  const { idempotency: _, ...looking } = access
  return await transaction(office.db, looking, async (tx) => {
    const encounter = await findEncounter(tx, access, id)
    if (!encounter) throw new Refused('not-found')
    await record(tx, access, careDeed(office, encounter.clientId, 'view', 'encounter'), office.now())
    return shownEncounter(office, access, encounter)
  })
}

export async function checklistOn({ db }: Office, access: Access, on: CivilDate): Promise<ChecklistItem[]> {
  return await reading(db, access, (tx) => selectChecklist(tx, on))
}

export async function rehearseVisit(
  office: Office,
  access: Access,
  body: NewEncounter,
  rights: Rights,
): Promise<CarePreview> {
  const at = office.now()
  return await rehearsal(office.db, access, async (tx) => {
    const { changes, findings } = await recordEncounterIn(tx, office, access, body, at, rights)
    return { changes, findings }
  })
}

export async function recordVisit(
  office: Office,
  access: Access,
  body: NewEncounter,
  rights: Rights,
): Promise<RecordedEncounter> {
  const at = office.now()
  return await careTransaction(office, access, (tx) =>
    recordEncounterIn(tx, office, access, body, at, rights),
  )
}

export type EncounterDeed =
  { correct: EncounterCorrection; id: Id } | { void: { reason: string; withParts: boolean }; id: Id }

async function done(tx: Transaction, office: Office, access: Access, deed: EncounterDeed, at: Date) {
  return 'correct' in deed
    ? await correctEncounterIn(tx, office, access, deed.id, deed.correct, at)
    : await voidEncounterIn(tx, office, access, deed.id, deed.void, at)
}

export async function rehearse(office: Office, access: Access, deed: EncounterDeed): Promise<CarePreview> {
  return await rehearsal(office.db, access, async (tx) => {
    const { changes, findings } = await done(tx, office, access, deed, office.now())
    return { changes, findings }
  })
}

export async function perform(office: Office, access: Access, deed: EncounterDeed): Promise<Encounter> {
  return await careTransaction(office, access, async (tx) => {
    const { id } = await done(tx, office, access, deed, office.now())
    const encounter = await findEncounter(tx, access, id)
    if (!encounter) throw new Refused('not-found')
    return shownEncounter(office, access, encounter)
  })
}
