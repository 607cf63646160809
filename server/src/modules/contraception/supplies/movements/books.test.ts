import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SupplyShipment } from '@youyu/shared/contraception/supplies-movements'
import type { StockTake } from '@youyu/shared/contraception/supplies-stock-takes'
import type { Dispensing } from '@youyu/shared/contraception/supplies-dispensing'
import type { Page } from '@youyu/shared/values'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf, furnishPlaces, places } from '../../../../../test/register.ts'
import { condoms, now, openStores, residuals, today, type Supplies } from '../../../../../test/supplies.ts'

let office: TestOffice
let stores: Supplies
let second: Officer
beforeAll(async () => {
  office = await openOffice()
  office.setNow(now)
  await furnishPlaces(office)
  stores = await openStores(office)
  second = await office.officer('pharmacist', places.county)
})
afterAll(() => office.close())

const place = fc.constantFrom('county', 'township', 'outlet')
const quantity = fc.integer({ min: 1, max: 60 })
const day = fc.integer({ min: 1, max: 15 }).map((date) => `2026-09-${String(date).padStart(2, '0')}`)
const lot = fc.constantFrom(
  ['P1', '2026-09-08'] as const,
  ['P2', '2027-01-31'] as const,
  ['P3', '2028-06-30'] as const,
)
const deed = fc.oneof(
  fc.record({ kind: fc.constant('receive' as const), place, quantity, day, lot }),
  fc.record({ kind: fc.constant('hand out' as const), place, quantity, day }),
  fc.record({ kind: fc.constant('take back' as const), place, quantity, isVoid: fc.boolean() }),
  fc.record({ kind: fc.constant('lose' as const), place, quantity, day, lot }),
  fc.record({ kind: fc.constant('write off' as const), place }),
  fc.record({ kind: fc.constant('ship' as const), place, to: place, quantity }),
  fc.record({ kind: fc.constant('arrive' as const), lost: fc.boolean(), quantity }),
  fc.record({ kind: fc.constant('count' as const), place, found: fc.integer({ min: 0, max: 5 }) }),
)
type Deed = typeof deed extends fc.Arbitrary<infer Value> ? Value : never

const keeper = () => stores.countyKeeper
const storeId = (name: string) => stores[name as 'county' | 'township' | 'outlet'].id
const post = (url: string, body: object) => keeper().post(`/api/v1/${url}`, body)

/** Does it, or is refused; either is right as long as the books close. */
async function perform(done: Deed): Promise<unknown> {
  switch (done.kind) {
    case 'receive': {
      const [lotNumber, expiresOn] = done.lot
      const lines = [{ itemCode: condoms, lotNumber, expiresOn, quantity: done.quantity }]
      return await post('supply-receipts', { storeId: storeId(done.place), occurredOn: done.day, lines })
    }
    case 'hand out':
      return await post('dispensings', {
        ...{ storeId: storeId(done.place), itemCode: condoms, quantity: done.quantity, occurredOn: done.day },
      })
    case 'take back':
      return await takeBack(done)
    case 'lose': {
      const [known] = await office.sql<{ id: string }>('select id from supply_lots where lot_number = $1', [
        done.lot[0],
      ])
      if (!known) return
      return await post('supply-losses', {
        ...{ storeId: storeId(done.place), lotId: known.id, quantity: done.quantity, cause: 'DAMAGED' },
        ...{ occurredOn: done.day, reason: '破损' },
      })
    }
    case 'write off':
      return await post(`supply-stores/${storeId(done.place)}/expired-write-offs`, { occurredOn: today })
    case 'ship':
      return await post('supply-shipments', {
        ...{ fromStoreId: storeId(done.place), toStoreId: storeId(done.to), shippedOn: today },
        lines: [{ itemCode: condoms, quantity: done.quantity }],
      })
    case 'arrive':
      return await arrive(done)
    case 'count':
      return await count(done)
  }
}

