import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { Month } from '../population/book.ts'
import { getIndicator, IndicatorDefinition, PeriodBasis } from '../population/indicators.ts'
import { CivilDate, DivisionCode, Id, QueryFlag } from '../values.ts'
import { MethodCode } from './methods.ts'
import { ComplicationType, ProcedureType } from './care-value-sets.ts'

/** CON-01 … CON-24 of the indicator catalogue (domain §4.3). */
export const CareIndicatorCode = z.string().regex(/^CON-(0[1-9]|1\d|2[0-4])$/)
export type CareIndicatorCode = z.infer<typeof CareIndicatorCode>

/** Counts of care belong to a whole county: a part of it is refused (E8, domain §9.5). */
const months = {
  division: DivisionCode,
  /** First day of the first month. */
  from: Month,
  /** First day of the last month, included. */
  to: Month,
}

const asked = {
  ...months,
  periodBasis: PeriodBasis.default('MONTH_RANGE'),
  boundary: CivilDate.optional(),
  /** For publication: small cells and their complements are suppressed (domain §9.5). */
  publication: QueryFlag.optional(),
}

export const listCareIndicators = defineEndpoint({
  method: 'GET',
  url: '/api/v1/care-indicators',
  schema: {
    summary: 'The catalogue of contraception indicators',
    tags: ['care-statistics'],
    response: { 200: z.object({ items: z.array(IndicatorDefinition) }) },
  },
  config: { permission: 'care-statistics.read', dataClass: 'L0' },
})

export const getCareIndicator = defineEndpoint({
  method: 'GET',
  url: '/api/v1/care-indicators/:code',
  schema: {
    summary: 'Values of a contraception indicator of a county, whole or by township, month or year',
    tags: ['care-statistics'],
    params: z.strictObject({ code: CareIndicatorCode }),
    querystring: z.strictObject({ ...asked, by: z.enum(['none', 'part', 'month', 'year']).default('none') }),
    response: { 200: getIndicator.schema.response[200] },
  },
  config: { permission: 'care-statistics.read', dataClass: 'L1' },
})

export const downloadCareIndicators = defineEndpoint({
  method: 'GET',
  url: '/api/v1/care-indicator-tables',
  schema: {
    summary: 'Contraception indicators of a county and its townships as XLSX or CSV',
    tags: ['care-statistics'],
    querystring: z.strictObject({
      ...months,
      codes: z.string().max(400).optional(),
      publication: QueryFlag.optional(),
      format: z.enum(['xlsx', 'csv']).default('xlsx'),
    }),
    response: { 200: z.any() },
  },
  config: { permission: 'care-statistics.read', dataClass: 'L1', raw: true },
})

/** A number with its interval; UNSTABLE where too few stand behind it to be read as a level. */
export const CareEstimate = z.object({
  numerator: z.number(),
  denominator: z.number(),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  method: z.string(),
  stability: z.enum(['STABLE', 'UNSTABLE']),
})
export type CareEstimate = z.infer<typeof CareEstimate>

const Prevalence = z.object({
  division: z.object({ code: DivisionCode, name: z.string() }),
  /** Women of 15–49 in union by the register, as of `countedOn`. */
  women: z.int(),
  /** Of them, using any method, a partner’s sterilisation included. */
  prevalence: CareEstimate,
  /** Everybody with a method in use, of any age and marital status. */
  users: z.int(),
  /** Methods in use, the most used first; descriptions and never targets (E6). */
  mix: z.array(z.object({ method: MethodCode, users: z.int() })),
})
export type Prevalence = z.infer<typeof Prevalence>

/** Kept sums only, as of now. */
export const getContraceptivePrevalence = defineEndpoint({
  method: 'GET',
  url: '/api/v1/contraceptive-prevalence',
  schema: {
    summary: 'Prevalence and method mix of a county and its townships, now',
    tags: ['care-statistics'],
    querystring: z.strictObject({ division: DivisionCode }),
    response: {
      200: z.object({
        countedOn: CivilDate.nullable(),
        whole: Prevalence,
        townships: z.array(Prevalence),
      }),
    },
  },
  config: { permission: 'care-statistics.read', dataClass: 'L1' },
})

/** One method’s life table by whole months of use. */
const Continuation = z.object({
  method: MethodCode.nullable(),
  begun: z.int(),
  /** Still using after twelve months (%), Greenwood on log(−log S). */
  twelveMonths: CareEstimate,
  /** Failures per hundred woman-years in the first twelve months. */
  pearl: CareEstimate,
  rows: z.array(
    z.object({
      month: z.int(),
      atRisk: z.number(),
      ended: z.int(),
      censored: z.int(),
      survival: z.number(),
      low: z.number().nullable(),
      high: z.number().nullable(),
    }),
  ),
  /** Why it was ended within twelve months. */
  reasons: z.array(z.object({ reason: z.string(), ended: z.int() })),
})
export type Continuation = z.infer<typeof Continuation>

