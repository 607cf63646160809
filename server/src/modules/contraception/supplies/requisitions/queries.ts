import type { RequisitionStatus } from '@youyu/shared/contraception/supplies-requisitions'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../../database/statements.ts'
import { betweenInArea } from '../area.ts'

export type KeptRequisition = {
  id: string
  storeId: string
  storeName: string
  divisionCode: string
  divisionName: string | null
  supplierId: string
  supplierName: string
  supplierDivision: string
  status: RequisitionStatus
  openedOn: string
  items: number
  submittedAt: Date | null
  submittedBy: string | null
  submittedName: string | null
  decidedAt: Date | null
  decidedName: string | null
  note: string | null
  decisionReason: string | null
  closeReason: string | null
  version: number
}

const columns = `r.id, r.store_id as "storeId", s.name as "storeName", r.division_code as "divisionCode", d.name as "divisionName",
  r.supplier_id as "supplierId", p.name as "supplierName", r.supplier_division as "supplierDivision", r.status, r.opened_on as "openedOn",
  (select count(*)::integer from requisition_lines l where l.county_code = r.county_code and l.requisition_id = r.id) as items,
  r.submitted_at as "submittedAt", r.submitted_by as "submittedBy", b.display_name as "submittedName", r.decided_at as "decidedAt",
  c.display_name as "decidedName", r.note, r.decision_reason as "decisionReason", r.close_reason as "closeReason", r.version`
const requisitions = `requisitions r join supply_stores s on s.county_code = r.county_code and s.id = r.store_id
  join supply_stores p on p.county_code = r.county_code and p.id = r.supplier_id
  left join divisions d on d.code = r.division_code and d.valid_to is null
  left join users b on b.id = r.submitted_by left join users c on c.id = r.decided_by`

function ofArea(bound: Bound, access: Access): string {
  return betweenInArea(bound, access, 'r', ['division_code', 'supplier_division'])
}

type ListQuestion = {
  storeId?: string | undefined
  supplierId?: string | undefined
  status?: RequisitionStatus | undefined
  after: readonly [string, string] | null
  limit: number
}

export async function selectRequisitions(
  tx: Transaction,
  access: Access,
  { storeId, supplierId, status, after, limit }: ListQuestion,
): Promise<KeptRequisition[]> {
  const bound = new Bound()
  const conditions = [ofArea(bound, access)]
  if (storeId) conditions.push(`r.store_id = ${bound.bind(storeId)}`)
  if (supplierId) conditions.push(`r.supplier_id = ${bound.bind(supplierId)}`)
  if (status) conditions.push(`r.status = ${bound.bind(status)}`)
  if (after)
    conditions.push(`(r.opened_on, r.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${columns} from ${requisitions} where ${conditions.join(' and ')}
    order by r.opened_on desc, r.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function findRequisition(
  tx: Transaction,
  access: Access,
  id: string,
  lock: '' | 'for no key update of r' = '',
): Promise<KeptRequisition | undefined> {
  const bound = new Bound()
  const text = `select ${columns} from ${requisitions} where ${ofArea(bound, access)} and r.id = ${bound.bind(id)} ${lock}`
  const [requisition] = await ask<KeptRequisition>(tx, text, bound.values)
  return requisition
}

type End = { id: string; divisionCode: string }

export async function insertRequisition(
  tx: Transaction,
  access: Access,
  requisition: { id: string; store: End; supplier: End; openedOn: string; note: string | null },
  at: Date,
): Promise<void> {
  const { id, store, supplier, openedOn, note } = requisition
  await ask(
    tx,
    `insert into requisitions (county_code, id, store_id, division_code, supplier_id, supplier_division, status, opened_on, note,
      recorded_at, updated_at, recorded_by, version) values ($1, $2, $3, $4, $5, $6, 'DRAFT', $7, $8, $9, $9, $10, 1)`,
    [
      ...[access.county, id, store.id, store.divisionCode, supplier.id, supplier.divisionCode],
      ...[openedOn, note, at, access.actorId],
    ],
  )
}

export async function updateNote(
  tx: Transaction,
  access: Access,
  id: string,
  note: string | null,
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update requisitions set note = $3, updated_at = $4, version = version + 1 where county_code = $1 and id = $2`,
    [access.county, id, note, at],
  )
}

const isSigned = (status: RequisitionStatus) => ['SUBMITTED', 'APPROVED', 'REFUSED'].includes(status)

/** When each step was taken, by whom, and why. */
export async function updateStatus(
  tx: Transaction,
  access: Access,
  id: string,
  status: RequisitionStatus,
  at: Date,
  reason: string | null = null,
): Promise<void> {
  const bound = new Bound()
  const [county, own, moment] = [access.county, id, at].map((value) => bound.bind(value))
  const by = isSigned(status) ? bound.bind(access.actorId) : ''
  const why = status === 'SUBMITTED' || status === 'SHIPPED' ? '' : bound.bind(reason)
  const decision = `decided_at = ${moment}, decided_by = ${by}, decision_reason = ${why}`
  const end = `closed_at = ${moment}, close_reason = ${why}`
  const signed: Partial<Record<RequisitionStatus, string>> = {
    SUBMITTED: `submitted_at = ${moment}, submitted_by = ${by}`,
    ...{ APPROVED: decision, REFUSED: decision, CLOSED: end, CANCELLED: end },
    SHIPPED: `shipped_at = ${moment}`,
  }
  const text = `update requisitions set status = ${bound.bind(status)}, ${signed[status]}, updated_at = ${moment}, version = version + 1
    where county_code = ${county} and id = ${own}`
  await ask(tx, text, bound.values)
}
