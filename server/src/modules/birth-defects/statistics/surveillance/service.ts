import {
  watchedCategories,
  type getDefectAlarms,
  type getDefectFunnel,
  type getDefectPrevalence,
  type ToldPrevalence,
} from '@youyu/shared/birth-defects/surveillance'
import { SurveillanceWindow } from '@youyu/shared/birth-defects/defect-card-values'
import type { EndpointOutput } from '@youyu/shared/endpoint'
import type { Month } from '@youyu/shared/population/book'
import type { CivilDate, DivisionCode } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { reading } from '../../../../database/transaction.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { funnel } from '../../../statistics/index.ts'
import { countyAsked, monthsAsked, monthsOf } from '../../../population/index.ts'
import { categoryName } from '../categories.ts'
import { findCountedOn } from '../recounts/queries.ts'
import { selectFacilities, selectMonths } from './queries.ts'
import { alarmsIn, usualLevel } from './rules-alarms.ts'
import { countsBy, PER, prevalenceIn } from './rules-counts.ts'
import { lastTwo, trendOver, yearsOf } from './rules-years.ts'
import {
  alarmMeaning,
  comparisonWords,
  cusumWords,
  funnelWords,
  readingWords,
  scanWords,
  trendWords,
} from './rules-words.ts'

const MOST_MONTHS = 240

type Span = { county: number; from: Month; to: Month; months: Month[]; today: CivilDate }

export function spanAsked(
  office: Office,
  access: Access,
  asked: { division: DivisionCode; from: Month; to: Month },
): Span {
  const { county } = countyAsked(access, asked.division)
  const today = todayOf(office.now())
  const { from, to } = monthsAsked(asked, today, MOST_MONTHS)
  return { county, from, to, months: monthsOf({ from, to }), today }
}

