import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDemo, type Demo } from './demo.ts'
import { choice, fillDay, pressNext, takeBack, typeOver } from './keyboard.ts'
import { expectAccessible, expectFits, settled, type Visitor } from './visitor.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const

let demo: Demo
let clinician: Visitor
let woman: string
let child: string
let followUp: string

/** A woman of the demonstration in the weeks of the second-trimester serum screen. */
async function somebodyInHerWeeks(): Promise<string> {
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10)
  const { items } = await demo.ask<{ items: { woman: { id: string } }[] }>(
    'demo-station-clinician',
    `/pregnancies?from=${day(120)}&to=${day(190)}&limit=1`,
  )
  if (!items[0]) throw new Error('The demonstration knows nobody in these weeks')
  return items[0].woman.id
}

async function show(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await settled(page)
}

/** A child of three days, whom the register knows. */
async function somebodyNew(): Promise<string> {
  const { division } = await demo.ask<{ division: { code: string } }>('demo-village-worker', '/me')
  const birthDate = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10)
  const place = { residenceDivision: division.code, hukouDivision: division.code }
  const newborn = { name: '筛查宝', sex: '2', birthDate, residenceSince: birthDate, residenceStatus: '1' }
  const { id } = await demo.ask<{ id: string }>('demo-county-population', '/persons', {
    ...newborn,
    ...place,
  })
  return id
}

beforeAll(async () => {
  demo = await openDemo()
  woman = await somebodyInHerWeeks()
  child = await somebodyNew()
  clinician = await demo.visitorAs('demo-station-clinician')
})
afterAll(() => demo.close())

