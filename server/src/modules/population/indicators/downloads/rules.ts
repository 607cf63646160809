import type { IndicatorDefinition, IndicatorValue } from '@youyu/shared/population/indicators'

export type CellOfTable = string | number | null

const populations = { residence: '常住', hukou: '户籍' } as const
const withheld = { small: '小数不公布', complementary: '保护性不公布' } as const

export const tableColumns: {
  header: string
  width: number
  of: (value: IndicatorValue, definition: IndicatorDefinition) => CellOfTable
}[] = [
  { header: '指标代码', width: 10, of: ({ code }) => code },
  { header: '指标', width: 22, of: (_, { zh }) => zh },
  { header: '分项', width: 16, of: ({ component }, { components }) => componentName(component, components) },
  { header: '区划代码', width: 15, of: ({ division }) => division.code },
  { header: '区划', width: 18, of: ({ division }) => division.name },
  { header: '期间起', width: 12, of: ({ periodFrom }) => periodFrom },
  { header: '期间止', width: 12, of: ({ periodTo }) => periodTo },
  { header: '人口口径', width: 9, of: ({ population }) => populations[population] },
  { header: '分子', width: 12, of: ({ numerator }) => numerator },
  { header: '分母', width: 12, of: ({ denominator }) => denominator },
  { header: '值', width: 12, of: ({ value }) => rounded(value) },
  { header: '单位', width: 9, of: ({ unit }) => (unit === 'count' ? '人' : unit) },
  { header: '95%下限', width: 12, of: ({ low }) => rounded(low) },
  { header: '95%上限', width: 12, of: ({ high }) => rounded(high) },
  { header: '区间方法', width: 26, of: ({ method }) => method },
  { header: '标记', width: 14, of: flagOf },
  { header: '区划边界日期', width: 13, of: ({ boundaryDate }) => boundaryDate },
  { header: '数据截止', width: 22, of: ({ dataCutoff }) => dataCutoff },
  { header: '定义版本', width: 9, of: ({ definitionVersion }) => definitionVersion },
]

function componentName(key: string | null, components: IndicatorDefinition['components']): string | null {
  return key === null ? null : (components.find((component) => component.key === key)?.zh ?? key)
}

/** Twelve significant digits: what a sum of floats adds below them is no figure. */
function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(12))
}

function flagOf({ suppressed, stability }: IndicatorValue): string | null {
  if (suppressed) return withheld[suppressed]
  return stability === 'UNSTABLE' ? 'UNSTABLE 例数少' : null
}

export const definitionColumns: {
  header: string
  width: number
  of: (definition: IndicatorDefinition) => CellOfTable
}[] = [
  { header: '指标代码', width: 10, of: ({ code }) => code },
  { header: '指标', width: 22, of: ({ zh }) => zh },
  { header: 'Indicator', width: 30, of: ({ en }) => en },
  { header: '分子', width: 44, of: ({ numerator }) => numerator.zh },
  { header: '分母', width: 36, of: ({ denominator }) => denominator?.zh ?? null },
  { header: '说明', width: 60, of: ({ caveat }) => caveat?.zh ?? null },
  { header: '只描述不作目标', width: 14, of: ({ targetForbidden }) => (targetForbidden ? '是' : null) },
  { header: '定义版本', width: 9, of: ({ definitionVersion }) => definitionVersion },
]
