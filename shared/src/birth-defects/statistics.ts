import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { Month } from '../population/book.ts'
import { getIndicator, IndicatorDefinition, PeriodBasis } from '../population/indicators.ts'
import { CivilDate, DivisionCode, QueryFlag } from '../values.ts'
import { getBirthDefectCascade } from './cascades.ts'

/** BDI-01 … BDI-26 of the indicator catalogue (domain §4.4). */
export const BirthDefectIndicatorCode = z.string().regex(/^BDI-(0[1-9]|1\d|2[0-6])$/)
export type BirthDefectIndicatorCode = z.infer<typeof BirthDefectIndicatorCode>

/** Counts of the chain belong to a whole county: a part of it is refused (E8, domain §9.5). */
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

export const listBirthDefectIndicators = defineEndpoint({
  method: 'GET',
  url: '/api/v1/birth-defect-indicators',
  schema: {
    summary: 'The catalogue of indicators of the birth-defect intervention chain',
    tags: ['birth-defect-statistics'],
    response: { 200: z.object({ items: z.array(IndicatorDefinition) }) },
  },
  config: { permission: 'care-statistics.read', dataClass: 'L0' },
})

export const getBirthDefectIndicator = defineEndpoint({
  method: 'GET',
  url: '/api/v1/birth-defect-indicators/:code',
  schema: {
    summary: 'Values of an indicator of the chain in a county, whole or by township, month or year',
    tags: ['birth-defect-statistics'],
    params: z.strictObject({ code: BirthDefectIndicatorCode }),
    querystring: z.strictObject({ ...asked, by: z.enum(['none', 'part', 'month', 'year']).default('none') }),
    response: {
      200: getIndicator.schema.response[200].extend({
        /** When the months asked for were last counted, the oldest of them; null where some never were. */
        countedOn: CivilDate.nullable(),
      }),
    },
  },
  config: { permission: 'care-statistics.read', dataClass: 'L1' },
})

export const downloadBirthDefectIndicators = defineEndpoint({
  method: 'GET',
  url: '/api/v1/birth-defect-indicator-tables',
  schema: {
    summary: 'Indicators of the chain in a county and its townships as XLSX or CSV',
    tags: ['birth-defect-statistics'],
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

/** The cascade as a file: one row for each township and item, with every state and station. */
export const downloadBirthDefectCascade = defineEndpoint({
  method: 'GET',
  url: '/api/v1/birth-defect-cascade-tables',
  schema: {
    summary: 'The cascade of a county and its townships as XLSX or CSV',
    tags: ['birth-defect-statistics'],
    querystring: getBirthDefectCascade.schema.querystring.extend({
      format: z.enum(['xlsx', 'csv']).default('xlsx'),
    }),
    response: { 200: z.any() },
  },
  config: { permission: 'care-statistics.read', dataClass: 'L1', raw: true },
})

export const recountBirthDefects = defineEndpoint({
  method: 'POST',
  url: '/api/v1/birth-defect-recounts',
  schema: {
    summary: 'Count the chain of a county anew from its records; every night does it by itself',
    tags: ['birth-defect-statistics'],
    body: z.strictObject({
      /** Without it: the own county. */
      division: DivisionCode.optional(),
      /** Without them: the last eight years. */
      from: Month.optional(),
      to: Month.optional(),
    }),
    response: {
      200: z.object({
        /** Counts that are not what they were. */
        changed: z.int(),
        from: Month,
        to: Month,
        countedOn: CivilDate,
      }),
    },
  },
  config: { permission: 'care-rule.manage', dataClass: 'L1', idempotent: true },
})
