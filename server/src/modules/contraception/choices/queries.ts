import type { Choice, ChoiceRow } from '@youyu/shared/contraception/choices'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking, Transaction } from '../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'

/** The first gate: choices made at my facility, and those that she lets it read. */
function choicesOfCounty(bound: Bound, access: Access): string {
  return `c.county_code = ${bound.bind(access.county)}
    and (c.facility_id = ${bound.bind(access.facility)} or app.shares(c.county_code, c.client_id))`
}

export type ListedChoice = Omit<ChoiceRow, 'recordedAt' | 'voidedAt'> & {
  recordedAt: Date
  voidedAt: Date | null
}

export type KeptChoice = ListedChoice &
  Omit<Choice, keyof ChoiceRow | 'note'> & {
    counsellorId: Id
    divisionCode: string
    noteCipher: Buffer | null
    sex: string | null
    birthDate: CivilDate | null
  }

const listed = `c.id, c.client_id as "clientId", p.name as "clientName", c.facility_id as "facilityId", o.name as "facilityName",
  c.occurred_on as "occurredOn", c.channel, c.intention, c.methods_explained as "methodsExplained", c.decision,
  c.chosen_method as "chosenMethod", c.recorded_at as "recordedAt", c.voided_at as "voidedAt", c.version`

const around = `left join persons p on p.county_code = c.county_code and p.id = c.client_id
  left join organisations o on o.id = c.facility_id`

export type ChoiceQuestion = {
  clientId?: Id | undefined
  from?: CivilDate | undefined
  to?: CivilDate | undefined
  decision?: string | undefined
  channel?: string | undefined
  groupId?: Id | undefined
  voided?: boolean | undefined
  after: readonly [string, string] | null
  limit: number
}

