import { inject, provide } from 'vue'
import type { ComputedRef, InjectionKey } from 'vue'
import type { ReportCheck } from '@youyu/shared/population/report-checks'
import type { z } from 'zod'

export type Checked = z.output<typeof ReportCheck>

/** A number not yet filled in is ''. */
type Figure = number | ''
export type TypedTotal = { name: string; value: Figure }
export type TypedBreakdown = {
  of: string
  kind: 'exhaustive' | 'partial' | 'overlapping'
  parts: TypedTotal[]
}
export type TypedRate = {
  name: string
  numerator: Figure
  denominator: Figure
  stated: string
  factor: number
}
export type TypedComparison = {
  name: string
  kind: 'sex-ratio' | 'proportion' | 'rate'
  factor: number
  current: { stated: string; n: Figure }
  earlier: { stated: string; n: Figure }
}
export type Typed = {
  totals: TypedTotal[]
  breakdowns: TypedBreakdown[]
  rates: TypedRate[]
  comparisons: TypedComparison[]
}

export const blank = {
  total: (): TypedTotal => ({ name: '', value: '' }),
  breakdown: (): TypedBreakdown => ({ of: '', kind: 'exhaustive', parts: [{ name: '', value: '' }] }),
  rate: (): TypedRate => ({ name: '', numerator: '', denominator: '', stated: '', factor: 1000 }),
  comparison: (): TypedComparison => ({
    name: '',
    kind: 'rate',
    factor: 1000,
    current: { stated: '', n: '' },
    earlier: { stated: '', n: '' },
  }),
}

const key: InjectionKey<ComputedRef<Checked | null>> = Symbol('checked')

export function provideChecked(checked: ComputedRef<Checked | null>): void {
  provide(key, checked)
}

/** What the check says, for those who show it beside their fields; null until checked. */
export function useChecked(): ComputedRef<Checked | null> | null {
  return inject(key, null)
}
