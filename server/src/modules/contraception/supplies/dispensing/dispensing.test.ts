import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Dispensed, Dispensing } from '@youyu/shared/contraception/supplies-dispensing'
import type { ShelfLine } from '@youyu/shared/contraception/supplies'
import type { Page } from '@youyu/shared/values'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf, furnishPlaces, places } from '../../../../../test/register.ts'
import {
  condoms,
  handedOut,
  handOut,
  injections,
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
let clinician: Officer
let villager: Officer
beforeAll(async () => {
  office = await openOffice()
  office.setNow(now)
  await furnishPlaces(office)
  stores = await openStores(office)
  clinician = await office.officer('station_clinician', places.street)
  villager = await office.officer('village_worker', places.village)
})
afterAll(() => office.close())

const ownStore = () => openStore(stores.keeper, { kind: 'OUTLET', divisionCode: places.village })
const shelfOf = async (storeId: string): Promise<ShelfLine[]> =>
  bodyOf<{ lines: ShelfLine[] }>(await stores.keeper.get(`/api/v1/supply-stores/${storeId}/shelf`), 200).lines

describe('dispensing', () => {
  test('takes the lot that expires first, and the next where that does not suffice', async () => {
    const store = await ownStore()
    const late = await takeIn(stores.keeper, store.id, { quantity: 100, expiresOn: '2028-01-31' })
    const soon = await takeIn(stores.keeper, store.id, { quantity: 15, expiresOn: '2027-01-31' })

    const first = await handedOut(villager, { storeId: store.id, quantity: 10 })
    const second = await handedOut(villager, { storeId: store.id, quantity: 10 })

    expect(first.lots).toMatchObject([{ id: soon.lot.id, quantity: 10 }])
    expect(second.lots).toMatchObject([
      { id: soon.lot.id, quantity: 5 },
      { id: late.lot.id, quantity: 5 },
    ])
    expect(second).toMatchObject({ left: 95, clientToken: null, method: 'M70', warnings: [] })
    expect(await residuals(office)).toEqual([])
  })

  test('never touches an expired lot, and says how much there was', async () => {
    const store = await ownStore()
    await takeIn(stores.keeper, store.id, { quantity: 50, expiresOn: '2026-09-14' })
    await takeIn(stores.keeper, store.id, { quantity: 4, expiresOn: today })

    const refused = await handOut(villager, { storeId: store.id, quantity: 10 })
    const last = await handedOut(villager, { storeId: store.id, quantity: 4 })

    expect(wrongField(refused)).toEqual([409, '/quantity', 'out-of-stock'])
    expect(refused.body).toMatchObject({ code: 'out-of-stock', errors: [{ detail: '4 usable' }] })
    expect(last.warnings).toEqual(['LAST_OF_STOCK'])
    expect(await shelfOf(store.id)).toMatchObject([
      { itemCode: condoms, onHand: 50, usable: 0, alerts: ['STOCK_OUT', 'EXPIRED'] },
    ])
  })

  test('refuses a lot that was asked for by name and has expired', async () => {
    const store = await ownStore()
    const old = await takeIn(stores.keeper, store.id, { quantity: 50, expiresOn: '2026-09-14' })

    const refused = await handOut(villager, { storeId: store.id, lotId: old.lot.id })

    expect(wrongField(refused)).toEqual([409, '/lotId', 'lot-not-usable'])
  })

  test('takes the lot that was asked for by name, and says what is left at the store', async () => {
    const store = await ownStore()
    await takeIn(stores.keeper, store.id, { quantity: 30, expiresOn: '2027-01-31' })
    const late = await takeIn(stores.keeper, store.id, { quantity: 10, expiresOn: '2028-01-31' })

    const given = await handedOut(villager, { storeId: store.id, quantity: 10, lotId: late.lot.id })

    expect(given).toMatchObject({ lots: [{ id: late.lot.id }], left: 30, warnings: [] })
  })

  test('leaves the first pill and the first injection to a clinician', async () => {
    const store = await ownStore()
    await takeIn(stores.keeper, store.id, { itemCode: pills, quantity: 50 })
    await takeIn(stores.keeper, store.id, { itemCode: injections, quantity: 50 })
    const one = { storeId: store.id, quantity: 1 }

    const byVillager = await handOut(villager, { ...one, itemCode: pills })
    const injection = await handOut(villager, { ...one, itemCode: injections, isFirstUse: false })
    const byPharmacist = await handOut(stores.keeper, { ...one, itemCode: injections, isFirstUse: true })
    const begun = await handedOut(clinician, { ...one, itemCode: pills, newToken: true })
    const resupply = await handedOut(villager, { ...one, itemCode: pills, clientToken: begun.clientToken! })

    expect(wrongField(byVillager)).toEqual([400, '/isFirstUse', 'first-use-by-clinician'])
    expect(wrongField(injection)).toEqual([400, '/itemCode', 'clinician-needed'])
    expect(wrongField(byPharmacist)).toEqual([400, '/isFirstUse', 'first-use-by-clinician'])
    expect(begun).toMatchObject({ isFirstUse: true, byClinician: true })
    expect(resupply).toMatchObject({ isFirstUse: false, givenThisYear: 2, yearlyAllowance: 13 })
  })

  test('only warns beyond the yearly allowance', async () => {
    const store = await ownStore()
    await takeIn(stores.keeper, store.id, { quantity: 500 })
    const first = await handedOut(villager, { storeId: store.id, quantity: 100, newToken: true })

    const beyond = await handedOut(villager, {
      ...{ storeId: store.id, quantity: 30, clientToken: first.clientToken! },
    })

    expect(first.warnings).toEqual([])
    expect(beyond).toMatchObject({ warnings: ['BEYOND_ALLOWANCE'], givenThisYear: 130, yearlyAllowance: 120 })
  })

  test('tells by a dry run what it would do, and does nothing', async () => {
    const store = await ownStore()
    await takeIn(stores.keeper, store.id, { quantity: 10 })

    const preview = await villager.post('/api/v1/dispensings?dryRun=true', {
      ...{ storeId: store.id, itemCode: condoms, quantity: 10, occurredOn: today },
    })

    expect(bodyOf<Dispensed>(preview, 200)).toMatchObject({ left: 0, lots: [{ quantity: 10 }] })
    expect(await shelfOf(store.id)).toMatchObject([{ usable: 10 }])
  })

  test('is done once under one key', async () => {
    const store = await ownStore()
    await takeIn(stores.keeper, store.id, { quantity: 20 })
    const body = { storeId: store.id, itemCode: condoms, quantity: 10, occurredOn: today }

    const [first, again] = [
      await villager.post('/api/v1/dispensings', body, { key: 'once' }),
      await villager.post('/api/v1/dispensings', body, { key: 'once' }),
    ]

    expect(again.text).toBe(first.text)
    expect(await shelfOf(store.id)).toMatchObject([{ usable: 10 }])
  })

  test('names the wrong field, needs the permission and does not reach into another area', async () => {
    const store = await ownStore()
    const body = { storeId: store.id, itemCode: condoms, quantity: 1, occurredOn: today }
    const made = await takeIn(stores.keeper, store.id, { quantity: 5 })
    const given = await handedOut(villager, { storeId: store.id, quantity: 1 })

    expect(wrongField(await handOut(villager, { ...body, occurredOn: '2026-09-16' }))).toEqual([
      400,
      '/occurredOn',
      'invalid-date',
    ])
    expect(wrongField(await handOut(villager, { ...body, itemCode: 'YJ999' }))).toEqual([
      400,
      '/itemCode',
      'invalid-code-value',
    ])
    expect((await handOut(stores.approver, body)).status).toBe(403)
    expect(wrongField(await handOut(stores.farKeeper, body))).toEqual([400, '/storeId', 'not-found'])
    expect((await stores.farKeeper.get(`/api/v1/dispensings/${given.id}`)).status).toBe(404)
    const seen = bodyOf<Page<Dispensing>>(
      await stores.farKeeper.get(`/api/v1/dispensings?storeId=${store.id}`),
      200,
    )
    expect(seen.items).toEqual([])
    expect((await stores.farKeeper.get(`/api/v1/supply-movements?lotId=${made.lot.id}`)).body).toMatchObject({
      items: [],
    })
  })

  test('can be voided: the units are back as if never given out', async () => {
    const store = await ownStore()
    await takeIn(stores.keeper, store.id, { quantity: 10 })
    const given = await handedOut(villager, { storeId: store.id, quantity: 10, occurredOn: '2026-09-10' })

    const voided = await villager.post(`/api/v1/dispensings/${given.id}/void`, { reason: '录错' })
    const again = await villager.post(`/api/v1/dispensings/${given.id}/void`, { reason: '录错' })

    expect(bodyOf<Dispensing>(voided, 201)).toMatchObject({ voidReason: '录错' })
    expect(again.status).toBe(409)
    expect(await shelfOf(store.id)).toMatchObject([{ usable: 10, stockOutDays: 0 }])
    expect(await residuals(office)).toEqual([])
  })

  test('takes condoms back on the shelf, and pills never', async () => {
    const store = await ownStore()
    await takeIn(stores.keeper, store.id, { quantity: 10 })
    await takeIn(stores.keeper, store.id, { itemCode: pills, quantity: 3 })
    const given = await handedOut(villager, { storeId: store.id, quantity: 10 })
    const pack = await handedOut(clinician, { storeId: store.id, itemCode: pills, quantity: 2 })
    const back = { quantity: 4, occurredOn: today, toShelf: true, reason: '未开封' }

    const condomsBack = await villager.post(`/api/v1/dispensings/${given.id}/returns`, back)
    const toShelf = await villager.post(`/api/v1/dispensings/${pack.id}/returns`, { ...back, quantity: 1 })
    const toWaste = await villager.post(`/api/v1/dispensings/${pack.id}/returns`, {
      ...{ ...back, quantity: 1, toShelf: false },
    })
    const tooMany = await villager.post(`/api/v1/dispensings/${given.id}/returns`, { ...back, quantity: 7 })

    expect(bodyOf<Dispensing>(condomsBack, 201).returned).toBe(4)
    expect(wrongField(toShelf)).toEqual([400, '/toShelf', 'not-returnable'])
    expect(toWaste.status).toBe(201)
    expect(wrongField(tooMany)).toEqual([400, '/quantity', 'invalid-value'])
    expect(await shelfOf(store.id)).toMatchObject([
      { itemCode: pills, usable: 1 },
      { itemCode: condoms, usable: 4 },
    ])
    expect(await residuals(office)).toEqual([])
  })

  test('gives out exactly the stock when two hundred come at once', async () => {
    const store = await ownStore()
    await takeIn(stores.keeper, store.id, { quantity: 70, expiresOn: '2027-03-31' })
    await takeIn(stores.keeper, store.id, { quantity: 50, expiresOn: '2028-03-31' })

    const answers = await Promise.all(
      Array.from({ length: 200 }, () => handOut(villager, { storeId: store.id, quantity: 1 })),
    )

    const statuses = Map.groupBy(answers, (answer) => answer.status)
    expect(statuses.get(201)?.length).toBe(120)
    expect(statuses.get(409)?.length).toBe(80)
    expect(statuses.get(409)?.every(({ text }) => text.includes('out-of-stock'))).toBe(true)
    expect(await shelfOf(store.id)).toMatchObject([{ onHand: 0, usable: 0, alerts: ['STOCK_OUT'] }])
    expect(await residuals(office)).toEqual([])
  })
})
