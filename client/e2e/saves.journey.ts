import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDemo, type Demo } from './demo.ts'
import { expectAccessible, settled, type Visitor } from './visitor.ts'

type Listed = { id: string; name: string }

let demo: Demo
let officer: Visitor

/** People of the county whose names nobody in the list shares. */
async function peopleFor(query: string): Promise<Listed[]> {
  const { items } = await demo.ask<{ items: Listed[] }>(
    'demo-county-population',
    `/persons?limit=100&status=ACTIVE&residenceStatus=1${query}`,
  )
  return items.filter(({ name }) => items.filter((other) => other.name === name).length === 1)
}

async function choosePerson(page: Page, label: RegExp, name: string): Promise<void> {
  await page.getByLabel(label).first().fill(name)
  await page.getByRole('option').filter({ hasText: name }).first().click()
}

async function typeDate(page: Page, label: RegExp, date: string): Promise<void> {
  await page.getByLabel(label).first().click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(date)
  await page.keyboard.press('Enter')
}

async function confirm(page: Page): Promise<void> {
  await page.getByRole('button', { name: '预览', exact: true }).click()
  const preview = page.getByRole('dialog', { name: '请核对变更' })
  await preview.getByRole('button', { name: '确认提交' }).click()
  await preview.waitFor({ state: 'detached' })
}

beforeAll(async () => {
  demo = await openDemo()
  officer = await demo.visitorAs('demo-county-population')
})
afterAll(() => demo.close())

describe('the county office', () => {
  test('records a marriage', async () => {
    const { page } = officer
    const [bride] = await peopleFor('&sex=2&ageFrom=22&ageTo=24')
    await page.goto(`/marriages/new?person=${bride!.id}`)
    await settled(page)
    await page.getByLabel(/^婚姻事件/).selectOption({ label: '结婚' })
    await page.getByLabel(/^另一方姓名/).fill('陈远方')
    await typeDate(page, /^登记日期/, '2026-11-02')
    await confirm(page)
    await page.getByRole('heading', { name: '已登记婚姻' }).waitFor()
  })

  test('records that somebody moves within the county, on the one way there is', async () => {
    const { page } = officer
    const [mover] = await peopleFor('&ageFrom=30&ageTo=34')
    await page.goto(`/persons/${mover!.id}`)
    await settled(page)
    expect(await page.getByRole('button', { name: '登记迁移' }).count()).toBe(0)
    await page.locator('#residence').getByRole('link', { name: '登记迁移' }).click()
    await page.getByRole('heading', { name: '登记迁移' }).waitFor()
    await settled(page)
    await page.getByLabel(/^类别/).selectOption({ label: '流出' })
    await typeDate(page, /^发生日期/, '2026-11-03')
    await page.getByLabel(/^迁入地/).fill('洪凝')
    await page.getByText('洪凝社区居民委员会').click()
    await page.getByLabel(/^原因/).selectOption({ label: '务工经商' })
    await confirm(page)
    await page.getByRole('heading', { name: '已登记迁移' }).waitFor()
  })

  test('records a guardianship', async () => {
    const { page } = officer
    const [child] = await peopleFor('&ageFrom=6&ageTo=9')
    const [adult] = await peopleFor('&sex=2&ageFrom=40&ageTo=48')
    await page.goto(`/parentage/new?person=${child!.id}`)
    await settled(page)
    await choosePerson(page, /^收养或监护人/, adult!.name)
    await page.getByLabel(/^类别/).selectOption({ label: '监护' })
    await typeDate(page, /^生效日期/, '2026-11-04')
    await confirm(page)
    await page.getByRole('heading', { name: '已登记收养或监护' }).waitFor()
  })

  test('adds a childcare place', async () => {
    const { page } = officer
    await page.goto('/childcare')
    await settled(page)
    await page.getByRole('button', { name: '新增托育机构' }).first().click()
    const drawer = page.getByRole('dialog')
    await drawer.getByLabel(/^名称/).fill('晨光托育园')
    await drawer.getByLabel(/^类型/).selectOption({ index: 1 })
    await drawer.getByLabel(/^所在区划/).fill('洪凝')
    await page.getByText('洪凝社区居民委员会').click()
    await drawer.getByLabel(/^启用日期/).click()
    await page.keyboard.type('2026-09-01')
    await page.keyboard.press('Enter')
    await drawer.getByLabel('托位：2 岁').fill('20')
    await drawer.getByRole('button', { name: '保存' }).click()
    await page.getByText('晨光托育园').first().waitFor()
    await expectAccessible(page)
    expect(officer.complaints).toEqual([])
  })
})

describe('a clinician', () => {
  test('registers a pregnancy, changes its risk, records and corrects a visit', async () => {
    const visitor = await demo.visitorAs('demo-station-clinician')
    const { page } = visitor
    const [woman] = await peopleFor('&sex=2&ageFrom=26&ageTo=29')
    await page.goto('/pregnancies')
    await settled(page)
    await page.getByRole('button', { name: '建册' }).click()
    await choosePerson(page, /^孕妇/, woman!.name)
    await typeDate(page, /^末次月经/, '2026-08-20')
    await confirm(page)
    await page.getByRole('button', { name: woman!.name }).first().click()
    const drawer = page.getByRole('dialog', { name: '孕产服务记录' })
    await drawer.getByRole('button', { name: '修改记录' }).click()
    await drawer.getByLabel(/^风险分级/).selectOption({ index: 1 })
    await drawer.getByRole('button', { name: '保存' }).click()
    await page.getByText('记录已修改').waitFor()

    await drawer.getByRole('button', { name: '登记产前检查' }).click()
    await drawer.getByLabel(/^收缩压/).fill('116')
    await drawer.getByLabel(/^舒张压/).fill('74')
    await confirm(page)
    await drawer.getByText('116/74 mmHg').waitFor()
    await drawer.getByRole('button', { name: '更正这次检查' }).click()
    const correction = page.getByRole('dialog', { name: '更正这次检查' })
    await correction.getByLabel(/^收缩压/).fill('118')
    await correction.getByLabel(/^理由/).fill('抄写有误')
    await confirm(page)
    await drawer.getByText('118/74 mmHg').waitFor()
    await expectAccessible(page)
    expect(visitor.complaints).toEqual([])
    await visitor.close()
  })
})
