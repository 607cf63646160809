import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ShelfLine, StockOutRow, StoreMonth, SupplyStore } from '@youyu/shared/contraception/supplies'
import type { Page } from '@youyu/shared/values'
import type { SupplyMovement } from '@youyu/shared/contraception/supplies-movements'
import { openOffice, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf, furnishPlaces, places } from '../../../../../test/register.ts'
import {
  condoms,
  handedOut,
  now,
  openStore,
  openStores,
  pills,
  residuals,
  takeIn,
  today,
  wrongField,
  type Supplies,
} from '../../../../../test/supplies.ts'

let office: TestOffice
let stores: Supplies
beforeAll(async () => {
  office = await openOffice()
  office.setNow(now)
  await furnishPlaces(office)
  stores = await openStores(office)
})
afterAll(() => office.close())

const url = '/api/v1/supply-stores'
const outlet = () => openStore(stores.keeper, { kind: 'OUTLET', divisionCode: places.village })
const shelfOf = async (storeId: string, keeper = stores.keeper) =>
  bodyOf<{ lines: ShelfLine[] }>(await keeper.get(`${url}/${storeId}/shelf`), 200).lines
const outsOf = async (storeId: string, from: string, to: string, keeper = stores.keeper) => {
  const question = `storeId=${storeId}&from=${from}&to=${to}`
  return bodyOf<Page<StockOutRow>>(await keeper.get(`/api/v1/supply-stock-outs?${question}`), 200).items
}

