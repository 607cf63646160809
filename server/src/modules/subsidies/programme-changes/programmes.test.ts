import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { GoldenCase, ProgrammeDetail, ProgrammeSummary } from '@youyu/shared/subsidies/programmes'
import { ProgrammeTerms } from '@youyu/shared/subsidies/programmes'
import type { ProgrammeChange } from '@youyu/shared/subsidies/programme-changes'
import type { Answer, Officer, TestOffice } from '../../../../test/office.ts'
import { openOffice } from '../../../../test/office.ts'
import { bodyOf, furnishPlaces, places } from '../../../../test/register.ts'
import { goldenResults } from './rules.ts'

let office: TestOffice
let maker: Officer
let checker: Officer
let finance: Officer

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date('2026-08-20T09:00:00+08:00'))
  await furnishPlaces(office)
  maker = await office.officer('county_subsidy', places.county)
  checker = await office.officer('county_manager', places.county)
  finance = await office.officer('county_finance', places.county)
})
afterAll(() => office.close())

const programme = async (code: string, query = '', officer = maker) =>
  bodyOf<ProgrammeDetail>(await officer.get(`/api/v1/programmes/${code}${query}`), 200)
const change = (payload: object, more: object = {}) => ({
  ...{ programme: 'P01', effectiveOn: '2026-09-01', reason: '县政府会议纪要', document: '县政发〔2026〕8号' },
  ...{ payload, ...more },
})
const propose = (payload: object, more: object = {}) =>
  maker.post('/api/v1/programme-changes', change(payload, more))
const proposed = async (payload: object, more: object = {}) =>
  bodyOf<ProgrammeChange>(await propose(payload, more), 201)
const decide = (officer: Officer, id: string, decision = 'APPROVE', reason?: string) =>
  officer.post(`/api/v1/programme-changes/${id}/decisions`, { decision, ...(reason && { reason }) })
const wrong = ({ status, body }: Answer) => [
  status,
  ...((body as { errors?: { pointer: string; code: string }[] }).errors ?? []).map(
    ({ pointer, code }) => `${pointer} ${code}`,
  ),
]

async function revised(
  rule?: object,
): Promise<{ kind: 'TERMS'; terms: ProgrammeTerms; golden: GoldenCase[] }> {
  const { version } = await programme('P01')
  return {
    kind: 'TERMS',
    terms: { ...version!.terms, ...(rule && { rule: rule as never }) },
    golden: version!.golden,
  }
}
const reason = { zh: '不符合', en: 'not met' }

describe('the programmes', () => {
  test('are seventeen, the abolished ones closed, each with its rate, shares and window of the day', async () => {
    const { items } = bodyOf<{ items: ProgrammeSummary[] }>(await finance.get('/api/v1/programmes'), 200)

    expect(items.map(({ code }) => code)).toEqual(
      Array.from({ length: 17 }, (_, index) => `P${String(index + 1).padStart(2, '0')}`),
    )
    const of = (code: string) => items.find((each) => each.code === code)!
    expect(['P05', 'P15', 'P16'].map((code) => [of(code).status, of(code).manner])).toEqual([
      ['CLOSED', 'LEDGER'],
      ['CLOSED', 'LEDGER'],
      ['WITHDRAWN', 'LEDGER'],
    ])
    expect(of('P01')).toMatchObject({
      ...{ isOpenToday: false, window: { from: '01-01', to: '04-30' }, isStandard: true },
      rates: [{ unit: 'PER_YEAR', amountFen: 96000 }],
      shares: [
        { tier: 'CENTRAL', pct: 50 },
        { tier: 'COUNTY', pct: 50 },
      ],
    })
    expect(of('P02').rates.map(({ level, amountFen }) => [level, amountFen])).toEqual([
      ...[
        ['A_DEATH', 59000],
        ['B_DISABILITY', 46000],
        ['C1', 52000],
        ['C2', 39000],
        ['C3', 26000],
      ],
    ])
    expect(of('P13').shares.map(({ tier, pct }) => [tier, pct])).toEqual([
      ['CITY', 20],
      ['COUNTY', 80],
    ])
  })

  test('of the standard read as terms, say their rules and pass their golden cases', async () => {
    const rows = await office.sql<{ code: string; terms: ProgrammeTerms; golden: GoldenCase[] }>(
      'select code, terms, golden from programme_versions where owner_county = 0',
    )

    const failing = rows.flatMap(({ code, terms, golden }) =>
      goldenResults(ProgrammeTerms.parse(terms), golden, { county: '371121', today: '2026-01-15' })
        .filter(({ passed }) => !passed)
        .map(({ name }) => `${code} ${name}`),
    )

    expect([rows.length, failing]).toEqual([17, []])
  })

  test('are read by a city of its own counties, which it names', async () => {
    const city = await office.officer('city_viewer', '371100000000')

    expect((await city.get('/api/v1/programmes?county=371121')).status).toBe(200)
    expect((await city.get('/api/v1/programmes')).status).toBe(403)
    expect((await city.get('/api/v1/programmes?county=370321')).status).toBe(403)
    expect((await maker.get('/api/v1/programmes/P99')).status).toBe(404)
  })
})

