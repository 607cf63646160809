import type { Severity, ComplicationType, ProcedureType } from '@youyu/shared/contraception/care-value-sets'
import type {
  Complication,
  listComplications,
  NewComplication,
} from '@youyu/shared/contraception/complications'
import type { CivilDate, Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { sending } from '../../../../database/statements.ts'
import { reading } from '../../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { careDeed, clientOf, keepClient, type ClientFacts } from '../../clients/index.ts'
import { sourceOf } from '../../episodes/index.ts'
import { careTransaction } from '../../sealed-answers.ts'
import { tally } from '../../statistics/index.ts'
import {
  findComplication,
  findPerformed,
  insertComplication,
  selectComplications,
  updateAssessment,
  updateVoided,
  type Assessment,
  type ComplicatedProcedure,
  type ReadComplication,
} from './queries.ts'

type Asked = z.output<(typeof listComplications)['schema']['querystring']>

export function shownComplication(
  { ciphers }: Pick<Office, 'ciphers'>,
  { county }: Access,
  row: ReadComplication,
): Complication {
  const {
    descriptionCipher,
    assessedGrade,
    assessedOn,
    assessmentLevel,
    certificateNumber,
    clientName: _,
    ...rest
  } = row
  return {
    ...rest,
    description: descriptionCipher && ciphers.clinical.decipher(descriptionCipher, { county, id: row.id }),
    assessment:
      assessedGrade !== null && assessedOn !== null && assessmentLevel !== null && certificateNumber !== null
        ? { grade: assessedGrade, assessedOn, level: assessmentLevel, certificateNumber }
        : null,
    recordedAt: row.recordedAt.toISOString(),
    voidedAt: row.voidedAt?.toISOString() ?? null,
  }
}

export async function listAll(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<Complication & { clientName: string }>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) =>
    selectComplications(tx, access, filter, after, limit + 1),
  )
  const page = pageOf(
    rows,
    limit,
    (row) => ({ ...shownComplication(office, access, row), clientName: row.clientName ?? '' }),
    (row) => [row.onsetOn, row.id],
  )
  for (const clientId of new Set(page.items.map((complication) => complication.clientId)))
    office.views.note(access, careDeed(office, clientId, 'view', 'complication'))
  return page
}

export type FoundComplication = {
  /** Kept here, or told by its type alone. */
  procedure: ComplicatedProcedure | { id: null; type: ProcedureType }
  type: ComplicationType
  severity: Severity
  onsetOn: CivilDate
  description: string | null
}

/** Keeps a complication of a known client; nothing is read. */
export function complicationIn(
  tx: Transaction,
  office: Office,
  access: Access,
  client: ClientFacts,
  found: FoundComplication,
  at: Date,
  pointer = '',
): { id: Id; kept: Promise<unknown> } {
  const earliest = ('performedOn' in found.procedure && found.procedure.performedOn) || client.birthDate
  if (found.onsetOn > todayOf(at) || found.onsetOn < earliest)
    throw Refused.field(`${pointer}/onsetOn`, 'invalid-date')
  const id = newId(at.getTime())
  const { county, facility } = access
  const counted = { on: found.onsetOn, facilityId: facility as Id, divisionCode: client.residenceDivision }
  const kept = Promise.all([
    insertComplication(tx, {
      countyCode: county,
      id,
      clientId: client.id,
      facilityId: facility as Id,
      divisionCode: client.residenceDivision,
      procedureId: found.procedure.id,
      procedureType: found.procedure.type,
      type: found.type,
      onsetOn: found.onsetOn,
      severity: found.severity,
      descriptionCipher:
        found.description === null
          ? null
          : office.ciphers.clinical.encipher(found.description, { county, id }),
      recordedAt: at,
      recordedBy: access.actorId,
      source: sourceOf(access),
    }),
    tally(tx, county, [{ ...counted, measure: 'complication', item: found.type }]),
  ])
  return { id, kept: sending(kept) }
}

/** The procedure that a complication follows, at the facility itself. */
export async function procedureOf(
  tx: Transaction,
  access: Access,
  clientId: Id,
  { procedureId, procedureType }: Pick<NewComplication, 'procedureId' | 'procedureType'>,
  pointer = '',
): Promise<FoundComplication['procedure']> {
  if (!procedureId) return { id: null, type: procedureType as ProcedureType }
  const procedure = await findPerformed(tx, access, clientId, procedureId)
  if (!procedure) throw Refused.field(`${pointer}/procedureId`, 'not-found')
  return procedure
}

export async function enterComplication(
  office: Office,
  access: Access,
  { clientId, ...body }: NewComplication,
): Promise<Complication> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const [client, procedure] = await Promise.all([
      clientOf(tx, access, clientId),
      procedureOf(tx, access, clientId, body),
    ])
    const found = { ...body, procedure, description: body.description ?? null }
    const { id, kept } = complicationIn(tx, office, access, client, found, at)
    const [complication] = await Promise.all([
      findComplication(tx, access, id),
      kept,
      keepClient(tx, access, { clientId, on: body.onsetOn, encounters: 0 }),
      record(tx, access, careDeed(office, clientId, 'create', 'complication'), at),
    ])
    return told(office, access, complication)
  })
}

function told(
  office: Office,
  access: Access,
  complication: (ReadComplication & { divisionCode: string }) | undefined,
): Complication {
  const { divisionCode: _, ...rest } = complication as NonNullable<typeof complication>
  return shownComplication(office, access, rest)
}

/** Grade and certificate by the experts: what the hardship programme rests on. */
export async function assess(
  office: Office,
  access: Access,
  id: Id,
  assessment: Assessment,
): Promise<Complication> {
  const at = office.now()
  if (assessment.assessedOn > todayOf(at)) throw Refused.field('/assessedOn', 'invalid-date')
  return await changed(office, access, id, at, 'assessment', (tx) =>
    updateAssessment(tx, access, id, assessment),
  )
}

export async function voidComplication(
  office: Office,
  access: Access,
  id: Id,
  { reason }: { reason: string },
): Promise<Complication> {
  const at = office.now()
  return await changed(office, access, id, at, 'void', async (tx, before) => {
    const { onsetOn: on, divisionCode, type: item } = before
    const counted = { on, divisionCode, facilityId: access.facility as Id, measure: 'complication', item }
    await tally(tx, access.county, [{ ...counted, number: -1 }])
    return await updateVoided(tx, access, id, { reason, at })
  })
}

async function changed(
  office: Office,
  access: Access,
  id: Id,
  at: Date,
  field: string,
  change: (tx: Transaction, before: ReadComplication & { divisionCode: string }) => Promise<boolean>,
): Promise<Complication> {
  return await careTransaction(office, access, async (tx) => {
    const before = await findComplication(tx, access, id)
    if (!before) throw new Refused('not-found')
    if (!(await change(tx, before))) throw new Refused('conflict')
    const [complication] = await Promise.all([
      findComplication(tx, access, id),
      record(
        tx,
        access,
        careDeed(office, before.clientId, 'correct', 'complication', { fields: [field] }),
        at,
      ),
    ])
    return told(office, access, complication)
  })
}
