import { randomBytes } from 'node:crypto'
import type {
  BirthRegistration,
  BirthRegistrationRow,
  listBirthRegistrations,
  NewBirthRegistration,
  RegistrationVersion,
} from '@youyu/shared/population/birth-registrations'
import type { Page } from '@youyu/shared/values'
import type { z } from 'zod'
import { covers, type Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { findPlaces } from '../overview/queries.ts'
import { lockPersons } from '../persons/queries-changes.ts'
import type { PersonState } from '../persons/state.ts'
import {
  findRegistration,
  findSame,
  insertRegistration,
  insertVersion,
  selectRegistrations,
  selectVersions,
  type RegistrationRecord,
} from './queries.ts'
import { findAnnounced, linkToBirth } from './queries-births.ts'
import { shownRegistration, shownRow } from './registration-row.ts'
import { declaredFaults, expectedDay, gapsOf, registrationNumber } from './rules.ts'

type Asked = z.output<(typeof listBirthRegistrations)['schema']['querystring']>

export async function listAll(
  { db }: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<BirthRegistrationRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) =>
    selectRegistrations(tx, access, { ...filter, after, limit: limit + 1 }),
  )
  return pageOf(
    rows,
    limit,
    (row) => shownRow(row, access),
    (row) => [row.recordedAt.toISOString(), row.id],
  )
}

export async function readRegistration(
  { db, views }: Office,
  access: Access,
  id: string,
): Promise<BirthRegistration> {
  const registration = await reading(db, access, (tx) => shown(tx, access, id))
  const division = registration.division.code
  views.note(access, { action: 'view', entity: 'birth-registration', entityId: id, division })
  return registration
}

export async function shown(tx: Transaction, access: Access, id: string): Promise<BirthRegistration> {
  const row = await findRegistration(tx, access, id)
  if (!row) throw new Refused('not-found')
  return await shownRegistration(tx, access, row)
}

export async function listVersions(
  { db }: Office,
  access: Access,
  id: string,
): Promise<{ items: z.infer<typeof RegistrationVersion>[] }> {
  const versions = await reading(db, access, async (tx) => {
    const [row, kept] = await Promise.all([findRegistration(tx, access, id), selectVersions(tx, access, id)])
    if (!row) throw new Refused('not-found')
    return kept
  })
  return {
    items: versions.map(({ changes, recordedAt, ...rest }) => ({
      ...rest,
      fields: Object.keys(JSON.parse(changes) as object),
      recordedAt: recordedAt.toISOString(),
    })),
  }
}

/**
 * Registers in the same request. What was registered before is answered again; what is incomplete is kept and told
 * with everything that is missing; nothing is refused that could be true.
 */
export async function file(
  office: Office,
  access: Access,
  body: NewBirthRegistration,
): Promise<{ registration: BirthRegistration; isExisting: boolean }> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const people = await peopleOf(tx, access, body)
    const registration = await declaredBy(tx, access, newRecord(body, at), body, people, at)
    const same = registration.status === 'REGISTERED' && (await findSame(tx, access, registration))
    if (same) return { registration: await shown(tx, access, same), isExisting: true }
    const { id, divisionCode: division, channel } = registration
    const agentId = channel === 'VILLAGE_AGENT' ? access.actorId : null
    const version = { id, version: 1, event: 'SUBMIT' as const, changes: body, reason: null }
    await insertRegistration(tx, access, registration, agentId, at)
    await Promise.all([
      insertVersion(tx, access, version, at),
      record(tx, access, { action: 'create', entity: 'birth-registration', entityId: id, division }, at),
    ])
    await linkAnnounced(tx, access, registration, at)
    return { registration: await shown(tx, access, id), isExisting: false }
  })
}

function newRecord(body: NewBirthRegistration, at: Date): RegistrationRecord {
  return {
    id: newId(at.getTime()),
    number: null,
    registrantId: null,
    partnerId: null,
    purpose: body.purpose,
    lastMenstruationOn: null,
    expectedOn: null,
    bornOn: null,
    birthId: null,
    childOrder: null,
    channel: body.channel,
    authorisation: null,
    authorisedOn: null,
    status: 'SUBMITTED',
    missing: [],
    servicePackSent: false,
    divisionCode: '',
    registeredAt: null,
  }
}

type Named = { registrantId?: string | null | undefined; partnerId?: string | null | undefined }
type Said = { [Field in keyof NewBirthRegistration]?: NewBirthRegistration[Field] | undefined }

/** The people named, as far as the filer may see them: who files for one of them in the same moment waits. */
export async function peopleOf(
  tx: Transaction,
  access: Access,
  { registrantId, partnerId }: Named,
): Promise<Map<string, PersonState>> {
  const people = await lockPersons(
    tx,
    access,
    [registrantId, partnerId].filter((id) => typeof id === 'string'),
  )
  if (registrantId && !people.has(registrantId)) throw Refused.field('/registrantId', 'not-found')
  if (partnerId && !people.has(partnerId)) throw Refused.field('/partnerId', 'not-found')
  return people
}

const known = ['ACTIVE', 'SUSPECT_DUP', 'MOVED_OUT']

/** What a declaration makes of a registration: registered with its number, or returned with all that is missing. */
export async function declaredBy(
  tx: Transaction,
  access: Access,
  before: RegistrationRecord,
  body: Said,
  people: Map<string, PersonState>,
  at: Date,
): Promise<RegistrationRecord> {
  const declared = { ...before, ...body } as RegistrationRecord
  const registrant = people.get(declared.registrantId ?? '')
  if (registrant && !known.includes(registrant.status)) declared.registrantId = null
  const faults = declaredFaults(declared, todayOf(at))
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
  declared.divisionCode = await placeOf(tx, access, before, body.divisionCode, registrant)
  const missing = gapsOf(declared)
  const isRegistered = missing.length === 0
  return {
    ...declared,
    expectedOn: expectedDay(declared),
    missing,
    status: isRegistered ? 'REGISTERED' : 'RETURNED_FOR_COMPLETION',
    number:
      before.number ??
      (isRegistered ? registrationNumber(access.county, todayOf(at).slice(0, 4), randomBytes(10)) : null),
    registeredAt: before.registeredAt ?? (isRegistered ? at : null),
  }
}

/** Where the family wishes to be served, or where the registrant lives. */
async function placeOf(
  tx: Transaction,
  access: Access,
  before: RegistrationRecord,
  wished: string | undefined,
  registrant: PersonState | undefined,
): Promise<string> {
  if (wished !== undefined) {
    if (!covers(access.prefixes, wished)) throw Refused.field('/divisionCode', 'out-of-area')
    if (!(await findPlaces(tx, [wished])).has(wished))
      throw Refused.field('/divisionCode', 'unknown-division')
    return wished
  }
  if (before.divisionCode) return before.divisionCode
  if (!registrant) throw Refused.field('/divisionCode', 'required')
  const livesHere = registrant.residenceDivision.startsWith(String(access.county))
  return livesHere ? registrant.residenceDivision : registrant.hukouDivision
}

/** A child already born may be in the register already. */
export async function linkAnnounced(
  tx: Transaction,
  access: Access,
  { status, purpose, bornOn, registrantId, partnerId }: RegistrationRecord,
  at: Date,
): Promise<void> {
  if (status !== 'REGISTERED' || purpose !== 'BORN' || !bornOn) return
  const parents = [registrantId, partnerId].filter((id) => id !== null)
  const birth = await findAnnounced(tx, access, parents, bornOn)
  if (birth) await linkToBirth(tx, access, birth, at)
}
