import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDemo, type Demo } from './demo.ts'
import { expectAccessible, expectFits, settled, type Visitor } from './visitor.ts'

let demo: Demo
let clinician: Visitor
let woman: Listed

type Listed = { id: string; name: string; birthDate: string }

/** Somebody who uses nothing yet and whose name nobody shares. */
async function findWoman(): Promise<Listed> {
  const query = 'limit=100&sex=2&ageFrom=24&ageTo=32&status=ACTIVE&residenceStatus=1'
  const { items } = await demo.ask<{ items: Listed[] }>('demo-county-population', `/persons?${query}`)
  const ours = await demo.ask<{ items: { clientId: string }[] }>(
    'demo-station-clinician',
    '/method-episodes?limit=200',
  )
  const users = new Set(ours.items.map(({ clientId }) => clientId))
  for (const person of items) {
    if (users.has(person.id) || items.filter(({ name }) => name === person.name).length > 1) continue
    const client = await demo.ask<{ currentMethods: unknown[] }>(
      'demo-station-clinician',
      `/clients/${person.id}`,
    )
    if (client.currentMethods.length === 0) return person
  }
  throw new Error('everybody uses a method')
}

type Me = { id: string; organisation: { id: string }; division: { code: string } }

/** A licensed operator and a shelf with condoms at the clinician's facility. */
async function furnish(): Promise<void> {
  const me = await demo.ask<Me>('demo-station-clinician', '/me')
  await demo.ask('demo-county-mch', '/operator-licences', {
    ...{ organisationId: me.organisation.id, name: '李秋萍', certificateNumber: 'JS-2020-0001' },
    ...{ procedures: ['P01', 'P02', 'P03'], validFrom: '2020-01-01', userId: me.id },
  })
  const keeper = await demo.ask<Me>('demo-pharmacist', '/me')
  const store = await demo.ask<{ id: string }>('demo-pharmacist', '/supply-stores', {
    ...{ kind: 'OUTLET', name: '门诊发放点', divisionCode: keeper.division.code, openedOn: '2026-01-01' },
    organisationId: keeper.organisation.id,
  })
  const { items } = await demo.ask<{ items: { code: string; method: string }[] }>(
    'demo-pharmacist',
    '/supply-items',
  )
  const condom = items.find(({ method }) => method === 'M70')
  await demo.ask('demo-pharmacist', '/supply-receipts', {
    ...{ storeId: store.id, occurredOn: '2026-10-08' },
    lines: [{ itemCode: condom?.code, lotNumber: 'A2026', expiresOn: '2029-09-30', quantity: 500 }],
  })
}

async function openPart(page: Page, place: number): Promise<void> {
  await page.keyboard.press(`Alt+${place}`)
}

beforeAll(async () => {
  demo = await openDemo()
  await furnish()
  woman = await findWoman()
  clinician = await demo.visitorAs('demo-station-clinician')
})
afterAll(() => demo.close())

