import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { evaluate } from '@youyu/shared/subsidies/evaluation'
import type { Rule } from '@youyu/shared/subsidies/rules'
import { changedRates, onceCost, rateOn, yearCost, type Rate } from './rules-costs.ts'
import { monthsBefore, resultOf, type ProgrammeFrame, type ScenarioGroup } from './rules-result.ts'
import { shiftRule, widened, yearsOn } from './rules-shift.ts'

const rate = (amountFen: number, given: Partial<Rate> = {}): Rate => ({
  ...{ level: '', unit: 'PER_MONTH', amountFen, from: '2020-01-01', to: null, ...given },
})

describe('the cost of a person in a year', () => {
  test.each<[string, Rate[], number, { from?: number; until?: number; units?: number }, number]>([
    ['twelve months of a month’s rate', [rate(8000)], 2026, {}, 96000],
    [
      'a year’s amount whole, though it is not divisible',
      [rate(100_001, { unit: 'PER_YEAR' })],
      2026,
      {},
      100_001,
    ],
    ['the first half of it', [rate(100_001, { unit: 'PER_YEAR' })], 2026, { until: 6 }, 50_000],
    [
      'a change in April',
      [rate(100, { to: '2026-03-31' }), rate(200, { from: '2026-04-01' })],
      2026,
      {},
      2100,
    ],
    ['four quarters', [rate(50_000, { unit: 'PER_QUARTER' })], 2026, {}, 200_000],
    ['ten days', [rate(20_000, { unit: 'PER_DAY' })], 2026, { units: 10 }, 200_000],
    ['nothing before its first day', [rate(100, { from: '2027-01-01' })], 2026, {}, 0],
    ['nothing of what is paid once', [rate(100, { unit: 'ONE_OFF' })], 2026, {}, 0],
  ])('%s', (_, rates, year, given, fen) => {
    expect(yearCost(rates, '', year, given)).toBe(fen)
  })

  it('is that of her level, or of the rate for all where her level has none', () => {
    const rates = [rate(100), rate(300, { level: 'A' }), rate(400, { level: 'A', from: '2026-07-01' })]

    expect(rateOn(rates, 'A', '2026-06-30')?.amountFen).toBe(300)
    expect(rateOn(rates, 'A', '2026-07-01')?.amountFen).toBe(400)
    expect(rateOn(rates, 'B', '2026-07-01')?.amountFen).toBe(100)
    expect(onceCost([rate(500, { unit: 'ONE_OFF' })], '', '2026-07-01')).toBe(500)
  })

  it('after a change is the old rate until the day before, the new one from the day', () => {
    const rates = changedRates(
      [rate(100), rate(900, { from: '2028-01-01' })],
      [{ level: '', unit: 'PER_MONTH', amountFen: 150 }],
      '2026-07-01',
    )

    expect(yearCost(rates, '', 2026)).toBe(6 * 100 + 6 * 150)
    expect(yearCost(rates, '', 2028)).toBe(12 * 150)
  })
})

describe('a change in the course of a year', () => {
  test.each([
    ['2025-07-01', 2026, 0],
    ['2026-01-01', 2026, 0],
    ['2026-07-01', 2026, 6],
    ['2027-01-01', 2026, 12],
  ])('from %s leaves so many months of %i as they were', (from, year, months) => {
    expect(monthsBefore(from, year)).toBe(months)
  })
})

