import type { CarePreview } from '@youyu/shared/contraception/care-preview'
import type { ProcedureType } from '@youyu/shared/contraception/care-value-sets'
import type { NewProcedure } from '@youyu/shared/contraception/procedures'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { sending } from '../../../database/statements.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused, type WrongField } from '../../../refused.ts'
import { careDeed, clientOf, keepClient, type ClientFacts } from '../clients/index.ts'
import { findChoice, sourceOf, type KnownChoice } from '../episodes/index.ts'
import { insertProcedure, isAskedFor } from './queries.ts'
import { isRemoval, removalBy, sexFaults } from './rules.ts'

/** The day given for a removal: within seven of her asking, whatever the diary says (domain §6.3). */
export function dayFor(
  { type, requestedOn, scheduledOn }: Pick<NewProcedure, 'type' | 'requestedOn' | 'scheduledOn'>,
  pointer = '',
): CivilDate | null {
  if (scheduledOn && scheduledOn < requestedOn) throw Refused.field(`${pointer}/scheduledOn`, 'invalid-date')
  if (!isRemoval(type)) return scheduledOn ?? null
  const latest = removalBy(requestedOn)
  if (scheduledOn && scheduledOn > latest)
    throw Refused.field(`${pointer}/scheduledOn`, 'removal-within-a-week')
  return scheduledOn ?? latest
}

/** What she has asked for once is not asked for again: the first request stands, and its seven days run. */
export async function refuseSecondRequest(
  tx: Transaction,
  access: Access,
  { clientId, type }: { clientId: Id; type: ProcedureType },
  pointer = '',
): Promise<void> {
  if (!(await isAskedFor(tx, access, clientId, type))) return
  throw new Refused('already-exists', { errors: [{ pointer: `${pointer}/type`, code: 'already-exists' }] })
}

/** Keeps the request of a known client; nothing is read. */
export function askFor(
  tx: Transaction,
  access: Access,
  client: ClientFacts,
  body: Omit<NewProcedure, 'clientId' | 'choiceId'> & { choice: Pick<KnownChoice, 'id' | 'on'> | null },
  at: Date,
  pointer = '',
): { id: Id; kept: Promise<void> } {
  const faults: WrongField[] = sexFaults(body.type, client, pointer)
  if (body.requestedOn > todayOf(at) || body.requestedOn < client.birthDate)
    faults.push({ pointer: `${pointer}/requestedOn`, code: 'invalid-date' })
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
  const id = newId(at.getTime())
  const kept = insertProcedure(tx, {
    countyCode: access.county,
    id,
    clientId: client.id,
    facilityId: access.facility as Id,
    divisionCode: client.residenceDivision,
    type: body.type,
    status: 'REQUESTED',
    indication: body.indication,
    requestedOn: body.requestedOn,
    scheduledOn: dayFor(body, pointer),
    screenId: body.screenId ?? null,
    choiceId: body.choice?.id ?? null,
    choiceOn: body.choice?.on ?? null,
    findings: [],
    updatedAt: at,
    version: 1,
    recordedAt: at,
    recordedBy: access.actorId,
    source: sourceOf(access),
  })
  return { id, kept: sending(kept) }
}

export async function requestIn(
  tx: Transaction,
  office: Office,
  access: Access,
  { clientId, choiceId, ...body }: NewProcedure,
  at: Date,
): Promise<{ id: Id } & CarePreview> {
  const [client, choice] = await Promise.all([
    clientOf(tx, access, clientId),
    choiceId ? findChoice(tx, access, clientId, choiceId) : null,
    refuseSecondRequest(tx, access, { clientId, type: body.type }),
  ])
  if (choice === undefined) throw Refused.field('/choiceId', 'not-found')
  const { id, kept } = askFor(tx, access, client, { ...body, choice }, at)
  await Promise.all([
    kept,
    keepClient(tx, access, { clientId, on: body.requestedOn, encounters: 0 }),
    record(tx, access, careDeed(office, clientId, 'create', 'procedure', { fields: ['REQUESTED'] }), at),
  ])
  const told = { entity: 'procedure' as const, id, field: 'status', before: null, after: 'REQUESTED' }
  return { id, changes: [told], findings: [] }
}
