import type { ProposalLine, Requisition } from '@youyu/shared/contraception/supplies-requisitions'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { ask } from '../../../../database/statements.ts'

export async function selectLines(
  tx: Transaction,
  access: Access,
  requisitionId: string,
): Promise<Requisition['lines']> {
  const text = `select item_code as "itemCode", arithmetic, proposed, asked, approved, shipped, received, lost
    from requisition_lines where county_code = $1 and requisition_id = $2 order by item_code`
  return await ask(tx, text, [access.county, requisitionId])
}

/** The lines of a draft as they stand now. */
export async function replaceLines(
  tx: Transaction,
  access: Access,
  requisitionId: string,
  lines: readonly (ProposalLine & { asked: number })[],
): Promise<void> {
  await ask(tx, 'delete from requisition_lines where county_code = $1 and requisition_id = $2', [
    access.county,
    requisitionId,
  ])
  await ask(
    tx,
    `insert into requisition_lines (county_code, requisition_id, item_code, arithmetic, proposed, asked, shipped, received, lost)
     select $1, $2, e."itemCode", e.arithmetic, e.proposed, e.asked, 0, 0, 0
     from jsonb_to_recordset($3::jsonb) as e ("itemCode" text, arithmetic jsonb, proposed integer, asked integer)`,
    [access.county, requisitionId, JSON.stringify(lines)],
  )
}

/** As asked, unless the decision names another quantity. */
export async function approveLines(
  tx: Transaction,
  access: Access,
  requisitionId: string,
  decided: readonly { itemCode: string; approved: number }[],
): Promise<void> {
  const text = `update requisition_lines l set approved = coalesce(e.approved, l.asked)
    from requisition_lines k left join jsonb_to_recordset($3::jsonb) as e ("itemCode" text, approved integer) on e."itemCode" = k.item_code
    where l.county_code = $1 and l.requisition_id = $2 and k.county_code = $1 and k.requisition_id = $2 and k.item_code = l.item_code`
  await ask(tx, text, [access.county, requisitionId, JSON.stringify(decided)])
}

export async function addShipped(
  tx: Transaction,
  access: Access,
  requisitionId: string,
  lots: readonly { itemCode: string; quantity: number }[],
): Promise<void> {
  const text = `update requisition_lines l set shipped = l.shipped + e.quantity
    from (select "itemCode", sum(quantity)::integer as quantity from jsonb_to_recordset($3::jsonb) as x ("itemCode" text, quantity integer) group by 1) e
    where l.county_code = $1 and l.requisition_id = $2 and l.item_code = e."itemCode"`
  await ask(tx, text, [access.county, requisitionId, JSON.stringify(lots)])
}

/** What arrived of a shipment, on the lines of the requisition that it answers; received when nothing of it is on its way. */
export async function addArrived(
  tx: Transaction,
  access: Access,
  requisitionId: string | null,
  arrived: readonly { itemCode: string; received: number; lost: number }[],
  at: Date,
): Promise<void> {
  if (requisitionId === null) return
  const lines = `update requisition_lines l set received = l.received + e.received, lost = l.lost + e.lost
    from (select "itemCode", sum(received)::integer as received, sum(lost)::integer as lost
      from jsonb_to_recordset($3::jsonb) as x ("itemCode" text, received integer, lost integer) group by 1) e
    where l.county_code = $1 and l.requisition_id = $2 and l.item_code = e."itemCode"`
  const status = `update requisitions r set version = r.version + 1, updated_at = $3, received_at = $3,
      status = case when r.status = 'SHIPPED' and not exists (select from requisition_lines l where l.county_code = $1 and l.requisition_id = $2
        and l.received + l.lost < l.shipped) then 'RECEIVED' else r.status end
    where r.county_code = $1 and r.id = $2`
  await Promise.all([
    ask(tx, lines, [access.county, requisitionId, JSON.stringify(arrived)]),
    ask(tx, status, [access.county, requisitionId, at]),
  ])
}
