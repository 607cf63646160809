import { SurveillanceWindow } from '@youyu/shared/birth-defects/defect-card-values'
import {
  watchedCategories,
  type getDefectPrevalence,
  type ToldPrevalence,
  type WatchedCategory,
} from '@youyu/shared/birth-defects/surveillance'
import type { EndpointOutput } from '@youyu/shared/endpoint'
import type { Month } from '@youyu/shared/population/book'
import type { IndicatorValue, PeriodBasis } from '@youyu/shared/population/indicators'
import type { Access } from '../../../../access/access.ts'
import type { Office } from '../../../../office.ts'
import { categoryName } from '../categories.ts'
import { readBirthDefectIndicator } from '../indicators/service.ts'
import { readingWords } from './rules-words.ts'
import { lastDay, monthsBefore, spanAsked, type PrevalenceQuery } from './service.ts'

type Values = readonly IndicatorValue[]

/**
 * Prevalence as it may be published. It is told by the indicators of prevalence themselves: were it suppressed here by
 * itself, what the two withhold could be had from the difference. Tests over exact counts are not told at all.
 */
export async function readPublishedPrevalence(
  office: Office,
  access: Access,
  query: PrevalenceQuery,
): Promise<EndpointOutput<typeof getDefectPrevalence>> {
  const { from, to, today } = spanAsked(office, access, query)
  const { division, window, category, years } = query
  const ask = async (code: 'BDI-20' | 'BDI-21', first: Month, basis: PeriodBasis = 'MONTH_RANGE') =>
    await readBirthDefectIndicator(office, access, code, {
      ...{ division, from: first, to, periodBasis: basis, publication: true },
      by: basis === 'MONTH_RANGE' ? ('none' as const) : ('year' as const),
    })
  const both = async (first: Month, basis?: PeriodBasis): Promise<Both> => {
    const [all, parts] = await Promise.all([ask('BDI-20', first, basis), ask('BDI-21', first, basis)])
    return { all: all.values, parts: parts.values, countedOn: all.countedOn }
  }
  const now = await both(from)
  const three = await both(monthsBefore(to, 35))
  const five = await both(monthsBefore(to, 59))
  const yearly = await both(from, years)
  return {
    ...{ window, category, countedOn: now.countedOn, isPublication: true },
    ...{ periodFrom: from, periodTo: lastDay(to) },
    windows: SurveillanceWindow.options.map((each) => ({
      window: each,
      prevalence: told(valueOf(now, each, category)),
    })),
    categories: watchedCategories.map((each) => {
      const [zh, en] = categoryName(each)
      return {
        ...{ category: each, zh, en, prevalence: told(valueOf(now, window, each)) },
        threeYears: told(valueOf(three, window, each)),
        fiveYears: told(valueOf(five, window, each)),
      }
    }),
    years: [...new Set(yearly.all.map(({ periodFrom }) => periodFrom))].map((first) => {
      const inYear = (values: Values) => values.filter(({ periodFrom }) => periodFrom === first)
      const ofYear = { ...yearly, all: inYear(yearly.all), parts: inYear(yearly.parts) }
      const last = ofYear.all[0]!.periodTo
      return {
        key: last.slice(0, 4),
        ...{ from: first, to: last, isWhole: last < today && isYear(first, last) },
        prevalence: told(valueOf(ofYear, window, category)),
      }
    }),
    trend: null,
    comparison: null,
    words: readingWords(window, today),
  }
}

type Both = { all: Values; parts: Values; countedOn: string | null }

const isYear = (first: string, last: string) => (Date.parse(last) - Date.parse(first)) / 86_400_000 > 363

/** Categories are published in the hospital window only; neural tube defects are the main value of theirs. */
function valueOf(
  { all, parts }: Both,
  window: SurveillanceWindow,
  category: WatchedCategory,
): IndicatorValue | undefined {
  const isHospital = window === 'HOSPITAL_28W_7D'
  if (category === 'ANY') return all.find(({ component }) => component === (isHospital ? null : window))
  if (!isHospital) return undefined
  return parts.find(({ component }) => component === (category === 'NTD' ? null : category))
}

function told(value: IndicatorValue | undefined): ToldPrevalence {
  return {
    cases: value?.numerator ?? null,
    births: value?.denominator ?? null,
    value: value?.value ?? null,
    low: value?.low ?? null,
    high: value?.high ?? null,
    perMille: typeof value?.value === 'number' ? value.value / 10 : null,
    method: value?.method ?? '',
    stability: value?.stability ?? 'UNSTABLE',
    suppressed: value ? value.suppressed : 'complementary',
  }
}
