import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDemo, type Demo } from './demo.ts'
import { expectAccessible, expectFits, settled } from './visitor.ts'

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const
const condoms = '天然胶乳橡胶避孕套 52 mm'
const lotNumber = 'JOURNEY-1'

let demo: Demo

const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
let county: string
let township: string
let outlet: string

type Me = { division: { code: string } }
type Shipment = { id: string; lines: { id: string }[] }

/** A county store with one lot, a township's that it supplies, and an outlet in a village. */
beforeAll(async () => {
  demo = await openDemo()
  const open = async (keeper: string, kind: string, name: string, place: string, parentId?: string) => {
    const { division } = await demo.ask<Me>(place, '/me')
    const body = { kind, name, divisionCode: division.code, openedOn: '2020-01-01' }
    const store = { ...body, ...(parentId && { parentId }) }
    return (await demo.ask<{ id: string }>(keeper, '/supply-stores', store)).id
  }
  county = await open('demo-pharmacist', 'COUNTY', '旅程县库', 'demo-county-population')
  township = await open('demo-township-worker', 'TOWNSHIP', '旅程乡库', 'demo-township-worker', county)
  outlet = await open('demo-township-worker', 'OUTLET', '旅程发放点', 'demo-village-worker', township)
  await demo.ask('demo-pharmacist', '/supply-receipts', {
    ...{ storeId: county, occurredOn: today },
    lines: [{ itemCode: 'YJ701', lotNumber, expiresOn: '2035-12-31', quantity: 1000 }],
  })
}, 240_000)
afterAll(() => demo.close())

