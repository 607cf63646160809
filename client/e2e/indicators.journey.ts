import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDemo, type Demo } from './demo.ts'
import { expectAccessible, expectFits, settled, type Visitor } from './visitor.ts'

const phone = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
  colorScheme: 'dark',
} as const

let demo: Demo
let county: Visitor

beforeAll(async () => {
  demo = await openDemo()
  county = await demo.visitorAs('demo-county-population')
})
afterAll(() => demo.close())

async function expectFitForAll(path: string): Promise<void> {
  const visitor = await demo.visitorAs('demo-county-population', phone)
  await visitor.page.goto(path)
  await settled(visitor.page)
  await expectFits(visitor.page)
  await expectAccessible(visitor.page)
  expect(visitor.complaints).toEqual([])
  await visitor.close()
}

const year = 'from=2025-10&to=2026-09'

describe('an indicator', () => {
  test('leads from the catalogue to its value, and from its numerator to the records behind it', async () => {
    const { page } = county
    await page.goto(`/indicators?${year}`)
    await page.getByRole('link', { name: /出生率.*POP-02/ }).click()
    await page.getByRole('heading', { level: 1, name: '出生率' }).waitFor()
    const counted = page.getByRole('button', { name: /^分子 \d+，查看记录/ }).first()
    const births = Number(
      /分子 ([\d,]+)/.exec((await counted.getAttribute('aria-label')) ?? '')?.[1]?.replaceAll(',', ''),
    )

    await counted.click()
    await page.getByText(`共 ${births} 条`).waitFor()
    await settled(page)
    await expectAccessible(page)

    expect(births).toBeGreaterThan(0)
    expect(new URL(page.url()).searchParams.get('part')).toBe('numerator')
    await page.locator('section:has(> h2:text("分子的记录")) tbody button').first().click()
    await page.waitForURL(/\/persons\/[0-9a-f-]{36}/)
  })

  test.each([
    ['by part around the whole', 'part'],
    ['by month with last year', 'month'],
  ])('is drawn %s', async (_, by) => {
    const { page } = county
    await page.goto(`/indicators/POP-02?${year}&by=${by}`)
    await settled(page)

    await page.locator('main figure svg').first().waitFor()
    await expectAccessible(page)
    expect(county.complaints).toEqual([])
  })

  test('of deaths shows the life table that follows from them', async () => {
    const { page } = county
    await page.goto('/indicators/POP-03?from=2016-10&to=2026-09')
    await settled(page)

    await page.getByText('出生时预期寿命').waitFor()
    await expectAccessible(page)
  })

  test('fits a narrow phone in the dark', async () => {
    await expectFitForAll(`/indicators/POP-03?from=2016-10&to=2026-09`)
    await expectFitForAll(`/indicators?${year}`)
    await expectFitForAll(`/indicators/POP-05?${year}&by=part&annualised=true&publication=true`)
  })
})

describe('the situation report', () => {
  test('says what its figures say, without a rank, ready to be printed', async () => {
    const { page } = county
    await page.goto('/situation-report?from=2026-07&to=2026-09')
    await settled(page)
    await page.getByRole('heading', { name: '出生与出生性别比' }).waitFor()

    const words = await page.locator('main').innerText()
    expect(words).toMatch(/期内活产 \d+ 人（男 \d+，女 \d+）/)
    expect(words).toContain('随机波动')
    expect(words).not.toMatch(/名次|完成率/)
    await expectAccessible(page)
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('button', { name: '打印' }).isVisible()).toBe(false)
    expect(await page.locator('section[aria-label="区域、期间与口径"]').isVisible()).toBe(false)
    await page.emulateMedia({ media: 'screen' })
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载 XLSX' }).click(),
    ])
    expect(file.suggestedFilename()).toMatch(/^人口指标-371121000000-.*\.xlsx$/)
  })

  test('fits a narrow phone in the dark', async () => {
    await expectFitForAll('/situation-report?from=2026-07&to=2026-09&publication=true')
  })
})

describe('a published report typed in', () => {
  test('shows its three inconsistencies and two changes that are chance', async () => {
    const { page } = county
    await page.goto('/report-check')
    await page.getByRole('button', { name: '填入示例' }).click()
    await page.getByRole('button', { name: '核对', exact: true }).click()

    await page.getByText('需要说明的不一致 3 处；2 项变化不能说明升降').waitFor()
    const words = await page.locator('main').innerText()
    expect(words).toContain('1061')
    expect(words).toContain('县服务站取环')
    expect(words).toContain('z = -0.23')
    await expectAccessible(page)
    await expectFits(page)
  })

  test('asks about a coverage above the whole and a month that is repeated', async () => {
    const { page } = county
    await page.goto('/report-check')
    await page.getByRole('button', { name: '添加覆盖率' }).click()
    const coverage = page.locator('section', { has: page.getByRole('heading', { name: '覆盖率' }) })
    await coverage.getByLabel('名称').fill('查体')
    await coverage.getByLabel('已服务人数').fill('120')
    await coverage.getByLabel('应服务人数', { exact: true }).fill('100')
    await page.getByRole('button', { name: '添加逐月序列' }).click()
    await page.getByRole('group', { name: '序列 1' }).getByLabel('名称').fill('取环')
    const series = page.getByRole('group', { name: '取环' })
    await series.getByLabel('月份').fill('2026-01')
    await series.getByRole('button', { name: '添加月份' }).click()
    expect(await series.getByLabel('月份').nth(1).inputValue()).toBe('2026-02')
    await series.getByLabel('数值').nth(0).fill('3')
    await series.getByLabel('数值').nth(1).fill('3')
    await page.getByLabel('名称').first().fill('取环合计')
    await page.getByLabel('数值').first().fill('6')
    await page.getByRole('button', { name: '核对', exact: true }).click()

    await page.getByText('需说明 A9').waitFor()
    await expectAccessible(page)
    await expectFits(page)
  })

  test('fits a narrow phone in the dark', async () => {
    await expectFitForAll('/report-check')
  })
})
