import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDemo, type Demo } from './demo.ts'
import { takeBack } from './keyboard.ts'
import { expectAccessible, expectFits, settled } from './visitor.ts'

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const

let demo: Demo

const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
const name = '旅程宝'
let childId: string

const clinician = <Answer = { id: string }>(path: string, body?: object) =>
  demo.ask<Answer>('demo-station-clinician', path, body)

/** A child of some weeks, whom the demo's station knows. */
beforeAll(async () => {
  demo = await openDemo()
  const { division } = await demo.ask<{ division: { code: string } }>('demo-village-worker', '/me')
  const birthDate = new Date(Date.parse(today) - 40 * 86_400_000).toISOString().slice(0, 10)
  const place = { residenceDivision: division.code, hukouDivision: division.code }
  const child = { name, sex: '1', birthDate, residenceSince: birthDate, residenceStatus: '1', ...place }
  childId = (await demo.ask<{ id: string }>('demo-county-population', '/persons', child)).id
}, 240_000)
afterAll(() => demo.close())

describe('the laboratory', () => {
  test('receives by the scanner, and returns answers by the keyboard', async () => {
    const labs = await clinician<{ items: { id: string; name: string }[] }>('/laboratories')
    const technician = await demo.visitorAs('demo-lab-user')
    const { page } = technician
    const mine = await demo.ask<{ organisation: { id: string } }>('demo-lab-user', '/me')
    const labId = labs.items.find(({ id }) => id === mine.organisation.id)!.id
    const order = { clientId: childId, labId, panelCode: 'BLOOD_SPOT', orderedOn: today, collectedOn: today }
    const { barcode, id } = await clinician<{ barcode: string; id: string }>('/lab-orders', order)

    await page.goto('/laboratory')
    await settled(page)
    await page.keyboard.type(barcode)
    await page.keyboard.press('Enter')
    await page.getByRole('listitem').filter({ hasText: barcode }).getByText('已接收').waitFor()
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT')
    await page.keyboard.type('00000000000\n')
    await page.getByText('本实验室没有这个条码的申请').first().waitFor()
    await expectAccessible(page)

    await page.getByRole('tab', { name: '批量录入' }).click()
    await page.getByLabel('第 1 行，条码').fill(barcode)
    await page.getByLabel('第 1 行，条码').press('Enter')
    await page.keyboard.type('150\n')
    await page.keyboard.type('-\n')
    await expectAccessible(page)
    await page.getByRole('button', { name: '提交 2 项结果' }).click()
    await page.getByText('接收 2 项，重复 0 项，退回 0 项').waitFor()

    await page.getByLabel('第 1 行，条码').fill(barcode)
    await page.getByLabel('第 1 行，条码').press('Enter')
    await page.keyboard.type('90\n')
    await page.getByRole('button', { name: '提交 1 项结果' }).click()
    await page.getByText('该项目已有不同的结果').waitFor()
    await expectAccessible(page)

    await page.getByRole('tab', { name: '今日' }).click()
    await page.getByText(barcode).first().waitFor()
    await settled(page)
    await expectAccessible(page)
    await page.getByRole('tab', { name: '结果批次' }).click()
    await settled(page)
    await expectAccessible(page)
    expect((await clinician<{ results: object[] }>(`/lab-orders/${id}`)).results).toMatchObject([
      { analyte: 'PKU', flag: 'SUSPECT', number: 150 },
      { analyte: 'CH', flag: 'NEG' },
    ])
    expect(technician.complaints).toEqual([])
  })
})

describe('a child in follow-up', () => {
  test('is asked about first, then visited; its family has a file', async () => {
    const { page, complaints } = await demo.visitorAs('demo-station-clinician')
    const { id } = await clinician('/child-follow-ups', { childId, on: today })

    await page.goto(`/child-follow-ups/${id}`)
    await settled(page)
    await page.getByText('请先征询家长意愿').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: '登记家长意愿' }).click()
    await page.getByText('同意', { exact: true }).click()
    await expectAccessible(page)
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('button', { name: '42天' }).click()
    await page.getByText('已随访', { exact: true }).click()
    await page.getByLabel('转归').selectOption('IMPROVED')
    await expectAccessible(page)
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('cell', { name: '好转' }).waitFor()

    await page.goto('/family-files')
    await settled(page)
    await expectAccessible(page)
    await page.getByRole('button', { name }).click()
    await page.getByRole('button', { name: '记录遗传咨询' }).click()
    await page.getByLabel('遗传方式').selectOption('MULTIFACTORIAL')
    await page.getByLabel('再发风险').selectOption('LOW')
    await page.getByLabel('家系记录').fill('无特殊')
    await expectAccessible(page)
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('无特殊').waitFor()
    await expectAccessible(page)
    await takeBack(page, page.getByRole('button', { name: /^作废 / }), '登记错人')
    await page.getByText('无特殊').waitFor({ state: 'detached' })
    expect(complaints).toEqual([])
  })

  test('fits a phone', async () => {
    const { page } = await demo.visitorAs('demo-station-clinician', phone)
    for (const path of ['/child-follow-ups', '/family-files', '/lab-orders']) {
      await page.goto(path)
      await settled(page)
      await expectFits(page)
      await expectAccessible(page)
    }
    await page.getByRole('button', { name: '新申请' }).click()
    await page.getByLabel('检验组合').selectOption('TORCH')
    await expectFits(page)
    await expectAccessible(page)
  })
})
