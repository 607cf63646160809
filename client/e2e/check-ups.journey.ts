import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDemo, type Demo } from './demo.ts'
import { expectAccessible, expectFits, settled, type Visitor } from './visitor.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }

let demo: Demo
let planner: Visitor
let clinician: Visitor

type Listed<Item> = { items: Item[] }

/** The clinician's own facility goes out to the villages. */
async function openStation(): Promise<void> {
  const me = await demo.ask<{ organisation: { id: string } }>('demo-station-clinician', '/me')
  const { items } = await demo.ask<Listed<{ organisationId: string }>>('demo-county-mch', '/check-stations')
  if (items.some(({ organisationId }) => organisationId === me.organisation.id)) return
  const { divisionCode } = await demo.ask<{ divisionCode: string }>(
    'demo-county-mch',
    `/organisations/${me.organisation.id}`,
  )
  await demo.ask('demo-county-mch', '/check-stations', {
    ...{
      organisationId: me.organisation.id,
      name: '县妇幼查体队',
      divisionCode: `${divisionCode.slice(0, 6)}000000`,
    },
    ...{ capacityPerDay: 60, teams: 2, vehicles: 2, openedOn: '2020-01-01' },
  })
}

type Session = { id: string; station: { id: string }; village: { code: string } }

/** A session of the clinician's own facility, where the demo has invited nobody yet. */
async function ownSession(): Promise<Session> {
  const me = await demo.ask<{ organisation: { id: string } }>('demo-station-clinician', '/me')
  const township = await demo.ask<{ division: { code: string } }>('demo-township-worker', '/me')
  const stations = await demo.ask<Listed<{ id: string; organisationId: string }>>(
    'demo-county-mch',
    '/check-stations',
  )
  const own = stations.items.find(({ organisationId }) => organisationId === me.organisation.id)
  const { items } = await demo.ask<Listed<Session>>(
    'demo-station-clinician',
    `/check-sessions?status=PLANNED&category=WOMEN&from=2027-01-01&stationId=${own?.id}&limit=2000`,
  )
  return items.find(({ village }) => !village.code.startsWith(township.division.code.slice(0, 9)))!
}

beforeAll(async () => {
  demo = await openDemo()
  await openStation()
  planner = await demo.visitorAs('demo-county-mch')
  clinician = await demo.visitorAs('demo-station-clinician')
})
afterAll(() => demo.close())

describe('the county’s planner', () => {
  test('reads what is offered to whom, and decides a programme anew', async () => {
    const { page } = planner
    await page.goto('/check-ups/programmes')
    await settled(page)
    await page.getByText('宫颈癌、乳腺癌筛查').first().waitFor()
    await expectAccessible(page)

    await page.getByRole('button', { name: '男性健康检查' }).click()
    const drawer = page.getByRole('dialog', { name: '男性健康检查' })
    await drawer.getByLabel(/^周期（月）/).fill('24')
    await drawer.getByLabel(/^依据/).fill('县卫健局决定')
    await expectAccessible(page)
    await drawer.getByRole('button', { name: '从该日起施行' }).click()
    await drawer.waitFor({ state: 'hidden' })
    await page.getByRole('row').filter({ hasText: '本县规定' }).first().waitFor()
  })

  test('keeps busy days free and sees the holidays with their source', async () => {
    const { page } = planner
    await page.goto('/check-ups/stations')
    await settled(page)
    await page
      .getByText(/查体队/)
      .first()
      .waitFor()
    await expectAccessible(page)
    await page.getByRole('tab', { name: '节假日' }).click()
    await page.getByText('国庆节').first().waitFor()
    await expectAccessible(page)
  })

  test('proposes the next year, sees what found no day and why, and publishes', async () => {
    const { page } = planner
    await page.goto('/check-ups/plans')
    await settled(page)
    await page.getByRole('button', { name: '编排新计划' }).click()
    const dialog = page.getByRole('dialog', { name: '编排新计划' })
    await expectAccessible(page)
    await dialog.getByRole('button', { name: '开始编排' }).click()

    await page.getByRole('button', { name: '公布' }).waitFor({ timeout: 60_000 })
    await settled(page)
    await expectAccessible(page)
    await page.getByRole('button', { name: '公布' }).click()
    await page.getByRole('heading', { name: '计划执行' }).waitFor()
    await expectAccessible(page)
  })

  test('tries to plan again and sees that nothing moves', async () => {
    const { page } = planner
    await page.getByRole('button', { name: '重新编排' }).click()
    const why = page.getByRole('dialog', { name: '重新编排' })
    await why.getByLabel(/原因|理由/).fill('核对')
    await why.getByRole('button', { name: '预览' }).click()
    const preview = page.getByRole('dialog', { name: '重新编排的结果' })
    await preview.getByText(/改期 0 场，取消 0 场/).waitFor()
    await page.waitForFunction(() => document.getAnimations().length === 0)
    await expectAccessible(page)
    await preview.getByRole('button', { name: '返回' }).click()
  })

  test('sees the month as a grid, and on a phone as a list that fits', async () => {
    const { page } = planner
    await page.goto('/check-ups?month=2027-03')
    await settled(page)
    await page.getByRole('table').getByRole('link').first().waitFor()
    await expectAccessible(page)

    const small = await demo.visitorAs('demo-county-mch', phone)
    await small.page.goto('/check-ups?month=2027-03')
    await settled(small.page)
    await small.page.locator('.list a').first().waitFor()
    await expectFits(small.page)
    await expectAccessible(small.page)
    expect(small.complaints).toEqual([])
    await small.close()
  })
})