describe('a rule asked years ahead', () => {
  const age = (years: number, day: string, birth: string) => {
    const whole = Number(day.slice(0, 4)) - Number(birth.slice(0, 4))
    return whole - (day.slice(5) < birth.slice(5) ? 1 : 0) + years
  }
  const rules: Rule[] = [
    {
      and: [
        { fact: 'age_years', '>=': 60 },
        { fact: 'spouse_age_years', between: [50, 70] },
      ],
    },
    { or: [{ fact: 'child_age_months', '<': 36 }, { not: { fact: 'age_years', in: [49, 60] } }] },
    { months_between: ['birth_date', '$today'], '>=': 720 },
    { fact: 'birth_date', '<=': '$today' },
  ]

  it('says today what it will say then', () => {
    const days = fc.date({ min: new Date('1940-01-01'), max: new Date('2024-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(
        days,
        days,
        fc.integer({ min: 0, max: 4 }),
        fc.constantFrom(...rules),
        (birth, spouse, years, rule) => {
          const [born, wed] = [birth, spouse].map((each) => each.toISOString().slice(0, 10)) as [
            string,
            string,
          ]
          const day = '2026-11-22'
          const then = yearsOn(day, years)
          const months = (on: string) =>
            (Number(on.slice(0, 4)) - Number(born.slice(0, 4))) * 12 +
            Number(on.slice(5, 7)) -
            Number(born.slice(5, 7)) -
            (on.slice(8) < born.slice(8) ? 1 : 0)
          const factsOn = (on: string) => ({
            birth_date: born,
            age_years: age(0, on, born),
            child_age_months: months(on),
            spouse_age_years: age(0, on, wed),
          })

          const asked = evaluate(shiftRule(rule, years, then), factsOn(day), { county: '371121', today: day })

          expect(asked.met).toBe(evaluate(rule, factsOn(then), { county: '371121', today: then }).met)
        },
      ),
      { numRuns: 50 },
    )
  })
})

describe('the result of a scenario', () => {
  const shares = { CENTRAL: 50, PROVINCE: 30, COUNTY: 20 }
  const frame = (given: Partial<ProgrammeFrame> = {}): ProgrammeFrame => ({
    ...{
      programme: 'P01',
      name: ['奖扶', 'Reward'],
      from: '2026-01-01',
      units: 1,
      monthFen: null,
      isRuleChanged: false,
    },
    base: { rates: [rate(8000)], shares: [shares, shares] },
    changed: { rates: [rate(10_000)], shares: [shares, shares] },
    ...given,
  })
  const group = (given: Partial<ScenarioGroup>): ScenarioGroup => ({
    ...{ programme: 'P01', place: 0, part: '371121001', base: '', changed: '', months: null, people: 1 },
    ...{ isNewBase: false, isNewChanged: false, ...given },
  })
  const years = [
    { year: 2026, asOf: '2026-07-01' },
    { year: 2027, asOf: '2027-07-01' },
  ]

  it('counts who gains and who loses, and what it costs each tier', () => {
    const groups = [
      group({ people: 10 }),
      group({ base: null, people: 4 }),
      group({ changed: null, people: 3 }),
    ]

    const { years: all, cap } = resultOf(groups, { years, programmes: [frame()], takeUp: 100 }, 1_000_000)

    expect(all[0]).toMatchObject({ gained: 4, lost: 3, higher: 10, lower: 0 })
    expect(all[0]!.base).toMatchObject({ people: 13, fen: 13 * 96_000 })
    expect(all[0]!.changed).toMatchObject({ people: 14, fen: 14 * 120_000 })
    expect(all[0]!.changed.byTier.reduce((sum, { fen }) => sum + fen, 0)).toBe(14 * 120_000)
    expect(cap).toMatchObject({ over: [{ year: 2026, byFen: 680_000 }], fits: 59.5 })
  })

  it('of a change in the middle of a year pays the old until then', () => {
    const { years: all } = resultOf(
      [group({ people: 2 })],
      { years, programmes: [frame({ from: '2026-07-01' })], takeUp: 50 },
      undefined,
    )

    expect(all[0]!.changed.fen).toBe(6 * 8000 + 6 * 10_000)
    expect(all[0]!.base.fen).toBe(12 * 8000)
  })

  it('pays what is paid once in the first year alone', () => {
    const once = [rate(500, { unit: 'ONE_OFF' })]
    const given = { base: { rates: once, shares: [] }, changed: { rates: once, shares: [] } }
    const groups = [group({ isNewBase: true, isNewChanged: true }), group({ place: 1 })]

    const { years: all } = resultOf(groups, { years, programmes: [frame(given)], takeUp: 100 }, undefined)

    expect(all.map(({ changed }) => changed.fen)).toEqual([500, 0])
    expect(all[0]!.changed.byTier).toEqual([{ tier: 'COUNTY', fen: 500 }])
  })
})

describe('what everybody meets who meets a rule in one of the years', () => {
  const isCheap = (fact: string) => fact !== 'spouse_age_years'
  const given = { years: 4, lastDay: '2030-11-22', isCheap }

  test.each<[string, Rule, Rule | null]>([
    ['an age from below is lowered', { fact: 'age_years', '>=': 60 }, { fact: 'age_years', '>=': 56 }],
    ['an age from above stays', { fact: 'child_age_months', '<': 36 }, { fact: 'child_age_months', '<': 36 }],
    ['an exact age may be anything', { fact: 'age_years', '==': 60 }, null],
    [
      'what is dear is not asked',
      {
        and: [
          { fact: 'sex', '==': '2' },
          { fact: 'spouse_age_years', '>=': 49 },
        ],
      },
      { and: [{ fact: 'sex', '==': '2' }] },
    ],
    [
      'one open way opens all',
      {
        or: [
          { fact: 'sex', '==': '2' },
          { fact: 'spouse_age_years', '>=': 49 },
        ],
      },
      null,
    ],
    [
      'a day that moves on is the last',
      { fact: 'birth_date', '<=': '$today' },
      { fact: 'birth_date', '<=': '2030-11-22' },
    ],
    ['a negation is not trusted', { not: { fact: 'sex', '==': '2' } }, null],
  ])('%s', (_, rule, wide) => {
    expect(widened(rule, given)).toEqual(wide)
  })
})
