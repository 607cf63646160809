import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { DefectCategory } from './defect-categories.ts'
import { SurveillanceWindow } from './defect-card-values.ts'
import { Month } from '../population/book.ts'
import { CivilDate, DivisionCode, Id, QueryFlag } from '../values.ts'

/** In the order of the card; a table of codes lists '10' before '01'. */
export const nationalCategories: readonly DefectCategory[] = [...DefectCategory.options].sort()

/** All cases, neural tube defects (01, 02, 03), or one of the 24 national categories. */
export const WatchedCategory = z.enum(['ANY', 'NTD', ...nationalCategories])
export type WatchedCategory = z.infer<typeof WatchedCategory>
export const watchedCategories: readonly WatchedCategory[] = ['ANY', 'NTD', ...nationalCategories]

const span = {
  division: DivisionCode,
  /** First day of the first month. */
  from: Month,
  /** First day of the last month, included. */
  to: Month,
  window: SurveillanceWindow.default('HOSPITAL_28W_7D'),
}

/** What is said of a number in both languages; it stands beside the number it is made of. */
const Words = z.object({ zh: z.string(), en: z.string() })

const Prevalence = z.object({
  cases: z.int(),
  births: z.int(),
  /** Per 10,000 perinatals. */
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** The same in ‰, as older reports have it. */
  perMille: z.number().nullable(),
  method: z.string(),
  stability: z.enum(['STABLE', 'UNSTABLE']),
})
export type DefectPrevalence = z.infer<typeof Prevalence>
/** The same as it may be published: what is small, or could be worked out from the rest, is withheld (domain §9.5). */
const ToldPrevalence = Prevalence.extend({
  cases: z.int().nullable(),
  births: z.int().nullable(),
  suppressed: z.enum(['small', 'complementary']).nullable(),
})
export type ToldPrevalence = z.infer<typeof ToldPrevalence>

const Trend = z.object({
  test: z.object({
    z: z.number().nullable(),
    p: z.number().nullable(),
    isSignificant: z.boolean(),
    method: z.string(),
  }),
  /** The rate of a year over that of the year before. */
  yearly: z.object({ ratio: z.number(), low: z.number(), high: z.number(), method: z.string() }).nullable(),
  words: Words,
})

export const getDefectPrevalence = defineEndpoint({
  method: 'GET',
  url: '/api/v1/defect-prevalence',
  schema: {
    summary:
      'Prevalence of birth defects by window, category, year and pooled years, with intervals and trend',
    tags: ['birth-defect-statistics'],
    querystring: z.strictObject({
      ...span,
      /** Whose years, trend and comparison are told. */
      category: WatchedCategory.default('ANY'),
      /** Calendar years, or statistical years from 1 October. */
      years: z.enum(['CALENDAR_YEAR', 'STAT_YEAR']).default('CALENDAR_YEAR'),
      /** For publication: as BDI-20 and BDI-21 are published; trend and comparison are not told. */
      publication: QueryFlag.optional(),
    }),
    response: {
      200: z.object({
        periodFrom: CivilDate,
        periodTo: CivilDate,
        window: SurveillanceWindow,
        category: WatchedCategory,
        countedOn: CivilDate.nullable(),
        /** All three windows beside one another: which of them is chosen changes the rate. */
        isPublication: z.boolean(),
        windows: z.array(z.object({ window: SurveillanceWindow, prevalence: ToldPrevalence })),
        categories: z.array(
          z.object({
            category: WatchedCategory,
            zh: z.string(),
            en: z.string(),
            prevalence: ToldPrevalence,
            /** The last three and five years pooled, as single years hold too few. */
            threeYears: ToldPrevalence,
            fiveYears: ToldPrevalence,
          }),
        ),
        years: z.array(
          z.object({
            key: z.string(),
            from: CivilDate,
            to: CivilDate,
            isWhole: z.boolean(),
            prevalence: ToldPrevalence,
          }),
        ),
        /** Over the years that are whole; null where there are fewer than three, and for publication. */
        trend: Trend.nullable(),
        /** The last whole year against the one before. */
        comparison: z
          .object({
            now: z.string(),
            before: z.string(),
            z: z.number().nullable(),
            isSignificant: z.boolean(),
            method: z.string(),
            words: Words,
          })
          .nullable(),
        /** Perinatals that the rate is of, and what it must not be read as. */
        words: Words,
      }),
    },
  },
  config: { permission: 'care-statistics.read', dataClass: 'L1' },
})

