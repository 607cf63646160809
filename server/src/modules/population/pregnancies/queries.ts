import type { DivisionCode, CivilDate, Id } from '@youyu/shared/values'
import { prefixOf } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { keptInArea, peopleOfCounty, personNamed, within } from '../area.ts'
import { sourceOf } from '../persons/queries-changes.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'
import { mayReadSensitive, type KeptPregnancy, type ListedPregnancy } from './pregnancy-row.ts'
import { openStatuses } from './rules.ts'

/**
 * The first gate: pregnancies kept in the area, and of women the reader may see. How a pregnancy ended otherwise than
 * in a birth is L4, and so is that it did.
 */
function pregnanciesOfCounty(bound: Bound, access: Access, alias: string): string {
  const place = within(bound, `${alias}.division_code`, access.prefixes)
  const woman = `exists (select from persons s where s.county_code = ${alias}.county_code and s.id = ${alias}.woman_id and ${peopleOfCounty(bound, access, 's')})`
  return `${alias}.county_code = ${bound.bind(access.county)} and (${place} or ${woman})${told(access, alias)}`
}

function told(access: Access, alias: string): string {
  return mayReadSensitive(access) ? '' : ` and ${alias}.status <> 'ENDED_LOSS'`
}

/** The same for long lists: those kept in the area. */
export function pregnanciesInArea(bound: Bound, access: Access, alias: string): string {
  return keptInArea(bound, access, alias) + told(access, alias)
}

export const listedColumns = `g.id, g.woman_id as "womanId", w.name as "womanName", g.status, g.risk_colour as "riskColour",
  g.expected_on as "expectedOn", g.registered_on as "registeredOn", g.division_code as "divisionCode", d.name as "divisionName", g.version`

/** The woman (`w`), as far as the reader may see her, and the place (`d`). */
export function around(bound: Bound, access: Access): string {
  return `left join divisions d on d.code = g.division_code and d.valid_to is null
  ${personNamed(bound, access, 'w', 'g.woman_id')}`
}

type ListQuestion = {
  division?: DivisionCode | undefined
  status?: string | undefined
  riskColour?: string | undefined
  womanId?: Id | undefined
  from?: CivilDate | undefined
  to?: CivilDate | undefined
  after: readonly [string, string] | null
  limit: number
}

