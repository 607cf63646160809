import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../../database/statements.ts'
import { keptInArea } from '../area.ts'
import type { Taken } from './queries-dispensing.ts'

export type KeptDispensing = {
  id: string
  storeId: string
  storeName: string
  divisionCode: string
  divisionName: string | null
  itemCode: string
  method: string
  quantity: number
  returned: number
  occurredOn: string
  clientToken: string | null
  isFirstUse: boolean
  byClinician: boolean
  isBeyondAllowance: boolean
  lots: Taken['lots']
  recordedAt: Date
  recordedBy: string | null
  voidedAt: Date | null
  voidReason: string | null
}

const columns = `d.id, d.store_id as "storeId", s.name as "storeName", d.division_code as "divisionCode", v.name as "divisionName",
  d.item_code as "itemCode", d.method, d.quantity, d.returned, d.occurred_on as "occurredOn", d.client_token as "clientToken",
  d.is_first_use as "isFirstUse", d.by_clinician as "byClinician", d.is_beyond_allowance as "isBeyondAllowance",
  coalesce((select json_agg(json_build_object('id', l.id, 'lotNumber', l.lot_number, 'expiresOn', l.expires_on, 'quantity', m.quantity)
      order by l.expires_on, l.id)
    from supply_movements m join supply_lots l on l.county_code = m.county_code and l.id = m.lot_id
    where m.county_code = d.county_code and m.dispensing_id = d.id and m.kind = 'DISPENSE' and m.reverses is null), '[]') as lots,
  d.recorded_at as "recordedAt", u.display_name as "recordedBy", d.voided_at as "voidedAt", d.void_reason as "voidReason"`
const dispensings = `dispensings d join supply_stores s on s.county_code = d.county_code and s.id = d.store_id
  left join divisions v on v.code = d.division_code and v.valid_to is null
  left join users u on u.id = d.recorded_by`

type ListQuestion = {
  storeId?: string | undefined
  itemCode?: string | undefined
  clientToken?: string | undefined
  from?: string | undefined
  to?: string | undefined
  after: readonly [string, string] | null
  limit: number
}

export async function selectDispensings(
  tx: Transaction,
  access: Access,
  { storeId, itemCode, clientToken, from, to, after, limit }: ListQuestion,
): Promise<KeptDispensing[]> {
  const bound = new Bound()
  const conditions = [keptInArea(bound, access, 'd')]
  if (storeId) conditions.push(`d.store_id = ${bound.bind(storeId)}`)
  if (itemCode) conditions.push(`d.item_code = ${bound.bind(itemCode)}`)
  if (clientToken) conditions.push(`d.client_token = ${bound.bind(clientToken)}`)
  if (from) conditions.push(`d.occurred_on >= ${bound.bind(from)}`)
  if (to) conditions.push(`d.occurred_on <= ${bound.bind(to)}`)
  if (after)
    conditions.push(`(d.occurred_on, d.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${columns} from ${dispensings} where ${conditions.join(' and ')}
    order by d.occurred_on desc, d.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function findDispensing(
  tx: Transaction,
  access: Access,
  id: string,
  lock: '' | 'for no key update of d' = '',
): Promise<KeptDispensing | undefined> {
  const bound = new Bound()
  const text = `select ${columns} from ${dispensings} where ${keptInArea(bound, access, 'd')} and d.id = ${bound.bind(id)} ${lock}`
  const [dispensing] = await ask<KeptDispensing>(tx, text, bound.values)
  return dispensing
}

/** The movements of a dispensing, with what of each has not come back. */
export async function selectOutstanding(
  tx: Transaction,
  access: Access,
  dispensingId: string,
): Promise<{ id: string; lotId: string; expiresOn: string; recalledOn: string | null; quantity: number }[]> {
  const text = `select m.id, m.lot_id as "lotId", l.expires_on as "expiresOn", l.recalled_on as "recalledOn",
      m.quantity - coalesce((select sum(r.quantity) from supply_movements r where r.county_code = $1 and r.dispensing_id = $2
        and r.kind = 'RETURN' and r.lot_id = m.lot_id), 0)::integer as quantity
    from supply_movements m join supply_lots l on l.county_code = m.county_code and l.id = m.lot_id
    where m.county_code = $1 and m.dispensing_id = $2 and m.kind = 'DISPENSE' and m.reverses is null order by l.expires_on desc, l.id desc`
  return await ask(tx, text, [access.county, dispensingId])
}

export async function voidKept(
  tx: Transaction,
  access: Access,
  id: string,
  reason: string,
  at: Date,
): Promise<void> {
  const text = `update dispensings set voided_at = $3, voided_by = $4, void_reason = $5 where county_code = $1 and id = $2`
  await ask(tx, text, [access.county, id, at, access.actorId, reason])
}

export async function addReturned(
  tx: Transaction,
  access: Access,
  id: string,
  quantity: number,
): Promise<void> {
  const text = `update dispensings set returned = returned + $3 where county_code = $1 and id = $2`
  await ask(tx, text, [access.county, id, quantity])
}
