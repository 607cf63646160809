import type { Browser } from 'playwright-core'
import { roles } from '@youyu/shared/permissions'
import type { Permission, Role } from '@youyu/shared/permissions'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { careFeatures } from '../src/app/care-features.ts'
import { features } from '../src/app/features.ts'
import { subsidyFeatures } from '../src/app/subsidy-features.ts'
import { budgets, scriptsOf } from '../bench/bytes.ts'
import { openBrowser } from './browser.ts'
import { openDemo } from './demo.ts'
import type { Installation } from './installation.ts'
import { expectAccessible, expectFits, openVisitor, settled, signIn, type Visitor } from './visitor.ts'

const PASSWORD = 'youyu-demo-2026'
const desk = { viewport: { width: 1440, height: 900 }, colorScheme: 'light' } as const
const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true } as const
const narrow = { viewport: { width: 360, height: 740 }, colorScheme: 'light', hasTouch: true } as const

let installation: Installation
let browser: Browser
/** Where a role finds the records that have a page of their own. */
const lists: Record<string, string> = {
  person: '/api/v1/persons',
  household: '/api/v1/households',
  import: '/api/v1/imports',
  export: '/api/v1/exports',
  job: '/api/v1/jobs',
  user: '/api/v1/users',
  'care-client': '/api/v1/encounters',
  'care-encounter': '/api/v1/encounters',
  'care-removal': '/api/v1/encounters',
  'care-choice-sheet': '/api/v1/informed-choices',
  'check-session': '/api/v1/check-sessions',
  'check-plan': '/api/v1/check-calendars',
  'outreach-session': '/api/v1/outreach-sessions',
  'birth-defect-chain': '/api/v1/birth-defect-worklists/due',
  'antenatal-care': '/api/v1/antenatal-care',
  'antenatal-contact-new': '/api/v1/antenatal-care',
  'high-risk-plan-new': '/api/v1/antenatal-care',
  'high-risk-plan': '/api/v1/high-risk-plans',
  'couple-check': '/api/v1/couple-checks',
  'couple-check-correction': '/api/v1/couple-checks',
  'torch-test': '/api/v1/torch-tests',
  'torch-case': '/api/v1/torch-cases',
  'folic-acid-course': '/api/v1/folic-acid-courses',
  'prenatal-screen': '/api/v1/prenatal-screens',
  'screen-positive': '/api/v1/screen-positives',
  'prenatal-diagnosis': '/api/v1/prenatal-diagnoses',
  'medical-termination': '/api/v1/medical-terminations',
  'newborn-screening-child': '/api/v1/blood-spots',
  'child-follow-up': '/api/v1/child-follow-ups',
  'family-file': '/api/v1/family-files',
  'defect-card': '/api/v1/defect-cards',
  'defect-card-edit': '/api/v1/defect-cards?status=DRAFT',
  'defect-card-correction': '/api/v1/defect-cards?status=FINAL',
  'missed-case-audit': '/api/v1/missed-case-audits',
  'defect-review': '/api/v1/defect-reviews',
  application: '/api/v1/applications',
  'application-letter': '/api/v1/applications',
  beneficiary: '/api/v1/beneficiaries',
  'claim-match': '/api/v1/claim-matches',
  'benefit-settlement': '/api/v1/benefit-settlements',
  'insurance-policy': '/api/v1/insurance-policies',
  'benefit-roster': '/api/v1/benefit-rosters',
  'closed-ledger': '/api/v1/closed-ledgers',
  'payment-account': '/api/v1/payment-accounts',
  'payment-batch': '/api/v1/payment-batches',
  'payment-batch-sheet': '/api/v1/payment-batches',
  'programme-change': '/api/v1/programme-changes',
  'public-notice': '/api/v1/public-notices',
  'public-notice-sheet': '/api/v1/public-notices',
  objection: '/api/v1/objections',
  'special-family': '/api/v1/special-families',
  'my-special-family': '/api/v1/my-special-families',
  'ledger-entry': '/api/v1/ledger-entries',
  overpayment: '/api/v1/overpayments',
}
/** Short lists, told whole. */
const unpaged = ['missed-case-audit', 'closed-ledger', 'my-special-family']
/** Pages of a pregnancy that is over, or of a contact that no list names. */
const withoutExample = ['postnatal-new', 'antenatal-contact', 'payment-item', 'notice-board-list']
/** Pages of what has a code instead. */
const codes: Record<string, string> = {
  indicator: 'POP-05',
  'care-indicator': 'CON-01',
  'birth-defect-indicator': 'BDI-17',
  'care-protocol': 'iud-use',
  'mec-edition': 'WHO-MEC-5-2015',
  'method-sheet': 'M30',
  programme: 'P01',
  'programme-edit': 'P01',
  'subsidy-indicator': 'SUB-01',
}