export const getMethodContinuation = defineEndpoint({
  method: 'GET',
  url: '/api/v1/method-continuation',
  schema: {
    summary: 'Life tables of how long methods begun in a period were used, by method; for whole counties',
    tags: ['care-statistics'],
    querystring: z.strictObject(months),
    response: { 200: z.object({ method: z.string(), items: z.array(Continuation) }) },
  },
  config: { permission: 'care-statistics.read', dataClass: 'L1' },
})

const ChartPoint = z.object({
  month: Month,
  events: z.int(),
  exposure: z.int(),
  centre: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  signals: z.array(z.enum(['beyond-limits', 'run-of-eight'])),
})

const ControlChart = z.object({
  what: ComplicationType.nullable(),
  method: z.string(),
  points: z.array(ChartPoint),
})

const Complicated = z.object({
  what: ComplicationType.nullable(),
  estimate: CareEstimate,
})

export const getComplicationSurveillance = defineEndpoint({
  method: 'GET',
  url: '/api/v1/complication-surveillance',
  schema: {
    summary: 'Complications over procedures by type of device and facility, with control charts by month',
    tags: ['care-statistics'],
    querystring: z.strictObject(months),
    response: {
      200: z.object({
        charts: z.array(ControlChart),
        byProcedure: z.array(z.object({ procedureType: ProcedureType, kinds: z.array(Complicated) })),
        byDevice: z.array(
          z.object({
            deviceType: z.string(),
            nameZh: z.string(),
            nameEn: z.string(),
            kinds: z.array(Complicated),
          }),
        ),
        /** Around the county’s own value: a funnel instead of a ranking. Abortions belong to no facility here (E8). */
        byFacility: z.array(
          z.object({
            facility: z.object({ id: Id, name: z.string() }),
            estimate: CareEstimate,
            /** Inside the funnel or outside its 95 or 99.8 % limits; null where unstable. */
            position: z.enum(['inside', 'above95', 'below95', 'above998', 'below998']).nullable(),
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
      }),
    },
  },
  config: { permission: 'care-statistics.read', dataClass: 'L1' },
})

/** Operators are told to their own facility and nobody else, in the order of their licences and not of their figures. */
export const getOwnComplications = defineEndpoint({
  method: 'GET',
  url: '/api/v1/own-complication-surveillance',
  schema: {
    summary: 'Complications over procedures by operator of the own facility',
    tags: ['care-statistics'],
    querystring: z.strictObject({ from: Month, to: Month }),
    response: {
      200: z.object({
        operators: z.array(
          z.object({ operator: z.object({ id: Id, name: z.string() }), estimate: CareEstimate }),
        ),
      }),
    },
  },
  config: { permission: 'care.override', dataClass: 'L4' },
})

const Flow = z.object({ opening: z.int(), opened: z.int(), closed: z.int(), closing: z.int() })

export const getCareMonths = defineEndpoint({
  method: 'GET',
  url: '/api/v1/care-months',
  schema: {
    summary: 'Procedures, days without stock, plan execution and due services of a county by month',
    tags: ['care-statistics'],
    querystring: z.strictObject(months),
    response: {
      200: z.object({
        items: z.array(
          z.object({
            month: Month,
            /** By type; abortions are one number, for the county. */
            procedures: z.array(z.object({ item: z.string(), n: z.int() })),
            stock: z.object({ daysOut: z.int(), days: z.int() }),
            plan: z.object({
              planned: z.int(),
              onDay: z.int(),
              held: z.int(),
              slots: z.int(),
              attended: z.int(),
            }),
            /** Null while the month is not closed. */
            dueServices: Flow.nullable(),
          }),
        ),
      }),
    },
  },
  config: { permission: 'care-statistics.read', dataClass: 'L1' },
})

export const recountCare = defineEndpoint({
  method: 'POST',
  url: '/api/v1/care-recounts',
  schema: {
    summary: 'Count care anew from the records, after a load or where a figure is doubted',
    tags: ['care-statistics'],
    body: z.strictObject({ division: DivisionCode }),
    response: {
      200: z.object({
        /** Counts that were not what they should have been; none, as a rule. */
        corrected: z.int(),
        countedOn: CivilDate,
      }),
    },
  },
  config: { permission: 'care-rule.manage', dataClass: 'L1', idempotent: true },
})
