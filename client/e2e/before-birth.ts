import type { Page } from 'playwright-core'
import { after, mark, type Person, type Story } from './chain-story.ts'
import { choice, fillDay, pickPerson } from './keyboard.ts'
import { expectAccessible, settled } from './visitor.ts'

/** As a clinician looks somebody up: nobody is browsed. */
const asClient = ({ name, birthDate }: Person) => `${name} ${birthDate}`

async function clinicianAt(story: Story, path: string): Promise<Page> {
  const { page } = await story.at('station-clinician')
  await page.goto(path)
  await settled(page)
  return page
}

/** From her chain to the page on which this item is recorded. */
async function recordFromChain(story: Story, item: string): Promise<Page> {
  const page = await clinicianAt(story, `/birth-defect-chains/${story.woman.id}`)
  await mark(page, item).click()
  await page.getByRole('region', { name: item }).getByRole('link', { name: '去登记' }).click()
  await page.waitForURL((address) => !address.pathname.startsWith('/birth-defect-chains'))
  await settled(page)
  return page
}

export async function registerMarriage({ at, woman, man, married }: Story): Promise<void> {
  const { page } = await at('county-population')
  await page.goto('/events?of=marriages')
  await settled(page)
  await page.getByRole('link', { name: '登记婚姻' }).click()
  await settled(page)
  await pickPerson(page, /^一方/, woman)
  await fillDay(page, /^登记日期/, married)
  await pickPerson(page, /^另一方$/, man)
  await expectAccessible(page)
  await page.getByRole('button', { name: '预览', exact: true }).click()
  const preview = page.getByRole('dialog', { name: '请核对变更' })
  await preview.getByRole('button', { name: '确认提交' }).click()
  await page.getByRole('heading', { name: '已登记婚姻' }).waitFor()
}

/** On the same page, as the couple agrees. */
export async function referForFreeCheck({ at, married }: Story): Promise<void> {
  const { page } = await at('county-population')
  await page.getByRole('button', { name: '婚前检查转介' }).click()
  const dialog = page.getByRole('dialog', { name: '婚前检查转介' })
  await dialog.getByLabel('双方同意由机构联系').check()
  await fillDay(dialog, /^告知日期/, married)
  await dialog.getByLabel(/检查机构/).fill('妇幼保健计划')
  await page.getByRole('option', { name: /妇幼保健计划生育服务中心/ }).click()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: '登记' }).click()
  await page.getByText(/已转介：/).waitFor()
}

/** The couple that was referred is expected: its chain is found by her name. */
export async function findChain(story: Story): Promise<void> {
  const { woman } = story
  const page = await clinicianAt(story, '/birth-defect-work')
  await page.getByLabel('查找妇女或儿童').fill(asClient(woman))
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: `${woman.name} 的优生监护档案` }).waitFor()
  await mark(page, '婚前医学检查').waitFor()
  await expectAccessible(page)
  const path = `/persons/${woman.id}/birth-defect-chain`
  const { items } = await story.demo.ask<{ items: { id: string }[] }>('demo-station-clinician', path)
  story.chainId = items[0]!.id
}

/** Both come together; she is measured, both are tested as each consents. */
export async function checkCouple(story: Story, item: string, on: string): Promise<void> {
  const { man } = story
  const page = await recordFromChain(story, item)
  await pickPerson(page, /^男方/, man, asClient(man))
  await fillDay(page, '日期', on)
  const sheet = (heading: string) =>
    page.locator('section').filter({ has: page.getByRole('heading', { name: heading, exact: true }) })
  const her = sheet('女方')
  await her.getByLabel('身高').fill('161')
  await her.getByLabel('体重').fill('54')
  await her.getByLabel('血红蛋白').fill('121')
  for (const party of [her, sheet('男方')]) {
    await party.getByLabel(/^同意做乙肝、梅毒/).check()
    await party.getByLabel(/^梅毒/).selectOption({ label: '阴性' })
  }
  await page.getByText('按已填内容：一般人群').waitFor()
  await fillDay(page, '告知日期', on)
  await expectAccessible(page)
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('heading', { name: /检查结果与建议告知书$/ }).waitFor()
}

async function enterToxoplasma(page: Page, igm: '阳性' | '阴性', on: string): Promise<void> {
  const toxoplasma = page.getByRole('group', { name: '弓形虫' })
  await fillDay(page, '日期', on)
  await toxoplasma.getByLabel('IgG').selectOption({ label: '阴性' })
  await toxoplasma.getByLabel('IgM').selectOption({ label: igm })
  await toxoplasma.getByText(igm === '阳性' ? '可能急性感染，或假阳性' : '易感，未感染过').waitFor()
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('button', { name: '确认判读和建议' }).click()
  await page.getByText(/于 .* 确认/).waitFor()
}