describe('a store', () => {
  test('is opened where its kind may stand, changed at its version, and closed when empty', async () => {
    const store = await outlet()
    const patch = (body: object, ifMatch: number) =>
      stores.keeper.patch(`${url}/${store.id}`, body, { ifMatch })

    const changed = bodyOf<SupplyStore>(await patch({ name: '洪凝发放点', leadDays: 3 }, 1), 200)
    const { lot } = await takeIn(stores.keeper, store.id, { quantity: 1 })
    const full = await patch({ closedOn: today }, 2)
    await stores.keeper.post('/api/v1/supply-losses', {
      ...{ storeId: store.id, lotId: lot.id, quantity: 1, cause: 'LOST', occurredOn: today, reason: '丢失' },
    })
    const closed = await patch({ closedOn: today }, 2)

    expect(changed).toMatchObject({ name: '洪凝发放点', leadDays: 3, division: { name: '洪凝社区' } })
    expect((await patch({ leadDays: 4 }, 1)).status).toBe(412)
    expect(full.status).toBe(409)
    expect(bodyOf<SupplyStore>(closed, 200).closedOn).toBe(today)
  })

  test.each([
    ['/divisionCode', { kind: 'TOWNSHIP', divisionCode: places.village }],
    ['/divisionCode', { divisionCode: '371121001999' }],
    ['/divisionCode', { divisionCode: places.farVillage }],
    ['/parentId', { parentId: '01890000-0000-7000-8000-000000000000' }],
    ['/organisationId', { organisationId: '01890000-0000-7000-8000-000000000000' }],
    ['/openedOn', { openedOn: '2026-12-01' }],
    ['/reviewDays', { reviewDays: 0 }],
  ])('names %s where it is wrong', async (pointer, given) => {
    const body = { kind: 'OUTLET', name: '发放点', divisionCode: places.village, ...given }

    const refused = await stores.keeper.post(url, body)

    expect(wrongField(refused).slice(0, 2)).toEqual([400, pointer])
  })

  test('needs the permission, is made once under one key and shown in its area alone', async () => {
    const body = { kind: 'VENDING', name: '自助机', divisionCode: places.village }
    const [first, again] = [
      await stores.keeper.post(url, body, { key: 'store' }),
      await stores.keeper.post(url, body, { key: 'store' }),
    ]
    const { id } = bodyOf<SupplyStore>(first, 201)

    expect(again.text).toBe(first.text)
    expect((await stores.approver.post(url, body)).status).toBe(403)
    expect((await stores.farKeeper.get(`${url}/${id}`)).status).toBe(404)
    expect((await stores.farKeeper.get(`${url}/${id}/shelf`)).status).toBe(404)
    expect((await stores.farKeeper.get(`${url}/${id}/proposal`)).status).toBe(404)
    const list = bodyOf<Page<SupplyStore>>(await stores.farKeeper.get(url), 200)
    expect(list.items.map((store) => store.id)).toEqual([stores.far.id])
    const machines = bodyOf<Page<SupplyStore>>(await stores.approver.get(`${url}?kind=VENDING`), 200)
    expect(machines.items).toMatchObject([{ id }])
  })

  test('shows months of stock, and what is about to run out or expire', async () => {
    const store = await outlet()
    await takeIn(stores.keeper, store.id, {
      ...{ quantity: 100, occurredOn: '2026-08-16', expiresOn: '2027-01-31' },
    })
    await takeIn(stores.keeper, store.id, { itemCode: pills, quantity: 20, occurredOn: '2026-08-16' })
    await handedOut(stores.keeper, { storeId: store.id, quantity: 62 })

    const [pillLine, condomLine] = (await shelfOf(store.id)) as [ShelfLine, ShelfLine]
    const alerts = await stores.approver.get(`/api/v1/supply-alerts?storeId=${store.id}`)

    // 62 in 31 days: 60.88 a month.
    expect(condomLine).toMatchObject({
      ...{ usable: 38, monthlyUse: 60.88, monthsOfStock: 0.6, earliestExpiry: '2027-01-31', stockOutDays: 0 },
      alerts: ['LOW', 'EXPIRING'],
    })
    expect(pillLine).toMatchObject({ usable: 20, monthlyUse: 0, monthsOfStock: null, alerts: [] })
    expect(alerts.body).toMatchObject({
      items: [
        { itemCode: condoms, alert: 'EXPIRING', expiresOn: '2027-01-31' },
        { itemCode: condoms, alert: 'LOW', monthsOfStock: 0.6 },
      ],
    })
  })

  test('counts the days on which it had nothing, also those known late or brought by expiry', async () => {
    const store = await outlet()
    await takeIn(stores.keeper, store.id, { quantity: 10, occurredOn: '2026-09-01', expiresOn: '2026-09-05' })
    await takeIn(stores.keeper, store.id, { quantity: 10, occurredOn: '2026-09-08', expiresOn: '2026-12-31' })

    const byExpiry = await outsOf(store.id, '2026-09-01', today)
    await handedOut(stores.keeper, { storeId: store.id, quantity: 10, occurredOn: '2026-09-11' })
    const late = await outsOf(store.id, '2026-09-01', today)
    await takeIn(stores.keeper, store.id, { quantity: 5, occurredOn: '2026-09-13' })
    const after = await outsOf(store.id, '2026-09-01', today)
    const clipped = await outsOf(store.id, '2026-09-07', '2026-09-12')

    // 6, 7 September: expired; from the 11th: handed out; on the 13th new stock came.
    expect(byExpiry).toMatchObject([{ days: 2, ofDays: 15, isOut: false }])
    expect(late).toMatchObject([{ days: 7, isOut: true }])
    expect(after).toMatchObject([{ days: 4, isOut: false }])
    expect(clipped).toMatchObject([{ days: 3, ofDays: 6 }])
  })

  test('is out from the day after its last lot expired, though nothing moved', async () => {
    const store = await outlet()
    await takeIn(stores.keeper, store.id, { quantity: 10, occurredOn: '2026-09-01', expiresOn: '2026-09-20' })

    office.setNow(new Date('2026-09-25T03:00:00Z'))
    const later = await office.officer('pharmacist', places.street)
    const outs = await outsOf(store.id, '2026-09-01', '2026-09-30', later)
    const [line] = await shelfOf(store.id, later)
    const alerts = await later.get(`/api/v1/supply-alerts?storeId=${store.id}&alert=STOCK_OUT`)
    office.setNow(now)

    expect(outs).toMatchObject([{ days: 5, ofDays: 25, isOut: true }])
    expect(line).toMatchObject({ stockOutDays: 5, usable: 0 })
    expect(alerts.body).toMatchObject({ items: [{ since: '2026-09-21' }] })
  })

  test('keeps a book of each month that closes', async () => {
    const store = await outlet()
    const { lot } = await takeIn(stores.keeper, store.id, { quantity: 100, occurredOn: '2026-08-20' })
    await handedOut(stores.keeper, { storeId: store.id, quantity: 30, occurredOn: '2026-08-25' })
    await handedOut(stores.keeper, { storeId: store.id, quantity: 20 })
    await stores.keeper.post('/api/v1/supply-losses', {
      ...{
        storeId: store.id,
        lotId: lot.id,
        quantity: 5,
        cause: 'DAMAGED',
        occurredOn: today,
        reason: '受潮',
      },
    })
    const month = async (of: string) =>
      bodyOf<{ items: StoreMonth[] }>(await stores.keeper.get(`${url}/${store.id}/months/${of}`), 200).items

    expect(await month('2026-08')).toMatchObject([{ opening: 0, received: 100, dispensed: 30, closing: 70 }])
    expect(await month('2026-09')).toMatchObject([
      { opening: 70, received: 0, dispensed: 20, wasted: 5, closing: 45 },
    ])
  })
})

