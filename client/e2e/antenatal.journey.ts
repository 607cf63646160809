import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDemo, type Demo } from './demo.ts'
import { pressNext, takeBack, typeOver } from './keyboard.ts'
import { expectAccessible, expectFits, settled, type Visitor } from './visitor.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const

let demo: Demo
let clinician: Visitor
let pregnancy: string
let delivered: string
let contact: string

const dayFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

type Pregnancy = { id: string; woman: { id: string } }

/** Somebody whose child is expected between these days from now. */
async function somebodyPregnant(from: number, to: number): Promise<Pregnancy> {
  for (const status of ['ONGOING', 'REGISTERED']) {
    const path = `/pregnancies?status=${status}&from=${dayFromNow(from)}&to=${dayFromNow(to)}&limit=1`
    const { items } = await demo.ask<{ items: Pregnancy[] }>('demo-station-clinician', path)
    if (items[0]) return items[0]
  }
  throw new Error('The demonstration knows no such pregnancy')
}

/** Somebody near her day, whose child came some days ago. */
async function somebodyDelivered(): Promise<string> {
  const { id, woman } = await somebodyPregnant(1, 60)
  const birth = {
    motherId: woman.id,
    pregnancyId: id,
    occurredOn: dayFromNow(-3),
    sex: '1',
    place: 'HOSPITAL',
  }
  await demo.ask('demo-station-clinician', '/births', {
    ...birth,
    weightGrams: 2900,
    child: { name: '访视宝' },
  })
  return id
}

async function show(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await settled(page)
}

beforeAll(async () => {
  demo = await openDemo()
  pregnancy = (await somebodyPregnant(90, 230)).id
  delivered = await somebodyDelivered()
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

  test('a contact that was written down wrong is set right, with the keyboard alone', async () => {
    const { page } = clinician
    await page.getByRole('link', { name: '更正检查记录' }).press('Enter')
    await page.getByRole('heading', { name: '更正检查记录' }).waitFor()
    await settled(page)
    const verdict = page.getByRole('region', { name: '评估与建议' })
    await verdict.getByText('橙色').first().waitFor()
    await expectAccessible(page)
    await page.emulateMedia({ colorScheme: 'dark' })
    await expectAccessible(page)
    await page.emulateMedia({ colorScheme: 'light' })
    await typeOver(page, /^收缩压/, '118')
    await typeOver(page, /^更正原因/, '抄写有误')
    await pressNext(page, /^保存$/)

    await page.getByText('118 mmHg').waitFor()
    await page.getByText('哮喘').first().waitFor()
    await page.getByText('按当时版本重新评定，结果一致').waitFor()
    contact = page.url().split('/').at(-1)!
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

  test('that did not take place is taken back', async () => {
    const { page } = clinician
    await show(page, `/antenatal-contacts/${contact}`)
    await takeBack(page, page.getByRole('button', { name: '作废' }), '登记错人')
    await page.getByText('已作废：登记错人').waitFor()
    await expectAccessible(page)
    expect(clinician.complaints).toEqual([])
  })

  test('after the birth is visited, set right and taken back', async () => {
    const { page } = clinician
    await show(page, `/antenatal/${delivered}`)
    await page.getByRole('link', { name: '产后访视' }).press('Enter')
    await page.getByRole('button', { name: '查看建议' }).waitFor()
    await settled(page)
    await typeOver(page, /^体温/, '38.6')
    await typeOver(page, /^记录/, '恶露正常')
    await pressNext(page, /^保存$/)
    await page.getByText('恶露正常').waitFor()
    await page
      .getByRole('link', { name: /^更正产后访视记录/ })
      .first()
      .press('Enter')
    await page.getByRole('heading', { name: '更正产后访视记录' }).waitFor()
    await settled(page)
    await expectAccessible(page)
    await typeOver(page, /^记录/, '恶露已净')
    await typeOver(page, /^更正原因/, '听错')
    await pressNext(page, /^保存$/)
    await page.getByText('恶露已净').waitFor()
    await takeBack(page, page.getByRole('button', { name: /^作废 / }).first(), '重复登记')
    await page.getByText('恶露已净').waitFor({ state: 'detached' })
    expect(clinician.complaints).toEqual([])
  })

  test('is recorded on a phone too, and rules are read by everybody who works by them', async () => {
    const visitor = await demo.visitorAs('demo-station-clinician', phone)
    const paths = [
      '/antenatal',
      `/antenatal/${pregnancy}`,
      `/antenatal/${pregnancy}/contact`,
      `/antenatal-contacts/${contact}/correction`,
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