describe('screening', () => {
  test('of high risk opens a follow-up whose steps are hers, and says nothing of the fetus', async () => {
    const { page } = clinician
    const today = new Date().toLocaleDateString('sv', { timeZone: 'Asia/Shanghai' })
    await show(page, `/prenatal/screens/new?woman=${woman}`)
    await page.getByLabel('中孕期血清学筛查').check()
    await page.getByLabel('咨询人').fill('李医生')
    await page.getByLabel('同意', { exact: true }).check()
    await fillDay(page, /^检查（采样）日期/, today)
    await fillDay(page, /^报告日期/, today)
    await page.getByLabel('21-三体风险 1/').fill('120')
    await page.getByLabel('备注').fill('胎儿为男')
    await page.getByRole('button', { name: '登记产前筛查' }).click()
    await page.getByText('出生前的记录不得写明或暗示胎儿性别').first().waitFor()
    await page.getByLabel('备注').fill('已说明')
    await expectAccessible(page)
    await page.getByRole('button', { name: '登记产前筛查' }).click()

    await page.waitForURL(/prenatal\/cases\//)
    followUp = page.url()
    await settled(page)
    await page.getByText('高风险，待联系').waitFor()
    await page.getByLabel('电话').check()
    await expectAccessible(page)
    await page.getByRole('button', { name: '记录这一步' }).click()
    await page.getByText('已联系').first().waitFor()
    await settled(page)
    await page.getByLabel('咨询人').fill('李医生')
    await page.getByLabel('进一步产前诊断').check()
    await page.getByLabel('继续妊娠并获得支持').check()
    await page.getByRole('button', { name: '记录这一步' }).click()
    await page.getByText('已咨询').first().waitFor()
    expect(clinician.complaints).toEqual([])
  })

  test('of a newborn is written down, set right and taken back, with the keyboard alone', async () => {
    const { page } = clinician
    await show(page, `/newborn-screening/children/${child}`)
    const part = (name: string) =>
      page.locator('section.card').filter({ has: page.getByRole('heading', { name, exact: true }) })
    const dialog = page.getByRole('dialog')
    const save = async (words: RegExp) => {
      await pressNext(page, words)
      await dialog.waitFor({ state: 'detached' })
    }

    const spot = part('足跟血')
    await spot.getByRole('button', { name: '登记采血' }).press('Enter')
    await typeOver(page, /^出生后小时/, '74')
    await typeOver(page, /^标本编号/, 'S-1')
    await expectAccessible(page)
    await save(/^登记采血$/)
    await spot.getByRole('button', { name: '更正' }).press('Enter')
    await typeOver(page, /^出生后小时/, '60')
    await typeOver(page, /^更正原因/, '抄写有误')
    await save(/^更正$/)
    await spot.getByText('采血过早').waitFor()
    await spot.getByRole('button', { name: '登记结果' }).press('Enter')
    await typeOver(page, /^苯丙酮尿症.* · 数值/, '150')
    await typeOver(page, /^先天性甲状腺功能减低症.* · 数值/, '5')
    await expectAccessible(page)
    await save(/^保存$/)
    await spot.getByText('可疑').first().waitFor()

    const ears = part('听力')
    await ears.getByRole('button', { name: '登记听力筛查' }).press('Enter')
    await choice(dialog, /^阶段/, '初筛').press('Space')
    await dialog.getByLabel(/^方法/).selectOption('OAE')
    await choice(dialog, /^左耳/, '未通过').press('Space')
    await choice(dialog, /^右耳/, '通过').press('Space')
    await expectAccessible(page)
    await save(/^登记听力筛查$/)
    await ears.getByText('下一阶段期限').waitFor()
    await ears.getByRole('button', { name: '更正' }).press('Enter')
    await choice(dialog, /^左耳/, '通过').press('Space')
    await typeOver(page, /^更正原因/, '左右记反')
    await save(/^更正$/)
    await ears.getByText('下一阶段期限').waitFor({ state: 'detached' })

    const heart = part('先心病')
    await heart.getByRole('button', { name: '登记先心病筛查' }).press('Enter')
    await fillDay(dialog, /^检查日期/, new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10))
    for (const [field, figure] of [
      [/^出生后小时/, '24'],
      [/^杂音级别/, '0'],
      [/^右手血氧/, '88'],
      [/^足部血氧/, '98'],
    ] as const)
      await typeOver(page, field, figure)
    await expectAccessible(page)
    await save(/^登记先心病筛查$/)
    await heart.getByText('心脏超声期限').waitFor()
    await heart.getByRole('button', { name: '更正' }).press('Enter')
    await typeOver(page, /^右手血氧/, '98')
    await typeOver(page, /^更正原因/, '抄写有误')
    await save(/^更正$/)
    await heart.getByText('心脏超声期限').waitFor({ state: 'detached' })

    await expectAccessible(page)
    for (const each of [spot, ears, heart]) {
      await takeBack(page, each.getByRole('button', { name: '作废' }), '登记错人')
      await each.getByText('尚无记录').waitFor()
    }
    expect(clinician.complaints).toEqual([])
  })

  test('before the birth is not thrown away unasked while a dialog about it is being filled in', async () => {
    const { page } = clinician
    await page.goto(followUp)
    await settled(page)
    await page.getByRole('link', { name: '查看筛查' }).press('Enter')
    const button = page.getByRole('button', { name: '更正' })
    const [dialog, question] = [page.getByRole('dialog', { name: '更正' }), page.getByRole('alertdialog')]
    const focused = (control: Locator) => control.evaluate((element) => element === document.activeElement)

    await button.press('Enter')
    await dialog.waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(await focused(button)).toBe(true)

    await button.press('Enter')
    await typeOver(page, /^备注/, '抄错一行')
    await page.keyboard.press('Escape')
    await question.getByText('填写的内容还没有提交，确定放弃吗？').waitFor()
    await expectAccessible(page)
    expect(await focused(question.getByRole('button', { name: '继续填写' }))).toBe(true)
    await page.keyboard.press('Enter')
    await question.waitFor({ state: 'detached' })
    expect(await focused(dialog.getByLabel(/^备注/))).toBe(true)
    expect(await dialog.getByLabel(/^备注/).inputValue()).toBe('抄错一行')

    await page.mouse.click(5, 5)
    await question.waitFor()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    expect(await focused(button)).toBe(true)
    expect(await page.getByText('抄错一行').count()).toBe(0)
  })

  test('before the birth is set right and taken back; what it opened is closed with it', async () => {
    const { page } = clinician
    await page.goto(followUp)
    await settled(page)
    await page.getByRole('link', { name: '查看筛查' }).press('Enter')
    await page.getByRole('button', { name: '更正' }).press('Enter')
    await page.getByRole('dialog', { name: '更正' }).waitFor()
    await typeOver(page, /^备注/, '已再次说明')
    await typeOver(page, /^原因/, '补记')
    await expectAccessible(page)
    await pressNext(page, /^更正$/)
    await page.getByText('已再次说明').waitFor()
    await takeBack(page, page.getByRole('button', { name: '作废' }), '登记错人')
    await page.getByText('已作废：登记错人').waitFor()
    await expectAccessible(page)
    expect(clinician.complaints).toEqual([])
  })

  test('of the heart explains its answer, on a phone too', async () => {
    const visitor = await demo.visitorAs('demo-station-clinician', phone)
    const { page } = visitor
    await show(page, '/newborn-screening?tab=cchd')
    await page.getByLabel('右手血氧（%）').fill('93')
    await page.getByLabel('足部血氧（%）').fill('94')
    await page.getByText('2–4 小时后复测', { exact: true }).waitFor()
    await page.getByLabel('复测右手（%）').fill('94')
    await page.getByLabel('复测足部（%）').fill('93')
    await page.getByText('两次均低于 95%').waitFor()
    for (const path of [
      '/newborn-screening?tab=cchd',
      '/newborn-screening',
      '/newborn-screening?tab=recalls',
      '/prenatal',
      '/prenatal?tab=screens',
      '/prenatal?tab=diagnoses',
      '/prenatal/diagnoses/new',
      '/screening-parameters',
    ]) {
      await show(page, path)
      await expectFits(page)
      await expectAccessible(page)
    }
    expect(visitor.complaints).toEqual([])
    await visitor.close()
  })
})
