import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { after, mark, type Story } from './chain-story.ts'
import { childOf, masked } from './first-year.ts'
import { choice, fillDay, pickPerson } from './keyboard.ts'
import { expectAccessible, settled } from './visitor.ts'

const section = (page: Page, title: string): Locator =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: title }) })

/** Fills fields by their labels, and chooses where the field is a list. */
async function fillIn(where: Locator, values: Record<string, string | { choose: string }>): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    const field = where.getByLabel(new RegExp(`^${label}`)).first()
    if (typeof value === 'string') await field.fill(value)
    else await field.selectOption({ label: value.choose })
  }
}

/** The hospital's reporter fills in the card of the child, in the paper's order. */
export async function reportDefect(story: Story): Promise<void> {
  const { born } = story
  const { page } = await story.at('midwifery-reporter')
  await page.goto('/defect-cards')
  await page.getByRole('link', { name: '填报登记卡' }).click()
  await settled(page)
  await pickPerson(page, /^孩子（已出生）/, masked(childOf(story)), childOf(story).name)
  const mother = section(page, '一、产妇情况')
  await expect.poll(() => mother.getByLabel(/^姓名/).inputValue()).toBe(story.woman.name)
  await fillIn(mother, {
    ...{ '住院号（门诊号）': 'Z1', 民族: { choose: '汉族' }, '常住地 ': { choose: '乡村' } },
    ...{ 家庭住址: '演示村 3 号', 联系电话: '16200000001', '家庭年人均收入（元）': { choose: '4000–' } },
    ...{ 文化程度: { choose: '高中、中专' }, 孕次: '1', 产次: '1' },
  })
  const child = section(page, '二、缺陷儿情况')
  await fillIn(child, { 患儿住院号: 'Z1-1' })
  expect(await child.getByLabel('体重（克）').inputValue()).toBe('3300')

  const diagnosis = section(page, '三、出生缺陷诊断')
  await fillDay(diagnosis, /^诊断日期/, after(born, 1))
  await fillIn(diagnosis, { 确诊时间: { choose: '产后7天内' } })
  await diagnosis.getByLabel('临床').check()
  await diagnosis.getByRole('button', { name: '增加一种缺陷' }).click()
  await diagnosis.getByLabel('ICD-10 编码 1').fill('Q69.0')
  await diagnosis.getByText(/多指/).first().waitFor()
  await fillIn(diagnosis, { '侧别 1': { choose: '左' }, '描述 1': '左手六指' })

  const exposures = section(page, '四、孕早期情况')
  await exposures.getByLabel('发烧（>38℃）').check()
  await fillIn(exposures, { 患病说明: '孕 8 周发烧一天' })
  await fillIn(section(page, '五、家庭史'), {
    ...{ 既往死胎数: '0', 既往自然流产数: '0', 既往缺陷儿数: '0' },
    ...{ 家庭遗传史: { choose: '否' }, 近亲婚配: { choose: '否' } },
  })
  const report = section(page, '六、填报')
  await fillIn(report, { 填表人: '王助产', 职称: '主管护师' })
  await fillDay(report, /^填表日期/, after(born, 2))
  await page.getByText('可以上报').waitFor()
  await expectAccessible(page)

  await page.getByRole('button', { name: '保存草稿' }).click()
  await page.waitForURL(/\/defect-cards\/[0-9a-f-]{36}$/)
  await page.getByRole('button', { name: '上报' }).click()
  await page.getByText('已上报，待医院审核').waitFor()
}

/** Hospital and county look at the card in their lists, and pass it. */
export async function reviewDefect({ at, woman }: Story): Promise<void> {
  for (const [role, list, state] of [
    ['chief-clinician', '/defect-cards', '医院已审，待县级审核'],
    ['county-mch', '/defect-reviews', '县级已审，待省级审核'],
  ] as const) {
    const { page } = await at(role)
    await page.goto(list)
    await page.getByRole('button', { name: woman.name }).first().click()
    await settled(page)
    await expectAccessible(page)
    await page.getByRole('button', { name: '通过' }).click()
    await page.getByText(state).first().waitFor()
  }
}

/** The parents are asked before anything is planned. */
export async function askParents(story: Story): Promise<void> {
  const { page } = await story.at('chief-clinician')
  await page.goto('/child-follow-ups')
  await page.getByRole('button', { name: childOf(story).name }).click()
  await page.getByText(/^请先征询家长意愿/).waitFor()
  await page.getByRole('button', { name: '登记家长意愿' }).click()
  const dialog = page.getByRole('dialog', { name: '登记家长意愿' })
  await choice(dialog, /^家长是否同意随访/, '同意').check()
  await dialog.getByLabel(/^由谁表示/).selectOption('MOTHER')
  await fillDay(dialog, /^日期/, after(story.born, 20))
  await expectAccessible(page)
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** The child is visited on the days that were planned, until the first birthday. */
export async function visitChild({ at, today }: Story): Promise<void> {
  const { page } = await at('chief-clinician')
  for (const age of ['42天', '3月龄', '6月龄', '12月龄']) {
    const row = page.getByRole('row').filter({ has: page.getByRole('button', { name: age, exact: true }) })
    const [dueOn] = (await row.innerText()).match(/\d{4}-\d\d-\d\d/)!
    await row.getByRole('button', { name: age, exact: true }).click()
    const dialog = page.getByRole('dialog', { name: `${age}随访` })
    await choice(dialog, /^状态/, '已随访').check()
    await fillDay(dialog, /^日期/, dueOn > today ? today : dueOn)
    await dialog.getByLabel(/^方式/).selectOption({ index: 1 })
    await dialog.getByLabel(/^转归/).selectOption(age === '12月龄' ? 'CURED' : 'IMPROVED')
    await dialog.getByLabel(/^正在治疗/).selectOption('no')
    if (age === '42天') await expectAccessible(page)
    await dialog.getByRole('button', { name: '保存' }).click()
    await dialog.waitFor({ state: 'detached' })
    await row.getByText('已随访').waitFor()
  }
}

/** The high risk of the pregnancy is closed with what became of it. */
export async function endHighRisk({ at, woman, born }: Story): Promise<void> {
  const { page } = await at('station-clinician')
  await page.goto('/prenatal')
  await page.getByRole('button', { name: woman.name }).first().click()
  await settled(page)
  await fillDay(page, /^日期/, after(born, 45))
  await choice(page, /^结局/, '活产，有缺陷').check()
  await page.getByRole('button', { name: '记录这一步' }).click()
  await page.getByText('随访已结束').waitFor()
  await expectAccessible(page)
}

/** The first year stands in the child's chain, and no finding is left open. */
export async function seeYearDone({ at, childId }: Story): Promise<void> {
  const { page } = await at('station-clinician')
  await page.goto(`/birth-defect-chains/${childId}`)
  await settled(page)
  for (const age of ['42天', '3月龄', '6月龄', '12月龄']) await mark(page, `${age}随访，已完成`).waitFor()
  expect(await page.locator('.board .finding').count()).toBe(0)
  await expectAccessible(page)
}
