import type { StockOutRow, StoreKind } from '@youyu/shared/contraception/supplies'
import { prefixOf, type DivisionCode } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../../database/statements.ts'
import { within } from '../../../population/index.ts'
import { keptInArea } from '../area.ts'

export type KeptStockOut = Omit<StockOutRow, 'store' | 'division'> & {
  storeId: string
  storeName: string
  kind: StoreKind
  divisionCode: DivisionCode
  divisionName: string | null
}

type Question = {
  division?: DivisionCode | undefined
  storeId?: string | undefined
  itemCode?: string | undefined
  from: string
  to: string
  today: string
  after: readonly [string, string, string] | null
  limit: number
}

/** Store by store and item by item, every one that had taken the item on before the period was over. */
export async function selectStockOuts(
  tx: Transaction,
  access: Access,
  { division, storeId, itemCode, from, to, today, after, limit }: Question,
): Promise<KeptStockOut[]> {
  const bound = new Bound()
  const county = bound.bind(access.county)
  const conditions = [keptInArea(bound, access, 's')]
  if (division) conditions.push(within(bound, 's.division_code', [prefixOf(division)]))
  if (storeId) conditions.push(`s.store_id = ${bound.bind(storeId)}`)
  if (itemCode) conditions.push(`s.item_code = ${bound.bind(itemCode)}`)
  if (after) {
    const [place, store, item] = after.map((part) => bound.bind(part))
    conditions.push(`(s.division_code, s.store_id, s.item_code) > (${place}, ${store}::uuid, ${item})`)
  }
  const day = `${bound.bind(today)}::date`
  const [first, last] = [from, to].map((value) => `${bound.bind(value)}::date`)
  const end = `least(${last}, ${day}) + 1`
  const text = `with pair as (
      select distinct s.division_code, s.store_id, s.item_code from supply_stocks s where ${conditions.join(' and ')}
      order by 1, 2, 3 limit ${pageLimit(limit)}
    ),
    outs as materialized (select o.* from app.stock_outs_until(${county}, ${day}) o)
    select p.store_id as "storeId", t.name as "storeName", t.kind, p.division_code as "divisionCode", d.name as "divisionName", p.item_code as "itemCode",
      coalesce(sum(greatest(least(o.to_on, ${end}) - greatest(o.from_on, ${first}), 0)) filter (where o.store_id is not null), 0)::integer as days,
      greatest(${end} - greatest(${first}, f.since), 0) as "ofDays", coalesce(bool_or(o.store_id is not null and o.to_on is null), false) as "isOut"
    from pair p
    join supply_stores t on t.county_code = ${county} and t.id = p.store_id
    left join divisions d on d.code = p.division_code and d.valid_to is null
    left join outs o on o.store_id = p.store_id and o.item_code = p.item_code,
    lateral (select min(m.occurred_on) as since from supply_movements m
      where m.county_code = ${county} and m.to_store_id = p.store_id and m.item_code = p.item_code) f
    group by p.store_id, t.name, t.kind, p.division_code, d.name, p.item_code, f.since
    order by p.division_code, p.store_id, p.item_code`
  return await ask(tx, text, bound.values)
}
