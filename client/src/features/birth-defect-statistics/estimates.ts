import type { DefectPrevalence } from '@youyu/shared/birth-defects/surveillance'
import { number } from '../../texts/formats.ts'
import type { ChartPoint } from '../../ui/charts/types.ts'

/** An estimate as a point with its interval; few cases are drawn hollow and said in words. */
type Estimate = Pick<DefectPrevalence, 'value' | 'low' | 'high' | 'stability'>

export function pointOf({ value, low, high, stability }: Estimate, unstable: string): ChartPoint {
  const isSmall = stability === 'UNSTABLE'
  return { value, low, high, isSmall, remark: isSmall ? unstable : undefined }
}

export const rounded = (value: number | null, digits = 1) =>
  value === null ? '—' : number(Math.round(value * 10 ** digits) / 10 ** digits)

/** 46.3（30.1–68.4） */
export function withInterval({ value, low, high }: Pick<DefectPrevalence, 'value' | 'low' | 'high'>): string {
  if (value === null) return '—'
  return low === null ? rounded(value) : `${rounded(value)} (${rounded(low)}–${rounded(high)})`
}
