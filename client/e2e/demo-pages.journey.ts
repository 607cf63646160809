import type { Page } from 'playwright-core'
import { roles } from '@youyu/shared/permissions'
import type { Permission, Role } from '@youyu/shared/permissions'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { careFeatures } from '../src/app/care-features.ts'
import { features } from '../src/app/features.ts'
import { subsidyFeatures } from '../src/app/subsidy-features.ts'
import { openDemo, PASSWORD, type Demo } from './demo.ts'
import { desk, nameOf, phone, visit } from './demo-visits.ts'
import { expectAccessible, expectFits, openVisitor, settled, signIn } from './visitor.ts'

let demo: Demo
beforeAll(async () => {
  demo = await openDemo()
  await demo.ask(nameOf('county_population'), '/exports', wish)
})
afterAll(() => demo.close())

/** Where a role finds the records that have a page of their own. */
const lists: Record<string, string> = {
  person: '/persons',
  household: '/households',
  import: '/imports',
  export: '/exports',
  job: '/jobs',
  user: '/users',
  'care-client': '/encounters',
  'care-encounter': '/encounters',
  'care-removal': '/encounters',
  'care-choice-sheet': '/informed-choices',
  'check-session': '/check-sessions',
  'check-plan': '/check-calendars',
  'outreach-session': '/outreach-sessions',
  'birth-defect-chain': '/birth-defect-worklists/due',
  'antenatal-care': '/antenatal-care',
  'antenatal-contact-new': '/antenatal-care',
  'high-risk-plan-new': '/antenatal-care',
  'high-risk-plan': '/high-risk-plans',
  'couple-check': '/couple-checks',
  'couple-check-correction': '/couple-checks',
  'torch-test': '/torch-tests',
  'torch-test-correction': '/torch-tests',
  'torch-case': '/torch-cases',
  'folic-acid-course': '/folic-acid-courses',
  'prenatal-screen': '/prenatal-screens',
  'screen-positive': '/screen-positives',
  'prenatal-diagnosis': '/prenatal-diagnoses',
  'medical-termination': '/medical-terminations',
  'newborn-screening-child': '/blood-spots',
  'child-follow-up': '/child-follow-ups',
  'family-file': '/family-files',
  'defect-card': '/defect-cards',
  'defect-card-edit': '/defect-cards?status=DRAFT',
  'defect-card-correction': '/defect-cards?status=FINAL',
  'missed-case-audit': '/missed-case-audits',
  'defect-review': '/defect-reviews',
  application: '/applications',
  'application-letter': '/applications',
  beneficiary: '/beneficiaries',
  'claim-match': '/claim-matches',
  'benefit-settlement': '/benefit-settlements',
  'insurance-policy': '/insurance-policies',
  'benefit-roster': '/benefit-rosters',
  'closed-ledger': '/closed-ledgers',
  'payment-account': '/payment-accounts',
  'payment-batch': '/payment-batches',
  'payment-batch-sheet': '/payment-batches',
  'programme-change': '/programme-changes',
  'public-notice': '/public-notices',
  'public-notice-sheet': '/public-notices',
  objection: '/objections',
  'special-family': '/special-families',
  'my-special-family': '/my-special-families',
  'ledger-entry': '/ledger-entries',
  overpayment: '/overpayments',
}
/** Short lists, told whole. */
const unpaged = ['missed-case-audit', 'closed-ledger', 'my-special-family']
/** Pages of a pregnancy that is over, or of a contact that no list names. */
const withoutExample = [
  ...['postnatal-new', 'postnatal-correction', 'antenatal-contact', 'antenatal-contact-correction'],
  ...['payment-item', 'notice-board-list'],
]
/** Of these the demo county may have none on the day. */
const perhapsWithout = [
  ...['benefit-roster', 'claim-match', 'objection', 'overpayment', 'programme-change'],
  ...['child-follow-up', 'family-file', 'medical-termination'],
  ...['defect-card-correction', 'missed-case-audit'],
]
/** Pages of what has a code instead. */
const codes: Record<string, string> = {
  indicator: 'POP-05',
  'care-indicator': 'CON-01',
  'birth-defect-indicator': 'BDI-17',
  'care-protocol': 'iud-use',
  'mec-edition': 'WHO-MEC-5-2015',
  'decision-table': 'RISK-CN-2017',
  'check-item-set': 'PRECONCEPTION',
  'method-sheet': 'M30',
  programme: 'P01',
  'programme-edit': 'P01',
  'subsidy-indicator': 'SUB-01',
}