async function takeBack({ place, quantity, isVoid }: { place: string; quantity: number; isVoid: boolean }) {
  const url = `/api/v1/dispensings?storeId=${storeId(place)}&limit=1`
  const [last] = bodyOf<Page<Dispensing>>(await keeper().get(url), 200).items
  if (!last) return
  if (isVoid) return await post(`dispensings/${last.id}/void`, { reason: '误录' })
  const body = { quantity, occurredOn: today, toShelf: true, reason: '未开封' }
  return await post(`dispensings/${last.id}/returns`, body)
}

async function arrive({ quantity, lost }: { quantity: number; lost: boolean }) {
  const open = await keeper().get('/api/v1/supply-shipments?state=ON_THE_WAY&limit=1')
  const [shipment] = bodyOf<Page<SupplyShipment>>(open, 200).items
  const line = shipment?.lines.find((one) => one.received + one.lost < one.shipped)
  if (!line) return
  const part = lost ? { received: 0, lost: quantity, lossReason: '途中破损' } : { received: quantity }
  const body = { occurredOn: today, lines: [{ lineId: line.id, ...part }] }
  return await post(`supply-shipments/${shipment!.id}/arrivals`, body)
}

async function count({ place, found }: { place: string; found: number }) {
  const take = bodyOf<StockTake>(await post('stock-takes', { storeId: storeId(place) }), 201)
  const lines = take.lines.map(({ lotId }) => ({ lotId, counted: found, reason: '盘点' }))
  const url = `/api/v1/stock-takes/${take.id}`
  if (lines.length === 0) return await keeper().post(`${url}/cancellation`, { reason: '空' }, { ifMatch: 1 })
  bodyOf(await keeper().post(`${url}/counts`, { lines }, { ifMatch: 1 }), 200)
  return bodyOf(await second.post(`${url}/adjustment`, undefined, { ifMatch: 2 }), 200)
}

/** Days without stock, counted day by day from the ledger. */
const counted = `with day as (select d::date as day from generate_series('2026-09-01'::date, '2026-09-15', interval '1 day') d),
  pair as (select distinct store_id from supply_stocks),
  level as (select p.store_id, day.day, (select sum(case when m.to_store_id = p.store_id then m.quantity else -m.quantity end)
      from supply_movements m join supply_lots l on l.id = m.lot_id
      where p.store_id in (m.to_store_id, m.from_store_id) and m.occurred_on <= day.day and l.expires_on >= day.day and m.occurred_on <= l.expires_on) as q,
    (select min(m.occurred_on) from supply_movements m where m.to_store_id = p.store_id) as since
    from pair p, day)
  select store_id as store, count(*)::int as days from level where coalesce(q, 0) <= 0 and day >= since group by store_id order by store_id`
const kept = `select store_id as store, sum(least(coalesce(to_on, '2026-09-16'), '2026-09-16') - from_on)::int as days
  from app.stock_outs_until(371121, '2026-09-15') group by store_id having sum(least(coalesce(to_on, '2026-09-16'), '2026-09-16') - from_on) > 0 order by store_id`

test('the books of quantity close, and no stock is ever below zero, whatever is done in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 5, maxLength: 30 }), async (history) => {
      for (const done of history) await perform(done)

      expect(await residuals(office)).toEqual([])
      expect(await office.sql('select from supply_stocks where on_hand < 0')).toEqual([])
      expect(await office.sql(kept)).toEqual(await office.sql(counted))
    }),
    { numRuns: 12 },
  )

  const before = await office.sql(
    'select store_id, lot_id, on_hand from supply_stocks where on_hand > 0 order by 1, 2',
  )
  const months = await office.sql('select * from supply_months order by store_id, item_code, month, lot_id')
  await office.sql(`select app.recount_supplies(371121, '2026-09-15', now())`)
  expect(
    await office.sql('select store_id, lot_id, on_hand from supply_stocks where on_hand > 0 order by 1, 2'),
  ).toEqual(before)
  expect(await office.sql('select * from supply_months order by store_id, item_code, month, lot_id')).toEqual(
    months,
  )
}, 120_000)
