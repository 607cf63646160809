import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDemo, type Demo } from './demo.ts'
import { expectAccessible, expectFits, settled, type Visitor } from './visitor.ts'

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const
const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())

let demo: Demo
let county: Visitor

async function arrived({ page }: Visitor): Promise<void> {
  await settled(page)
  await expectAccessible(page)
  await expectFits(page)
}

beforeAll(async () => {
  demo = await openDemo()
  county = await demo.visitorAs('demo-county-mch')
})
afterAll(async () => {
  expect(county.complaints).toEqual([])
  await demo.close()
})

describe('the rules of care', () => {
  test('are read, corrected with who has checked it, and published as an edition of their own', async () => {
    const { page } = county
    await page.goto('/care-rules/eligibility')
    await arrived(county)
    await page.getByRole('button', { name: /第5版/ }).click()
    await page.waitForURL(/eligibility\/WHO-MEC-5-2015/)
    await arrived(county)
    await page.getByText('尚无临床医师核对').first().waitFor()

    await page.getByLabel('查找情况').fill('血压140')
    await page.getByRole('button', { name: '血压140–159/90–99' }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByLabel('开始使用').nth(1).selectOption('4')
    await drawer.getByLabel('继续使用').nth(1).selectOption('4')
    await expectAccessible(page)
    await drawer.getByRole('button', { name: '采用更正' }).click()
    await page.getByRole('button', { name: '发布更正（1项）' }).click()
    const form = page.getByRole('dialog')
    await form.getByLabel('版本代码').fill('DEMO-1')
    await form.getByLabel('生效日期').fill(today)
    await form.getByLabel('版本名称（中文）').fill('本县核对版')
    await form.getByLabel('版本名称（英文）').fill('Checked by the county')
    await form.getByLabel('核对人').fill('李主任')
    await form.getByLabel('核对日期').fill(today)
    await form.getByLabel('来源').fill('县级专家组')
    await form.getByLabel('更正理由').fill('核对原文')
    await expectAccessible(page)
    await form.getByRole('button', { name: '发布', exact: true }).click()
    await page.waitForURL(/eligibility\/DEMO-1/)
    await arrived(county)

    await page.goto('/care-rules/eligibility')
    await settled(page)
    await page
      .getByRole('row', { name: /本县核对版/ })
      .getByText('现行')
      .waitFor()
  })

  test('tell of every method what a client is told, on a phone too', async () => {
    const clinician = await demo.visitorAs('demo-station-clinician', phone)
    const { page } = clinician
    await page.goto('/care-rules/methods')
    await arrived(clinician)
    await page.getByRole('button', { name: '含铜宫内节育器' }).click()
    await page.waitForURL(/methods\/M30/)
    await arrived(clinician)

    await page.getByText('100人中约0.8人怀孕').waitFor()
    await page.getByText('TCu380A').first().waitFor()
    expect(await page.getByRole('button', { name: '更新说明' }).count()).toBe(0)
    expect(clinician.complaints).toEqual([])
    await clinician.close()
  })

  test('get a new sheet from a day on', async () => {
    const { page } = county
    await page.goto('/care-rules/methods/M50')
    await arrived(county)
    await page.getByRole('button', { name: '更新说明' }).click()
    const form = page.getByRole('dialog')
    await expectAccessible(page)
    await form.getByLabel('生效日期').fill(today)
    await form.getByLabel('怎样使用（中文）').fill('每12周注射一针。')
    await form.getByLabel('核对日期').fill(today)
    await form.getByLabel('核对人').fill('李主任')
    await form.getByRole('button', { name: '发布', exact: true }).click()
    await page.getByText('每12周注射一针。').waitFor()
  })
})