/** The newest first; of a client named also what other facilities recorded, where she shares it. */
export async function selectChoices(
  tx: Transaction,
  access: Access,
  question: ChoiceQuestion,
): Promise<ListedChoice[]> {
  const bound = new Bound()
  const conditions = [choicesOfCounty(bound, access)]
  const { clientId, from, to, decision, channel, groupId, after } = question
  conditions.push(
    clientId ? `c.client_id = ${bound.bind(clientId)}` : `c.facility_id = ${bound.bind(access.facility)}`,
  )
  if (!question.voided) conditions.push('c.voided_at is null')
  if (from) conditions.push(`c.occurred_on >= ${bound.bind(from)}`)
  if (to) conditions.push(`c.occurred_on <= ${bound.bind(to)}`)
  if (decision === 'OPEN') conditions.push('c.decision is null')
  else if (decision) conditions.push(`c.decision = ${bound.bind(decision)}`)
  if (channel) conditions.push(`c.channel = ${bound.bind(channel)}`)
  if (groupId) conditions.push(`c.group_id = ${bound.bind(groupId)}`)
  if (after)
    conditions.push(`(c.occurred_on, c.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const inOrder = 'order by c.occurred_on desc, c.id desc'
  const text = `select ${listed} from (select * from informed_choices c where ${conditions.join(' and ')}
    ${inOrder} limit ${pageLimit(question.limit)}) c ${around} ${inOrder}`
  return await ask(tx, text, bound.values)
}

const whole = `${listed}, c.effectiveness_explained as "effectivenessExplained", c.side_effects_explained as "sideEffectsExplained",
  c.follow_up_explained as "followUpExplained", c.sti_protection as "stiProtection", c.choice_by as "choiceBy",
  c.free_of_pressure as "freeOfPressure", c.consent_form as "consentForm", c.consent_reference as "consentReference",
  c.decided_on as "decidedOn", c.screen_id as "screenId", c.group_id as "groupId", c.partner_present as "partnerPresent",
  c.note_cipher as "noteCipher", c.counsellor_id as "counsellorId", u.display_name as counsellor, c.division_code as "divisionCode",
  c.void_reason as "voidReason", c.replaces, p.sex, p.birth_date as "birthDate",
  (select n.id from informed_choices n where n.county_code = c.county_code and n.replaces = c.id limit 1) as "replacedBy"`

/** One choice, voided ones too. */
export async function findChoice(tx: Asking, access: Access, id: Id): Promise<KeptChoice | undefined> {
  const bound = new Bound()
  const text = `select ${whole} from informed_choices c ${around} left join users u on u.id = c.counsellor_id
  where ${choicesOfCounty(bound, access)} and c.id = ${bound.bind(id)}`
  const [choice] = await ask<KeptChoice>(tx, text, bound.values)
  return choice
}

/** The choice for a change: nobody else changes it meanwhile. */
export async function lockChoice(tx: Asking, access: Access, id: Id): Promise<void> {
  const text = `select id from informed_choices where county_code = $1 and id = $2 and facility_id = $3 for no key update`
  await ask(tx, text, [access.county, id, access.facility])
}

export type ChoiceRecord = Pick<
  Choice,
  | 'id'
  | 'clientId'
  | 'occurredOn'
  | 'channel'
  | 'groupId'
  | 'intention'
  | 'methodsExplained'
  | 'effectivenessExplained'
  | 'sideEffectsExplained'
  | 'followUpExplained'
  | 'stiProtection'
  | 'screenId'
  | 'decision'
  | 'decidedOn'
  | 'chosenMethod'
  | 'choiceBy'
  | 'freeOfPressure'
  | 'consentForm'
  | 'consentReference'
  | 'partnerPresent'
  | 'replaces'
> & { divisionCode: string; counsellorId: Id; noteCipher: Buffer | null }

/** All in one statement; a group session is many. */
export async function insertChoices(
  tx: Asking,
  access: Access,
  choices: readonly ChoiceRecord[],
  at: Date,
): Promise<void> {
  const text = `insert into informed_choices (county_code, facility_id, recorded_at, updated_at, recorded_by, source, version,
    id, client_id, division_code, occurred_on, counsellor_id, channel, group_id, intention, methods_explained, effectiveness_explained,
    side_effects_explained, follow_up_explained, sti_protection, screen_id, decision, decided_on, chosen_method, choice_by, free_of_pressure,
    consent_form, consent_reference, partner_present, note_cipher, replaces)
  select $1, $2, $3, $3, $4, $5, 1, n.id, n.client_id, n.division_code, n.occurred_on, n.counsellor_id, n.channel, n.group_id, n.intention,
    n.methods_explained, n.effectiveness_explained, n.side_effects_explained, n.follow_up_explained, n.sti_protection, n.screen_id, n.decision,
    n.decided_on, n.chosen_method, n.choice_by, n.free_of_pressure, n.consent_form, n.consent_reference, n.partner_present,
    decode(n.note, 'base64'), n.replaces
  from jsonb_to_recordset($6::jsonb) as n (id uuid, client_id uuid, division_code text, occurred_on date, counsellor_id uuid, channel text,
    group_id uuid, intention text, methods_explained text[], effectiveness_explained boolean, side_effects_explained boolean,
    follow_up_explained boolean, sti_protection boolean, screen_id uuid, decision text, decided_on date, chosen_method text, choice_by text,
    free_of_pressure boolean, consent_form text, consent_reference text, partner_present boolean, note text, replaces uuid)`
  const rows = choices.map(rowOf)
  await ask(tx, text, [
    ...[access.county, access.facility, at, access.actorId],
    ...[access.actorKind === 'client' ? 'API' : 'MANUAL', JSON.stringify(rows)],
  ])
}

function rowOf({ noteCipher, ...choice }: ChoiceRecord): Record<string, unknown> {
  const columns = Object.entries(choice).map(([name, value]) => [
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value,
  ])
  return {
    ...(Object.fromEntries(columns) as Record<string, unknown>),
    note: noteCipher?.toString('base64') ?? null,
  }
}

export async function updateDecision(
  tx: Asking,
  access: Access,
  id: Id,
  decided: Pick<
    ChoiceRecord,
    | 'decision'
    | 'decidedOn'
    | 'chosenMethod'
    | 'choiceBy'
    | 'freeOfPressure'
    | 'consentForm'
    | 'consentReference'
  >,
  at: Date,
): Promise<void> {
  const text = `update informed_choices set (decision, decided_on, chosen_method, choice_by, free_of_pressure, consent_form, consent_reference) =
    ($4, $5, $6, $7, $8, $9, $10), updated_at = $3, version = version + 1 where county_code = $1 and id = $2`
  const { decision, decidedOn, chosenMethod, choiceBy, freeOfPressure, consentForm, consentReference } =
    decided
  await ask(tx, text, [
    ...[access.county, id, at, decision, decidedOn, chosenMethod, choiceBy, freeOfPressure, consentForm],
    consentReference,
  ])
}

export async function voidChoiceRow(
  tx: Asking,
  access: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<boolean> {
  const text = `update informed_choices set voided_at = $3, voided_by = $4, void_reason = $5, updated_at = $3, version = version + 1
  where county_code = $1 and id = $2 and voided_at is null returning id`
  return (await ask(tx, text, [access.county, id, at, access.actorId, reason])).length > 0
}

/** Whether a procedure or a method rests on the choice. */
export async function isRestedOn(tx: Asking, access: Access, id: Id): Promise<boolean> {
  const text = `select exists (select from procedures where county_code = $1 and choice_id = $2 and voided_at is null)
    or exists (select from method_episodes where county_code = $1 and choice_id = $2 and voided_at is null) as "isRested"`
  const [answer] = await ask<{ isRested: boolean }>(tx, text, [access.county, id])
  return answer!.isRested
}

/** The clients of a group session, in the order of their ids. */
export async function selectGroup(
  tx: Asking,
  access: Access,
  clientIds: readonly Id[],
): Promise<{ id: Id; sex: string; birthDate: CivilDate; residenceDivision: string }[]> {
  const text = `select c.id, c.sex, c.birth_date as "birthDate", c.residence_division as "residenceDivision"
  from unnest($2::uuid[]) as w (id) cross join lateral app.client_of($1, w.id) c`
  return await ask(tx, text, [access.county, clientIds])
}
