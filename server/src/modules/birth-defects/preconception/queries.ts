import type {
  ContactState,
  FollowedUp,
  PreconceptionContact,
  PreconceptionFollowUp,
} from '@youyu/shared/birth-defects/preconception'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking, Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'
import type { FollowUpDays } from './rules.ts'

export type KeptFollowUp = Omit<PreconceptionFollowUp, 'note'> & {
  facilityId: Id
  divisionCode: DivisionCode
  ordinal: number
  checkedOn: CivilDate
  days: FollowUpDays
  noteCipher: Buffer | null
}

const columns = `f.id, f.check_id as "checkId", f.chain_id as "chainId", jsonb_build_object('id', w.id, 'name', w.name, 'birthDate', w.birth_date) as client,
  f.contact, f.ordinal, f.due_from as "dueFrom", f.due_to as "dueTo", f.state, f.contacted_on as "contactedOn", f.is_pregnant as "isPregnant",
  f.last_menstruation_on as "lastMenstruationOn", f.took_folic_acid as "tookFolicAcid", f.outcome, f.outcome_on as "outcomeOn",
  f.note_cipher as "noteCipher", f.facility_id as "facilityId", f.division_code as "divisionCode", f.version,
  c.occurred_on as "checkedOn", s.follow_up as days`
const around = `cross join lateral app.client_of(f.county_code, f.client_id) w
  join couple_checks c on c.county_code = f.county_code and c.id = f.check_id
  left join check_item_sets s on s.owner_county = c.set_owner and s.code = c.kind and s.version = c.set_version`

/** The first gate: contacts that my facility planned. */
function ofFacility(bound: Bound, access: Access): string {
  return `f.county_code = ${bound.bind(access.county)} and f.facility_id = ${bound.bind(access.facility)} and f.voided_at is null`
}

type ContactQuestion = {
  clientId?: Id | undefined
  contact?: PreconceptionContact | undefined
  state?: ContactState | undefined
  /** Windows that have opened by this day. */
  dueBy?: CivilDate | undefined
  after: readonly [string, string] | null
  limit: number
}

export async function selectFollowUps(
  tx: Transaction,
  access: Access,
  { clientId, contact, state, dueBy, after, limit }: ContactQuestion,
): Promise<KeptFollowUp[]> {
  const bound = new Bound()
  const conditions = [ofFacility(bound, access)]
  if (clientId) conditions.push(`f.client_id = ${bound.bind(clientId)}`)
  if (contact) conditions.push(`f.contact = ${bound.bind(contact)}`)
  if (state) conditions.push(`f.state = ${bound.bind(state)}`)
  if (dueBy) conditions.push(`f.state = 'PLANNED' and f.due_from <= ${bound.bind(dueBy)}`)
  if (after)
    conditions.push(`(f.due_from, f.id) > (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const inOrder = 'order by f.due_from, f.id'
  const text = `select ${columns} from (select * from preconception_follow_ups f where ${conditions.join(' and ')}
    ${inOrder} limit ${pageLimit(limit)}) f ${around} ${inOrder}`
  return await ask(tx, text, bound.values)
}

export async function findFollowUp(tx: Asking, access: Access, id: Id): Promise<KeptFollowUp | undefined> {
  const bound = new Bound()
  const text = `select ${columns} from preconception_follow_ups f ${around}
    where ${ofFacility(bound, access)} and f.id = ${bound.bind(id)}`
  const [found] = await ask<KeptFollowUp>(tx, text, bound.values)
  return found
}

export async function lockFollowUp(tx: Asking, { county, facility }: Access, id: Id): Promise<void> {
  const text =
    'select id from preconception_follow_ups where county_code = $1 and id = $2 and facility_id = $3 for no key update'
  await ask(tx, text, [county, id, facility])
}

type PlannedContact = {
  id: Id
  checkId: Id
  chainId: Id | null
  clientId: Id
  divisionCode: DivisionCode
  contact: PreconceptionContact
  ordinal: number
  dueFrom: CivilDate
  dueTo: CivilDate
}

export async function insertContact(
  tx: Asking,
  access: Access,
  contact: PlannedContact,
  at: Date,
): Promise<void> {
  await insertRow(tx, 'preconception_follow_ups', {
    ...{ countyCode: access.county, facilityId: access.facility, ...contact, state: 'PLANNED', version: 1 },
    ...{ recordedAt: at, updatedAt: at, recordedBy: access.actorId, source: 'MANUAL' },
  })
}

export async function updateContact(
  tx: Asking,
  { county }: Access,
  id: Id,
  body: Omit<FollowedUp, 'note'> & { noteCipher: Buffer | null },
  at: Date,
): Promise<void> {
  const text = `update preconception_follow_ups set state = $3, contacted_on = $4, is_pregnant = $5, last_menstruation_on = $6,
      took_folic_acid = $7, outcome = $8, outcome_on = $9, note_cipher = $10, updated_at = $11, version = version + 1
    where county_code = $1 and id = $2`
  const { state, contactedOn, isPregnant, lastMenstruationOn, tookFolicAcid, outcome, outcomeOn } = body
  await ask(tx, text, [
    ...[county, id, state, contactedOn, isPregnant, lastMenstruationOn, tookFolicAcid, outcome],
    ...[outcomeOn, body.noteCipher, at],
  ])
}

/** What was planned goes with its check; what she said stays, voided with the check's reason. */
export async function voidContactsOfCheck(
  tx: Asking,
  access: Access,
  checkId: Id,
  reason: string,
  at: Date,
): Promise<void> {
  const text = `update preconception_follow_ups set voided_at = $3, voided_by = $4, void_reason = $5, updated_at = $3, version = version + 1,
      state = case when state = 'PLANNED' then 'CANCELLED' else state end
    where county_code = $1 and check_id = $2 and voided_at is null`
  await ask(tx, text, [access.county, checkId, at, access.actorId, reason])
}