describe('a change of a programme', () => {
  test('is put in force by another person, from its day on; earlier days keep what they had', async () => {
    const terms = await revised()
    const sooner = { ...terms, terms: { ...terms.terms, window: null } }
    const made = await proposed(sooner)

    const own = await decide(maker, made.id)
    const done = bodyOf<ProgrammeChange>(await decide(checker, made.id), 201)
    const again = await decide(checker, made.id)

    expect([made.golden.every(({ passed }) => passed), made.isOwn, own.status, again.status]).toEqual([
      true,
      true,
      409,
      409,
    ])
    expect(done).toMatchObject({ state: 'APPROVED', isOwn: false })
    const [before, after] = [
      await programme('P01', '?on=2026-08-31'),
      await programme('P01', '?on=2026-09-01'),
    ]
    expect([before.version!.isStandard, after.version!.isStandard, after.version!.terms.window]).toEqual([
      true,
      false,
      null,
    ])
    const kept = await checker.get(`/api/v1/programme-versions/${before.version!.id}`)
    expect(bodyOf<{ number: number }>(kept, 200).number).toBe(1)
    const neighbour = await office.officer('county_subsidy', places.otherCounty)
    expect((await programme('P01', '?on=2026-09-01', neighbour)).version!.isStandard).toBe(true)
    expect((await neighbour.get(`/api/v1/programme-changes/${made.id}`)).status).toBe(404)
  })

  test('whose golden cases fail is kept, and cannot be put in force', async () => {
    const terms = await revised({ fact: 'age_years', '>=': 60, reason })
    const made = await proposed(terms)

    const refused = await decide(checker, made.id)

    expect(made.golden.filter(({ passed }) => !passed).length).toBeGreaterThan(3)
    expect([refused.status, (refused.body as { code: string }).code]).toEqual([409, 'golden-cases-fail'])
    const back = bodyOf<ProgrammeChange>(await decide(maker, made.id, 'WITHDRAW'), 201)
    expect(back.state).toBe('WITHDRAWN')
  })

  test.each([
    [
      'contraception',
      { fact: 'contraceptive_method', '==': 'M30', reason },
      '/payload/terms/rule/fact forbidden-fact',
    ],
    [
      'check-ups',
      { fact: 'checkup_attendance', '==': true, reason },
      '/payload/terms/rule/fact forbidden-fact',
    ],
    [
      'declines',
      { not: { fact: 'declined_offers', '>': 0, reason } },
      '/payload/terms/rule/not/fact forbidden-fact',
    ],
    [
      'judgements of a birth',
      { fact: 'out_of_policy_birth', '==': false, reason },
      '/payload/terms/rule/fact forbidden-fact',
    ],
    ['what nobody knows', { fact: 'shoe_size', '==': 40, reason }, '/payload/terms/rule/fact unknown-fact'],
    ['nothing it could say', { fact: 'age_years', '>=': 60 }, '/payload/terms/rule rule-reason-missing'],
    ['what does not fit', { fact: 'age_years', '>=': 'sixty', reason }, '/payload/terms/rule/>= rule-value'],
    [
      'two things at once',
      { fact: 'age_years', '>=': 60, '<': 70, reason },
      '/payload/terms/rule rule-operator',
    ],
  ])('that reads %s is refused when it is saved', async (_, rule, fault) => {
    expect(wrong(await propose(await revised(rule)))).toEqual([400, fault])
  })

  test('leaves no way around the county, a notice or the guardian, and adds up', async () => {
    const { terms, golden, kind } = await revised()
    const steps = [{ step: 'TOWN_REVIEW', workingDays: 10 }]
    const unconfirmed = await propose({ kind, golden, terms: { ...terms, steps } })
    const unseen = await propose({
      kind,
      golden,
      terms: { ...terms, notice: { villageDays: 0, townDays: 5, profile: 'NONE' } },
    })
    const child = await propose({ kind, golden, terms: { ...terms, subject: 'CHILD' } })
    const late = await propose({ kind, golden, terms }, { effectiveOn: '2026-08-19' })
    const set = {
      from: '2026-01-01',
      source: '县',
      confidence: 'LOCAL',
      shares: [
        { tier: 'CITY', pct: 50 },
        { tier: 'COUNTY', pct: 49.999 },
      ],
    }
    const short = await propose({ kind: 'SHARES', shareSets: [set] })
    const rate = {
      level: '',
      unit: 'PER_YEAR',
      amountFen: 1,
      from: '2026-01-01',
      to: null,
      source: '县',
      confidence: 'LOCAL',
    }
    const twice = await propose({ kind: 'RATES', rates: [rate, { ...rate, from: '2026-06-01' }] })

    expect([unconfirmed, unseen, child, late, short, twice].map(wrong)).toEqual([
      [400, '/payload/terms/steps invalid-value'],
      [400, '/payload/terms/notice/profile invalid-value', '/payload/terms/notice/villageDays invalid-value'],
      [400, '/payload/terms/notice/profile invalid-value', '/payload/terms/payTo invalid-value'],
      [400, '/effectiveOn invalid-date'],
      [400, '/payload/shareSets/0/shares shares-not-whole'],
      [400, '/payload/rates/1/from rates-overlap'],
    ])
  })

  test('of rates may reach back, and keeps the identity of those that stay', async () => {
    const old = (await programme('P10')).rates[0]!
    const rates = [
      {
        level: '',
        unit: 'PER_MONTH',
        amountFen: 1000,
        from: '2015-01-01',
        to: '2025-12-31',
        source: '县',
        confidence: 'LOCAL',
      },
      {
        level: '',
        unit: 'PER_MONTH',
        amountFen: 2000,
        from: '2026-01-01',
        to: null,
        source: '县',
        confidence: 'LOCAL',
      },
    ]
    const first = await proposed({ kind: 'RATES', rates }, { programme: 'P10', effectiveOn: '2026-01-01' })
    await decide(checker, first.id)
    const own = (await programme('P10')).rates
    const more = [rates[0], { ...rates[1], amountFen: 2500 }]
    const second = await proposed(
      { kind: 'RATES', rates: more },
      { programme: 'P10', effectiveOn: '2026-01-01' },
    )
    await decide(checker, second.id)

    const now = (await programme('P10')).rates

    expect(own.map(({ amountFen }) => amountFen)).toEqual([2000, 1000])
    expect(now.map(({ amountFen }) => amountFen)).toEqual([2500, 1000])
    expect([now[1]!.id === own[1]!.id, own.some(({ id }) => id === old.id)]).toEqual([true, false])
  })

  test('of shares and of what goes together takes the place of the standard, in this county alone', async () => {
    const shareSets = [
      {
        from: '2026-09-01',
        source: '县',
        confidence: 'LOCAL',
        shares: [
          { tier: 'CENTRAL', pct: 50 },
          { tier: 'CITY', pct: 12.5 },
          { tier: 'COUNTY', pct: 37.5 },
        ],
      },
    ]
    const one = {
      first: 'P01',
      firstLevel: '',
      second: 'P02',
      secondLevel: 'A_DEATH',
      verdict: 'DENY',
      isLocal: true,
      reason: '县规定',
    }
    await decide(checker, (await proposed({ kind: 'SHARES', shareSets })).id)
    await decide(checker, (await proposed({ kind: 'STACKING', stacking: [one] })).id)

    const sharesOn = (day: string) =>
      office.sql(
        `select tier, pct::float from app.funding_shares_of(371121, '${day}') where code = 'P01' order by 1`,
      )
    const stacked = (county: number) =>
      office.sql<{ n: number }>(`select count(*)::integer as n from app.stacking_of(${county})`)

    expect(await sharesOn('2026-08-31')).toEqual([
      { tier: 'CENTRAL', pct: 50 },
      { tier: 'COUNTY', pct: 50 },
    ])
    expect(await sharesOn('2026-09-01')).toHaveLength(3)
    expect([(await stacked(371121))[0]!.n, (await stacked(370321))[0]!.n > 30]).toEqual([1, true])
  })

  test('may be revised by its maker against the version she saw, and is nobody’s who may not manage', async () => {
    const made = await proposed(await revised(), { state: 'DRAFT' })
    const url = `/api/v1/programme-changes/${made.id}`
    const body = change(await revised(), { reason: '改过的理由' })

    const early = await decide(checker, made.id)
    const other = await checker.put(url, body, { headers: { 'if-match': '"1"' } })
    const done = await maker.put(url, body, { headers: { 'if-match': '"1"' } })
    const stale = await maker.put(url, body, { headers: { 'if-match': '"1"' } })
    const refused = bodyOf<ProgrammeChange>(await decide(checker, made.id, 'REFUSE', '依据不足'), 201)

    expect([early.status, other.status, done.status, stale.status]).toEqual([409, 403, 200, 412])
    expect(refused).toMatchObject({ state: 'REFUSED', reason: '改过的理由', decisionReason: '依据不足' })
    expect((await finance.post('/api/v1/programme-changes', body)).status).toBe(403)
  })

  test('can be tried on made-up people and read in sentences, and nothing is kept', async () => {
    const { terms, golden } = await revised({
      and: [
        { fact: 'sex', '==': '2' },
        { fact: 'age_years', '>=': 55 },
      ],
      reason,
    })

    const told = bodyOf<{ sentenceZh: string; sentenceEn: string; golden: unknown[] }>(
      await maker.post('/api/v1/programme-rule-trials', { terms, golden: golden.slice(0, 1) }),
      200,
    )

    expect([told.sentenceZh, told.sentenceEn]).toEqual([
      '性别为女，且年龄不低于55周岁',
      'sex is female; and age is at least 55 years',
    ])
    expect(told.golden).toMatchObject([{ passed: false, met: false }])
  })
})
