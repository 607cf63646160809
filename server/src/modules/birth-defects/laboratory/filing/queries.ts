import type { ErrorCode } from '@youyu/shared/errors'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Asking } from '../../../../database/connect.ts'
import { ask } from '../../../../database/statements.ts'
import type { FiledResults } from '../../filing.ts'
import { ofResults } from '../../queries-filing.ts'

type AnsweredOrder = { id: Id; barcode: string }

/** Orders of my facility that were answered, in the order in which batches lock them. */
export async function answeredOrders(
  tx: Asking,
  { county, facility }: Access,
  results: FiledResults,
  panels: readonly string[],
): Promise<AnsweredOrder[]> {
  const [condition, value] = ofResults(results, '$3')
  const text = `select o.id, o.barcode from lab_orders o
    where o.county_code = $1 and o.facility_id = $2 and o.panel_code = any($4) and o.id in (
      select order_id from lab_results where county_code = $1 and facility_id = $2 and ${condition} and voided_at is null)
    order by o.id`
  return await ask(tx, text, [county, facility, value, panels])
}

/** The record cannot take what this order was answered. */
export async function holdResults(
  tx: Asking,
  { county, facility }: Access,
  orderId: Id,
  code: ErrorCode,
  on: CivilDate,
): Promise<void> {
  const text = `update lab_results set state = 'POSTED', held_code = $4, tried_on = $5
    where county_code = $1 and facility_id = $2 and order_id = $3 and voided_at is null`
  await ask(tx, text, [county, facility, orderId, code, on])
}

/** What was held of an order is in the record now, with what was answered since. */
export async function releaseResults(
  tx: Asking,
  { county, facility }: Access,
  results: FiledResults,
): Promise<void> {
  const [condition, value] = ofResults(results, '$3')
  const text = `update lab_results r set state = 'APPLIED', held_code = null, tried_on = null
    where r.county_code = $1 and r.facility_id = $2 and r.held_code is not null and r.order_id in (
      select order_id from lab_results where county_code = $1 and facility_id = $2 and ${condition})`
  await ask(tx, text, [county, facility, value])
}

type HeldOrder = { facility: Id; order: Id }

/** Of a whole county: what was not tried today. */
export async function selectHeld(tx: Asking, { county }: Access, on: CivilDate): Promise<HeldOrder[]> {
  const text = 'select facility_id as facility, order_id as order from app.held_orders($1, $2)'
  return await ask(tx, text, [county, on])
}

/** Whether something of the order is still held; nobody else tries it meanwhile. */
export async function lockHeld(tx: Asking, { county, facility }: Access, id: Id): Promise<boolean> {
  await ask(
    tx,
    'select id from lab_orders where county_code = $1 and facility_id = $2 and id = $3 for no key update',
    [county, facility, id],
  )
  const text = `select from lab_results where county_code = $1 and facility_id = $2 and order_id = $3 and held_code is not null
    and voided_at is null limit 1`
  return (await ask(tx, text, [county, facility, id])).length > 0
}

export async function mark(tx: Asking): Promise<void> {
  await ask(tx, 'savepoint filing', [])
}

export async function backToMark(tx: Asking): Promise<void> {
  await ask(tx, 'rollback to savepoint filing', [])
}
