import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDemo, type Demo } from './demo.ts'
import { expectAccessible, expectFits, settled, type Visitor } from './visitor.ts'

const phone = {
  viewport: { width: 390, height: 780 },
  hasTouch: true,
  isMobile: true,
  colorScheme: 'dark',
} as const

let demo: Demo
let bureau: Visitor

beforeAll(async () => {
  demo = await openDemo()
  bureau = await demo.visitorAs('demo-county-mch')
})
afterAll(() => demo.close())

describe('the county reads the statistics of its chain', () => {
  test.each(['发生率', '报警', '各机构'])('%s, with its window printed', async (tab) => {
    const { page } = bureau
    await page.goto('/birth-defect-surveillance')
    await page.getByRole('heading', { level: 1, name: '出生缺陷监测' }).waitFor()

    await page.getByRole('tab', { name: tab }).click()
    await settled(page)

    await page.getByText('监测期：孕满28周至产后7天').first().waitFor()
    await expectAccessible(page)
    expect(bureau.complaints).toEqual([])
  })

  test('the window that is chosen stands in the address and beside every figure', async () => {
    const { page } = bureau
    await page.goto('/birth-defect-surveillance?window=EXTENDED&category=23')
    await settled(page)

    await page.getByText('监测期：任何孕周至满1周岁前。类别：23 先天性心脏病。').waitFor()
    await page.getByText('三种监测期').first().waitFor()
    expect(bureau.complaints).toEqual([])
  })

  test('the cascade by township, and as a file', async () => {
    const { page } = bureau
    await page.goto('/birth-defect-cascade')
    await page.getByRole('heading', { level: 1, name: '干预链漏斗' }).waitFor()
    await settled(page)
    await page.getByText('份档案').waitFor()
    await expectAccessible(page)

    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载 CSV' }).first().click(),
    ])

    expect(file.suggestedFilename()).toMatch(/\.csv$/)
    expect(bureau.complaints).toEqual([])
  })

  test('and is told in words that prevalence is no target', async () => {
    const { page } = bureau
    await page.goto('/birth-defect-indicators')
    await page.getByRole('button', { name: '出生缺陷发生率', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: '出生缺陷发生率' }).waitFor()
    await settled(page)

    expect(await page.getByText('只作监测，不得设为目标').count()).toBeGreaterThan(0)
    await expectAccessible(page)
    await page.goto('/birth-defect-indicators/BDI-05?by=part')
    await page.getByText('只有县级合计').first().waitFor()
    expect(bureau.complaints).toEqual([])
  })

  test('on a phone in the dark too', async () => {
    const visitor = await demo.visitorAs('demo-county-mch', phone)
    for (const path of ['surveillance', 'surveillance?tab=alarms', 'cascade', 'indicators/BDI-12']) {
      await visitor.page.goto(`/birth-defect-${path}`)
      await settled(visitor.page)
      await expectFits(visitor.page)
      await expectAccessible(visitor.page)
    }
    expect(visitor.complaints).toEqual([])
    await visitor.close()
  })
})

describe('nobody below the county', () => {
  test('finds the pages', async () => {
    const visitor = await demo.visitorAs('demo-village-worker')
    await visitor.page.goto('/birth-defect-surveillance')
    await settled(visitor.page)

    expect(await visitor.page.getByRole('tab', { name: '发生率' }).count()).toBe(0)
    await visitor.close()
  })
})
