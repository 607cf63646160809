import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import type { ClosedLedger, OldRow, Reconciled } from '@youyu/shared/subsidies/closed-ledgers'
import type { FamilyProject, ProjectSums } from '@youyu/shared/subsidies/family-projects'
import type { InsurancePolicy } from '@youyu/shared/subsidies/insurance'
import type { Settlement } from '@youyu/shared/subsidies/settlements'
import { funded, manyFamilies, openFamilyDesk, type FamilyDesk } from '../../../../test/families.ts'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, codeOf, places } from '../../../../test/register.ts'
import { postingsOf, wrongOf } from './rules.ts'

let office: TestOffice
let desk: FamilyDesk
beforeAll(async () => {
  office = await openOffice()
  desk = await openFamilyDesk(office)
})
afterAll(() => office.close())

async function loaded(head: object, rows: OldRow[]): Promise<ClosedLedger> {
  const body = { document: '种子资料', ...head }
  const { id } = bodyOf<ClosedLedger>(await desk.subsidy.post('/api/v1/closed-ledgers', body), 201)
  return bodyOf(await desk.subsidy.post(`/api/v1/closed-ledgers/${id}/rows`, { rows }), 201)
}
const close = (id: string) => desk.finance.post(`/api/v1/closed-ledgers/${id}/closings`)
const settlementUrl = '/api/v1/benefit-settlements'

async function paid(body: object): Promise<Settlement> {
  const { id } = bodyOf<Settlement>(await desk.subsidy.post(settlementUrl, body), 201)
  bodyOf(await desk.finance.post(`${settlementUrl}/${id}/approvals`), 201)
  const payment = { paidOn: '2026-09-19', bankReference: `B-${id.slice(-6)}` }
  return bodyOf(await desk.finance.post(`${settlementUrl}/${id}/payments`, payment), 201)
}

const townships = [places.street, places.otherTownship]

