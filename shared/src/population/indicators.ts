import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, QueryFlag } from '../values.ts'
import { Month } from './book.ts'
import { Sex } from './sex.ts'

/** POP-01 … POP-29 of the indicator catalogue. */
export const IndicatorCode = z.string().regex(/^POP-(0[1-9]|1\d|2\d)$/)
export type IndicatorCode = z.infer<typeof IndicatorCode>

/** A code of any module's catalogue. */
const CatalogueCode = z.string().regex(/^[A-Z]{3}-\d{2}$/)

/** 计生/妇幼统计年度 runs from 1 October to 30 September. */
export const PeriodBasis = z.enum(['CALENDAR_YEAR', 'STAT_YEAR', 'MONTH_RANGE'])
export type PeriodBasis = z.infer<typeof PeriodBasis>

export const PopulationChoice = z.enum(['residence', 'hukou'])
export type PopulationChoice = z.infer<typeof PopulationChoice>

export const IndicatorDefinition = z.object({
  code: CatalogueCode,
  zh: z.string(),
  en: z.string(),
  /** count, ‰, %, /10万, 女=100, years, z … */
  unit: z.string(),
  numerator: z.object({ zh: z.string(), en: z.string() }),
  denominator: z.object({ zh: z.string(), en: z.string() }).nullable(),
  /** What the number does not say. */
  caveat: z.object({ zh: z.string(), en: z.string() }).nullable(),
  /** Shown and forecast, never set as a target (E6). */
  targetForbidden: z.boolean(),
  /** Rates per year are comparable only over a whole year; `annualised` is offered where this is true. */
  isRate: z.boolean(),
  /** Parts of which an indicator consists: age groups, birth orders, kinds of mortality. */
  components: z.array(z.object({ key: z.string(), zh: z.string(), en: z.string() })),
  definitionVersion: z.string(),
})
export type IndicatorDefinition = z.infer<typeof IndicatorDefinition>

