import type {
  ChecklistItem,
  Encounter,
  EncounterParts,
  EncounterRow,
  listEncounters,
} from '@youyu/shared/contraception/encounters'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import type { Asking } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'
import type { encounters } from './tables.ts'

type Filter = Omit<z.output<(typeof listEncounters)['schema']['querystring']>, 'limit' | 'cursor'>
export type ListedEncounter = Omit<EncounterRow, 'clientName' | 'parts' | 'recordedAt' | 'voidedAt'> &
  EncounterParts & { clientName: string | null; recordedAt: Date; voidedAt: Date | null }
export type ReadEncounter = ListedEncounter &
  Omit<Encounter, keyof EncounterRow | 'expert' | 'nextContact' | 'note' | 'isOurs'> & {
    expertId: Id | null
    expertName: string | null
    expertOrganisation: string | null
    nextContactOn: CivilDate | null
    nextContactMode: 'CLINIC' | 'HOME' | 'PHONE' | 'MESSAGE' | 'ONLINE' | null
    noteCipher: Buffer | null
    divisionCode: string
    clientSex: string | null
  }

/** The first gate: a visit is its facility's own. */
function encountersOfFacility(bound: Bound, { county, facility }: Access): string {
  return `v.county_code = ${bound.bind(county)} and v.facility_id = ${bound.bind(facility)}`
}

const parts = `v.choice_id as "choiceId", v.screen_id as "screenId", v.override_id as "overrideId", v.consent_id as "consentId",
  v.episode_id as "episodeId", v.procedure_id as "procedureId", v.complication_id as "complicationId", v.task_id as "taskId",
  v.dispensing_ids as "dispensingIds", v.check_id as "checkId"`
const listed = `v.id, v.client_id as "clientId", p.name as "clientName", v.occurred_on as "occurredOn", v.place, ${parts},
  v.recorded_at as "recordedAt", u.display_name as "recordedBy", v.voided_at as "voidedAt"`
const read = `${listed}, v.division_code as "divisionCode", p.sex as "clientSex", v.outreach_id as "outreachId", v.session_id as "sessionId",
  v.expert_id as "expertId", l.name as "expertName", o.name as "expertOrganisation", v.checklist,
  v.next_contact_on as "nextContactOn", v.next_contact_mode as "nextContactMode", v.note_cipher as "noteCipher", v.source,
  v.void_reason as "voidReason", v.replaces,
  (select n.id from encounters n where n.county_code = v.county_code and n.replaces = v.id limit 1) as "replacedBy"`
const named = `left join persons p on p.county_code = v.county_code and p.id = v.client_id left join users u on u.id = v.recorded_by`
const withExpert = `left join operator_licences l on l.id = v.expert_id left join organisations o on o.id = l.organisation_id`

export async function insertEncounter(tx: Asking, row: typeof encounters.$inferInsert): Promise<void> {
  await insertRow(tx, 'encounters', row)
}

export async function findEncounter(tx: Asking, access: Access, id: Id): Promise<ReadEncounter | undefined> {
  const bound = new Bound()
  const text = `select ${read} from encounters v ${named} ${withExpert}
    where ${encountersOfFacility(bound, access)} and v.id = ${bound.bind(id)}`
  const [encounter] = await ask<ReadEncounter>(tx, text, bound.values)
  return encounter
}

export async function encountersOfClient(tx: Asking, access: Access, clientId: Id): Promise<ReadEncounter[]> {
  const bound = new Bound()
  const text = `select ${read} from encounters v ${named} ${withExpert}
    where ${encountersOfFacility(bound, access)} and v.client_id = ${bound.bind(clientId)} and v.voided_at is null
    order by v.occurred_on desc, v.id desc limit 200`
  return await ask(tx, text, bound.values)
}

export async function selectEncounters(
  tx: Asking,
  access: Access,
  filter: Filter,
  after: readonly [occurredOn: string, id: string] | null,
  limit: number,
): Promise<ListedEncounter[]> {
  const bound = new Bound()
  const conditions = [encountersOfFacility(bound, access)]
  if (filter.clientId) conditions.push(`v.client_id = ${bound.bind(filter.clientId)}`)
  if (filter.from) conditions.push(`v.occurred_on >= ${bound.bind(filter.from)}`)
  if (filter.to) conditions.push(`v.occurred_on <= ${bound.bind(filter.to)}`)
  if (filter.place) conditions.push(`v.place = ${bound.bind(filter.place)}`)
  if (filter.outreachId) conditions.push(`v.outreach_id = ${bound.bind(filter.outreachId)}`)
  if (filter.sessionId) conditions.push(`v.session_id = ${bound.bind(filter.sessionId)}`)
  conditions.push(filter.voided ? 'v.voided_at is not null' : 'v.voided_at is null')
  if (after)
    conditions.push(`(v.occurred_on, v.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const inOrder = 'order by v.occurred_on desc, v.id desc'
  const text = `select ${listed} from (select * from encounters v where ${conditions.join(' and ')} ${inOrder}
    limit ${pageLimit(limit)}) v ${named} ${inOrder}`
  return await ask(tx, text, bound.values)
}

/** False where it was voided already. */
export async function updateVoided(
  tx: Asking,
  { county, facility, actorId }: Access,
  id: Id,
  { reason, at }: { reason: string; at: Date },
): Promise<boolean> {
  const rows = await ask(
    tx,
    `update encounters set voided_at = $4, voided_by = $5, void_reason = $6
     where county_code = $1 and facility_id = $2 and id = $3 and voided_at is null returning id`,
    [county, facility, id, at, actorId, reason],
  )
  return rows.length > 0
}

/** A visiting expert: licensed on the day, wherever she works (S1-03). */
export async function findExpert(
  tx: Asking,
  id: Id,
  on: CivilDate,
): Promise<NonNullable<Encounter['expert']> | undefined> {
  const [expert] = await ask<NonNullable<Encounter['expert']>>(
    tx,
    `select l.id, l.name, o.name as "organisationName" from operator_licences l join organisations o on o.id = l.organisation_id
     where l.id = $1 and l.status = 'active' and l.valid_from <= $2 and coalesce(l.valid_until, 'infinity') >= $2::date`,
    [id, on],
  )
  return expert
}

export async function selectChecklist(tx: Asking, on: CivilDate): Promise<ChecklistItem[]> {
  return await ask(
    tx,
    `select code, dimension, dimension_zh as "dimensionZh", dimension_en as "dimensionEn", zh, en from encounter_checklist
     where valid_from <= $1 and coalesce(valid_to, 'infinity') > $1::date order by position, code`,
    [on],
  )
}
