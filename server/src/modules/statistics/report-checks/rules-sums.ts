import type { ReportFinding, TypedReport } from '@youyu/shared/population/report-checks'
import { sumOf } from '../rules-estimate.ts'

/** Rule A5: a part, or the parts of an unfinished list together, above their whole. Rule A6: a sum that misses its total. */
export function sumFindings({ totals, breakdowns }: TypedReport): ReportFinding[] {
  const whole = new Map(totals.map(({ name, value }) => [name, value]))
  return breakdowns.flatMap(({ of, kind, parts }): ReportFinding[] => {
    const total = whole.get(of)
    if (total === undefined) return []
    const sum = sumOf(parts.map(({ value }) => value))
    const list = parts.map(({ value }) => value).join(' + ')
    if (kind === 'partial' && parts.length > 1)
      return sum > total ? [partsAboveWhole(of, total, sum, list)] : []
    const above = parts.filter(({ value }) => value > total)
    if (above.length > 0) return above.map((part) => partAboveWhole(of, total, part))
    if (kind === 'exhaustive' && sum !== total) return [sumMissesTotal(of, total, sum, list)]
    return []
  })
}

function partAboveWhole(of: string, total: number, part: { name: string; value: number }): ReportFinding {
  return {
    rule: 'A5',
    severity: 'question',
    subject: of,
    zh: `部分大于整体：“${part.name}”为 ${part.value}，而“${of}”合计只有 ${total}，请核对口径、时段或漏报`,
    en: `Part above its whole: “${part.name}” is ${part.value}, yet “${of}” is only ${total}; ask for definition, period or missing reports`,
    figures: { part: part.name, value: part.value, total },
  }
}

function partsAboveWhole(of: string, total: number, sum: number, list: string): ReportFinding {
  return {
    rule: 'A5',
    severity: 'question',
    subject: of,
    zh: `部分之和大于整体：${list} = ${sum}，而“${of}”合计只有 ${total}，请核对口径、时段或漏报`,
    en: `Parts above their whole: ${list} = ${sum}, yet “${of}” is only ${total}; ask for definition, period or missing reports`,
    figures: { sum, total },
  }
}

function sumMissesTotal(of: string, total: number, sum: number, list: string): ReportFinding {
  const gap = Math.abs(total - sum)
  return {
    rule: 'A6',
    severity: 'question',
    subject: of,
    zh: `分项之和不等于合计：${list} = ${sum}，“${of}”合计为 ${total}，${sum < total ? '少' : '多'} ${gap}`,
    en: `The breakdown does not add up: ${list} = ${sum}, “${of}” is ${total}, ${gap} ${sum < total ? 'missing' : 'too many'}`,
    figures: { sum, total, difference: sum - total },
  }
}