describe('supplies', () => {
  test('are asked for in two steps, sent, and taken in', async () => {
    const worker = await demo.visitorAs('demo-township-worker')
    const keeper = worker.page
    await keeper.goto(`/supplies?of=requisitions&store=${township}`)
    await settled(keeper)
    await expectAccessible(keeper)
    await keeper.getByRole('button', { name: '请领', exact: true }).click()
    await keeper.getByRole('button', { name: '显示全部品种' }).click()
    await keeper.getByLabel(`${condoms}：请领数量`).fill('200')
    await expectAccessible(keeper)
    await keeper.getByRole('button', { name: '提交', exact: true }).click()
    await keeper.getByRole('dialog').getByText('已提交').first().waitFor()
    const open = new URL(keeper.url()).searchParams.get('open')!

    const { page: approver } = await demo.visitorAs('demo-county-mch')
    await approver.goto(`/supplies?of=requisitions&whose=area&open=${open}`)
    await approver.getByLabel(`核准数量：${condoms}`).fill('150')
    await expectAccessible(approver)
    await approver.getByRole('button', { name: '核准', exact: true }).click()
    await approver.getByText('核准 150').waitFor()

    const { page: sender } = await demo.visitorAs('demo-pharmacist')
    await sender.goto(`/supplies?of=requisitions&store=${county}&whose=to&open=${open}`)
    await sender.getByRole('button', { name: '按先到期先出发货' }).click()
    await sender.getByText('已发 150').waitFor()

    await keeper.reload()
    await keeper.getByRole('dialog').getByRole('button', { name: '收货' }).click()
    const arrival = keeper.getByRole('dialog', { name: '旅程县库 → 旅程乡库' })
    await arrival.getByLabel('实收').fill('148')
    await arrival.getByLabel('短少').fill('2')
    await arrival.getByLabel('说明').fill('途中破损')
    await arrival.getByRole('button', { name: '收货' }).click()
    await keeper.getByText('实收 148，短少 2').waitFor()

    await keeper.goto(`/supplies?store=${township}`)
    await keeper.getByText('148 只').first().waitFor()
    await settled(keeper)
    await expectAccessible(keeper)
  })

  test('go on to the outlet, where a village worker hands them out on her phone without a name', async () => {
    const { page: keeper } = await demo.visitorAs('demo-township-worker', phone)
    await keeper.goto(`/supplies?of=shipments&store=${township}`)
    await settled(keeper)
    await expectFits(keeper)
    const { id, lines } = await demo.ask<Shipment>('demo-township-worker', '/supply-shipments', {
      ...{ fromStoreId: township, toStoreId: outlet, shippedOn: today },
      lines: [{ itemCode: 'YJ701', quantity: 40 }],
    })
    await demo.ask('demo-township-worker', `/supply-shipments/${id}/arrivals`, {
      ...{ occurredOn: today, lines: [{ lineId: lines[0]!.id, received: 40 }] },
    })

    const { page } = await demo.visitorAs('demo-village-worker', phone)
    await page.goto(`/supplies?of=dispense&store=${outlet}`)
    await page.getByRole('radio', { name: condoms }).check()
    await page.getByLabel('数量').fill('20')
    await page.getByLabel(/发给新的领取码/).check()
    await expectAccessible(page)
    await expectFits(page)
    await page.getByLabel('数量').press('Enter')
    await page.getByText(`已发放 ${condoms} 20 只`).waitFor()
    await page.getByText('领取码：').waitFor()
    await settled(page)

    expect(
      await page.getByRole('radio', { name: condoms }).evaluate((one) => one === document.activeElement),
    ).toBe(true)
    await page.getByText('余 20 只').waitFor()
    await expectAccessible(page)
    await expectFits(page)
  })

  test('are counted by one and adjusted by another', async () => {
    const { page: keeper } = await demo.visitorAs('demo-township-worker')
    await keeper.goto(`/supplies?of=stockTakes&store=${outlet}`)
    await keeper.getByRole('button', { name: '开始盘点' }).click()
    await keeper.getByLabel(`批号 ${lotNumber} 实有数`).fill('19')
    await keeper.getByLabel(`批号 ${lotNumber} 差异说明`).fill('包装破损')
    await expectAccessible(keeper)
    await keeper.getByRole('button', { name: '清点签字' }).click()
    await keeper.getByText('须由另一人签字调整').waitFor()
    const address = keeper.url()

    const { page: second } = await demo.visitorAs('demo-pharmacist')
    await second.goto(address)
    await second.getByRole('button', { name: '签字调整' }).click()
    await second.getByRole('dialog').getByText('已调整').waitFor()
    await second.goto(`/supplies?of=ledger&store=${outlet}`)
    await second.getByRole('table').getByText('盘点调整').first().waitFor()
    await settled(second)
    await expectAccessible(second)
  })

  test('are recalled down to the last outlet', async () => {
    const { page: county_ } = await demo.visitorAs('demo-county-mch')
    const { id } = await demo.ask<{ id: string }>('demo-county-mch', '/lot-recalls', {
      ...{ itemCode: 'YJ701', lotNumber, recalledOn: today, reason: '抽检不合格' },
    })
    await county_.goto(`/supplies?of=recalls&open=${id}`)
    await county_.getByText('到货 40 · 发放 20 · 转出 0 · 现存 19').waitFor()
    await expectAccessible(county_)

    const { page: keeper } = await demo.visitorAs('demo-township-worker', phone)
    await keeper.goto(`/supplies?of=recalls&open=${id}`)
    await keeper.getByRole('button', { name: '已封存' }).first().click()
    await keeper.getByRole('button', { name: '处置' }).first().click()
    await keeper.getByLabel('退货单或销毁记录').fill('退货单 1')
    await expectAccessible(keeper)
    await expectFits(keeper)
    await keeper.getByRole('dialog', { name: '处置' }).getByRole('button', { name: '处置' }).click()
    await keeper.getByText('已退回').first().waitFor()

    await keeper.goto(`/supplies?of=alerts`)
    await keeper.getByText('召回').first().waitFor()
    await settled(keeper)
    await expectAccessible(keeper)
    await expectFits(keeper)
  })

  test('complained of nothing in any browser', () => {
    expect(demo.complaints()).toEqual([])
  })
})