/** A positive test, told, counselled, tested again and cleared. */
export async function followPositiveVirusTest(story: Story): Promise<void> {
  const on = (days: number) => after(story.menses, days)
  const page = await recordFromChain(story, '病毒监测')
  await enterToxoplasma(page, '阳性', on(-43))
  await page.getByRole('link', { name: '阳性随访' }).last().click()

  const step = async (state: string, day: string, closing?: string) => {
    await choice(page, /^下一步/, state).check()
    await fillDay(page, '日期', day)
    if (closing) await choice(page, /^结案原因/, closing).check()
    await page.getByRole('button', { name: '记录下一步' }).click()
    await page.getByRole('listitem').filter({ hasText: day }).getByText(state, { exact: true }).waitFor()
  }
  await step('已告知', on(-41))
  await step('已咨询', on(-40))
  await page.getByRole('link', { name: '复查' }).click()
  await page.waitForURL(/\/torch-tests\/new/)
  await settled(page)
  await enterToxoplasma(page, '阴性', on(-20))
  await page.getByRole('link', { name: '阳性随访' }).last().click()
  await page
    .getByRole('listitem')
    .filter({ hasText: on(-20) })
    .getByText('已复查', { exact: true })
    .waitFor()
  await step('已结案', on(-19), '排除或转归正常')
  await expectAccessible(page)
}

/** From the shelf of her clinic, whose stock is today's. */
export async function giveFolicAcid(story: Story): Promise<void> {
  const page = await recordFromChain(story, '叶酸补服')
  const dialog = page.getByRole('dialog', { name: '发放叶酸' })
  await dialog.getByLabel('从哪个药具点').selectOption({ label: '妇幼中心门诊发放点（演示）' })
  await dialog.getByLabel(/^瓶数/).fill('1')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: '发放叶酸' }).click()
  await page
    .getByRole('row', { name: new RegExp(story.woman.name) })
    .getByText('1 瓶')
    .waitFor()
}

/** She wishes it: early, and with her consent to be contacted. */
export async function registerPregnancy(story: Story): Promise<void> {
  const { woman, menses } = story
  const page = await clinicianAt(story, '/pregnancies')
  await page.getByRole('button', { name: '建册' }).click()
  const drawer = page.getByRole('dialog', { name: '建册' })
  await pickPerson(drawer, /^孕妇/, woman)
  await fillDay(drawer, /^建册日期/, after(menses, 52))
  await drawer.getByLabel(/^建册途径/).selectOption({ label: '服务站' })
  await fillDay(drawer, /^末次月经/, menses)
  await drawer.getByLabel(/^风险分级/).selectOption({ label: '绿色（低风险）' })
  await drawer.getByLabel('同意就本次妊娠与她联系').check()
  await expectAccessible(page)
  await drawer.getByRole('button', { name: '预览' }).click()
  const preview = page.getByRole('dialog', { name: '请核对变更' })
  await preview.getByRole('button', { name: '确认提交' }).click()
  await drawer.waitFor({ state: 'detached' })
}

/** She comes: found by her name, measured, and looked after by what the page then says. */
export async function attendAntenatal(story: Story, days: number): Promise<void> {
  const page = await clinicianAt(story, '/antenatal')
  await page.getByLabel('来诊的孕妇').fill(asClient(story.woman))
  await page.keyboard.press('Enter')
  await page.getByRole('listitem').filter({ hasText: story.woman.birthDate }).getByRole('button').click()
  await page.waitForURL(/\/antenatal\/[0-9a-f-]{36}$/)
  story.pregnancyId = page.url().split('/').at(-1)!
  await page.getByRole('link', { name: '产前检查' }).click()
  await page.getByRole('region', { name: '评估与建议' }).waitFor()
  await fillDay(page, /^检查日期/, after(story.menses, days))
  await page.getByLabel(/^收缩压/).fill('112')
  await page.getByLabel(/^舒张压/).fill('70')
  await page.getByLabel(/^体重 /).fill('58')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.waitForURL(/\/antenatal\/[0-9a-f-]{36}$/)
  await page.getByRole('table', { name: '产前检查记录' }).getByText(after(story.menses, days)).waitFor()
}

export async function declineNuchalScan(story: Story): Promise<void> {
  const page = await clinicianAt(story, `/birth-defect-chains/${story.woman.id}`)
  await mark(page, 'NT 超声').click()
  const panel = page.getByRole('region', { name: 'NT 超声' })
  await panel.getByRole('button', { name: '本人谢绝' }).click()
  await fillDay(page, '日期', after(story.menses, 85))
  await page.getByRole('button', { name: '保存' }).click()
  await mark(page, 'NT 超声，本人谢绝').waitFor()
  await page.getByText(/^本人已谢绝/).waitFor()
  await expectAccessible(page)
}

