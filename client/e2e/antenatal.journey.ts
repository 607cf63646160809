import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDemo, type Demo } from './demo.ts'
import { expectAccessible, expectFits, settled, type Visitor } from './visitor.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const

let demo: Demo
let clinician: Visitor
let pregnancy: string

/** Somebody in the middle of her pregnancy. */
async function somebodyPregnant(): Promise<string> {
  const soon = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  for (const status of ['ONGOING', 'REGISTERED']) {
    const path = `/pregnancies?status=${status}&from=${soon(20)}&to=${soon(230)}&limit=1`
    const { items } = await demo.ask<{ items: { id: string }[] }>('demo-station-clinician', path)
    if (items[0]) return items[0].id
  }
  throw new Error('The demonstration knows no pregnancy')
}

async function show(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await settled(page)
}

beforeAll(async () => {
  demo = await openDemo()
  pregnancy = await somebodyPregnant()
  clinician = await demo.visitorAs('demo-station-clinician')
})
afterAll(() => demo.close())

describe('antenatal care', () => {
  test('a contact shows colour, reasons and advice while one types, and is saved whole', async () => {
    const { page } = clinician
    await show(page, `/antenatal/${pregnancy}/contact`)
    const verdict = page.getByRole('region', { name: '评估与建议' })
    await verdict.waitFor()

    await page.getByLabel('收缩压').fill('164')
    await page.getByLabel('舒张压').fill('96')
    await verdict.getByText('重度高血压').waitFor()
    await verdict.getByText('红色').first().waitFor()
    await verdict.getByText('血压≥160/110 mmHg').waitFor()
    await page.getByLabel('收缩压').fill('128')
    await page.getByLabel('舒张压').fill('78')
    await verdict.getByText('重度高血压').waitFor({ state: 'detached' })
    await page.getByLabel('查找项目').fill('哮喘')
    await page.getByLabel('哮喘', { exact: true }).check()
    await verdict.getByText('橙色').first().waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: '保存', exact: true }).click()

    await page.waitForURL(/antenatal-contacts/)
    await settled(page)
    await page.getByText('按当时版本重新评定，结果一致').waitFor()
    await expectAccessible(page)
    expect(clinician.complaints).toEqual([])
  })

  test('orange is followed by a plan, and the care page tells all of it', async () => {
    const { page } = clinician
    await page.getByRole('link', { name: '建立专案' }).click()
    await settled(page)
    await page.getByLabel('目标 1').fill('哮喘无发作')
    await page.getByLabel('内容').nth(0).fill('复诊')
    await page.getByLabel('内容').nth(1).fill('电话了解用药')
    await expectAccessible(page)
    await page.getByRole('button', { name: '保存', exact: true }).click()

    await page.waitForURL(/high-risk-plans\/.+/)
    await settled(page)
    await page.getByText('哮喘无发作').waitFor()
    await expectAccessible(page)
    await show(page, `/antenatal/${pregnancy}`)
    await page.getByText('查看专案').waitFor()
    await expectAccessible(page)
    expect(clinician.complaints).toEqual([])
  })

  test('is recorded on a phone too, and rules are read by everybody who works by them', async () => {
    const visitor = await demo.visitorAs('demo-station-clinician', phone)
    const paths = [
      '/antenatal',
      `/antenatal/${pregnancy}`,
      `/antenatal/${pregnancy}/contact`,
      '/referrals',
      '/decision-tables/RISK-CN-2017',
    ]
    for (const path of paths) {
      await show(visitor.page, path)
      await expectFits(visitor.page)
      await expectAccessible(visitor.page)
    }
    expect(visitor.complaints).toEqual([])
    await visitor.close()
  })
})
