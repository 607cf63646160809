import type { DefectPrevalence } from '@youyu/shared/birth-defects/surveillance'
import { number } from '../../texts/formats.ts'

export const rounded = (value: number | null, digits = 1) =>
  value === null ? '—' : number(Math.round(value * 10 ** digits) / 10 ** digits)

/** 46.3（30.1–68.4） */
export function withInterval({ value, low, high }: Pick<DefectPrevalence, 'value' | 'low' | 'high'>): string {
  if (value === null) return '—'
  return low === null ? rounded(value) : `${rounded(value)} (${rounded(low)}–${rounded(high)})`
}
