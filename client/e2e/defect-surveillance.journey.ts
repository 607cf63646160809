import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { telephoneJpeg } from '../../server/test/pictures.ts'
import { openDemo, type Demo } from './demo.ts'
import { choice, takeBack } from './keyboard.ts'
import { expectAccessible, expectFits, settled, type Visitor } from './visitor.ts'

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const
const dayBefore = (days: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(
    new Date(Date.now() - days * 86_400_000),
  )

let demo: Demo
let reporter: Visitor
let chief: Visitor
let county: Visitor

beforeAll(async () => {
  demo = await openDemo()
  reporter = await demo.visitorAs('demo-midwifery-reporter')
  chief = await demo.visitorAs('demo-chief-clinician')
  county = await demo.visitorAs('demo-county-mch')
})
afterAll(() => demo.close())

const name = `旅程${Date.now() % 100_000}`
let card = ''

async function typeDay(page: Page, label: string, day: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true })
  await field.fill(day)
  await field.press('Enter')
  await field.press('Tab')
}

async function pass(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await settled(page)
  await page.getByRole('button', { name: '通过' }).click()
  await page.getByText('已办理').first().waitFor()
}

describe('a defect card', () => {
  test('is filled in as on paper, checked while it is typed, and submitted', async () => {
    const { page } = reporter
    await page.goto('/defect-cards')
    await page.getByRole('link', { name: '填报登记卡' }).click()
    await settled(page)
    await page.getByLabel('姓名', { exact: false }).first().fill(name)
    await typeDay(page, '出生日期 *', '1996-05-06')
    await page.getByLabel('常住地 *', { exact: true }).selectOption({ label: '乡村' })
    await page.getByLabel('住院号（门诊号）').fill(`H${name}`)
    await typeDay(page, '出生（终止妊娠）日期', dayBefore(1))
    await page.getByLabel('转归').selectOption({ label: '存活' })
    await page.getByLabel('胎龄', { exact: false }).first().fill('39')
    await page.getByLabel('体重（克）').fill('900')
    await page.getByText('体重与胎龄不相称').waitFor()
    await page.getByLabel('体重（克）').fill('3100')
    await page.getByLabel('诊断为出生缺陷后治疗性引产').selectOption({ label: '否' })
    await page.getByRole('textbox', { name: '胎数', exact: true }).fill('1')
    await page.getByLabel('确诊时间').selectOption({ label: '产后7天内' })
    await page.getByLabel('临床').check()
    await page.getByRole('button', { name: '增加一种缺陷' }).click()
    await page.getByLabel('ICD-10 编码 1').fill('Q66.0')
    await page.getByText('14 马蹄内翻足').waitFor()
    await page.getByText(/上报前还须填写/).waitFor()
    await page.getByLabel('侧别 1').selectOption({ label: '双侧' })
    await page.getByText('可以上报').waitFor()
    await expectAccessible(page)

    await page.getByRole('button', { name: '保存草稿' }).click()
    await page.waitForURL(/\/defect-cards\/[0-9a-f-]{36}$/)
    card = page.url().split('/').at(-1)!
    await page.getByRole('button', { name: '上报' }).click()
    await page.getByText('已上报，待医院审核').waitFor()
    await expectAccessible(page)
    expect(reporter.complaints).toEqual([])
  })

  test('is returned by the county with the field that is to be set right, and comes back', async () => {
    await pass(chief.page, `/defect-cards/${card}`)
    const { page } = county
    await page.goto('/defect-reviews')
    await page.getByRole('button', { name }).click()
    await settled(page)
    await page.getByRole('checkbox', { name: '体重（克）' }).check()
    await expectAccessible(page)
    await page.getByRole('button', { name: '退回' }).click()
    await page.getByText('退回修改').first().waitFor()

    await reporter.page.goto(`/defect-cards/${card}/edit`)
    await reporter.page.getByText('审核退回，请核对').waitFor()
    await reporter.page.getByLabel('体重（克）').fill('3150')
    await reporter.page.getByRole('button', { name: '保存草稿' }).click()
    await reporter.page.getByRole('button', { name: '上报' }).click()
    await reporter.page.getByText('已上报，待医院审核').waitFor()
    await pass(chief.page, `/defect-cards/${card}`)
    await page.reload()
    await settled(page)
    await page.getByRole('button', { name: '查看各版本' }).click()
    await page.getByRole('cell', { name: '3150' }).waitFor()
    await pass(page, `/defect-reviews/${card}`)
    await page.getByText('县级已审，待省级审核').first().waitFor()
    expect(county.complaints).toEqual([])
  })

  test('carries a photograph by consent: it stands upright, says when it cannot be shown, and is removed', async () => {
    const { page } = reporter
    await page.goto(`/defect-cards/${card}`)
    await settled(page)
    await page.getByText('没有照片').waitFor()
    await page.getByRole('button', { name: '添加照片' }).press('Enter')
    const adding = page.getByRole('dialog', { name: '添加照片' })
    const file = { name: '手机.jpg', mimeType: 'image/jpeg', buffer: telephoneJpeg(6) }
    await adding.getByLabel(/^照片文件/).setInputFiles(file)
    await choice(adding, /^同意人/, '母亲').press('Space')
    await expectAccessible(page)
    await adding.getByRole('button', { name: '添加照片' }).press('Enter')
    const picture = page.getByAltText('照片 1')
    const sides = (image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]
    await expect.poll(() => picture.evaluate(sides)).toEqual([8, 24])

    await page.route('**/defect-photos/*/content', (route) => route.fulfill({ status: 503 }))
    await page.reload()
    await page.getByText('照片 1 未能显示').waitFor()
    await expectAccessible(page)
    await page.unrouteAll()
    await page.getByRole('button', { name: '重试' }).press('Enter')
    await picture.waitFor()
    await county.page.goto(`/defect-reviews/${card}`)
    await county.page.getByAltText('照片 1').waitFor()
    await expectAccessible(county.page)

    await takeBack(page, page.getByRole('button', { name: '移除照片 1' }), '家长撤回')
    await page.getByText('一张照片已移除：家长撤回').waitFor()
    expect([...reporter.complaints, ...county.complaints]).toEqual([])
  })

  test('that the logs name and nobody reported is found, and the quarter is returned', async () => {
    const { page } = reporter
    await page.goto('/missed-case-audits')
    await settled(page)
    await page.getByLabel('开始一个季度的调查').selectOption({ index: 1 })
    await page.getByRole('button', { name: '开始', exact: true }).click()
    await page
      .getByRole('button', { name: /^20\d\dQ\d$/ })
      .first()
      .click()
    await settled(page)
    await page.getByLabel('ICD-10').fill('Q35.9')
    await page.getByLabel('住院号（病历号）').fill('没有卡的')
    await page.getByRole('button', { name: '录入', exact: true }).click()
    await page.getByText('漏报，待补报').waitFor()
    await expectAccessible(page)

    for (const [visitor, path] of [
      [reporter, '/defect-return'],
      [county, '/county-defect-return'],
    ] as const) {
      await visitor.page.goto(path)
      await settled(visitor.page)
      await visitor.page.getByText('围产儿数').first().waitFor()
      await expectAccessible(visitor.page)
    }
    expect(reporter.complaints).toEqual([])
  })

  test('reads on a phone', async () => {
    const visitor = await demo.visitorAs('demo-midwifery-reporter', phone)
    for (const path of [`/defect-cards/${card}`, '/defect-cards/new', '/defect-return']) {
      await visitor.page.goto(path)
      await settled(visitor.page)
      await expectFits(visitor.page)
    }
    await visitor.close()
  })
})