async function firstOf(ask: Asking, name: string): Promise<string | undefined> {
  if (withoutExample.includes(name)) return undefined
  const list = lists[name]
  if (list === undefined) throw new Error(`no list is known to show an example of the page ${name}`)
  const page = unpaged.includes(name) ? '' : `${list.includes('?') ? '&' : '?'}limit=1`
  const { items } = (await ask('GET', `${list}${page}`)) as Listed
  const [example] = items
  if (name === 'birth-defect-chain') return example?.woman?.id
  if (name === 'newborn-screening-child') return example?.child?.id
  return list.endsWith('/encounters') ? example?.clientId : example?.id
}
type Listed = { items: { id: string; clientId?: string; woman?: { id: string }; child?: { id: string } }[] }

const wish = {
  format: 'csv',
  columns: ['name', 'idNumber'],
  unmasked: [],
  filter: {},
  purpose: 'REGISTER',
  reason: '核对花名册',
}

type Asking = (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<unknown>

async function asking(role: Role): Promise<Asking> {
  const send = async (method: string, path: string, body: unknown, headers: Record<string, string>) => {
    const response = await fetch(`${installation.url}${path}`, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
    return (await response.json()) as unknown
  }
  const session = await send('POST', '/api/v1/sessions', { username: nameOf(role), password: PASSWORD }, {})
  const authorization = `Bearer ${(session as { accessToken: string }).accessToken}`
  return (method, path, body) =>
    send(method, path, body, { authorization, 'idempotency-key': crypto.randomUUID() })
}

const nameOf = (role: Role) => `demo-${role.replaceAll('_', '-')}`

/** Pages that somebody has gone through already, by the manner of looking. */
const seen = new Map<unknown, Set<string>>()

type Wanted = { test(path: string): boolean }

/**
 * Every page that the role may open and that nobody before her has seen in this manner, as an address; of a record the first
 * in its list, if it has any.
 */
async function pagesOf(role: Role, manner: unknown, wanted: Wanted): Promise<string[]> {
  const ask = await asking(role)
  const permissions: readonly Permission[] = roles[role].permissions
  const open = [...features, ...careFeatures, ...subsidyFeatures]
    .flatMap((feature) => feature.routes)
    .filter(({ meta }) => meta?.permission === undefined || permissions.includes(meta.permission))
    .filter(({ meta, path }) => meta?.bare !== true && wanted.test(path))
  const known = seen.get(manner) ?? new Set()
  seen.set(manner, known)
  const pages: string[] = []
  for (const { path, name } of open) {
    if (known.has(path)) continue
    const example = path.includes(':id') ? await firstOf(ask, String(name)) : codes[String(name)]
    if (example === undefined && path.includes(':')) continue
    known.add(path)
    pages.push(path.replace(/:[a-z]+(\([^)]*\))?/, example ?? ''))
  }
  return pages
}

async function visit({ page }: Visitor, path: string): Promise<void> {
  await page.goto(path)
  await settled(page)
  expect(new URL(page.url()).pathname).toBe(path)
  expect(await page.locator('main').innerText()).not.toContain('加载失败')
}

beforeAll(async () => {
  installation = await openDemo()
  browser = await openBrowser()
  await (
    await asking('county_population')
  )('POST', '/api/v1/exports', wish)
})
afterAll(async () => {
  await browser.close()
  await installation.stop()
})

/** Accessible and fitting, each page of the role that `wanted` names. */
async function everyPage(role: Role, options: Parameters<typeof openVisitor>[2], wanted: Wanted) {
  const visitor = await openVisitor(browser, installation.url, options)
  await signIn(visitor.page, nameOf(role), PASSWORD)

  const found: Record<string, unknown> = {}
  for (const path of await pagesOf(role, options, wanted)) {
    await visit(visitor, path).catch((error: unknown) => (found[path] = String(error)))
    await expectFits(visitor.page).catch(() => (found[`${path} sideways`] = true))
    await expectAccessible(visitor.page).catch((error: unknown) => (found[path] = String(error)))
  }

  expect(found).toEqual({})
  expect(visitor.complaints).toEqual([])
  await visitor.close()
}

describe.each<Role>(['county_population', 'county_manager', 'sys_admin', 'security_auditor'])(
  'every page of %s',
  (role) => {
    test.each([
      ['light on a desk', desk],
      ['dark on a phone', phone],
    ])('is accessible and fits, %s', async (_, options) => {
      await everyPage(role, options, /./)
    })
  },
)

const services = /^\/(care|check-ups|due-service|follow-up|outreach|supplies|contraception)/
test.each<[Role, string, Parameters<typeof openVisitor>[2]]>([
  ['station_clinician', 'light on a desk', desk],
  ['county_mch', 'light on a desk', desk],
  ['village_worker', 'dark on a phone', phone],
])(
  'every page of contraception services is accessible and fits: %s, %s',
  async (role, _, options) => {
    await everyPage(role, options, services)
  },
  240_000,
)

const chainPages =
  /^\/(birth-defect|before-pregnancy|torch|folic|antenatal|high-risk|referral|decision|prenatal|screening|newborn|lab|child-follow|family|defect|missed|county-defect)/
test.each<[Role, string, Parameters<typeof openVisitor>[2]]>([
  ['station_clinician', 'dark on a phone', phone],
  ['county_mch', 'light on a desk', desk],
  ['lab_user', 'light on a desk', desk],
])(
  'every page of the birth-defect chain is accessible and fits: %s, %s',
  async (role, _, options) => {
    await everyPage(role, options, chainPages)
  },
  300_000,
)

const addresses = new Set(subsidyFeatures.flatMap(({ routes }) => routes.map(({ path }) => path)))
const benefitPages = { test: (path: string) => addresses.has(path) }
test.each<[Role, string, Parameters<typeof openVisitor>[2]]>([
  ['county_subsidy', 'light on a desk', desk],
  ['county_finance', 'light on a desk', desk],
  ['township_worker', 'dark on a phone', phone],
  ['county_manager', 'dark on a phone', phone],
])(
  'every page of benefits is accessible and fits: %s, %s',
  async (role, _, options) => {
    await everyPage(role, options, benefitPages)
  },
  300_000,
)

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
    const ask = await asking(role)

    const shown = await Promise.all(
      paths.map(async (path) => [path, ((await ask('GET', `/api/v1${path}`)) as Listed).items.length > 0]),
    )

    expect(shown).toEqual(paths.map((path) => [path, true]))
  })
})

describe('what a page fetches on a cold cache', () => {
  test.each(budgets)('$path stays below $budget KB of JavaScript', async ({ path, isSignedIn, budget }) => {
    const scripts = await scriptsOf(browser, installation.url, path, isSignedIn)
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
    const visitor = await openVisitor(browser, installation.url, options)
    const { page } = visitor
    await page.goto('/sign-in')
    await page.getByText('演示账号').waitFor()

    await expectFits(page)
    await expectAccessible(page)
    await visitor.close()
  })
})

describe('the busiest pages in large type', () => {
  test.each([
    ['on a desk', desk],
    ['on a narrow phone', narrow],
  ])('are accessible and fit, %s', async (_, options) => {
    const visitor = await openVisitor(browser, installation.url, options)
    const large = JSON.stringify({ theme: 'auto', type: 'large', language: 'zh-CN', rail: false })
    await visitor.page.addInitScript((kept) => localStorage.setItem('youyu.appearance', kept), large)
    await signIn(visitor.page, nameOf('county_population'), PASSWORD)

    const person = await firstOf(await asking('county_population'), 'person')
    const busiest = ['/', '/persons', `/persons/${person}`, '/households', '/imports/new']
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
