import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ShelfLine } from '@youyu/shared/contraception/supplies'
import type { SupplyShipment } from '@youyu/shared/contraception/supplies-movements'
import type { Recall } from '@youyu/shared/contraception/supplies-recalls'
import { transaction } from '../../../../database/transaction.ts'
import { openFacility } from '../../../../../test/facility.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf, furnishPlaces, places, register } from '../../../../../test/register.ts'
import {
  condoms,
  handedOut,
  handOut,
  now,
  openStores,
  residuals,
  takeIn,
  today,
  wrongField,
  type Supplies,
} from '../../../../../test/supplies.ts'
import { dispense } from '../index.ts'

let office: TestOffice
let stores: Supplies
beforeAll(async () => {
  office = await openOffice()
  office.setNow(now)
  await furnishPlaces(office)
  stores = await openStores(office)
})
afterAll(() => office.close())

const url = '/api/v1/lot-recalls'
const move = async (from: Officer, fromStoreId: string, to: Officer, toStoreId: string, quantity: number) => {
  const sent = await from.post('/api/v1/supply-shipments', {
    ...{ fromStoreId, toStoreId, shippedOn: today, lines: [{ itemCode: condoms, quantity }] },
  })
  return { shipment: bodyOf<SupplyShipment>(sent, 201), to }
}
const arrive = async ({ shipment, to }: { shipment: SupplyShipment; to: Officer }) => {
  const lines = shipment.lines.map(({ id: lineId, shipped: received }) => ({ lineId, received }))
  const url = `/api/v1/supply-shipments/${shipment.id}/arrivals`
  bodyOf(await to.post(url, { occurredOn: today, lines }), 201)
}

let lastDay = 31

/** A lot that went from the county to a township, from there to an outlet, and some of it is on its way. */
async function spread() {
  const { county, township, outlet, countyKeeper, keeper } = stores
  const lotNumber = `R${Math.random().toString(36).slice(2, 8).toUpperCase()}`
  // Each expires before what earlier tests have left on the shelves, so that it is the one that is sent on.
  const expiresOn = `2026-12-${(lastDay -= 1)}`
  const { lot } = await takeIn(countyKeeper, county.id, { quantity: 100, lotNumber, expiresOn })
  await arrive(await move(countyKeeper, county.id, keeper, township.id, 60))
  await arrive(await move(keeper, township.id, keeper, outlet.id, 40))
  const given = await handedOut(keeper, { storeId: outlet.id, quantity: 15 })
  const onTheWay = await move(keeper, township.id, keeper, outlet.id, 5)
  return { lot, lotNumber, given, onTheWay }
}
const recall = async (lotNumber: string) =>
  bodyOf<Recall>(
    await stores.approver.post(url, {
      ...{
        itemCode: condoms,
        lotNumber,
        recalledOn: today,
        reason: '抽检不合格',
        document: '药监〔2026〕9号',
      },
    }),
    201,
  )
const standing = ({ trace }: Recall) =>
  trace.map((at) => [at.arrived, at.dispensed, at.sentOn, at.onHand, at.status])

