import type { BirthRegistration, RegistrationVersion } from '@youyu/shared/population/birth-registrations'
import { prefixOf, type CivilDate, type DivisionCode, type Id } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { keptInArea, peopleOfCounty, personNamed, within } from '../area.ts'
import { sourceOf } from '../persons/queries-changes.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'

type Shown = Pick<
  BirthRegistration,
  | 'id'
  | 'number'
  | 'purpose'
  | 'status'
  | 'lastMenstruationOn'
  | 'expectedOn'
  | 'bornOn'
  | 'birthId'
  | 'childOrder'
  | 'channel'
  | 'authorisation'
  | 'authorisedOn'
  | 'missing'
  | 'servicePackSent'
  | 'version'
>
export type KeptRegistration = Shown & {
  registrantId: Id | null
  registrantName: string | null
  partnerId: Id | null
  partnerName: string | null
  divisionCode: DivisionCode
  divisionName: string | null
  registeredAt: Date | null
  recordedAt: Date
  updatedAt: Date
}

/** The first gate: registrations kept in the area, and of people the reader may see. */
function registrationsOfCounty(bound: Bound, access: Access, alias: string): string {
  const place = within(bound, `${alias}.division_code`, access.prefixes)
  const person = `exists (select from persons s where s.county_code = ${alias}.county_code and s.id = ${alias}.registrant_id and ${peopleOfCounty(bound, access, 's')})`
  return `${alias}.county_code = ${bound.bind(access.county)} and (${place} or ${person})`
}

const columns = `g.id, g.number, g.registrant_id as "registrantId", w.name as "registrantName", g.partner_id as "partnerId", q.name as "partnerName",
  g.purpose, g.status, g.last_menstruation_on as "lastMenstruationOn", g.expected_on as "expectedOn", g.born_on as "bornOn", g.birth_id as "birthId",
  g.child_order as "childOrder", g.channel, g.authorisation, g.authorised_on as "authorisedOn", g.missing, g.service_pack_sent as "servicePackSent",
  g.division_code as "divisionCode", d.name as "divisionName", g.registered_at as "registeredAt", g.recorded_at as "recordedAt", g.updated_at as "updatedAt", g.version`

function around(bound: Bound, access: Access): string {
  return `left join divisions d on d.code = g.division_code and d.valid_to is null
  ${personNamed(bound, access, 'w', 'g.registrant_id')}
  ${personNamed(bound, access, 'q', 'g.partner_id')}`
}

type ListQuestion = {
  division?: DivisionCode | undefined
  status?: string | undefined
  purpose?: string | undefined
  channel?: string | undefined
  personId?: Id | undefined
  number?: string | undefined
  from?: CivilDate | undefined
  to?: CivilDate | undefined
  after: readonly [string, string] | null
  limit: number
}

/** The latest first. */
export async function selectRegistrations(
  tx: Transaction,
  access: Access,
  asked: ListQuestion,
): Promise<KeptRegistration[]> {
  const { division, personId, from, to, after, limit } = asked
  const bound = new Bound()
  const gate = personId || asked.number ? registrationsOfCounty : keptInArea
  const conditions = [gate(bound, access, 'g')]
  if (division) conditions.push(within(bound, 'g.division_code', [prefixOf(division)]))
  for (const field of ['status', 'purpose', 'channel', 'number'] as const)
    if (asked[field]) conditions.push(`g.${field} = ${bound.bind(asked[field])}`)
  if (personId) {
    const person = bound.bind(personId)
    conditions.push(`(g.registrant_id = ${person} or g.partner_id = ${person})`)
  }
  if (from) conditions.push(`g.recorded_at >= ${bound.bind(`${from}T00:00:00+08:00`)}`)
  if (to)
    conditions.push(`g.recorded_at < ${bound.bind(`${to}T00:00:00+08:00`)}::timestamptz + interval '1 day'`)
  if (after)
    conditions.push(
      `(g.recorded_at, g.id) < (${bound.bind(after[0])}::timestamptz, ${bound.bind(after[1])}::uuid)`,
    )
  const inOrder = 'order by g.recorded_at desc, g.id desc'
  const text = `select ${columns} from (select * from birth_registrations g where ${conditions.join(' and ')} ${inOrder} limit ${pageLimit(limit)}) g
  ${around(bound, access)} ${inOrder}`
  return await ask(tx, text, bound.values)
}

export async function findRegistration(
  tx: Transaction,
  access: Access,
  id: string,
): Promise<KeptRegistration | undefined> {
  const bound = new Bound()
  const text = `select ${columns} from birth_registrations g ${around(bound, access)}
  where ${registrationsOfCounty(bound, access, 'g')} and g.id = ${bound.bind(id)}`
  const [registration] = await ask<KeptRegistration>(tx, text, bound.values)
  return registration
}

export async function lockRegistration(tx: Transaction, access: Access, id: string): Promise<void> {
  const text = 'select id from birth_registrations where county_code = $1 and id = $2 for no key update'
  await ask(tx, text, [access.county, id])
}

