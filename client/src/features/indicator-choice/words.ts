import type { IndicatorDefinition, IndicatorValue } from '@youyu/shared/population/indicators'
import { inLanguage, useTexts } from '../../texts/texts.ts'
import { figure } from '../../ui/charts/figures.ts'
import type { ChartFormat } from '../../ui/charts/types.ts'
import { monthName } from '../../ui/months.ts'

const decimals: Record<string, number> = { count: 0, '‰': 2, '%': 1, '女=100': 1, days: 0, pp: 1 }

export function formatOf(unit: string): ChartFormat {
  const digits = decimals[unit] ?? 2
  return { minimumFractionDigits: digits, maximumFractionDigits: digits }
}

/** What may be said of an indicator and of its values, in the language in use. */
export function useIndicatorWords() {
  const t = useTexts('indicatorChoice')
  const minus = (said: string) => said.replaceAll('-', '−')
  const units: Record<string, string> = {
    count: '',
    yuan: t('units.yuan'),
    days: t('units.days'),
    pp: t('units.points'),
    '女=100': t('units.perHundredGirls'),
    '/10万': t('units.perHundredThousand'),
    岁: t('units.years'),
    '孩/妇女': t('units.childrenPerWoman'),
    个: '',
    例: '',
    人: '',
    次: '',
    比: '',
    '/百人年': t('units.perHundredWomanYears'),
  }
  const unitOf = (unit: string) => units[unit] ?? unit
  return {
    unitOf,
    nameOf: (of: { zh: string; en: string }) => inLanguage([of.zh, of.en]),
    figureOf: ({ value, unit }: IndicatorValue) => minus(figure(value, formatOf(unit))),
    rangeOf: ({ low, high, unit }: Pick<IndicatorValue, 'low' | 'high' | 'unit'>) =>
      low === null || high === null
        ? ''
        : minus(t('range', { low: figure(low, formatOf(unit)), high: figure(high, formatOf(unit)) })),
    componentName: (definition: IndicatorDefinition, key: string | null) => {
      const found = definition.components.find((component) => component.key === key)
      return key === null ? t('whole') : found ? inLanguage([found.zh, found.en]) : key
    },
    periodOf: ({ periodFrom, periodTo }: Pick<IndicatorValue, 'periodFrom' | 'periodTo'>) => {
      const [from, to] = [periodFrom, periodTo].map((day) => `${day.slice(0, 7)}-01`) as [string, string]
      if (periodFrom === periodTo) return periodFrom
      return from === to ? monthName(from) : t('between', { from: monthName(from), to: monthName(to) })
    },
    /** Why a number is missing, or how far it may be read. */
    cautionOf: ({ suppressed, stability, value }: IndicatorValue) =>
      suppressed
        ? t(`suppressed.${suppressed}`)
        : value === null
          ? t('notComputed')
          : stability === 'UNSTABLE'
            ? t('unstable')
            : '',
  }
}
