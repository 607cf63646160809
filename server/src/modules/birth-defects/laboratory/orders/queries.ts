import type { LabOrderState, LabPanelCode } from '@youyu/shared/birth-defects/lab-codes'
import type { LabResult } from '@youyu/shared/birth-defects/laboratory'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Asking } from '../../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../../database/statements.ts'

export type OrderRow = {
  id: Id
  clientId: Id
  chainId: Id | null
  facilityId: Id
  labId: Id
  lab: string
  orderedBy: string
  divisionCode: DivisionCode
  panelCode: LabPanelCode
  barcode: string
  orderedOn: CivilDate
  collectedOn: CivilDate | null
  state: LabOrderState
  receivedOn: CivilDate | null
  rejectReason: string | null
  resultedOn: CivilDate | null
  isHeld: boolean
  noteCipher: Buffer | null
  version: number
  name: string | null
  sex: string | null
  birthDate: CivilDate | null
}

const columns = `o.id, o.client_id as "clientId", o.chain_id as "chainId", o.facility_id as "facilityId", o.lab_id as "labId", l.name as lab, f.name as "orderedBy",
  o.division_code as "divisionCode", o.panel_code as "panelCode", o.barcode, o.ordered_on as "orderedOn", o.collected_on as "collectedOn", o.state,
  o.received_on as "receivedOn", o.reject_reason as "rejectReason", o.resulted_on as "resultedOn",
  exists (select from lab_results h where h.county_code = o.county_code and h.order_id = o.id and h.held_code is not null and h.voided_at is null) as "isHeld",
  o.note_cipher as "noteCipher", o.version,
  c.name, c.sex, c.birth_date as "birthDate"`
const from = `lab_orders o join organisations l on l.id = o.lab_id join organisations f on f.id = o.facility_id
  left join lateral app.client_of(o.county_code, o.client_id) c on true`

/** The first gate: orders of the facility that asked, or to the laboratory that measures. */
function ofFacility(bound: Bound, access: Access, side: 'facility_id' | 'lab_id'): string {
  return `o.county_code = ${bound.bind(access.county)} and o.${side} = ${bound.bind(access.facility)} and o.voided_at is null`
}

type Filter = {
  clientId?: Id | undefined
  state?: LabOrderState | undefined
  panelCode?: LabPanelCode | undefined
  on?: CivilDate | undefined
  held?: 'true' | undefined
}