/** A number is never alone. Null where nothing can be computed (no denominator) or a cell is suppressed. */
export const IndicatorValue = z.object({
  code: CatalogueCode,
  component: z.string().nullable(),
  division: z.object({ code: DivisionCode, name: z.string(), level: z.int() }),
  periodFrom: CivilDate,
  periodTo: CivilDate,
  periodBasis: PeriodBasis,
  population: PopulationChoice,
  /** The boundary by which divisions are added up: today's, or that of a day. */
  boundaryDate: CivilDate,
  dataCutoff: Instant,
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  value: z.number().nullable(),
  unit: z.string(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  method: z.string().nullable(),
  annualised: z
    .object({ value: z.number(), low: z.number().nullable(), high: z.number().nullable() })
    .nullable(),
  /** UNSTABLE: too few events to be read as a level (domain §4.1); no rank, no colour. */
  stability: z.enum(['STABLE', 'UNSTABLE']),
  suppressed: z.enum(['small', 'complementary']).nullable(),
  definitionVersion: z.string(),
})
export type IndicatorValue = z.infer<typeof IndicatorValue>

const asked = {
  division: DivisionCode,
  /** First day of the first month; with CALENDAR_YEAR or STAT_YEAR the year that holds it. */
  from: Month,
  /** First day of the last month, included. */
  to: Month,
  periodBasis: PeriodBasis.default('MONTH_RANGE'),
  population: PopulationChoice.default('residence'),
  /** Divisions as of a day; today's without it. */
  boundary: CivilDate.optional(),
  annualised: QueryFlag.optional(),
  /** For publication: small cells and their complements are suppressed (domain §9.5). */
  publication: QueryFlag.optional(),
}

export const listIndicators = defineEndpoint({
  method: 'GET',
  url: '/api/v1/indicators',
  schema: {
    summary: 'The catalogue of population indicators',
    tags: ['indicators'],
    response: { 200: z.object({ items: z.array(IndicatorDefinition) }) },
  },
  config: { permission: 'indicator.read', dataClass: 'L0' },
})

export const getIndicator = defineEndpoint({
  method: 'GET',
  url: '/api/v1/indicators/:code',
  schema: {
    summary: 'Values of an indicator, whole or by part of the area, month or year',
    tags: ['indicators'],
    params: z.strictObject({ code: IndicatorCode }),
    querystring: z.strictObject({ ...asked, by: z.enum(['none', 'part', 'month', 'year']).default('none') }),
    response: {
      200: z.object({
        definition: IndicatorDefinition,
        values: z.array(IndicatorValue),
        /** Same months a year earlier, whole area, with what may be said of the difference. */
        earlier: z
          .object({
            values: z.array(IndicatorValue),
            differences: z.array(
              z.object({
                component: z.string().nullable(),
                z: z.number().nullable(),
                isSignificant: z.boolean(),
              }),
            ),
          })
          .nullable(),
        /** Limits of a funnel around the whole area's value, where parts were asked and it makes sense. */
        funnel: z
          .array(
            z.object({
              denominator: z.number(),
              low95: z.number(),
              high95: z.number(),
              low998: z.number(),
              high998: z.number(),
            }),
          )
          .nullable(),
      }),
    },
  },
  config: { permission: 'indicator.read', dataClass: 'L1' },
})

export const IndicatorRecord = z.object({
  personId: Id.nullable(),
  name: z.string(),
  sex: Sex,
  birthDate: z.string(),
  occurredOn: CivilDate.nullable(),
  division: z.object({ code: DivisionCode, name: z.string() }),
  factId: Id.nullable(),
  /** Where the record is shown: person, birth, death, marriage, institution, room. */
  kind: z.string(),
})
export type IndicatorRecord = z.infer<typeof IndicatorRecord>

export const listIndicatorRecords = defineEndpoint({
  method: 'GET',
  url: '/api/v1/indicators/:code/records',
  schema: {
    summary: 'The records behind a numerator or denominator, inside my area',
    tags: ['indicators'],
    params: z.strictObject({ code: IndicatorCode }),
    querystring: z.strictObject({
      division: asked.division,
      from: asked.from,
      to: asked.to,
      population: asked.population,
      part: z.enum(['numerator', 'denominator']).default('numerator'),
      component: z.string().max(40).optional(),
      ...PageQuery,
    }),
    response: { 200: Page(IndicatorRecord).extend({ total: z.int() }) },
  },
  config: { permission: 'person.read', dataClass: 'L2' },
})

/** Births by month as known at the month's end, one and three months later, and now. */
export const getBirthRevisions = defineEndpoint({
  method: 'GET',
  url: '/api/v1/birth-revisions',
  schema: {
    summary: 'How the births of a month grew as they became known',
    tags: ['indicators'],
    querystring: z.strictObject({
      division: asked.division,
      from: asked.from,
      to: asked.to,
      population: asked.population,
    }),
    response: {
      200: z.object({
        items: z.array(
          z.object({
            month: Month,
            atEnd: z.int().nullable(),
            afterOne: z.int().nullable(),
            afterThree: z.int().nullable(),
            now: z.int(),
          }),
        ),
      }),
    },
  },
  config: { permission: 'indicator.read', dataClass: 'L1' },
})

/** Persons by completed years of age, 0 … 99, and 100 and over. */
const Ages = z.array(z.int()).length(101)

export const getPyramid = defineEndpoint({
  method: 'GET',
  url: '/api/v1/population-structure',
  schema: {
    summary: 'Population by sex and single year of age at a month’s end, and at a second one beside it',
    tags: ['indicators'],
    querystring: z.strictObject({
      division: asked.division,
      month: Month,
      beside: Month.optional(),
      population: asked.population,
    }),
    response: {
      200: z.object({
        division: z.object({ code: DivisionCode, name: z.string() }),
        population: PopulationChoice,
        structures: z.array(z.object({ month: Month, male: Ages, female: Ages, unknown: z.int() })),
      }),
    },
  },
  config: { permission: 'indicator.read', dataClass: 'L1' },
})

const MonthFlow = z.object({
  month: Month,
  births: z.int(),
  birthsMale: z.int(),
  birthsFemale: z.int(),
  deaths: z.int(),
  movesIn: z.int(),
  movesOut: z.int(),
  closing: z.int(),
})

const Interval = z.object({
  numerator: z.number(),
  denominator: z.number(),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  method: z.string(),
  stability: z.enum(['STABLE', 'UNSTABLE']),
})

/** The county home: kept sums only, never counted at the visit. */
export const getPopulationHome = defineEndpoint({
  method: 'GET',
  url: '/api/v1/population-home',
  schema: {
    summary: 'Population now, flows by month with last year, sex ratio at birth, townships compared',
    tags: ['indicators'],
    querystring: z.strictObject({ division: DivisionCode.optional(), population: asked.population }),
    response: {
      200: z.object({
        division: z.object({ code: DivisionCode, name: z.string(), level: z.int() }),
        population: PopulationChoice,
        month: Month,
        now: z.int(),
        changeThisMonth: z.int(),
        /** Twenty-four months, the present one last. */
        months: z.array(MonthFlow),
        /** Over the last twelve full months. */
        year: z.object({
          from: Month,
          to: Month,
          birthRate: Interval,
          deathRate: Interval,
          naturalGrowth: Interval,
          sexRatioAtBirth: Interval,
        }),
        /** Monthly sex ratio at birth with limits and swing, for the control chart. */
        sexRatio: z.array(
          z.object({
            month: Month,
            ratio: Interval,
            lowLimit: z.number().nullable(),
            highLimit: z.number().nullable(),
            swing: z.number().nullable(),
            isOutOfControl: z.boolean(),
          }),
        ),
        parts: z.array(
          z.object({
            code: DivisionCode,
            name: z.string(),
            now: z.int(),
            births: z.int(),
            deaths: z.int(),
            birthRate: Interval,
            sexRatioAtBirth: Interval,
            /** Against the whole area: inside the funnel or outside its 95 or 99.8 % limits; null where unstable. */
            position: z.enum(['inside', 'above95', 'below95', 'above998', 'below998']).nullable(),
            series: z.array(z.object({ month: Month, births: z.int() })),
          }),
        ),
        funnel: z.array(
          z.object({
            denominator: z.number(),
            low95: z.number(),
            high95: z.number(),
            low998: z.number(),
            high998: z.number(),
          }),
        ),
        closedUntil: Month.nullable(),
        freshness: Instant.nullable(),
      }),
    },
  },
  config: { permission: 'indicator.read', dataClass: 'L1' },
})

export const getLifeTable = defineEndpoint({
  method: 'GET',
  url: '/api/v1/life-tables',
  schema: {
    summary: 'Life table of an area and period, abridged (Chiang) or by single years',
    tags: ['indicators'],
    querystring: z.strictObject({
      division: asked.division,
      from: asked.from,
      to: asked.to,
      population: asked.population,
      sex: z.enum(['1', '2', 'all']).default('all'),
      form: z.enum(['abridged', 'single']).default('abridged'),
    }),
    response: {
      200: z.object({
        method: z.string(),
        stability: z.enum(['STABLE', 'UNSTABLE']),
        lifeExpectancy: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
        rows: z.array(
          z.object({
            age: z.int(),
            width: z.int().nullable(),
            deaths: z.number(),
            population: z.number(),
            mx: z.number(),
            qx: z.number(),
            lx: z.number(),
            dx: z.number(),
            Lx: z.number(),
            Tx: z.number(),
            ex: z.number(),
          }),
        ),
        /** Directly standardised death rate per 1,000 on a named standard, beside the crude one. */
        standardised: z
          .object({
            standard: z.string(),
            value: z.number(),
            low: z.number(),
            high: z.number(),
            method: z.string(),
          })
          .nullable(),
      }),
    },
  },
  config: { permission: 'indicator.read', dataClass: 'L1' },
})

/** Sentences of a report, each made from numbers that stand beside it. */
export const SituationReport = z.object({
  division: z.object({ code: DivisionCode, name: z.string() }),
  periodFrom: CivilDate,
  periodTo: CivilDate,
  population: PopulationChoice,
  preparedAt: Instant,
  closedUntil: Month.nullable(),
  sections: z.array(
    z.object({
      key: z.string(),
      zh: z.object({ title: z.string(), sentences: z.array(z.string()) }),
      en: z.object({ title: z.string(), sentences: z.array(z.string()) }),
      values: z.array(IndicatorValue),
    }),
  ),
})
export type SituationReport = z.infer<typeof SituationReport>

export const getSituationReport = defineEndpoint({
  method: 'GET',
  url: '/api/v1/situation-reports',
  schema: {
    summary: 'Quarterly situation report with text made from the numbers, cautious where they are small',
    tags: ['indicators'],
    querystring: z.strictObject({
      division: asked.division,
      from: asked.from,
      to: asked.to,
      population: asked.population,
      publication: QueryFlag.optional(),
    }),
    response: { 200: SituationReport },
  },
  config: { permission: 'indicator.read', dataClass: 'L1' },
})

/** The report's tables as a file. */
export const downloadIndicators = defineEndpoint({
  method: 'GET',
  url: '/api/v1/indicator-tables',
  schema: {
    summary: 'Indicators of an area and its parts as XLSX or CSV',
    tags: ['indicators'],
    querystring: z.strictObject({
      division: asked.division,
      from: asked.from,
      to: asked.to,
      population: asked.population,
      codes: z.string().max(400).optional(),
      publication: QueryFlag.optional(),
      format: z.enum(['xlsx', 'csv']).default('xlsx'),
    }),
    response: { 200: z.any() },
  },
  config: { permission: 'indicator.read', dataClass: 'L1', raw: true },
})