describe('a recall', () => {
  test('traces the lot to the last outlet, stops it everywhere and follows it until it is gone', async () => {
    const { lotNumber, onTheWay } = await spread()
    const { outlet, keeper, countyKeeper, approver } = stores

    const made = await recall(lotNumber)
    const refused = await handOut(keeper, { storeId: outlet.id, quantity: 1 })
    await arrive(onTheWay)
    const at = `${url}/${made.id}/stores/${outlet.id}`
    const early = await keeper.post(`${at}/disposal`, {
      ...{ disposition: 'RETURNED', occurredOn: today, document: '退货单1' },
    })
    bodyOf(await keeper.post(`${at}/quarantine`), 201)
    const away = await keeper.post(`${at}/disposal`, {
      ...{ disposition: 'RETURNED', occurredOn: today, document: '退货单1' },
    })

    expect(standing(made)).toEqual([
      [100, 0, 60, 40, 'LOT_RECALLED'],
      [60, 0, 45, 15, 'LOT_RECALLED'],
      [40, 15, 0, 25, 'LOT_RECALLED'],
    ])
    expect(made).toMatchObject({ onTheWay: 5, stores: 3, settled: 0 })
    expect(wrongField(refused)).toEqual([409, '/quantity', 'out-of-stock'])
    expect(early.status).toBe(409)
    expect(standing(bodyOf<Recall>(away, 201)).at(-1)).toEqual([45, 15, 0, 0, 'RETURNED'])

    for (const [officer, store] of [
      [keeper, stores.township],
      [countyKeeper, stores.county],
    ] as const) {
      const there = `${url}/${made.id}/stores/${store.id}`
      bodyOf(await officer.post(`${there}/quarantine`), 201)
      const document = '销毁记录'
      bodyOf(
        await officer.post(`${there}/disposal`, { disposition: 'DESTROYED', occurredOn: today, document }),
        201,
      )
    }
    const end = bodyOf<Recall>(await approver.get(`${url}/${made.id}`), 200)
    expect(end).toMatchObject({ onTheWay: 0, stores: 3, settled: 3 })
    expect(end.trace.map(({ onHand }) => onHand)).toEqual([0, 0, 0])
    expect(await residuals(office)).toEqual([])
  })

  test('shows each area its own stores, and takes the lot out of its shelf', async () => {
    const { lotNumber } = await spread()
    const made = await recall(lotNumber)

    const own = bodyOf<Recall>(await stores.keeper.get(`${url}/${made.id}`), 200)
    const far = bodyOf<Recall>(await stores.farKeeper.get(`${url}/${made.id}`), 200)
    const shelf = await stores.keeper.get(`/api/v1/supply-stores/${stores.outlet.id}/shelf`)
    const [line] = bodyOf<{ lines: ShelfLine[] }>(shelf, 200).lines

    expect(own.trace).toHaveLength(2)
    expect(far.trace).toEqual([])
    expect(line).toMatchObject({ usable: 0, alerts: ['STOCK_OUT', 'RECALLED'] })
    expect(
      (await stores.farKeeper.post(`${url}/${made.id}/stores/${stores.outlet.id}/quarantine`)).status,
    ).toBe(404)
  })

  test('made by mistake is taken back as long as nothing left', async () => {
    const { lotNumber } = await spread()
    const made = await recall(lotNumber)

    const voided = await stores.approver.post(`${url}/${made.id}/void`, { reason: '批号有误' })

    expect(voided.status).toBe(201)
    expect((await stores.approver.get(`${url}/${made.id}`)).status).toBe(404)
    expect((await handOut(stores.keeper, { storeId: stores.outlet.id, quantity: 1 })).status).toBe(201)
  })

  test('names the wrong field, is made once and needs the permission', async () => {
    const { lotNumber } = await spread()
    const body = { itemCode: condoms, lotNumber, recalledOn: today, reason: '抽检不合格' }

    const [first, again] = [
      await stores.approver.post(url, body, { key: 'recalled' }),
      await stores.approver.post(url, body, { key: 'recalled' }),
    ]

    expect(again.text).toBe(first.text)
    expect((await stores.approver.post(url, body)).status).toBe(409)
    expect(wrongField(await stores.approver.post(url, { ...body, lotNumber: 'NONE' }))).toEqual([
      400,
      '/lotNumber',
      'not-found',
    ])
    expect((await stores.countyKeeper.post(url, body)).status).toBe(403)
  })

  test('finds the clients of the facility that gave it, and nobody else’s', async () => {
    await openFacility(office, places.street)
    const clinician = await office.officer('station_clinician', places.street, { organisation: 'ST-1' })
    const other = await openFacility(office, places.otherTownship, { code: 'ST-2' })
    const stranger = await office.officer('station_clinician', places.otherTownship, {
      organisation: other.code,
    })
    const registrar = await office.officer('county_population', places.county)
    const woman = await register(registrar)
    const { lot, lotNumber } = await spread()
    const [facility] = await office.sql<{ id: string }>(`select id from organisations where code = 'ST-1'`)
    const access = {
      ...{
        actorId: facility!.id,
        actorKind: 'user' as const,
        actorName: '医生',
        role: 'station_clinician' as const,
      },
      ...{
        prefixes: ['371121001'],
        county: 371121,
        clearance: 'L4' as const,
        purposes: ['SERVICE' as const],
      },
      ...{ facility: facility!.id, address: null, requestId: null },
    }
    const body = {
      ...{ storeId: stores.outlet.id, itemCode: condoms, quantity: 3, occurredOn: today, lotId: lot.id },
    }
    const client = { id: woman.id, divisionCode: places.village }
    const [first, second] = await transaction(office.db, access, async (tx) => [
      await dispense(tx, office.office, access, { ...body, client }, now),
      await dispense(tx, office.office, access, { ...body, client }, now),
    ])

    const made = await recall(lotNumber)
    const own = await clinician.get(`${url}/${made.id}/clients`)
    const others = await stranger.get(`${url}/${made.id}/clients`)
    const looks = await office.sql(
      `select entity_id from access_log where entity = 'dispensing-client' and action = 'view'`,
    )

    expect(second.clientToken).toBe(first.clientToken)
    expect(own.body).toMatchObject({ items: [{ clientId: woman.id, quantity: 3 }, { clientId: woman.id }] })
    expect(others.body).toMatchObject({ items: [] })
    expect((await stores.keeper.get(`${url}/${made.id}/clients`)).status).toBe(403)
    expect(looks).toHaveLength(2)
  })
})
