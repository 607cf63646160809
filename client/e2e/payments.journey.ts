import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDemo, type Demo } from './demo.ts'
import { expectAccessible, expectFits, settled } from './visitor.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const

let demo: Demo

beforeAll(async () => {
  demo = await openDemo()
}, 240_000)
afterAll(() => demo.close())

describe('the money of the demo county', () => {
  test('is followed from a closed batch to its rule, its notice, the bank and the ledger', async () => {
    const { page } = await demo.visitorAs('demo-county-finance')
    await page.goto('/payment-batches')
    await settled(page)
    await expectAccessible(page)

    await page.getByRole('row').filter({ hasText: '已结清' }).first().getByRole('button').first().click()
    await page.getByRole('tab', { name: /发放明细/ }).waitFor()
    await settled(page)
    await expectAccessible(page)
    await page.getByRole('table', { name: '发放明细' }).getByRole('button').first().click()
    await page.getByRole('heading', { name: '银行结果' }).waitFor()
    await settled(page)

    await expectAccessible(page)
    const trail = page.getByRole('main')
    for (const station of ['政策依据', '申请与确认', '应享', '本笔发放', '批次', '台账'])
      expect(await trail.getByRole('heading', { name: station }).count()).toBeGreaterThan(0)
    expect(await trail.getByText('已入账').count()).toBeGreaterThan(0)
    await trail
      .getByRole('link', { name: /号分录/ })
      .first()
      .click()
    await page.getByText('借方（元）').waitFor()
    await expectAccessible(page)
  })

  test('comes in by a slip, and stands in the statement of its bureau', async () => {
    const { page } = await demo.visitorAs('demo-county-finance')
    await page.goto('/programme-funds')
    await settled(page)
    await expectAccessible(page)

    await page.getByRole('button', { name: '登记到位' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(/^项目/).selectOption('P04')
    await dialog.getByLabel(/^级次/).selectOption('TOWNSHIP')
    await dialog.getByLabel(/^金额/).fill('1,234.56')
    await dialog.getByLabel(/^凭证号/).fill('旅程-1')
    await dialog.getByRole('button', { name: '登记到位' }).click()
    await dialog.waitFor({ state: 'detached' })

    await page.goto('/finance-statements?tier=TOWNSHIP')
    await page.getByText('乡镇补助资金对账单').waitFor()
    await settled(page)
    expect(await page.getByRole('row').filter({ hasText: '1,234.56' }).count()).toBe(2)
    await expectAccessible(page)
  })

  test('is approved by nobody who made the batch, and fits a phone', async () => {
    const { page, complaints } = await demo.visitorAs('demo-county-subsidy', phone)
    await page.goto('/payment-batches')
    await settled(page)
    await expectFits(page)
    await page.goto('/payment-accounts')
    await settled(page)
    await expectFits(page)
    await expectAccessible(page)

    expect(await page.getByRole('button', { name: '审批通过' }).count()).toBe(0)
    expect(complaints).toEqual([])
  })
})
