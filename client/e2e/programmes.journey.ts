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
let office: Visitor

beforeAll(async () => {
  demo = await openDemo()
  office = await demo.visitorAs('demo-county-subsidy')
})
afterAll(() => demo.close())

async function simulate(amount: string, name: string): Promise<void> {
  const { page } = office
  await page.goto('/benefit-simulations/new?programme=P04')
  const rate = page.getByLabel('标准', { exact: true })
  await rate.fill(amount)
  await rate.blur()
  await page.getByRole('button', { name: '测算', exact: true }).click()
  await page.getByText(/多支出 [\d,.]+ 元/).waitFor()
  await settled(page)
  expect(await page.locator('main figure svg').count()).toBeGreaterThanOrEqual(4)
  await page.getByRole('button', { name: '保存为方案' }).click()
  await page.getByLabel('方案名称').fill(name)
  await page.getByRole('button', { name: '测算并保存' }).click()
  await page.getByRole('heading', { level: 1, name: '政策测算' }).waitFor()
}

describe('what if', () => {
  test('a raised rate is told in words and pictures, kept, and laid beside another', async () => {
    const { page } = office
    await simulate('4800', '提到 4800 元')
    await simulate('4200', '提到 4200 元')
    await page.getByRole('button', { name: '提到 4200 元' }).click()
    await page.getByText(/多支出 [\d,.]+ 元/).waitFor()
    await settled(page)
    await expectAccessible(page)
    await page.goBack()

    await page.getByRole('checkbox', { name: /4800/ }).check()
    await page.getByRole('checkbox', { name: /4200/ }).check()
    await page
      .getByRole('button', { name: '并排比较' })
      .or(page.getByRole('link', { name: '并排比较' }))
      .click()
    await page.getByRole('heading', { level: 1, name: '方案比较' }).waitFor()
    await page.locator('main figure svg').first().waitFor()
    await settled(page)
    await expectAccessible(page)

    expect(office.complaints).toEqual([])
  })
})

describe('a programme', () => {
  test('is changed by one person and put in force by another', async () => {
    const { page } = office
    await page.goto('/programmes/P03/edit?kind=RATES')
    const amount = page.getByLabel('标准', { exact: true }).last()
    await amount.fill('12')
    await amount.blur()
    await page.getByLabel(/^依据文件/).fill('县卫健发〔2026〕8 号')
    await page.getByLabel(/^变更理由/).fill('按年度会议提高')
    await page.getByRole('button', { name: '提交审批' }).click()
    await page.getByText('您提出的变更须由另一人批准。').waitFor()
    await settled(page)
    await expectAccessible(page)
    expect(await page.getByRole('button', { name: '批准并按期生效' }).count()).toBe(0)

    const manager = await demo.visitorAs('demo-county-manager')
    await manager.page.goto(new URL(page.url()).pathname)
    await manager.page.getByRole('button', { name: '批准并按期生效' }).click()
    await manager.page.getByText('已批准').first().waitFor()

    expect(manager.complaints).toEqual([])
    await manager.close()
  })

  test('fits a phone in the dark, to be read and to be changed', async () => {
    const visitor = await demo.visitorAs('demo-county-subsidy', phone)
    for (const path of [
      '/programmes/P02',
      '/programmes/P01/edit',
      '/benefit-simulations/new?programme=P01',
    ]) {
      await visitor.page.goto(path)
      await settled(visitor.page)
      await expectFits(visitor.page)
      await expectAccessible(visitor.page)
    }

    expect(visitor.complaints).toEqual([])
    await visitor.close()
  })
})

describe('whoever is entitled and has not applied', () => {
  test('is found by a run over the register, and may say no', async () => {
    const { page } = office
    await page.goto('/benefit-coverage')
    await page.getByRole('button', { name: '重新测算' }).click()
    await page.getByRole('button', { name: '重新测算', disabled: true }).waitFor()
    await page.getByRole('button', { name: '重新测算', disabled: false }).waitFor()
    await page.getByRole('heading', { name: '按项目' }).waitFor()
    await settled(page)
    await expectAccessible(page)
    await page.getByRole('link', { name: '应享未享名单' }).first().click()
    await page.getByRole('heading', { level: 1, name: '应享未享名单' }).waitFor()
    await page.locator('tbody button').first().click()
    await page.getByRole('button', { name: '本人不申请' }).click()
    await page.getByText('已记下，本年度不再询问').waitFor()

    expect(office.complaints).toEqual([])
  })
})