describe('the figures of the seeds', () => {
  it('load as 11.6 million yuan of only-child reward over five years', async () => {
    const rows = [2002, 2003, 2004, 2005, 2006].flatMap((year) =>
      townships.map((division, index) => ({
        ...{ reference: `${year}-${division}`, division, period: `${year}-12-01`, people: 9_666 + index },
        ...{ amountFen: 116_000_000, payer: index === 0 ? ('COUNTY' as const) : ('VILLAGE' as const) },
        ...{ outcome: 'PAID' as const, settledOn: `${year}-12-20` },
      })),
    )
    const head = { programme: 'P03', title: '五年奖励费兑现', fromOn: '2002-01-01', toOn: '2006-12-31' }
    const ledger = await loaded({ ...head, statedFen: 1_160_000_000 }, rows)

    const closed = bodyOf<ClosedLedger>(await close(ledger.id), 201)

    expect(ledger).toMatchObject({ rows: 10, differenceFen: 0, postedFen: 0, state: 'OPEN' })
    expect(closed).toMatchObject({ state: 'CLOSED', settledFen: 1_160_000_000, postedFen: 1_160_000_000 })
    expect(closed.byYear.map(({ amountFen }) => amountFen)).toEqual(Array(5).fill(232_000_000))
  })

  it('load as twelve families who had 500 yuan each quarter', async () => {
    const rows = ['03', '06', '09', '12'].flatMap((month) =>
      Array.from({ length: 12 }, (_, family) => ({
        ...{ reference: `${month}-${family + 1}`, division: places.village, period: `2006-${month}-01` },
        ...{ amountFen: 50_000, outcome: 'PAID' as const, settledOn: `2006-${month}-25`, payee: '孙和平' },
      })),
    )
    const head = { programme: 'P05', title: '伤亡家庭养老救助', fromOn: '2006-01-01', toOn: '2006-12-31' }
    const ledger = await loaded({ ...head, statedFen: 4 * 12 * 50_000, statedPeople: 48 }, rows)

    const closed = bodyOf<ClosedLedger>(await close(ledger.id), 201)
    const shown = await desk.subsidy.get(`/api/v1/closed-ledgers/${ledger.id}/rows`)

    expect(closed.postedFen).toBe(2_400_000)
    expect(shown.text).toContain('孙*平')
    expect(shown.text).not.toContain('孙和平')
  })

  it('load as 1,226,900 yuan of deposits given back, and close only when nothing is left over', async () => {
    const row = (reference: string, amountFen: number, rest: Partial<OldRow>): OldRow => ({
      ...{ reference, division: places.village, period: '2006-10-01', amountFen, payee: '周某某' },
      ...{ outcome: 'REFUNDED' as const, settledOn: '2006-10-30', ...rest },
    })
    const head = { programme: 'P15', title: '保证金清退', fromOn: '2006-01-01', toOn: '2006-12-31' }
    const short = await loaded({ ...head, statedFen: 122_690_000 }, [row('1', 100_000_000, {})])

    const open = await close(short.id)
    const own = await desk.subsidy.post(`/api/v1/closed-ledgers/${short.id}/closings`)
    const unreachable = row('3', 690_000, { outcome: 'UNREACHABLE', settledOn: null })
    const url = `/api/v1/closed-ledgers/${short.id}/rows`
    const twice = await desk.subsidy.post(url, { rows: [row('1', 1, {})] })
    const received = await desk.subsidy.post(url, { rows: [row('4', 1, { outcome: 'PAID' })] })
    bodyOf(await desk.subsidy.post(url, { rows: [row('2', 22_000_000, {}), unreachable] }), 201)
    const closed = bodyOf<ClosedLedger>(await close(short.id), 201)

    expect([codeOf(open), own.status]).toEqual(['does-not-reconcile', 403])
    expect([codeOf(twice), codeOf(received)]).toEqual(['rows-wrong', 'rows-wrong'])
    expect(closed).toMatchObject({
      settledFen: 122_000_000,
      unreachableFen: 690_000,
      differenceFen: 0,
      postedFen: 122_000_000,
    })
    expect(codeOf(await desk.subsidy.post(url, { rows: [row('9', 1, {})] }))).toBe('already-settled')
  })

  it('come to 294,000 yuan of premium for 998 persons, to the fen', async () => {
    await manyFamilies(office, 998)
    await funded(desk.finance, 'P06', 2026, { COUNTY: 29_400_000 })
    const body = {
      ...{ number: 'PICC-2026-1', insurerId: desk.hospital, fromOn: '2026-01-01', toOn: '2026-12-31' },
      ...{ covers: ['ACCIDENT', 'NURSING'], premiumFen: 29_400_000, document: '投保协议' },
    }
    const preview = bodyOf(await desk.subsidy.post('/api/v1/insurance-policies?dryRun=true', body), 200)
    const policy = bodyOf<InsurancePolicy>(await desk.subsidy.post('/api/v1/insurance-policies', body), 201)

    const settlement = await paid({ kind: 'PREMIUM', policyId: policy.id })
    const [sum] = await office.sql(
      `select count(*)::int as people, sum(premium_fen)::int as fen, min(premium_fen)::int as least, max(premium_fen)::int as most from insured_persons where cover_id = $1`,
      [policy.id],
    )

    expect(preview).toEqual({ preview: true, insured: 998, perHeadFen: 29_458 })
    expect(sum).toEqual({ people: 998, fen: 29_400_000, least: 29_458, most: 29_459 })
    expect(settlement).toMatchObject({
      state: 'PAID',
      amountFen: 29_400_000,
      byTier: [{ tier: 'COUNTY', amountFen: 29_400_000 }],
    })
    expect((await desk.subsidy.post(settlementUrl, { kind: 'PREMIUM', policyId: policy.id })).status).toBe(
      409,
    )
    const file = await desk.subsidy.get(`/api/v1/insurance-policies/${policy.id}/insured.csv`)
    expect(file.text.trim().split('\n')).toHaveLength(999)
  })

  it('come to 900,000 yuan of free services at two to eight, held against what was done', async () => {
    await proceduresDone(10)
    await funded(desk.finance, 'P13', 2026, { CITY: 18_000_000, COUNTY: 72_000_000 })
    bodyOf(
      await desk.subsidy.post('/api/v1/service-tariffs', {
        programme: 'P13',
        item: 'IUD_REMOVAL',
        fromOn: '2026-09-20',
        priceFen: 9_000_000,
        document: '县定标准',
      }),
      201,
    )
    await office.sql(`update service_tariffs set from_on = '2026-08-01' where owner_county = 371121`)
    const lines = [
      { item: 'IUD_REMOVAL', claimed: 12 },
      { item: 'VASECTOMY', claimed: 3 },
    ]
    const body = {
      kind: 'CLAIM',
      programme: 'P13',
      organisationId: desk.hospital,
      month: '2026-08-01',
      lines,
    }
    const early = await desk.subsidy.post(settlementUrl, { ...body, month: '2026-09-01' })

    const settlement = await paid(body)

    expect(codeOf(early)).toBe('month-not-over')
    expect(settlement).toMatchObject({ claimedFen: 108_090_000, amountFen: 90_000_000 })
    expect(settlement.byTier).toEqual([
      { tier: 'CITY', amountFen: 18_000_000 },
      { tier: 'COUNTY', amountFen: 72_000_000 },
    ])
    expect(settlement.lines.map(({ item, accepted, isCovered }) => [item, accepted, isCovered])).toEqual([
      ['IUD_REMOVAL', 10, false],
      ['VASECTOMY', 0, false],
    ])
    expect(codeOf(await desk.subsidy.post(settlementUrl, body))).toBe('already-exists')
  })

  /** As care has them; nobody outside it is told whose they were. */
  async function proceduresDone(number: number): Promise<void> {
    await office.sql(
      'alter table procedures drop constraint procedures_consent_first, drop constraint procedures_operator_known',
    )
    await office.sql(
      `insert into procedures (county_code, id, client_id, facility_id, division_code, type, status, indication, requested_on, scheduled_on, performed_on, payment, updated_at, version, recorded_at, source)
       select 371121, gen_random_uuid(), p.id, $1, $2, 'P02', 'PERFORMED', 'CONTRACEPTION', '2026-08-09', '2026-08-10', '2026-08-10', 'FREE_PROGRAMME', now(), 1, now(), 'MANUAL'
       from (select id from persons where county_code = 371121 limit $3) p`,
      [desk.hospital, places.village, number],
    )
  }

  it('come to 742 projects with more than seven million yuan', async () => {
    const projects = Array.from({ length: 742 }, (_, index) => ({
      ...{ number: `S${index}`, kind: 'PROJECT', title: '大棚', partner: '农业局', division: places.village },
      ...{ families: 1, fundFen: 943_400, fundSource: 'MIXED', startedOn: '2006-03-01' },
    }))
    bodyOf(await desk.subsidy.post('/api/v1/family-projects', { projects }), 201)

    const sums = bodyOf<ProjectSums>(await desk.subsidy.get('/api/v1/family-project-sums'), 200)
    const [project] = bodyOf<{ items: FamilyProject[] }>(
      await desk.subsidy.get('/api/v1/family-projects'),
      200,
    ).items
    const ended = await desk.subsidy.post(`/api/v1/family-projects/${project!.id}/results`, {
      result: 'SUCCEEDED',
      endedOn: '2007-03-01',
    })

    expect(sums).toMatchObject({ projects: 742, fundFen: 700_002_800, averageFen: 943_400 })
    expect(bodyOf<FamilyProject>(ended, 201).result).toBe('SUCCEEDED')
    expect(codeOf(await desk.subsidy.post('/api/v1/family-projects', { projects: [projects[0]] }))).toBe(
      'already-exists',
    )
  })

  it('stand on the county’s ledger without a difference', async () => {
    const { items, differences } = bodyOf<{ items: Reconciled[]; differences: number }>(
      await desk.finance.get('/api/v1/benefit-reconciliation'),
      200,
    )
    const listed = (programme: string) =>
      items.filter((item) => item.programme === programme).reduce((sum, item) => sum + item.ledgerFen, 0)

    expect(differences).toBe(0)
    expect(['P03', 'P05', 'P06', 'P13', 'P15'].map(listed)).toEqual([
      1_160_000_000, 2_400_000, 29_400_000, 90_000_000, 122_000_000,
    ])
    const balances = bodyOf<{ isBalanced: boolean }>(await desk.finance.get('/api/v1/ledger-balances'), 200)
    expect(balances.isBalanced).toBe(true)
  })
})

