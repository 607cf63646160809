import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { Month } from '../population/book.ts'
import { getIndicator, IndicatorDefinition, PeriodBasis } from '../population/indicators.ts'
import { CivilDate, DivisionCode, QueryFlag } from '../values.ts'

/** SUB-01 … SUB-16 of the indicator catalogue (domain §4.5). */
export const SubsidyIndicatorCode = z.string().regex(/^SUB-(0[1-9]|1[0-6])$/)
export type SubsidyIndicatorCode = z.infer<typeof SubsidyIndicatorCode>

const months = {
  /** A county, or what of it the reader answers for. */
  division: DivisionCode,
  /** First day of the first month. */
  from: Month,
  /** First day of the last month, included. */
  to: Month,
}
const tags: [string] = ['subsidy-statistics']
const reading = { permission: 'subsidy-statistics.read', dataClass: 'L1' } as const

export const listSubsidyIndicators = defineEndpoint({
  method: 'GET',
  url: '/api/v1/subsidy-indicators',
  schema: {
    summary: 'The catalogue of indicators of benefits and their funds',
    tags,
    response: { 200: z.object({ items: z.array(IndicatorDefinition) }) },
  },
  config: { ...reading, dataClass: 'L0' },
})

export const getSubsidyIndicator = defineEndpoint({
  method: 'GET',
  url: '/api/v1/subsidy-indicators/:code',
  schema: {
    summary: 'Values of an indicator of benefits, whole or by township, month or year',
    tags,
    params: z.strictObject({ code: SubsidyIndicatorCode }),
    querystring: z.strictObject({
      ...months,
      periodBasis: PeriodBasis.default('MONTH_RANGE'),
      boundary: CivilDate.optional(),
      /** For publication: small cells and their complements are suppressed (domain §9.5). */
      publication: QueryFlag.optional(),
      by: z.enum(['none', 'part', 'month', 'year']).default('none'),
    }),
    response: { 200: getIndicator.schema.response[200] },
  },
  config: reading,
})

export const downloadSubsidyIndicators = defineEndpoint({
  method: 'GET',
  url: '/api/v1/subsidy-indicator-tables',
  schema: {
    summary: 'Indicators of benefits in a county and its townships as XLSX or CSV',
    tags,
    querystring: z.strictObject({
      ...months,
      codes: z.string().max(400).optional(),
      publication: QueryFlag.optional(),
      format: z.enum(['xlsx', 'csv']).default('xlsx'),
    }),
    response: { 200: z.any() },
  },
  config: { ...reading, raw: true },
})
