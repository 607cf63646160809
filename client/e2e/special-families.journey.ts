import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDemo, type Demo } from './demo.ts'
import { expectAccessible, expectFits, settled, type Visitor } from './visitor.ts'

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }

let demo: Demo
let contact: Visitor
let township: Visitor
let county: Visitor

beforeAll(async () => {
  demo = await openDemo()
  contact = await demo.visitorAs('demo-village-worker', phone)
  township = await demo.visitorAs('demo-township-worker')
  county = await demo.visitorAs('demo-county-subsidy')
})
afterAll(() => demo.close())

describe('a special family', () => {
  let number = ''

  test('is visited first by its village contact, who brings no form', async () => {
    const { page } = contact
    await page.goto('/my-special-families')
    await settled(page)
    await expectAccessible(page)
    await expectFits(page)

    await page.locator('tbody tr').filter({ hasText: '已发现' }).getByRole('button').first().tap()
    await page.getByText('首次走访只为看望').waitFor()
    number = (await page.locator('dd.mono').first().textContent())!.trim()
    await settled(page)
    await expectFits(page)
    await page.getByRole('button', { name: '记录走访' }).tap()
    const dialog = page.getByRole('dialog', { name: '记录走访' })
    expect(await dialog.getByText('当场填写的表').count()).toBe(0)
    await expectAccessible(page)
    await dialog.getByRole('button', { name: '保存' }).tap()
    await page.getByText('首次走访 · 上门 · 已见面').waitFor()

    expect(await page.getByText('首次走访只为看望').count()).toBe(0)
    expect(contact.complaints).toEqual([])
  })

  test('is asked for nothing on that day', async () => {
    const { page } = township
    await page.goto(`/special-families?q=${number}`)
    await settled(page)
    await expectAccessible(page)
    await page.getByRole('button', { name: number }).click()
    await settled(page)
    await page.getByRole('button', { name: '办理' }).click()
    await page.getByRole('button', { name: '记录同意' }).click()
    const dialog = page.getByRole('dialog', { name: '记录同意' })
    await dialog.getByText('书面签字').click()
    await dialog.getByRole('button', { name: '保存' }).click()

    await dialog.getByText('首次走访须由村（社区）联系人上门进行').waitFor()
    await expectAccessible(page)
    expect(await page.locator('main').innerText()).toMatch(/\*/)
    expect(township.complaints).toEqual([])
  })

  test('is one of those whose benefits stand on the county’s ledger', async () => {
    const { page } = county
    await page.goto('/other-benefits')
    await page.getByText('全部相符').waitFor()
    await settled(page)
    await expectAccessible(page)
    await expectFits(page)

    await page.getByRole('link', { name: /历史台账/ }).click()
    await page.getByRole('button', { name: '五年奖励费兑现' }).click()
    await page.getByText('11,600,000.00').first().waitFor()
    await settled(page)
    await expectAccessible(page)
    expect(county.complaints).toEqual([])
  })
})
