import type { IndicatorValue } from '@youyu/shared/population/indicators'
import { Z95 } from '../../../statistics/index.ts'
import type { Comparable } from '../values/rules-measure.ts'
import { differenceOf } from '../values/rules-values.ts'

/** A sentence in both languages. */
export type Sentence = readonly [zh: string, en: string]

const decimals: Record<string, number> = { '‰': 2, '%': 1, '女=100': 1, z: 2, count: 0 }

export function figure(value: number, unit = 'count'): string {
  const digits = decimals[unit] ?? 2
  const format = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  return value.toLocaleString('en-US', format).replace('-', '−')
}

export function signed(value: number): string {
  return value > 0 ? `+${figure(value)}` : value < 0 ? `−${figure(-value)}` : '0'
}

const unitsEnglish: Record<string, string> = {
  count: '',
  '‰': '‰',
  '%': '%',
  '/10万': ' per 100,000',
  '女=100': '',
  岁: ' years',
  z: '',
}
const unitsChinese: Record<string, string> = {
  ...unitsEnglish,
  '/10万': '/10 万',
  岁: ' 岁',
}

/** A value with its interval, as it is read aloud. */
function spoken({ value, low, high, unit }: IndicatorValue): Sentence {
  if (value === null) return ['无法计算', 'cannot be computed']
  const at = figure(value, unit)
  const [zh, en] = [`${at}${unitsChinese[unit] ?? unit}`, `${at}${unitsEnglish[unit] ?? ` ${unit}`}`]
  if (low === null || high === null || unit === 'count') return [zh, en]
  const [from, until] = [figure(low, unit), figure(high, unit)]
  return [`${zh}（95% 区间 ${from}～${until}）`, `${en} (95 % interval ${from} to ${until})`]
}

/** What kind of difference can be asked of two values. */
function comparableOf(value: IndicatorValue): Comparable {
  const { numerator, denominator } = value
  if (numerator === null || denominator === null || numerator < 0)
    return { kind: 'estimate', estimate: { ...value, method: value.method ?? '' } }
  if (value.unit === '女=100') return { kind: 'sex-ratio', sexes: { male: numerator, female: denominator } }
  if (value.unit === '%') return { kind: 'proportion', events: numerator, denominator }
  return { kind: 'rate', events: numerator, population: denominator }
}

function differenceBetween(now: IndicatorValue, before: IndicatorValue) {
  const isGrowth = now.code === 'POP-04'
  const asEstimate = (value: IndicatorValue): Comparable => ({
    kind: 'estimate',
    estimate: { ...value, method: value.method ?? '' },
  })
  const of = isGrowth ? asEstimate : comparableOf
  return differenceOf(of(now), of(before))
}

/** What may be said of a change: nothing beyond chance unless its z says so, and nothing at all of small numbers. */
function change(now: IndicatorValue, before: IndicatorValue | undefined): Sentence {
  if (!before || now.value === null || before.value === null) return ['', '']
  const earlier = spoken({ ...before, low: null, high: null })
  const { z } = differenceBetween(now, before)
  const isBeyondChance = z !== null && Math.abs(z) >= Z95
  if (now.stability === 'UNSTABLE' || before.stability === 'UNSTABLE')
    return isBeyondChance
      ? [
          `；上年同期为 ${earlier[0]}，例数少，不作升降判断`,
          `; ${earlier[1]} a year earlier: too few events to speak of a change`,
        ]
      : [
          `；上年同期为 ${earlier[0]}，例数少，变动在随机波动范围内`,
          `; ${earlier[1]} a year earlier: few events, the change is within random variation`,
        ]
  if (!isBeyondChance)
    return [
      `；上年同期为 ${earlier[0]}，变动在随机波动范围内${z === null ? '' : `（z = ${figure(z, 'z')}）`}`,
      `; ${earlier[1]} a year earlier, the change is within random variation${z === null ? '' : ` (z = ${figure(z, 'z')})`}`,
    ]
  const [zh, en] = z > 0 ? ['高于', 'higher than'] : ['低于', 'lower than']
  return [
    `；${zh}上年同期的 ${earlier[0]}，差别超出随机波动（z = ${figure(z, 'z')}）`,
    `; ${en} the ${earlier[1]} a year earlier, beyond random variation (z = ${figure(z, 'z')})`,
  ]
}

/** One sentence of a value named as a noun, with what may be said of it. */
export function stated(
  [zh, en]: Sentence,
  now: IndicatorValue | undefined,
  before?: IndicatorValue,
): Sentence[] {
  if (!now) return []
  if (now.suppressed) return [[`${zh}按小数规则不公布。`, `${en}: withheld by the small-number rule.`]]
  if (now.value === null) return [[`${zh}：例数不足，无法计算。`, `${en}: too few events to be computed.`]]
  const [valueZh, valueEn] = spoken(now)
  const [changeZh, changeEn] = change(now, before)
  const few = now.stability === 'UNSTABLE' && changeZh === ''
  return [
    [
      `${zh}为 ${valueZh}${changeZh}${few ? '；例数少，只作描述' : ''}。`,
      `${en}: ${valueEn}${changeEn}${few ? '; few events, described only' : ''}.`,
    ],
  ]
}