describe('a clinician', () => {
  test('finds whoever walks in by name and birth date', async () => {
    const { page } = clinician
    await page.goto('/care')
    await settled(page)
    await expectAccessible(page)
    await page.getByLabel('查找服务对象').fill(`${woman.name} ${woman.birthDate}`)
    await page.keyboard.press('Enter')
    await page
      .getByRole('listitem')
      .filter({ hasText: woman.name })
      .getByRole('button', { name: '接诊' })
      .click()
    await page.getByRole('heading', { name: `接诊 ${woman.name}` }).waitFor()
    await settled(page)
    await expectAccessible(page)
  })

  test('counsels her, and the methods stand side by side', async () => {
    const { page } = clinician
    await page.getByText('两年以后再考虑', { exact: true }).click()
    await page.getByRole('button', { name: '常用五项' }).click()
    const sheet = page.getByRole('region', { name: '各种方法对照' })
    await sheet.getByRole('columnheader', { name: '男用避孕套' }).waitFor()
    await sheet
      .getByText(/^一般使用：每 100 人一年约/)
      .first()
      .waitFor()
    await page.getByLabel('以下都已讲清').check()
    await openPart(page, 3)
    await page.keyboard.press('Space')
    await page.getByLabel(/^选定的方法/).selectOption({ label: '含铜宫内节育器' })
    await page.getByLabel('本人声明').check()
    await page.getByText('本人签名', { exact: true }).click()
  })

  test('screens her: the categories follow each answer, a stop is shown, and her draft survives a reload', async () => {
    const { page } = clinician
    await page.getByRole('button', { name: '全部已逐项询问' }).click()
    const table = page.getByRole('region', { name: '各种方法的适用级别' })
    await page.getByLabel(/^目前是否患盆腔炎/).check()
    await table
      .getByRole('row', { name: /^含铜宫内节育器/ })
      .getByText('须审核')
      .waitFor()
    await page.getByText('含铜宫内节育器：须上级医师审核').waitFor()
    await expectAccessible(page)
    await page.waitForTimeout(600)

    await page.reload()
    await settled(page)
    await page.getByText('已恢复上次没有保存的内容。').waitFor()
    await page.getByLabel(/^目前是否患盆腔炎/).uncheck()
    await table
      .getByRole('row', { name: /^含铜宫内节育器/ })
      .getByText('须审核')
      .waitFor({ state: 'detached' })
  })

  test('inserts the device she chose, plans her follow-up and hands out condoms, in one save', async () => {
    const { page } = clinician
    await openPart(page, 6)
    await page.getByLabel('今天施行').check()
    await page
      .getByLabel(/^手术操作/)
      .last()
      .selectOption({ label: '放置宫内节育器' })
    await page.getByLabel(/^器具种类/).selectOption({ index: 1 })
    await page.getByLabel(/^放置时期/).selectOption({ label: '月经后' })
    await page
      .getByLabel(/^宫腔深度/)
      .last()
      .fill('72')
    await page.locator('summary').filter({ hasText: '检查' }).click()
    await page.getByLabel(/^收缩压/).fill('118')
    await page.getByLabel('本次同时做了健康检查').check()
    await page.getByLabel('妇科检查', { exact: true }).check()
    await page
      .getByText(/1 个月/)
      .first()
      .waitFor()
    await page.getByRole('button', { name: '发放药具' }).click()
    await expectAccessible(page)

    await page.keyboard.press('Control+Enter')
    const check = page.getByRole('dialog', { name: '请核对本次接诊' })
    await check.getByText('放置宫内节育器').first().waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '接诊已保存' }).waitFor()
    await expectAccessible(page)
  })

  test('prints the choice sheet', async () => {
    const { page } = clinician
    await page.getByRole('link', { name: '知情选择单' }).click()
    await page.getByRole('heading', { name: '避孕方法知情选择告知单' }).waitFor()
    await page.getByText('选定一种方法 · 含铜宫内节育器').waitFor()
    await expectAccessible(page)
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('button', { name: '打印' }).isVisible()).toBe(false)
    await page.emulateMedia({ media: 'screen' })
  })

  test('reads her record: method, choice, operation, follow-up, and who looked', async () => {
    const { page } = clinician
    await page.goto(`/care/clients/${woman.id}`)
    await settled(page)
    await page.getByText('使用中').first().waitFor()
    await page.getByRole('tab', { name: '手术操作' }).click()
    await page.getByText('已施行').first().waitFor()
    await page.getByRole('tab', { name: '随访' }).click()
    await page.getByText('待提供').first().waitFor()
    await page.getByRole('tab', { name: '谁查看过' }).click()
    await page.getByText('演示 服务站/医院临床人员').last().waitFor()
    await expectAccessible(page)
  })

  test('removes the device on request: nothing is asked and nothing blocks it', async () => {
    const { page } = clinician
    await page.getByRole('link', { name: '要求取出' }).click()
    await page.getByRole('heading', { name: `${woman.name} 要求取出` }).waitFor()
    await settled(page)
    await expectAccessible(page)
    await page.getByRole('button', { name: '登记取出' }).click()
    await page.getByRole('heading', { name: '接诊已保存' }).waitFor()

    await page.goto(`/care/clients/${woman.id}`)
    await settled(page)
    await page.getByText('未采取措施').waitFor()
    expect(clinician.complaints).toEqual([])
  })

  test('does the same on a phone in the dark', async () => {
    const phone = { viewport: { width: 360, height: 780 }, colorScheme: 'dark', hasTouch: true } as const
    const visitor = await demo.visitorAs('demo-station-clinician', phone)
    const { page } = visitor
    const large = JSON.stringify({ theme: 'auto', type: 'large', language: 'zh-CN', rail: false })
    await page.addInitScript((kept) => localStorage.setItem('youyu.appearance', kept), large)
    const found: Record<string, unknown> = {}
    for (const path of [
      '/care',
      ...['', '/encounter', '/removal'].map((end) => `/care/clients/${woman.id}${end}`),
    ]) {
      await page.goto(path)
      await settled(page)
      await expectFits(page).catch(() => (found[`${path} sideways`] = true))
      await expectAccessible(page).catch((error: unknown) => (found[path] = String(error)))
    }

    expect(found).toEqual({})
    expect(visitor.complaints).toEqual([])
    await visitor.close()
  })
})

describe('who does not treat', () => {
  test.each(['demo-county-manager', 'demo-village-worker', 'demo-pharmacist'])(
    '%s reads nothing of it',
    async (username) => {
      const visitor = await demo.visitorAs(username)
      await visitor.page.goto(`/care/clients/${woman.id}`)
      await visitor.page.waitForURL(/forbidden/)
      await visitor.close()

      const care = await demo.respond(username, `/persons/${woman.id}/care-record`)
      expect(care.status).toBe(403)
    },
  )
})
