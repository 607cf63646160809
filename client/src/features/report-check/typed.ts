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
export type TypedCoverage = { name: string; numerator: Figure; denominator: Figure }
type TypedMonth = { month: string; value?: Figure; male?: Figure; female?: Figure }
export type TypedSeries = { name: string; months: TypedMonth[] }
export type Typed = {
  totals: TypedTotal[]
  breakdowns: TypedBreakdown[]
  rates: TypedRate[]
  comparisons: TypedComparison[]
  coverages: TypedCoverage[]
  series: TypedSeries[]
  sexRatios: TypedSeries[]
}

export const blank = {
  total: (): TypedTotal => ({ name: '', value: '' }),
  breakdown: (): TypedBreakdown => ({ of: '', kind: 'exhaustive', parts: [{ name: '', value: '' }] }),
  rate: (): TypedRate => ({ name: '', numerator: '', denominator: '', stated: '', factor: 1000 }),
  coverage: (): TypedCoverage => ({ name: '', numerator: '', denominator: '' }),
  month: (list: 'series' | 'sexRatios', month: string): TypedMonth =>
    list === 'series' ? { month, value: '' } : { month, male: '', female: '' },
  series: (list: 'series' | 'sexRatios'): TypedSeries => ({ name: '', months: [blank.month(list, '')] }),
  comparison: (): TypedComparison => ({
    name: '',
    kind: 'rate',
    factor: 1000,
    current: { stated: '', n: '' },
    earlier: { stated: '', n: '' },
  }),
}

/** The month after one written `YYYY-MM`; nothing after what is none. */
export function monthAfter(month: string): string {
  const found = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month)
  if (!found) return ''
  const next = Number(found[1]) * 12 + Number(found[2])
  return `${String(Math.floor(next / 12)).padStart(4, '0')}-${String((next % 12) + 1).padStart(2, '0')}`
}

const key: InjectionKey<ComputedRef<Checked | null>> = Symbol('checked')

export function provideChecked(checked: ComputedRef<Checked | null>): void {
  provide(key, checked)
}

/** What the check says, for those who show it beside their fields; null until checked. */
export function useChecked(): ComputedRef<Checked | null> | null {
  return inject(key, null)
}
