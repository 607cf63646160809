import type { CarePreview } from '@youyu/shared/contraception/care-preview'
import type {
  listProcedures,
  NewProcedure,
  Procedure,
  ProcedureCorrection,
  ProcedureRow,
  ProcedureStep,
} from '@youyu/shared/contraception/procedures'
import type { Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { rehearsal } from '../../../database/rehearsal.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed } from '../clients/index.ts'
import { careTransaction } from '../sealed-answers.ts'
import { complicationsOfProcedure, shownComplication } from './complications/index.ts'
import { correctProcedureIn, voidProcedureIn } from './correcting.ts'
import { shownProcedure, shownProcedureRow } from './procedure-row.ts'
import { findProcedure, selectProcedures } from './queries.ts'
import { requestIn } from './requesting.ts'
import { stepIn } from './steps.ts'

type Asked = z.output<(typeof listProcedures)['schema']['querystring']>

export async function listAll(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<ProcedureRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) =>
    selectProcedures(tx, access, filter, after, limit + 1),
  )
  const today = todayOf(office.now())
  const page = pageOf(
    rows,
    limit,
    (row) => shownProcedureRow(row, today),
    (row) => [row.requestedOn, row.id],
  )
  for (const clientId of new Set(page.items.map((procedure) => procedure.clientId)))
    office.views.note(access, careDeed(office, clientId, 'view', 'procedure', { fields: ['list'] }))
  return page
}

async function told(tx: Transaction, office: Office, access: Access, id: Id): Promise<Procedure> {
  const [procedure, complications] = await Promise.all([
    findProcedure(tx, access, id),
    complicationsOfProcedure(tx, access, id),
  ])
  if (!procedure) throw new Refused('not-found')
  const shown = complications.map((row) => shownComplication(office, access, row))
  return shownProcedure(office, access, procedure, shown, todayOf(office.now()))
}

/** With its form; that it was read is written with it. */
export async function readProcedure(office: Office, access: Access, id: Id): Promise<Procedure> {
  const { idempotency: _, ...looking } = access
  return await transaction(office.db, looking, async (tx) => {
    const procedure = await told(tx, office, access, id)
    await record(tx, access, careDeed(office, procedure.clientId, 'view', 'procedure'), office.now())
    return procedure
  })
}

export type ProcedureDeed =
  | { request: NewProcedure }
  | { step: ProcedureStep; id: Id; version: number }
  | { correct: ProcedureCorrection; id: Id }
  | { void: { reason: string }; id: Id }

async function done(
  tx: Transaction,
  office: Office,
  access: Access,
  deed: ProcedureDeed,
  at: Date,
): Promise<{ id: Id } & CarePreview> {
  if ('request' in deed) return await requestIn(tx, office, access, deed.request, at)
  if ('step' in deed) return await stepIn(tx, office, access, deed, at)
  if ('correct' in deed) return await correctProcedureIn(tx, office, access, deed.id, deed.correct, at)
  return await voidProcedureIn(tx, office, access, deed.id, deed.void, at)
}

/** Does it and takes it back. */
export async function rehearse(office: Office, access: Access, deed: ProcedureDeed): Promise<CarePreview> {
  const at = office.now()
  return await rehearsal(office.db, access, async (tx) => {
    const { changes, findings } = await done(tx, office, access, deed, at)
    return { changes, findings }
  })
}

export async function perform(office: Office, access: Access, deed: ProcedureDeed): Promise<Procedure> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const { id } = await done(tx, office, access, deed, at)
    return await told(tx, office, access, id)
  })
}
