import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDemo, type Demo } from './demo.ts'
import { expectAccessible, expectFits, settled, type Visitor } from './visitor.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const

let demo: Demo
let clinician: Visitor
let woman: string

/** A woman of the demonstration in the weeks of the second-trimester serum screen. */
async function somebodyInHerWeeks(): Promise<string> {
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10)
  const { items } = await demo.ask<{ items: { woman: { id: string } }[] }>(
    'demo-station-clinician',
    `/pregnancies?from=${day(120)}&to=${day(190)}&limit=1`,
  )
  if (!items[0]) throw new Error('The demonstration knows nobody in these weeks')
  return items[0].woman.id
}

async function show(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await settled(page)
}

async function fillDay(page: Page, label: string, day: string): Promise<void> {
  await page.getByLabel(label).fill(day)
  await page.getByLabel(label).press('Enter')
  await page.getByLabel(label).press('Escape')
}

beforeAll(async () => {
  demo = await openDemo()
  woman = await somebodyInHerWeeks()
  clinician = await demo.visitorAs('demo-station-clinician')
})
afterAll(() => demo.close())

describe('screening', () => {
  test('of high risk opens a follow-up whose steps are hers, and says nothing of the fetus', async () => {
    const { page } = clinician
    const today = new Date().toLocaleDateString('sv', { timeZone: 'Asia/Shanghai' })
    await show(page, `/prenatal/screens/new?woman=${woman}`)
    await page.getByLabel('中孕期血清学筛查').check()
    await page.getByLabel('咨询人').fill('李医生')
    await page.getByLabel('同意', { exact: true }).check()
    await fillDay(page, '检查（采样）日期', today)
    await fillDay(page, '报告日期', today)
    await page.getByLabel('21-三体风险 1/').fill('120')
    await page.getByLabel('备注').fill('胎儿为男')
    await page.getByRole('button', { name: '登记产前筛查' }).click()
    await page.getByText('出生前的记录不得写明或暗示胎儿性别').first().waitFor()
    await page.getByLabel('备注').fill('已说明')
    await expectAccessible(page)
    await page.getByRole('button', { name: '登记产前筛查' }).click()

    await page.waitForURL(/prenatal\/cases\//)
    await settled(page)
    await page.getByText('高风险，待联系').waitFor()
    await page.getByLabel('电话').check()
    await expectAccessible(page)
    await page.getByRole('button', { name: '记录这一步' }).click()
    await page.getByText('已联系').first().waitFor()
    await settled(page)
    await page.getByLabel('咨询人').fill('李医生')
    await page.getByLabel('进一步产前诊断').check()
    await page.getByLabel('继续妊娠并获得支持').check()
    await page.getByRole('button', { name: '记录这一步' }).click()
    await page.getByText('已咨询').first().waitFor()
    expect(clinician.complaints).toEqual([])
  })

  test('of the heart explains its answer, on a phone too', async () => {
    const visitor = await demo.visitorAs('demo-station-clinician', phone)
    const { page } = visitor
    await show(page, '/newborn-screening?tab=cchd')
    await page.getByLabel('右手血氧（%）').fill('93')
    await page.getByLabel('足部血氧（%）').fill('94')
    await page.getByText('2–4 小时后复测', { exact: true }).waitFor()
    await page.getByLabel('复测右手（%）').fill('94')
    await page.getByLabel('复测足部（%）').fill('93')
    await page.getByText('两次均低于 95%').waitFor()
    for (const path of [
      '/newborn-screening?tab=cchd',
      '/newborn-screening',
      '/newborn-screening?tab=recalls',
      '/prenatal',
      '/prenatal?tab=screens',
      '/prenatal?tab=diagnoses',
      '/prenatal/diagnoses/new',
      '/screening-parameters',
    ]) {
      await show(page, path)
      await expectFits(page)
      await expectAccessible(page)
    }
    expect(visitor.complaints).toEqual([])
    await visitor.close()
  })
})
