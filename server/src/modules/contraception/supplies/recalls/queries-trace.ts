import type { Recall } from '@youyu/shared/contraception/supplies-recalls'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../../database/statements.ts'
import { personNamed, within } from '../../../population/index.ts'

export type KeptTrace = Omit<
  Recall['trace'][number],
  'store' | 'division' | 'quarantinedAt' | 'disposedAt'
> & {
  storeId: string
  storeName: string
  divisionCode: string
  divisionName: string | null
  quarantinedAt: Date | null
  disposedAt: Date | null
}

/** Every store of the area that the lot ever came to, with what became of it there, from the ledger. */
export async function selectTrace(
  tx: Transaction,
  access: Access,
  recall: { id: string; lot: { id: string } },
): Promise<KeptTrace[]> {
  const bound = new Bound()
  const [county, id, lot] = [access.county, recall.id, recall.lot.id].map((value) => bound.bind(value))
  const inArea = within(bound, 's.division_code', access.prefixes)
  const sum = (column: string, condition: string) =>
    `coalesce(sum(f.q) filter (where ${condition}), 0)::integer as ${column}`
  const text = `with flow as (
      select to_store_id as store_id, kind, quantity as q from supply_movements where county_code = ${county} and lot_id = ${lot} and to_store_id is not null
      union all
      select from_store_id, kind, -quantity from supply_movements where county_code = ${county} and lot_id = ${lot} and from_store_id is not null
    ),
    known as (
      select f.store_id, ${sum('arrived', "f.kind in ('IN_PURCHASE', 'IN_TRANSFER')")}, ${sum('dispensed', "f.kind in ('DISPENSE', 'RETURN')")},
        ${sum('sent_on', "f.kind = 'OUT_TRANSFER'")}, sum(f.q)::integer as on_hand
      from flow f group by f.store_id
    )
    select k.store_id as "storeId", s.name as "storeName", s.division_code as "divisionCode", d.name as "divisionName",
      coalesce(c.status, 'LOT_RECALLED') as status, k.arrived, -k.dispensed as dispensed, -k.sent_on as "sentOn", k.on_hand as "onHand",
      coalesce(c.returned, 0) as returned, coalesce(c.destroyed, 0) as destroyed, c.quarantined_at as "quarantinedAt", c.disposed_at as "disposedAt"
    from known k join supply_stores s on s.county_code = ${county} and s.id = k.store_id and ${inArea}
    left join divisions d on d.code = s.division_code and d.valid_to is null
    left join lot_recall_stores c on c.county_code = ${county} and c.recall_id = ${id} and c.store_id = k.store_id
    order by s.division_code, s.id`
  return await ask(tx, text, bound.values)
}

export type KeptRecallClient = {
  id: string
  clientId: string
  name: string | null
  divisionCode: string
  occurredOn: string
  quantity: number
}

/** Own clients to whom the lot was given; a record of care. */
export async function selectRecallClients(
  tx: Transaction,
  access: Access,
  lotId: string,
  { after, limit }: { after: readonly [string, string] | null; limit: number },
): Promise<KeptRecallClient[]> {
  const bound = new Bound()
  const [county, lot, facility] = [access.county, lotId, access.facility].map((value) => bound.bind(value))
  const next = after
    ? `and (d.occurred_on, c.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`
    : ''
  const text = `select c.id, c.client_id as "clientId", p.name, c.division_code as "divisionCode", d.occurred_on as "occurredOn", m.quantity
    from supply_movements m
    join dispensing_clients c on c.county_code = ${county} and c.dispensing_id = m.dispensing_id and c.facility_id = ${facility}
    join dispensings d on d.county_code = ${county} and d.id = m.dispensing_id and d.voided_at is null
    ${personNamed(bound, access, 'p', 'c.client_id')}
    where m.county_code = ${county} and m.lot_id = ${lot} and m.kind = 'DISPENSE' and m.reverses is null ${next}
    order by d.occurred_on desc, c.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}
