import type { AuditFigures } from '@youyu/shared/birth-defects/missed-cases'
import { chapman, proportion, scaled } from '../../statistics/index.ts'

/** 漏报率 (BDI-23) and how many cases there are by two sources, each with its interval and method. */
export function auditFigures({
  reported,
  logged,
  matched,
  missed,
}: Pick<AuditFigures, 'reported' | 'logged' | 'matched' | 'missed'>): AuditFigures {
  const rate = scaled(proportion(missed, reported + missed), 100)
  const total = chapman({ first: reported, second: logged, both: matched }).total
  return {
    ...{ reported, logged, matched, missed },
    underReporting: { value: rate.value, low: rate.low, high: rate.high, method: 'Wilson 95%' },
    captureRecapture: {
      value: total.value,
      low: total.low,
      high: total.high,
      method: 'Chapman, two sources, 95%',
    },
  }
}