export const getDefectAlarms = defineEndpoint({
  method: 'GET',
  url: '/api/v1/defect-alarms',
  schema: {
    summary: 'CUSUM and temporal scan of a category by month, with what an alarm means and what it does not',
    tags: ['birth-defect-statistics'],
    querystring: z.strictObject({
      ...span,
      category: WatchedCategory.default('ANY'),
      /** The multiple of the usual rate that is to be found quickly. */
      multiple: z.coerce.number().min(1.2).max(10).default(2),
      /** A false alarm once in so many months on average, at most. */
      between: z.coerce.number().int().min(12).max(600).default(100),
      /** The usual rate per 10,000; without it that of the three years before. */
      usual: z.coerce.number().positive().max(10_000).optional(),
    }),
    response: {
      200: z.object({
        window: SurveillanceWindow,
        category: WatchedCategory,
        countedOn: CivilDate.nullable(),
        usual: z.object({
          /** Per 10,000. */
          value: z.number().nullable(),
          ground: z.enum(['GIVEN', 'THREE_YEARS_BEFORE', 'SAME_MONTHS']),
          periodFrom: CivilDate.nullable(),
          periodTo: CivilDate.nullable(),
          prevalence: Prevalence.nullable(),
        }),
        cusum: z
          .object({
            reference: z.number(),
            limit: z.number(),
            /** Months between false alarms, and until a true one, on average. */
            inControl: z.number(),
            outOfControl: z.number(),
            /** At least one false alarm in months as these. */
            falseAlarmChance: z.number(),
            multiple: z.number(),
            method: z.string(),
            points: z.array(
              z.object({
                month: Month,
                cases: z.int(),
                births: z.int(),
                expected: z.number(),
                sum: z.number(),
                isAlarm: z.boolean(),
              }),
            ),
          })
          .nullable(),
        scan: z.object({
          cluster: z
            .object({
              from: Month,
              to: Month,
              cases: z.int(),
              expected: z.number(),
              ratio: z.number().nullable(),
              p: z.number(),
              isSignificant: z.boolean(),
            })
            .nullable(),
          replicates: z.int(),
          seed: z.int(),
          longestMonths: z.int(),
          method: z.string(),
        }),
        words: z.object({ cusum: Words, scan: Words, meaning: Words }),
      }),
    },
  },
  config: { permission: 'care-statistics.read', dataClass: 'L1' },
})

export const getDefectFunnel = defineEndpoint({
  method: 'GET',
  url: '/api/v1/defect-funnel',
  schema: {
    summary: 'Defect prevalence of the facilities of a county around its own value; never a ranking',
    tags: ['birth-defect-statistics'],
    querystring: z.strictObject({ division: DivisionCode, from: Month, to: Month }),
    response: {
      200: z.object({
        window: SurveillanceWindow,
        countedOn: CivilDate.nullable(),
        whole: Prevalence,
        /** In the order of their codes. */
        facilities: z.array(
          z.object({
            facility: z.object({ id: Id, name: z.string() }),
            prevalence: Prevalence,
            /** Inside the funnel or outside its 95 or 99.8 % limits; null where unstable. */
            position: z.enum(['inside', 'above95', 'below95', 'above998', 'below998']).nullable(),
          }),
        ),
        limits: z.array(
          z.object({
            denominator: z.number(),
            low95: z.number(),
            high95: z.number(),
            low998: z.number(),
            high998: z.number(),
          }),
        ),
        words: Words,
      }),
    },
  },
  config: { permission: 'care-statistics.read', dataClass: 'L1' },
})