export type RegistrationRecord = Omit<
  KeptRegistration,
  'registrantName' | 'partnerName' | 'divisionName' | 'recordedAt' | 'updatedAt' | 'version'
>

/** The same registered before by either of the couple: for the same purpose, and days that mean the same child. */
export async function findSame(
  tx: Transaction,
  access: Access,
  registration: RegistrationRecord,
): Promise<string | undefined> {
  const { registrantId, partnerId, purpose, expectedOn, bornOn } = registration
  const couple = [registrantId, partnerId].filter((id) => id !== null)
  const bound = new Bound()
  const text = `select g.id from birth_registrations g where ${registrationsOfCounty(bound, access, 'g')}
    and (g.registrant_id = any(${bound.bind(couple)}::uuid[]) or g.partner_id = any(${bound.bind(couple)}::uuid[]))
    and g.status in ('REGISTERED', 'LINKED_TO_BIRTH') and g.purpose = ${bound.bind(purpose)}
    and case g.purpose when 'PLANNING' then g.status = 'REGISTERED'
      when 'BORN' then g.born_on = ${bound.bind(bornOn)}::date
      else g.expected_on between ${bound.bind(expectedOn)}::date - 120 and ${bound.bind(expectedOn)}::date + 120 end
  order by g.recorded_at desc limit 1`
  const [same] = await ask<{ id: string }>(tx, text, bound.values)
  return same?.id
}

const written = `number, registrant_id, partner_id, purpose, last_menstruation_on, expected_on, born_on, birth_id, child_order, channel,
  authorisation, authorised_on, status, missing, service_pack_sent, division_code, registered_at`

function valuesOf(registration: RegistrationRecord): unknown[] {
  const { number, registrantId, partnerId, purpose, lastMenstruationOn, expectedOn, bornOn } = registration
  const { birthId, childOrder, channel, authorisation, authorisedOn, status, missing } = registration
  const { servicePackSent, divisionCode, registeredAt } = registration
  return [
    ...[number, registrantId, partnerId, purpose, lastMenstruationOn, expectedOn, bornOn],
    ...[birthId, childOrder, channel, authorisation, authorisedOn, status, missing],
    ...[servicePackSent, divisionCode, registeredAt],
  ]
}

export async function insertRegistration(
  tx: Transaction,
  access: Access,
  registration: RegistrationRecord,
  agentId: string | null,
  at: Date,
): Promise<void> {
  const text = `insert into birth_registrations (county_code, id, agent_id, recorded_at, updated_at, recorded_by, source, version, ${written})
  values ($1, $2, $3, $4, $4, $5, $6, 1, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)`
  await ask(tx, text, [
    ...[access.county, registration.id, agentId, at, access.actorId, sourceOf(access)],
    ...valuesOf(registration),
  ])
}

export async function updateRegistration(
  tx: Transaction,
  access: Access,
  registration: RegistrationRecord,
  at: Date,
): Promise<void> {
  const text = `update birth_registrations set (${written}) = ($4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20),
    updated_at = $3, version = version + 1 where county_code = $1 and id = $2`
  await ask(tx, text, [access.county, registration.id, at, ...valuesOf(registration)])
}

export type VersionEvent = z.infer<typeof RegistrationVersion>['event']

export async function insertVersion(
  tx: Transaction,
  access: Access,
  version: { id: string; version: number; event: VersionEvent; changes: unknown; reason: string | null },
  at: Date,
): Promise<void> {
  const text = `insert into birth_registration_versions (county_code, registration_id, version, event, changes, reason, recorded_at, recorded_by)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`
  const { id, version: number, event, changes, reason } = version
  await ask(tx, text, [access.county, id, number, event, JSON.stringify(changes), reason, at, access.actorId])
}

export type KeptVersion = {
  version: number
  event: VersionEvent
  changes: string
  reason: string | null
  recordedAt: Date
}

export async function selectVersions(tx: Transaction, access: Access, id: string): Promise<KeptVersion[]> {
  const text = `select version, event, changes, reason, recorded_at as "recordedAt" from birth_registration_versions
  where county_code = $1 and registration_id = $2 order by version desc limit 500`
  return await ask(tx, text, [access.county, id])
}

type Hospital = { id: Id; name: string; divisionCode: DivisionCode; divisionName: string | null }

/** Organisations of the county licensed for midwifery: those of the own township first. */
export async function selectHospitals(
  tx: Transaction,
  access: Access,
  near: DivisionCode,
): Promise<Hospital[]> {
  const bound = new Bound()
  const text = `select o.id, o.name, o.division_code as "divisionCode", d.name as "divisionName" from organisations o
  left join divisions d on d.code = o.division_code and d.valid_to is null
  where ${within(bound, 'o.division_code', [String(access.county).padStart(6, '0')])} and o.midwifery_licence and o.status = 'active'
  order by left(o.division_code, 9) <> ${bound.bind(near.slice(0, 9))}, o.division_code, o.id limit 5`
  return await ask(tx, text, bound.values)
}
