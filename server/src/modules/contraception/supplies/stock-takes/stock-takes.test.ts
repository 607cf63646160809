import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ShelfLine } from '@youyu/shared/contraception/supplies'
import type { StockTake } from '@youyu/shared/contraception/supplies-stock-takes'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf, furnishPlaces, places } from '../../../../../test/register.ts'
import {
  handedOut,
  now,
  openStore,
  openStores,
  residuals,
  takeIn,
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

const url = '/api/v1/stock-takes'
const begun = async () => {
  const store = await openStore(stores.keeper, { kind: 'OUTLET', divisionCode: places.village })
  const { lot } = await takeIn(stores.keeper, store.id, { quantity: 100 })
  const take = bodyOf<StockTake>(await stores.keeper.post(url, { storeId: store.id }), 201)
  return { store, lot, take }
}
const sign = (officer: Officer, { id, version }: StockTake, step: string, body?: object) =>
  officer.post(`${url}/${id}/${step}`, body, { ifMatch: version })
const usableAt = async (storeId: string) => {
  const answer = await stores.keeper.get(`/api/v1/supply-stores/${storeId}/shelf`)
  return bodyOf<{ lines: ShelfLine[] }>(answer, 200).lines[0]?.usable
}

describe('a stock-take', () => {
  test('is counted by one and adjusted by another; what was handed out in between stays handed out', async () => {
    const { store, lot, take } = await begun()
    const lines = [{ lotId: lot.id, counted: 97, reason: '少三只' }]

    const counted = bodyOf<StockTake>(await sign(stores.keeper, take, 'counts', { lines }), 200)
    await handedOut(stores.keeper, { storeId: store.id, quantity: 10 })
    const own = await sign(stores.keeper, counted, 'adjustment')
    const adjusted = bodyOf<StockTake>(await sign(stores.second, counted, 'adjustment'), 200)

    expect(take.lines).toMatchObject([{ book: 100, counted: null }])
    expect(counted).toMatchObject({ status: 'COUNTED', differences: 1, lines: [{ difference: -3 }] })
    expect(own.status).toBe(409)
    expect(own.text).toContain('maker-is-checker')
    expect(adjusted.status).toBe('ADJUSTED')
    expect(await usableAt(store.id)).toBe(87)
    expect(await residuals(office)).toEqual([])
  })

  test('finds more than the book says', async () => {
    const { store, lot, take } = await begun()
    const lines = [{ lotId: lot.id, counted: 105, reason: '漏记' }]

    const counted = bodyOf<StockTake>(await sign(stores.keeper, take, 'counts', { lines }), 200)
    await sign(stores.second, counted, 'adjustment')

    expect(await usableAt(store.id)).toBe(105)
    expect(await residuals(office)).toEqual([])
  })

  test('is refused where the adjustment would leave less than nothing', async () => {
    const { store, lot, take } = await begun()
    const lines = [{ lotId: lot.id, counted: 40, reason: '短少' }]
    const counted = bodyOf<StockTake>(await sign(stores.keeper, take, 'counts', { lines }), 200)
    await handedOut(stores.keeper, { storeId: store.id, quantity: 50 })

    const refused = await sign(stores.second, counted, 'adjustment')

    expect(refused.status).toBe(409)
    expect(refused.text).toContain('out-of-stock')
    expect(await usableAt(store.id)).toBe(50)
  })

  test('needs every lot, a reason for each difference, and its version', async () => {
    const { lot, take } = await begun()
    const count = (lines: object[]) => sign(stores.keeper, take, 'counts', { lines })

    expect(wrongField(await count([{ lotId: take.id, counted: 1 }]))).toEqual([
      400,
      '/lines/0/lotId',
      'not-found',
    ])
    expect(wrongField(await count([{ lotId: lot.id, counted: 99 }]))).toEqual([
      400,
      '/lines/0/reason',
      'required',
    ])
    expect(
      (await stores.keeper.post(`${url}/${take.id}/counts`, { lines: [{ lotId: lot.id, counted: 1 }] }))
        .status,
    ).toBe(428)
    expect((await sign(stores.second, take, 'adjustment')).status).toBe(409)
  })

  test('is one at a time, may be given up, needs the permission and is invisible elsewhere', async () => {
    const { store, take } = await begun()

    const another = await stores.keeper.post(url, { storeId: store.id })
    expect(another.status).toBe(409)
    expect((await stores.approver.post(url, { storeId: store.id })).status).toBe(403)
    expect((await stores.farKeeper.get(`${url}/${take.id}`)).status).toBe(404)
    expect(wrongField(await stores.farKeeper.post(url, { storeId: store.id }))).toEqual([
      400,
      '/storeId',
      'not-found',
    ])
    const given = await sign(stores.keeper, take, 'cancellation', { reason: '改日再盘' })
    expect(bodyOf<StockTake>(given, 200).status).toBe('CANCELLED')
    expect((await stores.keeper.post(url, { storeId: store.id })).status).toBe(201)
  })
})
