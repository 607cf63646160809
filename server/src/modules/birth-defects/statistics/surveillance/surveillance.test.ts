import type {
  getDefectAlarms,
  getDefectFunnel,
  getDefectPrevalence,
} from '@youyu/shared/birth-defects/surveillance'
import type { getBirthDefectIndicator } from '@youyu/shared/birth-defects/statistics'
import type { EndpointOutput } from '@youyu/shared/endpoint'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { facilities } from '../../../../../test/care-facts.ts'
import { furnishChain } from '../../../../../test/chain-facts.ts'
import type { Place } from '../../../../../test/county.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf } from '../../../../../test/register.ts'

let office: TestOffice
let place: Place
let bureau: Officer
beforeAll(async () => {
  office = await openOffice()
  place = await furnishChain(office)
  bureau = await office.officer('county_mch', place.county)
}, 60_000)
afterAll(() => office.close())

const all = 'from=2023-01-01&to=2026-08-01'
async function read<Body>(noun: string, query = all): Promise<Body> {
  return bodyOf<Body>(await bureau.get(`/api/v1/${noun}?division=${place.county}&${query}`), 200)
}
const counted = async (from: string) =>
  (await office.sql<{ n: number }>(`select count(*)::int as n from ${from}`))[0]!.n

const cases = (more: string) =>
  `defect_cards d where d.is_counted and not d.is_functional_only and d.born_on between '2023-01-01' and '2026-08-31' and ${more}`
const births = `births b where b.voided_at is null and (b.outcome = 'LIVE' or b.gestation_days >= 196)`

describe('defect prevalence', () => {
  test('is told in all three windows, each of its own births, with the method named', async () => {
    const { windows, words } = await read<EndpointOutput<typeof getDefectPrevalence>>('defect-prevalence')

    const resident = `d.division_code like '371121%'`
    expect(windows.map(({ window, prevalence }) => [window, prevalence.cases, prevalence.births])).toEqual([
      [
        'HOSPITAL_28W_7D',
        await counted(cases('d.window_hospital')),
        await counted(`${births} and b.facility_id is not null`),
      ],
      [
        'POPULATION_28W_42D',
        await counted(cases(`d.window_population and ${resident}`)),
        await counted(births),
      ],
      ['EXTENDED', await counted(cases(`d.window_extended and ${resident}`)), await counted(births)],
    ])
    const [hospital, population, extended] = windows.map(({ prevalence }) => prevalence)
    expect([hospital!.method, extended!.method]).toEqual(['Clopper–Pearson exact 95 %', 'exact Poisson 95 %'])
    expect(extended!.cases).toBeGreaterThan(population!.cases!)
    expect(hospital!.perMille).toBeCloseTo(hospital!.value! / 10, 10)
    expect(words.zh).toContain('不得设为目标')
  })

  test('is told by category and year, which add up, and in pooled years', async () => {
    const { categories, years, periodTo } =
      await read<EndpointOutput<typeof getDefectPrevalence>>('defect-prevalence')

    const of = (wanted: string) => categories.find(({ category }) => category === wanted)!
    expect(categories).toHaveLength(26)
    expect(of('23').prevalence.cases).toBe(
      await counted(cases(`d.window_hospital and '23' = any(d.categories)`)),
    )
    expect(of('NTD').prevalence.cases).toBe(
      of('01').prevalence.cases! + of('02').prevalence.cases! + of('03').prevalence.cases!,
    )
    expect(years.map(({ key, isWhole }) => [key, isWhole])).toEqual([
      ['2023', true],
      ['2024', true],
      ['2025', true],
      ['2026', false],
    ])
    expect(years.reduce((sum, { prevalence }) => sum + prevalence.cases!, 0)).toBe(of('ANY').prevalence.cases)
    expect(of('ANY').fiveYears.cases).toBe(of('ANY').prevalence.cases)
    expect(of('ANY').threeYears.cases).toBe(
      await counted(`${cases('d.window_hospital')} and d.born_on >= '2023-09-01'`),
    )
    expect(periodTo).toBe('2026-08-31')
  })

  test('by statistical years runs from October to September', async () => {
    const { years } = await read<EndpointOutput<typeof getDefectPrevalence>>(
      'defect-prevalence',
      `${all}&years=STAT_YEAR`,
    )

    expect(years.map(({ key, from, to }) => [key, from, to])).toContainEqual([
      '2024',
      '2023-10-01',
      '2024-09-30',
    ])
  })

  test('says in words what a trend and a difference of two years allow to say', async () => {
    const { trend, comparison } = await read<EndpointOutput<typeof getDefectPrevalence>>('defect-prevalence')

    expect(trend!.test.method).toBe('Cochran–Armitage')
    expect(trend!.words.zh).toContain(trend!.test.isSignificant ? '有统计学意义' : '无统计学意义')
    expect([comparison!.before, comparison!.now]).toEqual(['2024', '2025'])
    expect(comparison!.words.en).toContain(`z = ${comparison!.z!.toFixed(2)}`)
  })
})

