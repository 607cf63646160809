import type { ReportFinding, TypedReport } from '@youyu/shared/population/report-checks'
import { ewmaChart } from '../control-charts/rules-ewma.ts'
import { monthlySwings, sexRatio, SWING_LIMIT } from '../intervals/rules-sex-ratio.ts'
import { FEWEST_EVENTS, smallNumber } from '../rules-small-numbers.ts'

type Month = TypedReport['series'][number]['months'][number]

const inOrder = <Dated extends { month: string }>(months: readonly Dated[]) =>
  months.toSorted((a, b) => (a.month < b.month ? -1 : 1))

const numberOf = (month: string) => 12 * Number(month.slice(0, 4)) + Number(month.slice(5))
const follows = (month: string, before: string | undefined) =>
  before !== undefined && numberOf(month) === numberOf(before) + 1

export function seriesFindings({ series }: TypedReport): ReportFinding[] {
  return series.flatMap(({ name, months }) => {
    const ordered = inOrder(months)
    return [...unusualMonths(name, ordered), ...repeatedValues(name, ordered), ...suddenZeros(name, ordered)]
  })
}

/** Rule A1: a month more than 3 SD from the 24-month EWMA of those before it. */
function unusualMonths(name: string, months: readonly Month[]): ReportFinding[] {
  const points = ewmaChart(months.map(({ value }) => value))
  return months.flatMap(({ month, value }, index): ReportFinding[] => {
    const { isUnusual = false, expected = null } = points[index] ?? {}
    if (!isUnusual || !expected) return []
    const { low, high, z } = expected
    const usual = `${low.toFixed(0)}–${high.toFixed(0)}`
    return [
      {
        rule: 'A1',
        severity: 'question',
        subject: name,
        zh: `“${name}” ${month} 为 ${value}，超出此前 24 个月加权平均 ${expected.value.toFixed(1)} 的 3 倍标准差范围（${usual}，z = ${z.toFixed(2)}）`,
        en: `“${name}” in ${month} is ${value}, outside 3 SD (${usual}, z = ${z.toFixed(2)}) of the 24-month weighted mean ${expected.value.toFixed(1)}`,
        figures: { month, value, expected: expected.value, low, high, z },
      },
    ]
  })
}

/** Rule A8: one value for three months or more running. Small numbers repeat by chance: only a note. */
function repeatedValues(name: string, months: readonly Month[]): ReportFinding[] {
  const runs: Month[][] = []
  for (const month of months) {
    const run = runs.at(-1)
    const last = run?.at(-1)
    if (run && last?.value === month.value && follows(month.month, last.month)) run.push(month)
    else runs.push([month])
  }
  return runs.flatMap((run): ReportFinding[] => {
    const [first, last] = [run[0], run.at(-1)]
    if (!first || !last || run.length < 3 || first.value === 0) return []
    return [
      {
        rule: 'A8',
        severity: first.value < FEWEST_EVENTS ? 'note' : 'question',
        subject: name,
        zh: `“${name}”从 ${first.month} 到 ${last.month} 连续 ${run.length} 个月都是 ${first.value}`,
        en: `“${name}” is ${first.value} in each of the ${run.length} months from ${first.month} to ${last.month}`,
        figures: { value: first.value, months: run.length, from: first.month, to: last.month },
      },
    ]
  })
}

/** Rule A10: a zero after months above zero. Where chance alone gives it in one month of twenty, only a note. */
function suddenZeros(name: string, months: readonly Month[]): ReportFinding[] {
  return months.flatMap(({ month, value }, index): ReportFinding[] => {
    const before = months[index - 1]
    if (value !== 0 || !before || before.value === 0) return []
    const earlier = months.slice(Math.max(0, index - 12), index)
    const mean = earlier.reduce((sum, other) => sum + other.value, 0) / earlier.length
    return [
      {
        rule: 'A10',
        severity: mean < 3 ? 'note' : 'question',
        subject: name,
        zh: `“${name}” ${month} 报告为 0，此前 ${earlier.length} 个月平均 ${mean.toFixed(1)}，请核对是否漏报`,
        en: `“${name}” reports 0 in ${month} after a mean of ${mean.toFixed(1)} over ${earlier.length} months; ask whether a report is missing`,
        figures: { month, mean, months: earlier.length },
      },
    ]
  })
}

/** Rule A2: a swing of the sex ratio at birth by more than 2 SE from one month to the next (POP-07). */
export function swingFindings({ sexRatios }: TypedReport): ReportFinding[] {
  return sexRatios.flatMap(({ name, months }) => {
    const ordered = inOrder(months)
    const swings = monthlySwings(ordered)
    return ordered.flatMap((month, index): ReportFinding[] => {
      const [before, z] = [ordered[index - 1], swings[index] ?? null]
      if (!before || z === null || z <= SWING_LIMIT || !follows(month.month, before.month)) return []
      const [now, then] = [sexRatio(month).value ?? 0, sexRatio(before).value ?? 0]
      const { flag } = smallNumber({ kind: 'sex-ratio', births: month.male + month.female })
      return [
        {
          rule: 'A2',
          severity: 'question',
          subject: name,
          zh: `“${name}” ${month.month} 出生性别比 ${now.toFixed(1)}，上月 ${then.toFixed(1)}，波动 z = ${z.toFixed(2)}，请核对报告质量${flag ? '（出生数少，数值不稳定）' : ''}`,
          en: `“${name}”: sex ratio at birth ${now.toFixed(1)} in ${month.month} after ${then.toFixed(1)}, z = ${z.toFixed(2)}; review the reporting${flag ? ' (few births, unstable)' : ''}`,
          figures: { month: month.month, current: now, earlier: then, z },
        },
      ]
    })
  })
}
