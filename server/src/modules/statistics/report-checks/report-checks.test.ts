import { TypedReport } from '@youyu/shared/population/report-checks'
import type { z } from 'zod'
import { describe, expect, it, test } from 'vitest'
import { checkReport } from '../index.ts'

const check = (report: z.input<typeof TypedReport>) => checkReport(TypedReport.parse(report))
const parts = (...values: number[]) => values.map((value, index) => ({ name: `第 ${index + 1} 项`, value }))
const found = (report: z.input<typeof TypedReport>) =>
  check(report).findings.map(({ rule, severity, subject }) => [rule, severity, subject])

describe('the printed county report of seed 3', () => {
  const report = {
    totals: [
      { name: '出生', value: 1083 },
      { name: '节育措施', value: 817 },
      { name: '取环', value: 3 },
      { name: '人工流产', value: 7 },
      { name: '服务站接诊', value: 1100 },
      { name: '下乡服务人次', value: 600 },
    ],
    breakdowns: [
      { of: '出生', parts: parts(654, 230, 2, 175) },
      { of: '节育措施', parts: parts(7, 800, 7, 3) },
      { of: '取环', kind: 'partial' as const, parts: [{ name: '县服务站取环', value: 60 }] },
      { of: '人工流产', kind: 'partial' as const, parts: parts(38, 24) },
      { of: '服务站接诊', kind: 'partial' as const, parts: parts(128, 60, 38, 24) },
      { of: '下乡服务人次', kind: 'overlapping' as const, parts: parts(300, 120, 87, 80, 5, 12) },
    ],
    rates: [
      { name: '出生率', numerator: 1083, denominator: 316_842, stated: '3.41', factor: 1000 as const },
      { name: '符合率', numerator: 654 + 230, denominator: 1083, stated: '90.48', factor: 100 as const },
    ],
  }

  it('shows its three inconsistencies, and only notes what was truncated', () => {
    expect(found(report)).toEqual([
      ['A6', 'question', '出生'],
      ['A5', 'question', '取环'],
      ['A5', 'question', '人工流产'],
      ['A7', 'note', '出生率'],
      ['A7', 'question', '符合率'],
    ])
  })

  it('names the figures in both languages', () => {
    const { findings } = check(report)

    const births = findings[0]
    expect(births?.zh).toContain('654 + 230 + 2 + 175 = 1061')
    expect(births?.en).toContain('22 missing')
    const rate = findings.find(({ subject }) => subject === '符合率')
    expect(rate?.en).toContain('81.625 %')
    expect(rate?.figures['impliedNumerator']).toBe(980)
    expect(findings.find(({ subject }) => subject === '取环')?.en).toContain('is 60, yet “取环” is only 3')
  })
})

describe('a printed change', () => {
  const { comparisons } = check({
    comparisons: [
      {
        name: 'SRB',
        kind: 'sex-ratio',
        factor: 100,
        current: { stated: '107.9', n: 1106 },
        earlier: { stated: '109.9', n: 1372 },
      },
      {
        name: '缺陷',
        kind: 'proportion',
        factor: 1000,
        current: { stated: '4.28', n: 4658 },
        earlier: { stated: '5.70', n: 4658 },
      },
      {
        name: '晚婚',
        kind: 'proportion',
        factor: 100,
        current: { stated: '72.5', n: 2455 },
        earlier: { stated: '88.0', n: 2455 },
      },
      {
        name: '死亡',
        kind: 'rate',
        factor: 1000,
        current: { stated: '2.00', n: 10_000 },
        earlier: { stated: '4.00', n: 10_000 },
      },
    ],
  })

  test.each([
    ['SRB', '-0.23', false, '无统计学意义'],
    ['缺陷', '-0.97', false, '无统计学意义'],
    ['晚婚', '-13.64', true, '有统计学意义'],
    ['死亡', '-2.53', true, '有统计学意义'],
  ])('of %s has z = %s', (name, z, isSignificant, sentence) => {
    const comparison = comparisons.find((each) => each.name === name)

    expect(comparison?.z?.toFixed(2)).toBe(z)
    expect(comparison?.isSignificant).toBe(isSignificant)
    expect(comparison?.zh).toContain(sentence)
  })

  it('shows both figures with their intervals', () => {
    expect(comparisons[0]?.current.low?.toFixed(1)).toBe('95.9')
    expect(comparisons[0]?.current.high?.toFixed(1)).toBe('121.4')
  })
})

