import type { ReportCheck, TypedReport } from '@youyu/shared/population/report-checks'
import { checkedComparison } from './rules-comparisons.ts'
import { checkedRate, coverageFindings, rateFindings } from './rules-rates.ts'
import { seriesFindings, swingFindings } from './rules-series.ts'
import { sumFindings } from './rules-sums.ts'

/** Rules A1, A2, A5–A10 of domain §7.5 over a typed-in report, and whether its changes are more than chance. */
export function checkReport(report: TypedReport): ReportCheck {
  return {
    findings: [
      ...sumFindings(report),
      ...rateFindings(report),
      ...coverageFindings(report),
      ...seriesFindings(report),
      ...swingFindings(report),
    ],
    rates: report.rates.map(checkedRate),
    comparisons: report.comparisons.map(checkedComparison),
  }
}
