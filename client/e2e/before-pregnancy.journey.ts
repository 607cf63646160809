import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDemo, type Demo } from './demo.ts'
import { chooseOption, choosePlace, pressNext, tabTo, takeBack, typeOver } from './keyboard.ts'
import { expectAccessible, expectFits, settled, type Visitor } from './visitor.ts'

let demo: Demo
let clinician: Visitor
let woman: Listed

type Listed = { id: string; name: string; birthDate: string }
type Me = { division: { code: string }; organisation: { id: string } }

/** A shelf with folic acid in the clinician's area, and a woman whose name nobody shares. */
async function furnish(): Promise<void> {
  const keeper = await demo.ask<Me>('demo-pharmacist', '/me')
  const store = await demo.ask<{ id: string }>('demo-pharmacist', '/supply-stores', {
    ...{ kind: 'OUTLET', name: '叶酸发放点', divisionCode: keeper.division.code, openedOn: '2026-01-01' },
    organisationId: keeper.organisation.id,
  })
  await demo.ask('demo-pharmacist', '/supply-receipts', {
    ...{ storeId: store.id, occurredOn: '2026-10-08' },
    lines: [{ itemCode: 'YS401', lotNumber: 'YS2026', expiresOn: '2029-09-30', quantity: 100 }],
  })
  const query = 'limit=100&sex=2&ageFrom=24&ageTo=32&status=ACTIVE&residenceStatus=1'
  const { items } = await demo.ask<{ items: Listed[] }>('demo-county-population', `/persons?${query}`)
  woman = items.find(({ name }) => items.filter((each) => each.name === name).length === 1)!
}

async function choose(page: Page, label: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).first().fill(`${woman.name} ${woman.birthDate}`)
  await page.locator('[role=listbox] [role=option]').first().click()
}

beforeAll(async () => {
  demo = await openDemo()
  await furnish()
  clinician = await demo.visitorAs('demo-station-clinician')
})
afterAll(() => demo.close())