type Screen = { item: string; days: number; report: (page: Page) => Promise<void> }

/** Offered, agreed to and taken on a day; reported three days later. */
async function screen(story: Story, { item, days, report }: Screen): Promise<Page> {
  const on = after(story.menses, days)
  const page = await recordFromChain(story, item)
  await fillDay(page, /^告知日期/, on)
  await page.getByLabel('咨询人').fill('李医生')
  await page.getByLabel('本人表示已经理解').check()
  await choice(page, /^本人的决定/, '同意').check()
  await fillDay(page, /^检查（采样）日期/, on)
  await fillDay(page, /^报告日期/, after(on, 3))
  await report(page)
  await page.getByRole('button', { name: '登记产前筛查' }).click()
  await page.waitForURL(/\/prenatal\/(cases|screens)\/[0-9a-f-]{36}$/)
  await settled(page)
  return page
}

/** Her own case opens with the report; nothing is chosen for her. */
export async function findHighRisk(story: Story): Promise<void> {
  const page = await screen(story, {
    ...{ item: '血清学筛查', days: 115 },
    async report(form) {
      await form.getByLabel('21-三体风险 1/').fill('120')
      await form.getByLabel('18-三体风险 1/').fill('9000')
      await form.getByLabel('AFP（MoM）').fill('1')
    },
  })
  await page.getByText('高风险，待联系').first().waitFor()
  story.caseId = page.url().split('/').at(-1)!
  await expectAccessible(page)
}

async function stepCase(page: Page, state: string, on: string, fill?: () => Promise<void>): Promise<void> {
  await choice(page, /^下一步/, state).check()
  await fillDay(page, '日期', on)
  await fill?.()
  await page.getByRole('button', { name: '记录这一步' }).click()
  await page.getByRole('listitem').filter({ hasText: on }).getByText(state, { exact: true }).waitFor()
}

export async function counselHighRisk(story: Story): Promise<void> {
  const on = (days: number) => after(story.menses, days)
  const page = await clinicianAt(story, `/prenatal/cases/${story.caseId}`)
  const counsel = async () => {
    await page.getByLabel('咨询人').fill('赵教授')
    for (const told of ['继续妊娠并获得支持', '进一步产前诊断', '不再做检查'])
      await page.getByLabel(told, { exact: true }).check()
  }
  await stepCase(page, '已联系', on(119), () => page.getByLabel('电话').check())
  await stepCase(page, '已咨询', on(120), counsel)
  await stepCase(page, '已提供产前诊断', on(121), counsel)
}

/** She agrees to the diagnosis; it is normal, and she goes on. */
export async function diagnoseHighRisk(story: Story): Promise<void> {
  const on = (days: number) => after(story.menses, days)
  const page = await clinicianAt(story, `/prenatal/cases/${story.caseId}`)
  await choice(page, /^下一步/, '已做产前诊断').check()
  await page.getByRole('link', { name: '登记产前诊断' }).click()
  await page.waitForURL(/\/prenatal\/diagnoses\/new/)
  await settled(page)
  await page.getByLabel('筛查高风险').check()
  await fillDay(page, /^告知日期/, on(121))
  await page.getByLabel('咨询人').fill('赵教授')
  await page.getByLabel('本人表示已经理解').check()
  await choice(page, /^本人的决定/, '同意').check()
  await page.getByLabel(/^方法/).selectOption({ label: '羊膜腔穿刺' })
  await fillDay(page, /^操作日期/, on(128))
  await page.getByLabel('染色体核型').check()
  await choice(page, /^结果/, '未见异常').check()
  await fillDay(page, /^报告日期/, on(144))
  await fillDay(page, /^结果告知日期/, on(145))
  await expectAccessible(page)
  await page.getByRole('button', { name: '登记产前诊断' }).click()
  await page.waitForURL(/\/prenatal\/cases\//)
  await settled(page)

  await stepCase(page, '已做产前诊断', on(128), async () => {
    await page.getByLabel(/^产前诊断记录/).selectOption({ label: `${on(128)} 羊膜腔穿刺` })
  })
  await stepCase(page, '诊断正常', on(145))
  await stepCase(page, '继续妊娠', on(146))
  await expectAccessible(page)
}

export async function passLaterScreens(story: Story): Promise<void> {
  await screen(story, {
    ...{ item: '系统超声筛查', days: 150 },
    report: async (form) => {
      await form.getByLabel('系统超声', { exact: true }).selectOption({ label: '未见异常' })
    },
  })
  await screen(story, {
    ...{ item: '糖耐量试验', days: 176 },
    async report(form) {
      await form.getByLabel('空腹血糖（mmol/L）').fill('4.6')
      await form.getByLabel('1 小时血糖（mmol/L）').fill('8')
      await form.getByLabel('2 小时血糖（mmol/L）').fill('6.8')
    },
  })
}
