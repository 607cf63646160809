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

describe('the county reads its contraception statistics', () => {
  test.each(['使用与构成', '续用', '服务与计划', '并发症监测', '指标目录'])('%s', async (tab) => {
    const { page } = bureau
    await page.goto('/contraception-statistics')
    await page.getByRole('heading', { level: 1, name: '避孕节育统计' }).waitFor()

    await page.getByRole('tab', { name: tab }).click()
    await settled(page)

    await expectAccessible(page)
    expect(bureau.complaints).toEqual([])
  })

  test('and is told in words that the mix is no target', async () => {
    const { page } = bureau
    await page.goto('/contraception-statistics?tab=indicators')
    await page.getByRole('button', { name: '避孕构成' }).click()
    await page.getByRole('heading', { level: 1, name: '避孕构成' }).waitFor()
    await settled(page)

    expect(await page.getByText('只作描述，不得设为目标').count()).toBeGreaterThan(0)
    await expectAccessible(page)
    await page.goto('/contraception-statistics/CON-15?by=part')
    await page.getByText('只有县级合计').first().waitFor()
    expect(bureau.complaints).toEqual([])
  })

  test('on a phone in the dark too', async () => {
    const visitor = await demo.visitorAs('demo-county-mch', phone)
    for (const tab of ['', '?tab=continuation', '?tab=work', '?tab=complications', '?tab=indicators']) {
      await visitor.page.goto(`/contraception-statistics${tab}`)
      await settled(visitor.page)
      await expectFits(visitor.page)
      await expectAccessible(visitor.page)
    }
    expect(visitor.complaints).toEqual([])
    await visitor.close()
  })
})

describe('nobody below the county', () => {
  test('finds the page', async () => {
    const visitor = await demo.visitorAs('demo-village-worker')
    await visitor.page.goto('/contraception-statistics')
    await settled(visitor.page)

    expect(await visitor.page.getByRole('tab', { name: '续用' }).count()).toBe(0)
    await visitor.close()
  })
})
