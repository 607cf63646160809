import type { AlertRow, StoreKind, SupplyAlert } from '@youyu/shared/contraception/supplies'
import { prefixOf, type DivisionCode } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../../database/statements.ts'
import { within } from '../../../population/index.ts'
import { keptInArea } from '../area.ts'

/** What is known of an item at a store that has ever held it. */
export type Figures = {
  itemCode: string
  onHand: number
  usable: number
  onTheWay: number
  earliestExpiry: string | null
  expiredOn: string | null
  recalledExpiry: string | null
  /** The period over which use is averaged, from the day the store first held the item. */
  from: string
  days: number
  stockOutDays: number
  stockOutDays90: number
  outSince: string | null
  issued: number
  monthlyUse: number
  monthsOfStock: number | null
}

/**
 * Use is averaged over six calendar months up to today, over the days on which there was something to issue, and never over fewer
 * than thirty. A month is 30.4375 days.
 */
function figuresOf(bound: Bound, gate: string, county: string, today: string): string {
  const day = `${bound.bind(today)}::date`
  return `pair as (
    select s.division_code, s.store_id, s.item_code, sum(s.on_hand)::integer as on_hand,
      coalesce(sum(s.on_hand) filter (where not s.is_quarantined and s.expires_on >= ${day}), 0)::integer as usable,
      min(s.expires_on) filter (where s.on_hand > 0 and not s.is_quarantined and s.expires_on >= ${day}) as earliest,
      min(s.expires_on) filter (where s.on_hand > 0 and not s.is_quarantined and s.expires_on < ${day}) as expired,
      max(s.expires_on) filter (where s.on_hand > 0 and not s.is_quarantined) as last_expiry,
      min(s.expires_on) filter (where s.on_hand > 0 and s.is_quarantined) as recalled
    from supply_stocks s where ${gate} group by s.division_code, s.store_id, s.item_code
  ),
  period as (
    select p.*, greatest((date_trunc('month', ${day}) - interval '5 months')::date, f.since) as begins
    from pair p, lateral (select min(m.occurred_on) as since from supply_movements m
      where m.county_code = ${county} and m.to_store_id = p.store_id and m.item_code = p.item_code) f
  ),
  empty as (
    select p.*, case when p.usable = 0 then coalesce(o.since, p.last_expiry + 1) end as out_since, o.days, o.days90
    from period p, lateral (
      select min(o.from_on) filter (where o.to_on is null) as since,
        coalesce(sum(greatest(least(o.to_on, ${day} + 1) - greatest(o.from_on, p.begins), 0)), 0)::integer as days,
        coalesce(sum(greatest(least(o.to_on, ${day} + 1) - greatest(o.from_on, p.begins, ${day} - 89), 0)), 0)::integer as days90
      from stock_outs o where o.county_code = ${county} and o.store_id = p.store_id and o.item_code = p.item_code) o
  ),
  used as (
    select e.*, ${day} - e.begins + 1 as of_days,
      e.days + case when e.out_since > e.last_expiry then ${day} + 1 - greatest(e.out_since, e.begins) else 0 end as out_days,
      e.days90 + case when e.out_since > e.last_expiry then ${day} + 1 - greatest(e.out_since, e.begins, ${day} - 89) else 0 end as out_days90,
      (select coalesce(sum(m.dispensed + m.shipped), 0)::integer from supply_months m where m.county_code = ${county}
        and m.store_id = e.store_id and m.item_code = e.item_code and m.month >= date_trunc('month', ${day}) - interval '5 months') as issued,
      (select coalesce(sum(n.shipped - n.received - n.lost), 0)::integer from supply_shipments h
        join supply_shipment_lines n on n.county_code = h.county_code and n.shipment_id = h.id
        where h.county_code = ${county} and h.to_store_id = e.store_id and h.completed_on is null and n.item_code = e.item_code) as on_the_way
    from empty e
  ),
  monthly as (
    select u.*, round(greatest(u.issued, 0) * 30.4375 / greatest(u.of_days - u.out_days, 30), 2)::float8 as use from used u
  ),
  figures as (
    select y.*, round((y.usable / nullif(y.use, 0))::numeric, 1)::float8 as months from monthly y
  )`
}