describe('a movement', () => {
  test('is refused where a field is wrong', async () => {
    const store = await outlet()
    const { lot } = await takeIn(stores.keeper, store.id, { quantity: 10, lotNumber: 'AB-1' })
    const line = { itemCode: condoms, lotNumber: 'AB-1', expiresOn: lot.expiresOn, quantity: 1 }
    const receive = (given: object, occurredOn = today) =>
      stores.keeper.post('/api/v1/supply-receipts', {
        ...{ storeId: store.id, occurredOn, lines: [{ ...line, ...given }] },
      })
    const lose = (given: object) =>
      stores.keeper.post('/api/v1/supply-losses', {
        ...{ storeId: store.id, lotId: lot.id, quantity: 1, cause: 'DAMAGED', occurredOn: today },
        ...{ reason: '破损', ...given },
      })

    expect(wrongField(await receive({ expiresOn: '2028-01-01' }))).toEqual([
      400,
      '/lines/0/expiresOn',
      'conflict',
    ])
    expect(wrongField(await receive({ itemCode: 'YJ000' }))).toEqual([
      400,
      '/lines/0/itemCode',
      'invalid-code-value',
    ])
    expect(wrongField(await receive({}, '2026-10-01'))).toEqual([400, '/occurredOn', 'invalid-date'])
    expect(wrongField(await lose({ cause: 'EXPIRED' }))).toEqual([400, '/cause', 'invalid-value'])
    expect((await lose({ quantity: 11 })).status).toBe(409)
    expect(wrongField(await lose({ lotId: store.id }))).toEqual([400, '/lotId', 'not-found'])
    expect(await residuals(office)).toEqual([])
  })

  test('writes off what has expired, and is moved back once where it was a mistake', async () => {
    const store = await outlet()
    await takeIn(stores.keeper, store.id, { quantity: 7, expiresOn: '2026-09-10' })
    await takeIn(stores.keeper, store.id, { quantity: 3 })

    const off = await stores.keeper.post(`${url}/${store.id}/expired-write-offs`, { occurredOn: today })
    const [movement] = bodyOf<{ movements: SupplyMovement[] }>(off, 201).movements
    const reversal = `/api/v1/supply-movements/${movement!.id}/reversal`
    const stranger = await stores.farKeeper.post(reversal, { reason: '误报' })
    const answers = await Promise.all([1, 2].map(() => stores.keeper.post(reversal, { reason: '误报' })))
    const ledger = bodyOf<Page<SupplyMovement>>(
      await stores.keeper.get(`/api/v1/supply-movements?storeId=${store.id}&kind=EXPIRED`),
      200,
    )

    expect(movement).toMatchObject({ kind: 'EXPIRED', quantity: 7, to: { account: 'WASTE', store: null } })
    expect(stranger.status).toBe(404)
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(ledger.items.map((one) => one.isReversed).sort()).toEqual([false, true])
    expect(await residuals(office)).toEqual([])
  })

  test('of a receipt is moved back only while the goods are still there', async () => {
    const store = await outlet()
    const receipt = await takeIn(stores.keeper, store.id, { quantity: 10 })
    await handedOut(stores.keeper, { storeId: store.id, quantity: 1 })

    const refused = await stores.keeper.post(`/api/v1/supply-movements/${receipt.id}/reversal`, {
      reason: '误录',
    })

    expect(refused.status).toBe(409)
    expect(refused.text).toContain('out-of-stock')
  })
})
