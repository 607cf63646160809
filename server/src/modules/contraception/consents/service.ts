import type { Consent, listConsents, NewConsent } from '@youyu/shared/contraception/consents'
import type { CivilDate, Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { sending } from '../../../database/statements.ts'
import { reading } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed, clientOf, consentAgeOn, keepClient, type ClientFacts } from '../clients/index.ts'
import { careTransaction } from '../sealed-answers.ts'
import {
  findConsent,
  insertConsent,
  isRestedOn,
  selectConsents,
  updateVoided,
  updateWithdrawn,
  type ReadConsent,
} from './queries.ts'
import { consentFaults } from './rules.ts'

type Asked = z.output<(typeof listConsents)['schema']['querystring']>

export function shownConsent({ recordedAt, voidedAt, ...consent }: ReadConsent): Consent {
  return {
    ...consent,
    recordedAt: recordedAt.toISOString(),
    voidedAt: voidedAt?.toISOString() ?? null,
  }
}

export async function listAll(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<Consent>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) => selectConsents(tx, access, filter, after, limit + 1))
  const page = pageOf(rows, limit, shownConsent, (row) => [row.givenOn, row.id])
  for (const clientId of new Set(page.items.map((consent) => consent.clientId)))
    office.views.note(access, careDeed(office, clientId, 'view', 'consent'))
  return page
}

export async function readConsent(office: Office, access: Access, id: Id): Promise<Consent> {
  const consent = await reading(office.db, access, (tx) => findConsent(tx, access, id))
  if (!consent) throw new Refused('not-found')
  office.views.note(access, careDeed(office, consent.clientId, 'view', 'consent'))
  return shownConsent(consent)
}

export type GivenConsent = Omit<NewConsent, 'clientId'>

/** Keeps a consent of a client who is known; nothing is read. Its id is there before it is kept. */
export function consentIn(
  tx: Transaction,
  access: Access,
  client: ClientFacts,
  given: GivenConsent,
  at: Date,
  pointer = '',
): { id: Id; kept: Promise<void> } {
  const faults = consentFaults(given, client.birthDate, todayOf(at), pointer)
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
  const id = newId(at.getTime())
  const kept = sending(
    insertConsent(tx, {
      countyCode: access.county,
      id,
      clientId: client.id,
      facilityId: access.facility as Id,
      divisionCode: client.residenceDivision,
      kind: given.kind,
      procedureType: given.kind === 'PROCEDURE' ? (given.procedureType ?? null) : null,
      givenOn: given.givenOn,
      givenBy: given.givenBy,
      guardianName: given.guardianName ?? null,
      evidence: given.evidence,
      formReference: given.formReference ?? null,
      language: given.language,
      isConfidential: consentAgeOn(given.givenOn, client.birthDate) === 'CONFIDENTIAL',
      recordedAt: at,
      recordedBy: access.actorId,
      source: access.actorKind === 'client' ? 'API' : 'MANUAL',
    }),
  )
  return { id, kept }
}

export async function giveConsent(office: Office, access: Access, body: NewConsent): Promise<Consent> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const { clientId, ...given } = body
    const client = await clientOf(tx, access, clientId)
    const { id, kept } = consentIn(tx, access, client, given, at)
    const [consent] = await Promise.all([
      kept.then(() => findConsent(tx, access, id)),
      keepClient(tx, access, { clientId, on: given.givenOn, encounters: 0 }),
      record(tx, access, careDeed(office, clientId, 'create', 'consent', { fields: [given.kind] }), at),
    ])
    return shownConsent(consent as ReadConsent)
  })
}

/** Withdrawn at any time and without a reason; what was done before stands. */
export async function withdraw(
  office: Office,
  access: Access,
  id: Id,
  { withdrawnOn, reason }: { withdrawnOn: CivilDate; reason?: string | undefined },
): Promise<Consent> {
  const at = office.now()
  if (withdrawnOn > todayOf(at)) throw Refused.field('/withdrawnOn', 'invalid-date')
  return await changed(office, access, id, at, 'withdrawal', (tx) =>
    updateWithdrawn(tx, access, id, { withdrawnOn, reason: reason ?? null, at }),
  )
}

export async function voidConsent(
  office: Office,
  access: Access,
  id: Id,
  { reason }: { reason: string },
): Promise<Consent> {
  const at = office.now()
  return await changed(office, access, id, at, 'void', async (tx) => {
    if (await isRestedOn(tx, access, id)) throw new Refused('conflict')
    return await updateVoided(tx, access, id, { reason, at })
  })
}

async function changed(
  office: Office,
  access: Access,
  id: Id,
  at: Date,
  field: string,
  change: (tx: Transaction) => Promise<boolean>,
): Promise<Consent> {
  return await careTransaction(office, access, async (tx) => {
    const before = await findConsent(tx, access, id)
    if (!before) throw new Refused('not-found')
    if (!(await change(tx))) throw new Refused('conflict')
    const [consent] = await Promise.all([
      findConsent(tx, access, id),
      record(tx, access, careDeed(office, before.clientId, 'correct', 'consent', { fields: [field] }), at),
    ])
    return shownConsent(consent as ReadConsent)
  })
}
