import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ProposalLine, Requisition } from '@youyu/shared/contraception/supplies-requisitions'
import type { SupplyShipment } from '@youyu/shared/contraception/supplies-movements'
import type { ShelfLine } from '@youyu/shared/contraception/supplies'
import type { Page } from '@youyu/shared/values'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
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
  await takeIn(stores.countyKeeper, stores.county.id, { quantity: 1000, expiresOn: '2027-12-31' })
  await takeIn(stores.countyKeeper, stores.county.id, { quantity: 5000, expiresOn: '2029-12-31' })
})
afterAll(() => office.close())

const url = '/api/v1/supply-requisitions'
const asking = (given: object = {}) => ({
  storeId: stores.township.id,
  lines: [{ itemCode: condoms, asked: 1200 }],
  submit: true,
  ...given,
})
const ask = async (given: object = {}, officer = stores.keeper) =>
  bodyOf<Requisition>(await officer.post(url, asking(given)), 201)
const step = (officer: Officer, { id, version }: Requisition, name: string, body?: object) =>
  officer.post(`${url}/${id}/${name}`, body, { ifMatch: version })
const approved = async (given: object = {}) =>
  bodyOf<Requisition>(await step(stores.approver, await ask(given), 'decision', { approve: true }), 200)
const sent = async (given: object = {}) => {
  const { id } = await approved(given)
  const answer = await stores.countyKeeper.post(`${url}/${id}/shipments`, { shippedOn: today })
  return bodyOf<Requisition>(answer, 201)
}
const shelfOf = async (officer: Officer, storeId: string) =>
  bodyOf<{ lines: ShelfLine[] }>(await officer.get(`/api/v1/supply-stores/${storeId}/shelf`), 200).lines
const arrival = (shipment: SupplyShipment, officer: Officer, lines: object[]) =>
  officer.post(`/api/v1/supply-shipments/${shipment.id}/arrivals`, { occurredOn: today, lines })