describe('a clinician at a session', () => {
  test('invites, hears a decline, and records who came', async () => {
    const { page } = clinician
    const session = await ownSession()
    await page.goto(`/check-ups/sessions/${session.id}`)
    await settled(page)
    await page.getByText('还没有邀请').waitFor()
    await expectAccessible(page)

    await page.getByRole('button', { name: '发出邀请' }).click()
    await page.getByText(/新邀请 \d+ 人/).waitFor()
    await page.getByRole('row').nth(1).getByRole('button', { name: '答复' }).click()
    await page.getByRole('button', { name: '本次不参加' }).locator('visible=true').click()
    await page.getByRole('row').nth(1).getByText('本次不参加').locator('visible=true').first().waitFor()

    await page.getByRole('button', { name: '到检', exact: true }).last().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('血压', { exact: true }).check()
    await dialog.getByLabel(/^收缩压/).fill('118')
    await dialog.getByRole('button', { name: '添加发现' }).click()
    await dialog.getByLabel(/^诊断/).selectOption('N76')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: '保存' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText('已参加').locator('visible=true').first().waitFor()
    await expectAccessible(page)

    await page.goto('/check-ups/cases')
    await settled(page)
    await page.getByText('N76').first().waitFor()
    await expectAccessible(page)
  })

  test('writes down an outreach round and sees it beside what is recorded', async () => {
    const { page } = clinician
    const { items } = await demo.ask<Listed<{ village: { code: string } }>>(
      'demo-station-clinician',
      '/check-sessions?status=PLANNED&limit=1',
    )
    const me = await demo.ask<{ organisation: { id: string } }>('demo-station-clinician', '/me')
    await page.goto('/outreach/new')
    await settled(page)
    await expectAccessible(page)
    const { id } = await demo.ask<{ id: string }>('demo-station-clinician', '/outreach-sessions', {
      ...{ facilityId: me.organisation.id, kind: 'ROUND', occurredOn: '2026-11-10', days: 27, workUnits: 3 },
      ...{ sites: [items[0]!.village.code], minutes: 480, team: ['李医生'], kit: ['STETHOSCOPE'] },
      ...{
        clients: 600,
        ultrasound: 300,
        gynaecology: 120,
        breast: 87,
        laboratory: 80,
        iudIn: 5,
        iudOut: 12,
      },
    })
    await page.goto(`/outreach/${id}`)
    await settled(page)
    await page.getByText('共 604 项次，600 人次。').waitFor()
    await expectAccessible(page)
    await page.getByRole('textbox', { name: '宣传资料' }).fill('4000')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('row').filter({ hasText: '宣传资料' }).getByText('4,000').waitFor()
    await expectFits(page)
    expect(clinician.complaints).toEqual([])
    expect(planner.complaints).toEqual([])
  })
})

describe('a village worker', () => {
  test('sees on which day there is a health check, and no category', async () => {
    const worker = await demo.visitorAs('demo-village-worker', phone)
    await worker.page.goto('/check-ups?month=2027-03')
    await settled(worker.page)

    await expectFits(worker.page)
    await expectAccessible(worker.page)
    expect(await worker.page.getByText('妇女健康检查').count()).toBe(0)
    await worker.close()
  })
})