async function firstOf(role: Role, name: string): Promise<string | undefined> {
  if (withoutExample.includes(name)) return undefined
  const list = lists[name]
  if (list === undefined) throw new Error(`no list is known to show an example of the page ${name}`)
  const page = unpaged.includes(name) ? '' : `${list.includes('?') ? '&' : '?'}limit=1`
  const { items } = await demo.ask<Listed>(nameOf(role), `${list}${page}`)
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

/** Addresses of pages, and those of them that somebody has gone through already. */
const addresses = [...features, ...careFeatures, ...subsidyFeatures]
  .flatMap((feature) => feature.routes)
  .filter(({ meta }) => meta?.bare !== true)
const seen = new Set<string>()

type Wanted = { test(path: string): boolean }

/**
 * Every page that the role may open and that nobody before her has seen, as an address; of a record the first in its list, if
 * it has any.
 */
async function pagesOf(role: Role, wanted: Wanted): Promise<string[]> {
  const permissions: readonly Permission[] = roles[role].permissions
  const open = addresses.filter(
    ({ meta, path }) =>
      (meta?.permission === undefined || permissions.includes(meta.permission)) && wanted.test(path),
  )
  const pages: string[] = []
  for (const { path, name } of open) {
    if (seen.has(path)) continue
    const example = path.includes(':id') ? await firstOf(role, String(name)) : codes[String(name)]
    if (example === undefined && path.includes(':')) continue
    seen.add(path)
    pages.push(path.replace(/:[a-z]+(\([^)]*\))?/, example ?? ''))
  }
  return pages
}

type Look = { viewport: { width: number; height: number }; colorScheme: 'light' | 'dark' }

/** The page as it is open, on another screen: themes and widths are matters of the style sheet. */
async function look(page: Page, { viewport, colorScheme }: Look): Promise<void> {
  await page.setViewportSize(viewport)
  await page.emulateMedia({ colorScheme })
  await settled(page)
}

/** Accessible and fitting, each page of the role that `wanted` names; every other is opened on the phone first. */
async function everyPage(role: Role, wanted: Wanted) {
  const visitor = await openVisitor(demo.browser, demo.url, desk)
  const { page } = visitor
  await signIn(page, nameOf(role), PASSWORD)

  const found: Record<string, unknown> = {}
  const pages = await pagesOf(role, wanted)
  for (const [index, path] of pages.entries()) {
    const looks = Object.entries({ desk, phone })
    const [first, other] = index % 2 === 0 ? looks : looks.toReversed()
    await look(page, first![1])
    await visit(visitor, path).catch((error: unknown) => (found[path] = String(error)))
    for (const [name, how] of [first!, other!]) {
      await look(page, how)
      await expectFits(page).catch(() => (found[`${path} sideways, ${name}`] = true))
      await expectAccessible(page).catch((error: unknown) => (found[`${path}, ${name}`] = String(error)))
    }
  }

  expect(found).toEqual({})
  expect(visitor.complaints).toEqual([])
  await visitor.close()
}

const services =
  /^\/(care|check-ups|due-service|follow-up|outreach|supplies|contraception|pregnancies|own-complications)/
const chain =
  /^\/(birth-defect|before-pregnancy|torch|folic|antenatal|high-risk|referral|decision|prenatal|screening|newborn|lab|child-follow|family|defect|missed|county-defect|check-item)/
const ofBenefits = new Set(subsidyFeatures.flatMap(({ routes }) => routes.map(({ path }) => path)))
const benefits = { test: (path: string) => ofBenefits.has(path) }

describe('every page, on a desk in the light and on a phone in the dark, is accessible and fits', () => {
  test.each<[Role, Wanted]>([
    ['county_population', /./],
    ['county_manager', /./],
    ['sys_admin', /./],
    ['security_auditor', /./],
    ['station_clinician', services],
    ['station_clinician', chain],
    ['chief_clinician', services],
    ['county_mch', services],
    ['county_mch', chain],
    ['village_worker', services],
    ['lab_user', chain],
    ['county_subsidy', benefits],
    ['county_finance', benefits],
    ['township_worker', benefits],
    ['insurer_user', benefits],
  ])('of %s', everyPage, 300_000)

  test('and none is left', () => {
    const left = addresses.filter(({ path }) => !seen.has(path)).map(({ name }) => String(name))

    expect(left.filter((name) => ![...withoutExample, ...perhapsWithout].includes(name))).toEqual([])
  })
})