describe('a requisition', () => {
  test('proposes what is missing to a month and a half of use, with its arithmetic', async () => {
    const store = await openStore(stores.keeper, {
      ...{ kind: 'OUTLET', divisionCode: places.village, parentId: stores.township.id },
    })
    await takeIn(stores.keeper, store.id, { quantity: 200, occurredOn: '2026-07-17' })
    await handedOut(stores.keeper, { storeId: store.id, quantity: 122, occurredOn: '2026-08-01' })

    const { lines } = bodyOf<{ lines: ProposalLine[] }>(
      await stores.keeper.get(`/api/v1/supply-stores/${store.id}/proposal`),
      200,
    )

    // 122 in 61 days is 60.88 a month; 37 days of it and 15 in reserve are 74.01 + 30.0, less 78 in stock.
    expect(lines.find((line) => line.itemCode === condoms)).toEqual({
      itemCode: condoms,
      arithmetic: {
        ...{ from: '2026-07-17', to: today, issued: 122, days: 61, stockOutDays: 0, monthlyUse: 60.88 },
        ...{ monthsOfStock: 1.3, leadDays: 7, reviewDays: 30, safetyDays: 15, safetyStock: 30 },
        ...{ orderUpTo: 105, usable: 78, onTheWay: 0, packSize: 10 },
      },
      proposed: 30,
    })
    expect(lines.find((line) => line.itemCode === pills)).toMatchObject({ proposed: 0 })
  })

  test('goes from draft to closed, sent first expiring first and received in parts', async () => {
    const draft = await ask({ submit: false })
    const changed = bodyOf<Requisition>(
      await stores.keeper.patch(
        `${url}/${draft.id}`,
        { lines: [{ itemCode: condoms, asked: 1500 }] },
        { ifMatch: draft.version },
      ),
      200,
    )
    const submitted = bodyOf<Requisition>(await step(stores.keeper, changed, 'submission'), 200)
    const decided = bodyOf<Requisition>(
      await step(stores.approver, submitted, 'decision', {
        ...{ approve: true, lines: [{ itemCode: condoms, approved: 1200 }] },
      }),
      200,
    )
    const shipped = bodyOf<Requisition>(
      await stores.countyKeeper.post(`${url}/${draft.id}/shipments`, { shippedOn: today }),
      201,
    )
    const [shipment] = shipped.shipments as [SupplyShipment]
    const [early, late] = shipment.lines as [SupplyShipment['lines'][0], SupplyShipment['lines'][0]]

    expect(decided).toMatchObject({ status: 'APPROVED', lines: [{ asked: 1500, approved: 1200 }] })
    expect([early.shipped, late.shipped]).toEqual([1000, 200])
    expect(await shelfOf(stores.keeper, stores.township.id)).toEqual([])

    const part = await arrival(shipment, stores.keeper, [
      { lineId: early.id, received: 990, lost: 10, lossReason: '运输破损' },
    ])
    expect(bodyOf<SupplyShipment>(part, 201).completedOn).toBeNull()
    const half = bodyOf<Requisition>(await stores.keeper.get(`${url}/${draft.id}`), 200)
    expect(half).toMatchObject({ status: 'SHIPPED', lines: [{ shipped: 1200, received: 990, lost: 10 }] })
    const tooSoon = await step(stores.keeper, half, 'closing', { reason: '完成' })
    expect(tooSoon.status).toBe(409)

    await arrival(shipment, stores.keeper, [{ lineId: late.id, received: 200 }])
    const whole = bodyOf<Requisition>(await stores.keeper.get(`${url}/${draft.id}`), 200)
    const unexplained = await step(stores.keeper, whole, 'closing', {})
    const closed = await step(stores.keeper, whole, 'closing', { reason: '运输短少' })

    expect(whole).toMatchObject({ status: 'RECEIVED', lines: [{ received: 1190, lost: 10 }] })
    expect(wrongField(unexplained)).toEqual([400, '/reason', 'required'])
    expect(bodyOf<Requisition>(closed, 200).status).toBe('CLOSED')
    expect(await shelfOf(stores.keeper, stores.township.id)).toMatchObject([{ usable: 1190 }])
    expect(await residuals(office)).toEqual([])
  })

  test('is never approved by whoever submitted it', async () => {
    const both = await office.officer('county_mch', places.county)
    const { id } = await ask()
    await office.sql(
      'update requisitions set submitted_by = (select id from users where username = $2) where id = $1',
      [id, both.username],
    )
    const submitted = bodyOf<Requisition>(await both.get(`${url}/${id}`), 200)

    const refused = await step(both, submitted, 'decision', { approve: true })

    expect(refused.status).toBe(409)
    expect(refused.text).toContain('maker-is-checker')
  })

  test('moves only along its states, at the version that was seen', async () => {
    const made = await ask()
    const { id, version } = made

    expect((await stores.countyKeeper.post(`${url}/${id}/shipments`, { shippedOn: today })).status).toBe(409)
    expect((await stores.keeper.post(`${url}/${id}/cancellation`, { reason: '重复' })).status).toBe(428)
    const stale = await stores.keeper.post(
      `${url}/${id}/cancellation`,
      { reason: '重复' },
      { ifMatch: version - 1 },
    )
    expect(stale.status).toBe(412)
    const noReason = await step(stores.approver, made, 'decision', { approve: false })
    expect(wrongField(noReason)).toEqual([400, '/reason', 'required'])
    const refused = bodyOf<Requisition>(
      await step(stores.approver, made, 'decision', { approve: false, reason: '库存充足' }),
      200,
    )
    expect(refused.status).toBe('REFUSED')
    expect((await step(stores.keeper, refused, 'cancellation', { reason: '重复' })).status).toBe(409)
  })

  test('names the wrong field, needs the permission and is invisible to another township', async () => {
    const made = await ask()

    const twice = await stores.keeper.post(
      url,
      asking({
        lines: [
          { itemCode: condoms, asked: 1 },
          { itemCode: condoms, asked: 2 },
        ],
      }),
    )
    expect(wrongField(twice)).toEqual([400, '/lines/1/itemCode', 'already-exists'])
    const top = await stores.countyKeeper.post(url, asking({ storeId: stores.county.id }))
    expect(wrongField(top)).toEqual([400, '/storeId', 'invalid-value'])
    expect((await stores.approver.post(url, asking())).status).toBe(403)
    expect((await step(stores.keeper, made, 'decision', { approve: true })).status).toBe(403)
    expect(wrongField(await stores.farKeeper.post(url, asking()))).toEqual([400, '/storeId', 'not-found'])
    expect((await stores.farKeeper.get(`${url}/${made.id}`)).status).toBe(404)
    const list = bodyOf<Page<Requisition>>(await stores.farKeeper.get(url), 200)
    expect(list.items).toEqual([])
  })

  test('is written once under one key', async () => {
    const [first, again] = [
      await stores.keeper.post(url, asking({ note: '一次' }), { key: 'asked-once' }),
      await stores.keeper.post(url, asking({ note: '一次' }), { key: 'asked-once' }),
    ]

    expect(again.text).toBe(first.text)
  })

  test('is sent once when two send it at the same time', async () => {
    const { id } = await approved({ lines: [{ itemCode: condoms, asked: 20 }] })

    const answers = await Promise.all([
      stores.countyKeeper.post(`${url}/${id}/shipments`, { shippedOn: today }),
      stores.countyKeeper.post(`${url}/${id}/shipments`, { shippedOn: today }),
    ])

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
  })
})