describe('the county', () => {
  test('makes an item set of its own: an item and a reason changed, seen beside each other, and in force', async () => {
    const visitor = await demo.visitorAs('demo-county-mch')
    const { page } = visitor
    await page.goto('/check-item-sets')
    await settled(page)
    await page
      .getByRole('button', { name: /孕前优生/ })
      .first()
      .press('Enter')
    await page.getByText(/^依据：国家免费孕前优生健康检查项目/).waitFor()
    expect(await page.locator('main').innerText()).not.toMatch(/\[(found|K):/)
    await page.getByRole('tab', { name: /^数据项/ }).click()
    await page.getByRole('button', { name: '血红蛋白', exact: true }).press('Enter')
    await page.getByRole('dialog', { name: '血红蛋白' }).waitFor()
    await typeOver(page, /^参考下限/, '112')
    await pressNext(page, /^采用修改$/)
    await page.getByRole('tab', { name: /^风险判定/ }).click()
    expect(await page.locator('main').innerText()).not.toMatch(/\[(found|K):/)
    await page.getByRole('button', { name: /^女方贫血/ }).press('Enter')
    await page.getByRole('dialog', { name: /^女方贫血/ }).waitFor()
    await typeOver(page, /^建议（中文）/, '查贫血原因，补铁并复查。')
    await expectAccessible(page)
    await pressNext(page, /^采用修改$/)
    await page.getByRole('button', { name: '形成新版本（2 处修改）' }).press('Enter')
    const publish = page.getByRole('dialog', { name: '形成新版本' })
    await publish.getByRole('listitem').nth(1).waitFor()
    await typeOver(page, /^依据/, '县卫健局文件')
    await typeOver(page, /^更正或作废的原因/, '本县补铁方案')
    await expectAccessible(page)
    await pressNext(page, /^确认形成$/)
    await publish.waitFor({ state: 'detached' })
    await page.getByText('本县', { exact: true }).waitFor()
    await page.getByRole('tab', { name: /^风险判定/ }).click()
    await page.getByText('查贫血原因，补铁并复查。').waitFor()
    expect(visitor.complaints).toEqual([])
    await visitor.close()
  })
})

describe('before a pregnancy, a clinician', () => {
  test('checks a couple: the risk is told while she types, and the sheet goes home', async () => {
    const { page } = clinician
    await page.goto('/before-pregnancy')
    await settled(page)
    await expectAccessible(page)
    await page.getByRole('link', { name: '孕前优生健康检查' }).click()
    await page.getByText(/^19 /).first().waitFor()
    await choose(page, '女方')
    await page
      .getByLabel(/^已到检/)
      .last()
      .uncheck()
    await page.getByLabel('血红蛋白').fill('95')
    await page.getByText('按已填内容：高风险人群').waitFor()
    await page.getByText('女方贫血（血红蛋白 < 110 g/L）').waitFor()
    await expectAccessible(page)
    await page.getByLabel('血红蛋白').fill('9500')
    await page.getByLabel('血红蛋白').blur()
    await page.getByText('填写的内容不符合要求').first().waitFor()
    await page.getByLabel('血红蛋白').fill('95')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('heading', { name: /检查结果与建议告知书$/ }).waitFor()
    await page.getByText('查贫血原因，补铁并复查。').waitFor()
    await expectAccessible(page)
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('button', { name: '打印' }).isVisible()).toBe(false)
    await page.emulateMedia({ media: 'screen' })
  })

  test('sets the check right: another look at it reads otherwise, and what was never done goes', async () => {
    const { page } = clinician
    await page.getByRole('link', { name: '补检或更正' }).press('Enter')
    await page.getByRole('heading', { name: '补检或更正' }).waitFor()
    await settled(page)
    await typeOver(page, /^血红蛋白/, '128')
    await typeOver(page, /^更正或作废的原因/, '化验单抄错')
    await pressNext(page, /^保存$/)
    await page.getByText('本次检查未发现需要特别处理的问题。').waitFor()
    await takeBack(page, page.getByRole('button', { name: '作废' }), '当日未到检')
    await page.getByText('已作废：当日未到检').waitFor()
    await expectAccessible(page)
    expect(clinician.complaints).toEqual([])
  })

  test('tests for viruses, and leads the positive one to its next step', async () => {
    const { page } = clinician
    await page.goto('/torch-tests/new')
    await settled(page)
    await choose(page, '服务对象')
    const toxoplasma = page.getByRole('group', { name: '弓形虫' })
    await toxoplasma.getByLabel('IgG').selectOption({ label: '阴性' })
    await toxoplasma.getByLabel('IgM').selectOption({ label: '阳性' })
    await toxoplasma.getByText('可能急性感染，或假阳性').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('button', { name: '确认判读和建议' }).waitFor()
    await page.getByRole('link', { name: '更正' }).press('Enter')
    await page.getByRole('heading', { name: '更正检测' }).waitFor()
    await settled(page)
    await typeOver(page, /^IgM 数值/, '1.8')
    await typeOver(page, /^更正或作废的原因/, '补记数值')
    await pressNext(page, /^保存$/)
    await page.getByText('阳性 1.8').waitFor()
    await page.getByRole('button', { name: '确认判读和建议' }).click()
    await page.getByText(/于 .* 确认/).waitFor()
    await expectAccessible(page)
    await page.getByRole('link', { name: '阳性随访' }).click()
    await page.getByText('已告知', { exact: true }).click()
    await page.getByRole('button', { name: '记录下一步' }).click()
    await page.getByRole('listitem').filter({ hasText: '已告知' }).waitFor()
    await expectAccessible(page)
    await page.goto('/torch-tests')
    await settled(page)
    await page
      .getByRole('row', { name: new RegExp(woman.name) })
      .getByText('已咨询')
      .waitFor()
    await expectAccessible(page)
  })

  test('hands out folic acid, and sees when she needs more', async () => {
    const { page } = clinician
    await page.goto('/folic-acid')
    await settled(page)
    await page.getByRole('button', { name: '发放叶酸' }).click()
    const dialog = page.getByRole('dialog', { name: '发放叶酸' })
    await choose(page, '服务对象')
    await dialog.getByLabel('从哪个药具点').selectOption({ label: '叶酸发放点' })
    await dialog.getByLabel('每日片数').fill('10')
    await dialog.getByText('处方（每日超过 0.4 mg 必填）').waitFor()
    await dialog.getByLabel('每日片数').fill('1')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: '发放叶酸' }).click()
    await page
      .getByRole('row', { name: new RegExp(woman.name) })
      .getByText('3 瓶')
      .waitFor()
    await expectAccessible(page)

    await page.getByRole('button', { name: woman.name }).press('Enter')
    await page.getByRole('button', { name: /^更正 / }).press('Enter')
    await page.getByRole('dialog', { name: '更正发放记录' }).waitFor()
    await typeOver(page, /^瓶数/, '2')
    await typeOver(page, /^更正或作废的原因/, '多记一瓶')
    await expectAccessible(page)
    await pressNext(page, /^更正$/)
    await page.getByText('2 瓶').first().waitFor()
    await page.getByText('已作废：多记一瓶').waitFor()
    await page.getByRole('button', { name: '记录服用情况' }).press('Enter')
    await page.getByRole('dialog', { name: '记录服用情况' }).waitFor()
    await typeOver(page, /^服了几天/, '1')
    await pressNext(page, /^保存$/)
    await takeBack(page, page.getByRole('button', { name: /^作废 .* 记录服用情况$/ }), '重复')
    await takeBack(page, page.getByRole('button', { name: /^作废 [\d-]+$/ }), '未领取')
    await page.getByText('发放记录已全部作废').waitFor()
    await page.getByRole('row', { name: new RegExp(woman.name) }).waitFor({ state: 'detached' })
    expect(clinician.complaints).toEqual([])
  })

  test('holds a talk: how many listened is counted, and she who came has it in her chain', async () => {
    const { page } = clinician
    const year = new Date().getFullYear()
    type Counted = { items: { kind: string; sessions: number; audience: number }[] }
    const { items } = await demo.ask<Counted>(
      'demo-station-clinician',
      `/education-counters?from=${year}-01-01&to=${year}-12-31`,
    )
    const before = items.find(({ kind }) => kind === 'EDUCATION') ?? { sessions: 0, audience: 0 }
    await page.goto('/outreach/new')
    await settled(page)
    await tabTo(page, /^形式/)
    await chooseOption(page, '优生科普')
    await tabTo(page, /^第 1 个村/)
    await choosePlace(page, '洪凝社区')
    await typeOver(page, /^人员/, '李医生')
    await typeOver(page, /^听讲人数/, '36')
    await pressNext(page, /^保存$/)
    await page.getByRole('heading', { name: '参加优生宣教的服务对象' }).waitFor()
    await choose(page, '服务对象')
    await page.getByRole('button', { name: '登记参加' }).press('Enter')
    await page.getByRole('cell', { name: woman.name }).waitFor()
    await expectAccessible(page)
    await page.goto('/outreach')
    await page
      .getByRole('region', { name: /宣传教育和培训$/ })
      .getByText(`${before.sessions + 1} 场，${before.audience + 36} 人次`)
      .waitFor()
    expect(clinician.complaints).toEqual([])
  })

  test('finds all of it on a phone', async () => {
    const { page } = clinician
    await page.setViewportSize({ width: 390, height: 844 })
    for (const path of [
      '/before-pregnancy',
      '/before-pregnancy/checks/new?kind=PREMARITAL',
      '/torch-tests/new',
      '/torch-tests',
      '/folic-acid',
    ]) {
      await page.goto(path)
      await settled(page)
      await expectFits(page)
      await expectAccessible(page)
    }
  })
})
