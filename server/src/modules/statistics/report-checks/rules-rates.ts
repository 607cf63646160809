import type { CheckedRate, ReportFinding, TypedReport } from '@youyu/shared/population/report-checks'
import { proportion } from '../intervals/rules-proportions.ts'
import { rate } from '../intervals/rules-rates.ts'
import { scaled, type Estimate } from '../rules-estimate.ts'
import { smallNumber } from '../rules-small-numbers.ts'
import { reprinted, roundingVerdict } from './rules-rounding.ts'

type TypedRate = TypedReport['rates'][number]

const units: Record<number, string> = { 1: '', 100: ' %', 1000: ' ‰', 10_000: '/万', 100_000: '/10万' }

/** Percentages are proportions; all else are rates of events; a difference has no interval from its two ends. */
function recomputed({ numerator, denominator, factor }: TypedRate): Estimate {
  if (numerator < 0)
    return { value: (numerator / denominator) * factor, low: null, high: null, method: 'no interval' }
  return factor === 100 && numerator <= denominator
    ? scaled(proportion(numerator, denominator), factor)
    : rate(numerator, denominator, factor)
}

export function checkedRate(typed: TypedRate): CheckedRate {
  const { name, stated, numerator, denominator } = typed
  return {
    name,
    stated,
    recomputed: recomputed(typed),
    verdict: roundingVerdict(typed),
    flag: smallNumber({ kind: 'rate', events: Math.abs(numerator), denominator }).flag,
  }
}

/** Rule A7: a printed rate that its own numbers do not give; a truncated one is only noted. */
export function rateFindings({ rates }: TypedReport): ReportFinding[] {
  return rates.flatMap((typed): ReportFinding[] => {
    const { name, stated, numerator, denominator, factor } = typed
    const verdict = roundingVerdict(typed)
    if (verdict === 'consistent' || verdict === 'within-tolerance') return []
    const value = (numerator * factor) / denominator
    const exact = reprinted(value, stated)
    const unit = units[factor] ?? ''
    if (verdict === 'truncated')
      return [
        {
          rule: 'A7',
          severity: 'note',
          subject: name,
          zh: `“${name}” ${stated}${unit} 是截尾而非四舍五入：${numerator}/${denominator} = ${exact}${unit}，视为一致`,
          en: `“${name}” ${stated}${unit} was truncated, not rounded: ${numerator}/${denominator} = ${exact}${unit}; taken as consistent`,
          figures: { stated, recomputed: value },
        },
      ]
    const impliedNumerator = Math.round((Number(stated) * denominator) / factor)
    const impliedDenominator = Number(stated) === 0 ? null : Math.round((numerator * factor) / Number(stated))
    const other = impliedDenominator === null ? '—' : String(impliedDenominator)
    return [
      {
        rule: 'A7',
        severity: 'question',
        subject: name,
        zh: `“${name}”所报 ${stated}${unit} 与重算不符：${numerator}/${denominator} = ${exact}${unit}；所报数值意味着分子约为 ${impliedNumerator}，或分母约为 ${other}`,
        en: `“${name}” states ${stated}${unit}, but ${numerator}/${denominator} = ${exact}${unit}; the stated figure implies a numerator of about ${impliedNumerator} or a denominator of about ${other}`,
        figures: {
          stated,
          recomputed: value,
          impliedNumerator,
          ...(impliedDenominator !== null && { impliedDenominator }),
        },
      },
    ]
  })
}

/** Rule A9: a coverage above 100 %; numerator and denominator then count different things. */
export function coverageFindings({ coverages }: TypedReport): ReportFinding[] {
  return coverages
    .filter(({ numerator, denominator }) => numerator > denominator)
    .map(({ name, numerator, denominator }): ReportFinding => {
      const percent = (100 * numerator) / denominator
      return {
        rule: 'A9',
        severity: 'question',
        subject: name,
        zh: `“${name}”超过 100 %：${numerator}/${denominator} = ${percent.toFixed(1)} %，请核对分子、分母是否同一人群`,
        en: `“${name}” exceeds 100 %: ${numerator}/${denominator} = ${percent.toFixed(1)} %; ask whether both count the same people`,
        figures: { numerator, denominator, percent },
      }
    })
}