describe('defect prevalence for publication', () => {
  test('tells what the published indicators tell and nothing beside it', async () => {
    const half = 'from=2025-01-01&to=2025-06-01'
    const open = await read<EndpointOutput<typeof getDefectPrevalence>>('defect-prevalence', half)
    const told = await read<EndpointOutput<typeof getDefectPrevalence>>(
      'defect-prevalence',
      `${half}&publication=true`,
    )
    const indicator = async (code: string) =>
      (
        await read<EndpointOutput<typeof getBirthDefectIndicator>>(
          `birth-defect-indicators/${code}`,
          `${half}&publication=true`,
        )
      ).values

    expect(told).toMatchObject({ isPublication: true, trend: null, comparison: null })
    const numbers = (rows: readonly { cases: number | null }[]) => rows.map(({ cases }) => cases)
    const shown = [...told.windows, ...told.categories, ...told.years].map(({ prevalence }) => prevalence)
    const pooled = told.categories.flatMap(({ threeYears, fiveYears }) => [threeYears, fiveYears])
    expect(numbers([...shown, ...pooled]).filter((n) => n !== null && n > 0 && n < 5)).toEqual([])
    const small = open.categories.filter(({ prevalence: { cases } }) => cases! > 0 && cases! < 5)
    expect(small.length).toBeGreaterThan(0)
    for (const { category } of small)
      expect(told.categories.find((row) => row.category === category)!.prevalence.value).toBeNull()
    const [main] = await indicator('BDI-20')
    expect(told.windows[0]!.prevalence).toMatchObject({ cases: main!.numerator, value: main!.value })
    for (const { component, numerator } of await indicator('BDI-21')) {
      const row = told.categories.find(({ category }) => category === (component ?? 'NTD'))!
      expect(row.prevalence.cases).toBe(numerator)
    }
  })
})

describe('alarms', () => {
  test('come with the rate they are measured by, their limit and how often they are false', async () => {
    const { usual, cusum, scan, words } = await read<EndpointOutput<typeof getDefectAlarms>>(
      'defect-alarms',
      'from=2025-01-01&to=2026-06-01&between=60',
    )

    expect(usual).toMatchObject({
      ground: 'THREE_YEARS_BEFORE',
      periodFrom: '2022-01-01',
      periodTo: '2024-12-31',
    })
    expect(cusum!.inControl).toBeGreaterThanOrEqual(60)
    expect(cusum!.falseAlarmChance).toBeGreaterThan(0)
    expect(cusum!.points).toHaveLength(18)
    expect(cusum!.points.reduce((sum, point) => sum + point.cases, 0)).toBe(
      await counted(`${cases('d.window_hospital')} and d.born_on between '2025-01-01' and '2026-06-30'`),
    )
    expect(words.cusum.zh).toContain('虚警')
    expect(words.meaning.en).toContain('blames no facility or person')
    expect(scan.replicates).toBe(999)
  })

  test('find a spring with many cases that was put in, and say nothing of a rare category', async () => {
    await office.sql(
      `update birth_defect_tallies set tally = tally + 4 where measure = 'case' and item = 'HOSPITAL_28W_7D:23' and month between '2025-03-01' and '2025-05-01'`,
    )
    await office.sql(`
      insert into birth_defect_tallies (county_code, measure, month, division_code, facility_id, item, tally)
      select 371121, 'case', m::date, '371121101000', '${facilities.first}', 'HOSPITAL_28W_7D:23', 4 from generate_series(date '2025-03-01', date '2025-05-01', interval '1 month') m
      on conflict do nothing`)
    const url = 'from=2025-01-01&to=2026-06-01&category='

    const heart = await read<EndpointOutput<typeof getDefectAlarms>>('defect-alarms', `${url}23`)
    const rare = await read<EndpointOutput<typeof getDefectAlarms>>('defect-alarms', `${url}21`)

    expect(heart.cusum!.points.filter(({ isAlarm }) => isAlarm)[0]!.month.slice(0, 4)).toBe('2025')
    expect(heart.scan.cluster).toMatchObject({ from: '2025-03-01', to: '2025-05-01', isSignificant: true })
    expect(heart.words.scan.zh).toContain('2025-03 至 2025-05')
    expect([rare.cusum, rare.scan.cluster]).toEqual([null, null])
  })

  test('are measured by a rate that is given, and refuse one that makes no sense', async () => {
    const { usual } = await read<EndpointOutput<typeof getDefectAlarms>>('defect-alarms', `${all}&usual=120`)
    const refused = await bureau.get(`/api/v1/defect-alarms?division=${place.county}&${all}&usual=-1`)

    expect(usual).toMatchObject({ value: 120, ground: 'GIVEN' })
    expect(refused.status).toBe(400)
  })
})

describe('the funnel of facilities', () => {
  test('is in the order of their codes, around the county’s own value, and adds up to it', async () => {
    const {
      whole,
      facilities: units,
      limits,
    } = await read<EndpointOutput<typeof getDefectFunnel>>('defect-funnel')

    expect(units.map(({ facility }) => facility.id)).toEqual([facilities.first, facilities.second])
    expect(units.reduce((sum, { prevalence }) => sum + prevalence.births, 0)).toBe(whole.births)
    for (const { prevalence, position } of units)
      expect(position === null).toBe(prevalence.stability === 'UNSTABLE')
    expect(limits.length).toBeGreaterThan(0)
  })
})