/** The month so many before. */
export function monthsBefore(month: Month, number: number): Month {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 - number
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`
}

export const lastDay = (month: Month) =>
  new Date(Date.parse(monthsBefore(month, -1)) - 86_400_000).toISOString().slice(0, 10)

/** In the office nothing is withheld. */
const openly = (months: Parameters<typeof prevalenceIn>[0], window: SurveillanceWindow): ToldPrevalence => ({
  ...prevalenceIn(months, window),
  suppressed: null,
})

export type PrevalenceQuery = z.output<(typeof getDefectPrevalence)['schema']['querystring']>

export async function readPrevalence(
  office: Office,
  access: Access,
  query: PrevalenceQuery,
): Promise<EndpointOutput<typeof getDefectPrevalence>> {
  const { county, from, to, months, today } = spanAsked(office, access, query)
  const pooled = (years: number) => monthsOf({ from: monthsBefore(to, 12 * years - 1), to })
  const earliest = [from, monthsBefore(to, 59)].sort()[0]!
  const [rows, countedOn] = await reading(office.db, access, (tx) =>
    Promise.all([selectMonths(tx, county, { from: earliest, to }), findCountedOn(tx, county, { from, to })]),
  )
  const counts = countsBy(rows)
  const { window, category } = query
  const told = (of: typeof category, span: readonly Month[]) => openly(counts(window, of, span), window)
  const years = yearsOf(counts(window, category, months), query.years, today)
  const shown = years.map(({ key, from: first, to: last, isWhole, months: ofYear }) => ({
    ...{ key, from: first, to: last, isWhole },
    prevalence: openly(ofYear, window),
  }))
  const trend = trendOver(years)
  const pair = lastTwo(years)
  const of = (key: string) => shown.find((year) => year.key === key)!
  return {
    ...{ window, category, countedOn, periodFrom: from, periodTo: lastDay(to), isPublication: false },
    windows: SurveillanceWindow.options.map((each) => ({
      window: each,
      prevalence: openly(counts(each, category, months), each),
    })),
    categories: watchedCategories.map((each) => {
      const [zh, en] = categoryName(each)
      return {
        ...{ category: each, zh, en, prevalence: told(each, months) },
        threeYears: told(each, pooled(3)),
        fiveYears: told(each, pooled(5)),
      }
    }),
    years: shown,
    trend: trend && { test: trend.test, yearly: trend.yearly, words: trendWords(trend) },
    comparison: pair && {
      ...{
        now: pair.now.key,
        before: pair.before.key,
        z: pair.z,
        isSignificant: pair.isSignificant,
        method: pair.method,
      },
      words: comparisonWords(of(pair.before.key), of(pair.now.key), pair),
    },
    words: readingWords(window, today),
  }
}

type AlarmQuery = z.output<(typeof getDefectAlarms)['schema']['querystring']>

const BASELINE = 36

export async function readAlarms(
  office: Office,
  access: Access,
  query: AlarmQuery,
): Promise<EndpointOutput<typeof getDefectAlarms>> {
  const { county, from, to, months } = spanAsked(office, access, query)
  const before = { from: monthsBefore(from, BASELINE), to: monthsBefore(from, 1) }
  const [rows, countedOn] = await reading(office.db, access, (tx) =>
    Promise.all([
      selectMonths(tx, county, { from: before.from, to }),
      findCountedOn(tx, county, { from, to }),
    ]),
  )
  const counts = countsBy(rows)
  const { window, category, multiple, between } = query
  const watched = counts(window, category, months)
  const usual = usualLevel(query.usual, counts(window, category, monthsOf(before)), watched)
  const { cusum, scan } = alarmsIn(watched, usual.value, { multiple, between })
  const cluster = scan.cluster && {
    from: months[scan.cluster.from]!,
    to: months[scan.cluster.to]!,
    cases: scan.cluster.events,
    ...{ expected: scan.cluster.expected, ratio: scan.cluster.ratio, p: scan.cluster.p },
    isSignificant: scan.cluster.p <= 0.05,
  }
  const baseline = { GIVEN: null, THREE_YEARS_BEFORE: before, SAME_MONTHS: { from, to } }[usual.ground]
  return {
    ...{ window, category, countedOn },
    usual: {
      value: usual.value,
      ground: usual.ground,
      periodFrom: baseline?.from ?? null,
      periodTo: baseline ? lastDay(baseline.to) : null,
      prevalence: usual.months && prevalenceIn(usual.months, window),
    },
    cusum: cusum && {
      ...{ reference: cusum.design.reference, limit: cusum.design.limit },
      ...{ inControl: cusum.design.inControl, outOfControl: cusum.design.outOfControl },
      ...{ falseAlarmChance: cusum.falseAlarmChance, multiple, method: cusum.design.method },
      points: cusum.points.map(({ expected, sum, isAlarm }, index) => ({
        ...watched[index]!,
        expected,
        sum,
        isAlarm,
      })),
    },
    scan: {
      ...{ cluster, replicates: scan.replicates, seed: scan.seed },
      ...{ longestMonths: scan.longest, method: scan.method },
    },
    words: {
      cusum: cusumWords(cusum, usual.ground),
      scan: scanWords(cluster, scan.replicates),
      meaning: alarmMeaning,
    },
  }
}

type FunnelQuery = z.output<(typeof getDefectFunnel)['schema']['querystring']>

export async function readFunnel(
  office: Office,
  access: Access,
  query: FunnelQuery,
): Promise<EndpointOutput<typeof getDefectFunnel>> {
  const { county, from, to } = spanAsked(office, access, query)
  const [facilities, countedOn] = await reading(office.db, access, (tx) =>
    Promise.all([selectFacilities(tx, county, { from, to }), findCountedOn(tx, county, { from, to })]),
  )
  const window: SurveillanceWindow = 'HOSPITAL_28W_7D'
  const whole = prevalenceIn(facilities, window)
  const units = facilities
    .filter(({ births }) => births > 0)
    .map(({ id, cases, births }) => ({ key: id, events: cases, denominator: births }))
  const { points, limits } = funnel('proportion', whole.value ?? 0, units, PER)
  const bandOf = new Map(points.map(({ key, band, smallNumber }) => [key, smallNumber.mayRank ? band : null]))
  return {
    ...{ window, countedOn, whole, limits, words: funnelWords },
    facilities: facilities.map((facility) => ({
      facility: { id: facility.id, name: facility.name },
      prevalence: prevalenceIn([facility], window),
      position: bandOf.get(facility.id) ?? null,
    })),
  }
}