const columns = `f.item_code as "itemCode", f.on_hand as "onHand", f.usable, f.on_the_way as "onTheWay", f.earliest as "earliestExpiry",
  f.expired as "expiredOn", f.recalled as "recalledExpiry", f.begins as "from", f.of_days as days, f.out_days as "stockOutDays",
  f.out_days90 as "stockOutDays90", f.out_since as "outSince", f.issued, f.use as "monthlyUse", f.months as "monthsOfStock"`

export async function selectFigures(
  tx: Transaction,
  access: Access,
  storeId: string,
  today: string,
): Promise<Figures[]> {
  const bound = new Bound()
  const county = bound.bind(access.county)
  const gate = `s.county_code = ${county} and s.store_id = ${bound.bind(storeId)}`
  const text = `with ${figuresOf(bound, gate, county, today)} select ${columns} from figures f order by f.item_code`
  return await ask(tx, text, bound.values)
}

type AlertQuestion = {
  division?: DivisionCode | undefined
  storeId?: string | undefined
  alert?: SupplyAlert | undefined
  today: string
  after: readonly [string, string, string, string] | null
  limit: number
}
export type KeptAlert = Omit<AlertRow, 'division' | 'store'> & {
  storeId: string
  storeName: string
  kind: StoreKind
  divisionCode: DivisionCode
  divisionName: string | null
}

export async function selectAlerts(
  tx: Transaction,
  access: Access,
  { division, storeId, alert, today, after, limit }: AlertQuestion,
): Promise<KeptAlert[]> {
  const bound = new Bound()
  const county = bound.bind(access.county)
  const gate = [keptInArea(bound, access, 's')]
  if (division) gate.push(within(bound, 's.division_code', [prefixOf(division)]))
  if (storeId) gate.push(`s.store_id = ${bound.bind(storeId)}`)
  const conditions = ['a.alert is not null']
  if (alert) conditions.push(`a.alert = ${bound.bind(alert)}`)
  if (after) {
    const [place, store, item, kind] = after.map((part) => bound.bind(part))
    conditions.push(
      `(f.division_code, f.store_id, f.item_code, a.alert) > (${place}, ${store}::uuid, ${item}, ${kind})`,
    )
  }
  const day = `${bound.bind(today)}::date`
  const text = `with ${figuresOf(bound, gate.join(' and '), county, today)}
    select f.store_id as "storeId", t.name as "storeName", t.kind, f.division_code as "divisionCode", d.name as "divisionName",
      f.item_code as "itemCode", a.alert, f.usable, f.months as "monthsOfStock", a.expiry as "expiresOn", a.since
    from figures f
    join supply_stores t on t.county_code = ${county} and t.id = f.store_id and t.closed_on is null
    left join divisions d on d.code = f.division_code and d.valid_to is null,
    lateral (values
      (case when f.usable = 0 then 'STOCK_OUT' end, null::date, f.out_since),
      (case when f.usable > 0 and f.months < 1 then 'LOW' end, null, null),
      (case when f.earliest < ${day} + interval '6 months' then 'EXPIRING' end, f.earliest, null),
      (case when f.expired is not null then 'EXPIRED' end, f.expired, null),
      (case when f.recalled is not null then 'RECALLED' end, f.recalled, null)) a (alert, expiry, since)
    where ${conditions.join(' and ')}
    order by f.division_code, f.store_id, f.item_code, a.alert limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export type KeptMonth = {
  itemCode: string
  opening: number
  received: number
  dispensed: number
  shipped: number
  wasted: number
  adjusted: number
}

/** The book of a store for a month: what was there before, and what came and went. */
export async function selectMonth(
  tx: Transaction,
  access: Access,
  storeId: string,
  month: string,
): Promise<KeptMonth[]> {
  const change = 'm.received - m.dispensed - m.shipped - m.wasted + m.adjusted'
  const of = (column: string) =>
    `coalesce(sum(m.${column}) filter (where m.month = $3::date), 0)::integer as ${column}`
  const text = `select m.item_code as "itemCode", coalesce(sum(${change}) filter (where m.month < $3::date), 0)::integer as opening,
      ${['received', 'dispensed', 'shipped', 'wasted', 'adjusted'].map(of).join(', ')}
    from supply_months m where m.county_code = $1 and m.store_id = $2 and m.month <= $3::date
    group by m.item_code order by m.item_code`
  return await ask(tx, text, [access.county, storeId, `${month}-01`])
}