describe('a shipment', () => {
  test('is sent without a requisition too, and says which line is short', async () => {
    const body = {
      ...{ fromStoreId: stores.county.id, toStoreId: stores.far.id, shippedOn: today },
      lines: [{ itemCode: condoms, quantity: 30 }],
    }
    const made = bodyOf<SupplyShipment>(await stores.countyKeeper.post('/api/v1/supply-shipments', body), 201)
    const short = await stores.countyKeeper.post('/api/v1/supply-shipments', {
      ...{ ...body, lines: [{ itemCode: condoms, quantity: 100_000 }] },
    })

    expect(made).toMatchObject({ to: { id: stores.far.id }, completedOn: null, lines: [{ shipped: 30 }] })
    expect(wrongField(short)).toEqual([409, '/lines/0/quantity', 'out-of-stock'])
    expect(await shelfOf(stores.farKeeper, stores.far.id)).toEqual([])
    expect((await stores.keeper.get(`/api/v1/supply-shipments/${made.id}`)).status).toBe(404)
  })

  test('takes in no more than was sent, and asks why something is lost', async () => {
    const { shipments } = await sent({ lines: [{ itemCode: condoms, asked: 10 }] })
    const [shipment] = shipments as [SupplyShipment]
    const lineId = shipment.lines[0]!.id

    const tooMany = await arrival(shipment, stores.keeper, [{ lineId, received: 11 }])
    const unexplained = await arrival(shipment, stores.keeper, [{ lineId, received: 9, lost: 1 }])
    const stranger = await arrival(shipment, stores.farKeeper, [{ lineId, received: 10 }])
    const both = await Promise.all(
      [1, 2].map(() => arrival(shipment, stores.keeper, [{ lineId, received: 10 }])),
    )

    expect(wrongField(tooMany)).toEqual([400, '/lines/0/received', 'invalid-value'])
    expect(wrongField(unexplained)).toEqual([400, '/lines/0/lossReason', 'required'])
    expect(stranger.status).toBe(404)
    expect(both.map(({ status }) => status).sort()).toEqual([201, 400])
    expect(await residuals(office)).toEqual([])
  })
})
