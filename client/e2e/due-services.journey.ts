import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDemo, type Demo } from './demo.ts'
import { expectAccessible, expectFits, settled, type Visitor } from './visitor.ts'

let demo: Demo
let worker: Visitor
let officer: Visitor

type Listed = { id: string; name: string }

async function peopleFor(username: string): Promise<Listed[]> {
  const query = 'sex=2&ageFrom=22&ageTo=45&status=ACTIVE&residenceStatus=1&limit=50'
  const { items } = await demo.ask<{ items: Listed[] }>(username, `/persons?${query}`)
  return items.filter(({ name }) => items.filter((other) => other.name === name).length === 1)
}

beforeAll(async () => {
  demo = await openDemo()
  worker = await demo.visitorAs('demo-village-worker', {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
  })
  officer = await demo.visitorAs('demo-county-mch')
})
afterAll(() => demo.close())

const onTheList = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name })

describe('a village worker on a phone', () => {
  let client: Listed

  test('puts on the list who asks, by the type of service alone', async () => {
    const { page } = worker
    client = (await peopleFor('demo-village-worker'))[0]!
    await page.goto('/due-services')
    await settled(page)
    await expectAccessible(page)
    await expectFits(page)

    await page.getByRole('button', { name: '有人提出服务' }).tap()
    const dialog = page.getByRole('dialog', { name: '有人提出服务' })
    await dialog.getByLabel(/谁提出/).fill(client.name)
    await dialog.getByRole('listbox').getByRole('option').first().tap()
    await dialog.getByText('预约服务').tap()
    await expectAccessible(page)
    await expectFits(page)
    await dialog.getByRole('button', { name: '列入名单' }).tap()

    await dialog.waitFor({ state: 'hidden' })
    await page.goto('/due-services?service=APPOINTMENT&accepted=true')
    await onTheList(page, client.name).getByText('本人提出').waitFor()
    await expectAccessible(page)
    expect(await page.locator('body').innerText()).not.toMatch(/节育器|取环|上环|皮埋|流产/)
  })

  test('records an answer in two taps', async () => {
    const { page } = worker

    await page.getByRole('button', { name: `记录联系：${client.name}` }).tap()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: '谢绝', exact: true }).waitFor()
    await expectAccessible(page)
    await expectFits(page)
    await dialog.getByRole('button', { name: '谢绝', exact: true }).tap()

    await dialog.waitFor({ state: 'hidden' })
    await page.getByRole('tab', { name: '近两月已销号' }).tap()
    await onTheList(page, client.name).getByText('本人谢绝').first().waitFor()
    await expectFits(page)
  })

  test('reads the month’s account, which closes', async () => {
    const { page } = worker

    await page.getByRole('tab', { name: '月账' }).tap()

    await page.getByText('月初 + 新增 − 销号 = 月末').waitFor()
    await page.getByText('预约服务').first().waitFor()
    await expectAccessible(page)
    await expectFits(page)
    expect(worker.complaints).toEqual([])
  })

  test('finds on a person’s page that she need not be contacted', async () => {
    const { page } = worker
    await page.goto(`/persons/${client.id}`)
    await settled(page)

    const card = page.locator('section').filter({ hasText: '服务联系意愿' })
    await card.getByRole('button', { name: '不再联系' }).tap()
    await page.getByRole('dialog').getByRole('button', { name: '不再联系' }).tap()

    await card.getByText('所有服务').waitFor()
    await expectAccessible(page)
    await expectFits(page)
  })
})

describe('the county', () => {
  test('changes a protocol by a version of its own, after a look at what it does', async () => {
    const { page } = officer
    await page.goto('/care-protocols')
    await settled(page)
    await page.getByText('1、3、6、12 个月').first().waitFor()
    await expectAccessible(page)

    await page.getByRole('button', { name: '宫内节育器使用随访' }).click()
    await page.getByRole('button', { name: '调整方案' }).click()
    await page.getByLabel(/调整理由/).fill('本县路远，首次随访放宽')
    await page
      .getByLabel(/服务期（天）/)
      .first()
      .fill('45')
    await page.getByRole('button', { name: '看看会改变什么' }).click()
    await page.getByText('生效后的变化').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: '发布新版本' }).click()

    await page.getByText('本县第 1 版').waitFor()
    await expectAccessible(page)
  })

  test('plans the county and reads the account by township', async () => {
    const { page } = officer
    await page.goto('/care-protocols')
    await page.getByRole('button', { name: '重新编排全县' }).click()
    await page.getByText(/：新增 [\d,]+，改期/).waitFor()

    await page.goto('/due-service-statistics')
    await settled(page)
    await page.getByText('月初 + 新增 − 销号 = 月末').waitFor()
    await expectAccessible(page)
    expect(officer.complaints).toEqual([])
  })
})

describe('a clinician', () => {
  test('works the follow-up of the day', async () => {
    const clinician = await demo.visitorAs('demo-station-clinician')
    const { page } = clinician
    await page.goto('/follow-up?due=all')
    await settled(page)
    await expectAccessible(page)

    const first = page.getByRole('table').getByRole('button').first()
    if (await first.isVisible()) {
      await first.click()
      const dialog = page.getByRole('dialog')
      await dialog.getByText('办理结果').waitFor()
      await expectAccessible(page)
      await dialog.getByRole('button', { name: '保存结果' }).click()
      await dialog.waitFor({ state: 'hidden' })
    }
    expect(clinician.complaints).toEqual([])
  })
})
