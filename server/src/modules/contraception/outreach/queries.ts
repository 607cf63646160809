import type { OutreachCounter, OutreachRow } from '@youyu/shared/contraception/outreach'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'
import { within } from '../../population/index.ts'

export type SessionRecord = Omit<
  OutreachRow,
  'facility' | 'sites' | 'recordedAt' | 'voidedAt' | 'version'
> & { sites: DivisionCode[] }
export type SessionRow = SessionRecord & {
  facility: string
  divisionCode: DivisionCode
  siteNames: Record<string, string>
  recordedAt: Date
  voidedAt: Date | null
  version: number
}

const counters = `o.clients, o.ultrasound, o.gynaecology, o.breast, o.laboratory, o.treated, o.iud_in as "iudIn", o.iud_out as "iudOut", o.supplies, o.leaflets, o.consultations, o.audience`
const columns = `o.id, o.facility_id as "facilityId", g.name as facility, o.division_code as "divisionCode", o.kind, o.occurred_on as "occurredOn", o.days, o.sites,
  (select coalesce(jsonb_object_agg(d.code, d.name), '{}') from divisions d where d.code = any(o.sites) and d.valid_to is null) as "siteNames",
  o.work_units as "workUnits", o.minutes, o.team, o.visiting_experts as "visitingExperts", o.vehicle, o.kit, ${counters}, o.note, o.recorded_at as "recordedAt",
  o.voided_at as "voidedAt", o.version`
const joins = 'join organisations g on g.id = o.facility_id'

/** The first gate: outreach in the area. */
function ofCounty(bound: Bound, access: Access): string {
  return `o.county_code = ${bound.bind(access.county)} and ${within(bound, 'o.division_code', access.prefixes)}`
}

export async function selectOutreach(
  tx: Transaction,
  access: Access,
  filter: {
    facilityId?: Id | undefined
    kind?: string | undefined
    from?: CivilDate | undefined
    to?: CivilDate | undefined
  },
  after: readonly [string, string] | null,
  limit: number,
): Promise<SessionRow[]> {
  const bound = new Bound()
  const conditions = [ofCounty(bound, access), 'o.voided_at is null']
  if (filter.facilityId) conditions.push(`o.facility_id = ${bound.bind(filter.facilityId)}`)
  if (filter.kind) conditions.push(`o.kind = ${bound.bind(filter.kind)}`)
  if (filter.from) conditions.push(`o.occurred_on >= ${bound.bind(filter.from)}::date`)
  if (filter.to) conditions.push(`o.occurred_on <= ${bound.bind(filter.to)}::date`)
  if (after)
    conditions.push(`(o.occurred_on, o.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${columns} from outreach_sessions o ${joins} where ${conditions.join(' and ')} order by o.occurred_on desc, o.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function findOutreach(tx: Transaction, access: Access, id: Id): Promise<SessionRow | undefined> {
  const bound = new Bound()
  const text = `select ${columns} from outreach_sessions o ${joins} where ${ofCounty(bound, access)} and o.id = ${bound.bind(id)}`
  return (await ask<SessionRow>(tx, text, bound.values))[0]
}

export async function lockOutreach(tx: Transaction, access: Access, id: Id): Promise<void> {
  await ask(tx, 'select id from outreach_sessions where county_code = $1 and id = $2 for no key update', [
    access.county,
    id,
  ])
}

const written = `division_code, kind, occurred_on, days, sites, work_units, minutes, team, visiting_experts, vehicle, kit, clients, ultrasound, gynaecology, breast, laboratory,
  treated, iud_in, iud_out, supplies, leaflets, consultations, audience, note`

function valuesOf(row: SessionRecord): unknown[] {
  const { kind, occurredOn, days, sites, workUnits, minutes, team, visitingExperts, vehicle, kit } = row
  const { clients, ultrasound, gynaecology, breast, laboratory, treated, iudIn, iudOut } = row
  const { supplies, leaflets, consultations, audience, note } = row
  return [
    ...[sites[0], kind, occurredOn, days, sites, workUnits, minutes, team, visitingExperts, vehicle, kit],
    ...[clients, ultrasound, gynaecology, breast, laboratory, treated, iudIn, iudOut],
    ...[supplies, leaflets, consultations, audience, note],
  ]
}

const places = (from: number) => Array.from({ length: 24 }, (_, index) => `$${from + index}`).join(', ')

export async function insertOutreach(
  tx: Transaction,
  access: Access,
  row: SessionRecord,
  at: Date,
): Promise<void> {
  const text = `insert into outreach_sessions (county_code, id, facility_id, recorded_at, recorded_by, source, updated_at, version, ${written})
  values ($1, $2, $3, $4, $5, 'MANUAL', $4, 1, ${places(6)})`
  await ask(tx, text, [access.county, row.id, row.facilityId, at, access.actorId, ...valuesOf(row)])
}

export async function updateOutreach(
  tx: Transaction,
  access: Access,
  row: SessionRecord,
  at: Date,
): Promise<void> {
  const text = `update outreach_sessions set (${written}) = (${places(4)}), updated_at = $3, version = version + 1 where county_code = $1 and id = $2`
  await ask(tx, text, [access.county, row.id, at, ...valuesOf(row)])
}

export async function voidOutreach(
  tx: Transaction,
  access: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<void> {
  const text = `update outreach_sessions set voided_at = $3, voided_by = $4, void_reason = $5, updated_at = $3, version = version + 1 where county_code = $1 and id = $2`
  await ask(tx, text, [access.county, id, at, access.actorId, reason])
}

export type Linked = Partial<Record<OutreachCounter, number>> & { isLinked: boolean }
/** Numbers of what is recorded under it, whoever recorded it. */
export async function linkedTo(tx: Transaction, access: Access, id: Id): Promise<Linked> {
  const text = `select clients, ultrasound, gynaecology, breast, laboratory, treated, iud_in as "iudIn", iud_out as "iudOut", supplies, consultations, is_linked as "isLinked"
  from app.reconcile_outreach($1, $2)`
  return (await ask<Linked>(tx, text, [access.county, id]))[0]!
}

export async function placesKnown(tx: Transaction, codes: readonly string[]): Promise<Set<string>> {
  const text = 'select code from divisions where code = any($1) and valid_to is null'
  return new Set((await ask<{ code: string }>(tx, text, [codes])).map(({ code }) => code))
}

export async function facilityDivision(tx: Transaction, id: Id): Promise<DivisionCode | undefined> {
  const text = "select division_code as code from organisations where id = $1 and status = 'active'"
  return (await ask<{ code: string }>(tx, text, [id]))[0]?.code
}
