import type { Role } from '@youyu/shared/permissions'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { budgets, scriptsOf } from '../bench/bytes.ts'
import { openDemo, PASSWORD, type Demo } from './demo.ts'
import { desk, nameOf, narrow, phone, visit } from './demo-visits.ts'
import { expectAccessible, expectFits, openVisitor, signIn } from './visitor.ts'

let demo: Demo
beforeAll(async () => {
  demo = await openDemo()
})
afterAll(() => demo.close())

type Listed = { items: { id: string }[] }

describe('contraception services of the demo', () => {
  const day = new Date().toISOString().slice(0, 10)
  test.each<[Role, string[]]>([
    [
      'station_clinician',
      [
        ...['/clients/today', '/encounters', '/informed-choices', '/eligibility-screens', '/care-consents'],
        ...['/method-episodes', '/procedures', '/complications', `/follow-up-tasks?due=${day}`],
        ...['/check-invitations', '/check-visits', '/rti-cases', '/infertility-cases'],
        ...['/outreach-sessions', '/operator-licences'],
      ],
    ],
    ['county_mch', ['/check-calendars', '/check-sessions', '/check-stations', '/care-indicators']],
    ['village_worker', ['/service-offers?accepted=true', '/service-offers?closed=true', '/dispensings']],
    [
      'pharmacist',
      ['/supply-stores', '/supply-alerts', '/supply-requisitions', '/supply-shipments?state=ON_THE_WAY'],
    ],
  ])('leave no list of %s empty', async (role, paths) => {
    const shown = await Promise.all(
      paths.map(async (path) => [path, (await demo.ask<Listed>(nameOf(role), path)).items.length > 0]),
    )

    expect(shown).toEqual(paths.map((path) => [path, true]))
  })
})

describe('what a page fetches on a cold cache', () => {
  test.each(budgets)('$name stays below $budget KB of JavaScript', async ({ budget, ...view }) => {
    const scripts = await scriptsOf(demo.browser, demo.url, view)
    const kilobytes = scripts.reduce((sum, { bytes }) => sum + bytes, 0) / 1000
    expect(kilobytes).toBeGreaterThan(0)
    expect(kilobytes).toBeLessThanOrEqual(budget)
  })
})

describe('the pages before the shell', () => {
  test.each([
    ['light on a desk', desk],
    ['dark on a phone', phone],
  ])('sign-in, %s', async (_, options) => {
    const visitor = await openVisitor(demo.browser, demo.url, options)
    const { page } = visitor
    await page.goto('/sign-in')
    await page.getByText('演示账号').waitFor()

    await expectFits(page)
    await expectAccessible(page)
    await visitor.close()
  })

  test('the board shows a list with masked names and one that is counted only, to anybody', async () => {
    const visitor = await openVisitor(demo.browser, demo.url, phone)
    const { page } = visitor
    const shown: string[] = []
    for (const programme of ['农村部分计划生育家庭奖励扶助', '计划生育家庭特别扶助']) {
      await page.goto('/notices')
      await page.getByRole('link', { name: programme }).first().click()
      await page.getByRole('heading', { name: programme }).waitFor()
      shown.push(await page.locator('main').innerText())
      await expectFits(page)
      await expectAccessible(page)
    }

    expect(shown[0]).toMatch(/\p{Script=Han}\*/u)
    expect(shown[1]).toContain('不公示姓名')
    expect(shown[1]).not.toContain('*')
    expect(visitor.complaints).toEqual([])
    await visitor.close()
  })
})

describe('the busiest pages in large type', () => {
  test.each([
    ['on a desk', desk],
    ['on a narrow phone', narrow],
  ])('are accessible and fit, %s', async (_, options) => {
    const visitor = await openVisitor(demo.browser, demo.url, options)
    const large = JSON.stringify({ theme: 'auto', type: 'large', language: 'zh-CN', rail: false })
    await visitor.page.addInitScript((kept) => localStorage.setItem('youyu.appearance', kept), large)
    await signIn(visitor.page, nameOf('county_population'), PASSWORD)

    const { items } = await demo.ask<Listed>(nameOf('county_population'), '/persons?limit=1')
    const busiest = ['/', '/persons', `/persons/${items[0]!.id}`, '/households', '/imports/new']
    const found: Record<string, unknown> = {}
    for (const path of busiest) {
      await visit(visitor, path)
      await expectFits(visitor.page).catch(() => (found[`${path} sideways`] = true))
      await expectAccessible(visitor.page).catch((error: unknown) => (found[path] = String(error)))
    }

    expect(found).toEqual({})
    expect(visitor.complaints).toEqual([])
    await visitor.close()
  })
})