/** The latest expected day first. */
export async function selectPregnancies(
  tx: Transaction,
  access: Access,
  { division, status, riskColour, womanId, from, to, after, limit }: ListQuestion,
): Promise<ListedPregnancy[]> {
  const bound = new Bound()
  const gate = womanId ? pregnanciesOfCounty : pregnanciesInArea
  const conditions = [gate(bound, access, 'g'), 'g.voided_at is null']
  if (division) conditions.push(within(bound, 'g.division_code', [prefixOf(division)]))
  if (status) conditions.push(`g.status = ${bound.bind(status)}`)
  if (riskColour) conditions.push(`g.risk_colour = ${bound.bind(riskColour)}`)
  if (womanId) conditions.push(`g.woman_id = ${bound.bind(womanId)}`)
  if (from) conditions.push(`g.expected_on >= ${bound.bind(from)}`)
  if (to) conditions.push(`g.expected_on <= ${bound.bind(to)}`)
  if (after)
    conditions.push(`(g.expected_on, g.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const inOrder = 'order by g.expected_on desc, g.id desc'
  const text = `select ${listedColumns} from (select * from pregnancies g where ${conditions.join(' and ')} ${inOrder} limit ${pageLimit(limit)}) g
  ${around(bound, access)} ${inOrder}`
  return await ask(tx, text, bound.values)
}

/** One pregnancy, voided ones too. */
export async function findPregnancy(
  tx: Transaction,
  access: Access,
  id: string,
): Promise<KeptPregnancy | undefined> {
  const bound = new Bound()
  const text = `select ${listedColumns}, w.birth_date as "womanBirthDate", g.gravida, g.parity_before as "parityBefore",
    g.last_menstruation_on as "lastMenstruationOn", g.expected_basis as "expectedBasis", g.channel, g.conception, g.plurality,
    g.ended_on as "endedOn", g.contact_consent as "contactConsent", g.registered_organisation_id as "organisationId", o.name as "organisationName",
    g.sensitive_cipher as "sensitiveCipher", g.recorded_at as "recordedAt", g.updated_at as "updatedAt", g.voided_at as "voidedAt", g.void_reason as "voidReason",
    coalesce((select json_agg(json_build_object('id', b.id, 'occurredOn', b.occurred_on::text, 'outcome', b.outcome) order by b.occurred_on, b.sequence)
      from births b where b.county_code = g.county_code and b.mother_id = g.woman_id and b.pregnancy_id = g.id and b.voided_at is null), '[]') as births
  from pregnancies g ${around(bound, access)} left join organisations o on o.id = g.registered_organisation_id
  where ${pregnanciesOfCounty(bound, access, 'g')} and g.id = ${bound.bind(id)}`
  const [pregnancy] = await ask<KeptPregnancy>(tx, text, bound.values)
  return pregnancy
}

/** The pregnancy for a change: nobody else changes it meanwhile. Voided ones cannot be changed. */
export async function lockPregnancy(tx: Transaction, access: Access, id: string): Promise<void> {
  const text =
    'select id from pregnancies where county_code = $1 and id = $2 and voided_at is null for no key update'
  await ask(tx, text, [access.county, id])
}

/** An open pregnancy of the woman expected within a pregnancy's length of the day. */
export async function findOpenPregnancy(
  tx: Transaction,
  access: Access,
  womanId: string,
  expectedOn: CivilDate,
): Promise<string | undefined> {
  const text = `select id from pregnancies where county_code = $1 and woman_id = $2 and voided_at is null and status = any($3::text[])
    and expected_on between $4::date - 280 and $4::date + 280 limit 1`
  const [found] = await ask<{ id: string }>(tx, text, [access.county, womanId, openStatuses, expectedOn])
  return found?.id
}

export async function isOrganisation(tx: Transaction, id: string): Promise<boolean> {
  return (await ask(tx, 'select id from organisations where id = $1', [id])).length > 0
}

export type PregnancyRecord = Pick<
  KeptPregnancy,
  | 'id'
  | 'womanId'
  | 'gravida'
  | 'parityBefore'
  | 'lastMenstruationOn'
  | 'expectedOn'
  | 'expectedBasis'
  | 'registeredOn'
  | 'organisationId'
  | 'channel'
  | 'conception'
  | 'plurality'
  | 'riskColour'
  | 'sensitiveCipher'
  | 'status'
  | 'endedOn'
  | 'contactConsent'
  | 'divisionCode'
>

const written = `gravida, parity_before, last_menstruation_on, expected_on, expected_basis, registered_on, registered_organisation_id, channel,
  conception, plurality, risk_colour, sensitive_cipher, status, ended_on, contact_consent, division_code`

function valuesOf(pregnancy: PregnancyRecord): unknown[] {
  return [
    pregnancy.gravida,
    pregnancy.parityBefore,
    pregnancy.lastMenstruationOn,
    pregnancy.expectedOn,
    pregnancy.expectedBasis,
    pregnancy.registeredOn,
    pregnancy.organisationId,
    pregnancy.channel,
    pregnancy.conception,
    pregnancy.plurality,
    pregnancy.riskColour,
    pregnancy.sensitiveCipher,
    pregnancy.status,
    pregnancy.endedOn,
    pregnancy.contactConsent,
    pregnancy.divisionCode,
  ]
}

export async function insertPregnancy(
  tx: Transaction,
  access: Access,
  pregnancy: PregnancyRecord,
  at: Date,
): Promise<void> {
  const text = `insert into pregnancies (county_code, id, woman_id, recorded_at, updated_at, recorded_by, source, version, ${written})
  values ($1, $2, $3, $4, $4, $5, $6, 1, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`
  const { id, womanId } = pregnancy
  await ask(tx, text, [
    ...[access.county, id, womanId, at, access.actorId, sourceOf(access)],
    ...valuesOf(pregnancy),
  ])
}

export async function updatePregnancy(
  tx: Transaction,
  access: Access,
  pregnancy: PregnancyRecord,
  at: Date,
): Promise<void> {
  const text = `update pregnancies set (${written}) = ($4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19),
    status_before_birth = case when status = $16 then status_before_birth end,
    ended_on_before_birth = case when status = $16 then ended_on_before_birth end,
    updated_at = $3, version = version + 1 where county_code = $1 and id = $2`
  await ask(tx, text, [access.county, pregnancy.id, at, ...valuesOf(pregnancy)])
}

/** Gestation at the visits is derived: it follows when the expected day is set right. */
export async function restateVisits(
  tx: Transaction,
  access: Access,
  id: string,
  expectedOn: CivilDate,
): Promise<void> {
  const text = `update antenatal_visits set gestation_days = 280 - ($3::date - occurred_on)
  where county_code = $1 and pregnancy_id = $2 and voided_at is null and gestation_days <> 280 - ($3::date - occurred_on)`
  await ask(tx, text, [access.county, id, expectedOn])
}

export async function voidPregnancyRow(
  tx: Transaction,
  access: Access,
  id: string,
  reason: string,
  at: Date,
): Promise<void> {
  const text = `update pregnancies set voided_at = $3, voided_by = $4, void_reason = $5, updated_at = $3, version = version + 1
  where county_code = $1 and id = $2`
  await ask(tx, text, [access.county, id, at, access.actorId, reason])
}