export async function selectOrders(
  tx: Asking,
  access: Access,
  side: 'facility_id' | 'lab_id',
  filter: Filter,
  after: readonly [string, string] | null,
  limit: number,
): Promise<OrderRow[]> {
  const bound = new Bound()
  const conditions = [ofFacility(bound, access, side)]
  if (filter.clientId) conditions.push(`o.client_id = ${bound.bind(filter.clientId)}`)
  if (filter.state) conditions.push(`o.state = ${bound.bind(filter.state)}`)
  if (filter.panelCode) conditions.push(`o.panel_code = ${bound.bind(filter.panelCode)}`)
  if (filter.held)
    conditions.push(`exists (select from lab_results h where h.county_code = o.county_code and h.order_id = o.id
      and h.held_code is not null and h.voided_at is null)`)
  if (filter.on) {
    const day = bound.bind(filter.on)
    conditions.push(`(o.received_on = ${day}::date or o.resulted_on = ${day}::date)`)
  }
  if (after)
    conditions.push(`(o.ordered_on, o.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${columns} from ${from} where ${conditions.join(' and ')} order by o.ordered_on desc, o.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

/** By id as far as row-level security shows it: who asked, who measures, who joins the chain. */
export async function findOrder(tx: Asking, access: Access, id: Id): Promise<OrderRow | undefined> {
  const text = `select ${columns} from ${from} where o.county_code = $1 and o.id = $2 and o.voided_at is null`
  return (await ask<OrderRow>(tx, text, [access.county, id]))[0]
}

/** Newest first. */
export async function ordersNamed(tx: Asking, access: Access, ids: readonly Id[]): Promise<OrderRow[]> {
  const text = `select ${columns} from ${from} where o.county_code = $1 and o.id = any($2::uuid[]) and o.voided_at is null order by o.id desc`
  return await ask(tx, text, [access.county, ids])
}

export async function findWork(tx: Asking, access: Access, barcode: string): Promise<OrderRow | undefined> {
  const bound = new Bound()
  const text = `select ${columns} from ${from} where ${ofFacility(bound, access, 'lab_id')} and o.barcode = ${bound.bind(barcode)}`
  return (await ask<OrderRow>(tx, text, bound.values))[0]
}

export async function lockOrder(
  tx: Asking,
  access: Access,
  by: { id: Id } | { barcode: string },
): Promise<void> {
  const [column, value] = 'id' in by ? ['id', by.id] : ['barcode', by.barcode]
  const text = `select id from lab_orders where county_code = $1 and ${column} = $2 for no key update`
  await ask(tx, text, [access.county, value])
}

export async function insertOrder(
  tx: Asking,
  access: Access,
  row: Pick<
    OrderRow,
    | 'id'
    | 'clientId'
    | 'chainId'
    | 'labId'
    | 'divisionCode'
    | 'panelCode'
    | 'barcode'
    | 'orderedOn'
    | 'collectedOn'
    | 'noteCipher'
  >,
  at: Date,
): Promise<void> {
  await insertRow(tx, 'lab_orders', {
    ...row,
    countyCode: access.county,
    facilityId: access.facility,
    state: 'ORDERED',
    recordedAt: at,
    recordedBy: access.actorId,
    source: 'MANUAL',
    updatedAt: at,
    version: 1,
  })
}

export async function updateOrder(
  tx: Asking,
  access: Access,
  { id, collectedOn, state, receivedOn, rejectReason }: OrderRow,
  at: Date,
): Promise<void> {
  const text = `update lab_orders set collected_on = $3, state = $4, received_on = $5, reject_reason = $6, updated_at = $7, version = version + 1
  where county_code = $1 and id = $2`
  await ask(tx, text, [access.county, id, collectedOn, state, receivedOn, rejectReason, at])
}

export type ResultRow = Omit<LabResult, 'number' | 'unit' | 'note' | 'recordedAt' | 'voidedAt'> & {
  valueCipher: Buffer | null
  recordedAt: Date
  voidedAt: Date | null
}

/** Voided ones too, in the order of the panel. */
export async function selectResults(
  tx: Asking,
  access: Access,
  orderIds: readonly Id[],
): Promise<(ResultRow & { orderId: Id })[]> {
  const text = `select r.order_id as "orderId", r.id, r.analyte_code as analyte, r.flag, r.is_derived as "isDerived", r.value_cipher as "valueCipher", r.measured_on as "measuredOn",
    r.revision, r.held_code as "heldFor", r.recorded_at as "recordedAt", r.voided_at as "voidedAt", r.void_reason as "voidReason"
  from lab_results r join lab_analytes a on a.panel_code = r.panel_code and a.code = r.analyte_code
  where r.county_code = $1 and r.order_id = any($2::uuid[]) order by a.ordinal, r.revision`
  return await ask(tx, text, [access.county, orderIds])
}

/** Active facilities of the county, or above it, that measure. */
export async function selectLaboratories(
  tx: Asking,
  { county, facility }: Access,
): Promise<{ id: Id; name: string; isOurs: boolean }[]> {
  const text = `select o.id, o.name, o.id = $2 as "isOurs" from organisations o
  where o.status = 'active' and o.type in ('ORG-S', 'ORG-H', 'ORG-TS', 'ORG-N')
    and (left(o.division_code, 6) = $1 or o.division_code in (left($1, 4) || '00000000', left($1, 2) || '0000000000'))
  order by o.id <> $2, o.name limit 500`
  return await ask(tx, text, [String(county).padStart(6, '0'), facility])
}

export async function isPanel(tx: Asking, code: string): Promise<boolean> {
  return (await ask(tx, 'select from lab_panels where code = $1 and valid_to is null', [code])).length > 0
}