const months = (...values: number[]) =>
  values.map((value, index) => ({
    month: `${2024 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`,
    value,
  }))
const series = (...values: number[]) => ({ series: [{ name: 's', months: months(...values) }] })

describe('a series', () => {
  const steady = Array.from({ length: 24 }, (_, month) => 100 + (month % 3))

  test.each([
    ['that jumps', series(...steady, 170), [['A1', 'question', 's']]],
    ['that is steady', series(...steady, 104), []],
    ['with three equal months', series(90, 87, 87, 87, 91), [['A8', 'question', 's']]],
    ['with three equal small months', series(4, 2, 2, 2, 3), [['A8', 'note', 's']]],
    ['with two equal months', series(90, 87, 87, 91), []],
    ['that falls silent', series(30, 28, 31, 0, 0, 0), [['A10', 'question', 's']]],
    ['of few that reports none', series(1, 2, 0), [['A10', 'note', 's']]],
    ['that never reported', series(0, 0, 0, 0), []],
  ])('%s', (_, report, expected) => {
    expect(found(report)).toEqual(expected)
  })

  it('is not repeated over a gap', () => {
    const gap = [
      { month: '2026-01', value: 50 },
      { month: '2026-02', value: 50 },
      { month: '2026-04', value: 50 },
    ]

    expect(found({ series: [{ name: 's', months: gap }] })).toEqual([])
  })

  it('of births by sex that swings by more than two standard errors is a question to the reporting', () => {
    const sexRatios = [
      {
        name: '月度',
        months: [
          { month: '2026-02', male: 90, female: 130 },
          { month: '2026-01', male: 130, female: 100 },
          { month: '2026-03', male: 95, female: 128 },
        ],
      },
    ]

    const { findings } = check({ sexRatios })

    expect(findings.map(({ rule, figures }) => [rule, figures['month']])).toEqual([['A2', '2026-02']])
    expect(findings[0]?.en).toContain('few births')
  })
})

describe('a coverage', () => {
  it('above 100 % asks what was counted', () => {
    const coverages = [
      { name: '减免与参保', numerator: 1246, denominator: 998 },
      { name: '全部', numerator: 998, denominator: 998 },
    ]

    const { findings } = check({ coverages })

    expect(findings.map(({ rule, subject }) => [rule, subject])).toEqual([['A9', '减免与参保']])
    expect(findings[0]?.zh).toContain('124.8 %')
  })
})

describe('a typed-in report', () => {
  const total = { name: 'a', value: 1 }
  test.each([
    ['a breakdown of nothing', { breakdowns: [{ of: 'b', parts: [total] }] }, ['breakdowns', 0, 'of']],
    ['a total twice', { totals: [total, total] }, ['totals', 1, 'name']],
    [
      'a month twice',
      { series: [{ name: 's', months: [...months(1), ...months(2)] }] },
      ['series', 0, 'months', 1, 'month'],
    ],
    [
      'a share above its whole',
      {
        comparisons: [
          {
            name: 'c',
            kind: 'proportion',
            factor: 100,
            current: { stated: '101', n: 9 },
            earlier: { stated: '9', n: 9 },
          },
        ],
      },
      ['comparisons', 0, 'current', 'stated'],
    ],
    ['an unknown list', { targets: [] }, []],
  ])('with %s is refused where it stands', (_, report, path) => {
    const parsed = TypedReport.safeParse(report)

    expect(parsed.error?.issues[0]?.path).toEqual(path)
  })
})