describe('an old ledger', () => {
  const span = { fromOn: '2006-01-01', toOn: '2006-12-31' } as const
  const row = {
    reference: '1',
    division: places.village,
    period: '2006-05-01',
    amountFen: 100,
    outcome: 'PAID',
    settledOn: '2006-06-01',
  } as const
  test.each([
    ['a payment', 'P03', row, null],
    ['a refund of a payment', 'P03', { ...row, outcome: 'REFUNDED' as const }, 'outcome'],
    ['a deposit taken in', 'P15', row, 'outcome'],
    ['a deposit given back', 'P15', { ...row, outcome: 'REFUNDED' as const }, null],
    [
      'one given back on no day',
      'P15',
      { ...row, outcome: 'REFUNDED' as const, settledOn: null },
      'settledOn',
    ],
    [
      'a payer who cannot be found',
      'P15',
      { ...row, outcome: 'UNREACHABLE' as const, settledOn: null },
      null,
    ],
    ['a row of another year', 'P03', { ...row, period: '2007-01-01' }, 'period'],
    [
      'a privilege that is worth money',
      'P16',
      { ...row, outcome: 'WITHDRAWN' as const, settledOn: null },
      'amountFen',
    ],
  ] as const)('knows %s', (_, programme, given, expected) => {
    expect(wrongOf(given, { programme, ...span })?.field ?? null).toBe(expected)
  })

  test('of deposits only gives back: no posting ever takes one in', () => {
    const accounts = postingsOf('P15', { COUNTY: 5 }).flatMap(({ lines }) => lines)

    expect(accounts.filter(({ account, debitFen }) => account === 'DEPOSIT_REFUND' && debitFen > 0)).toEqual(
      [],
    )
    expect(accounts.map(({ account }) => account)).toEqual(['RECEIVED', 'BUDGET', 'BUDGET', 'DEPOSIT_REFUND'])
  })
})
