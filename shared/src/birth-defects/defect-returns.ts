import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Instant } from '../values.ts'
import { SurveillanceWindow } from './defect-card-values.ts'
import { ReportingQuarter } from './reporting-periods.ts'

const tags = ['defect-surveillance'] as [string]
const params = z.strictObject({ quarter: ReportingQuarter })
const ofFacility = { permission: 'care.report', dataClass: 'L4' } as const
const ofCounty = { permission: 'care.review', dataClass: 'L4' } as const

export const returnDimensions = {
  ALL: ['合计', 'Total'],
  SEX: ['性别（出生儿）', 'Sex (born children)'],
  RESIDENCE: ['城乡', 'Urban or rural'],
  AGE: ['母亲年龄', 'Mother’s age'],
} as const
export const ReturnDimension = z.enum(['ALL', 'SEX', 'RESIDENCE', 'AGE'])
export type ReturnDimension = z.infer<typeof ReturnDimension>

export const returnItems = {
  ALL: ['合计', 'Total'],
  '1': ['男', 'Male'],
  '2': ['女', 'Female'],
  '3': ['不明', 'Unclear'],
  NONE: ['未记录', 'Not recorded'],
  URBAN: ['城镇', 'Town'],
  RURAL: ['乡村', 'Village'],
  UNKNOWN: ['不详', 'Unknown'],
  UNDER_20: ['<20岁', 'Under 20'],
  '20_24': ['20–24岁', '20–24'],
  '25_29': ['25–29岁', '25–29'],
  '30_34': ['30–34岁', '30–34'],
  '35_PLUS': ['≥35岁', '35 and over'],
} as const

/** One cell: cases in a window, of a category (`ALL`: cases, each once; `FUNCTIONAL`: metabolic and functional only). */
export const ReturnCell = z.object({
  window: SurveillanceWindow,
  category: z.string(),
  dimension: ReturnDimension,
  item: z.string(),
  cases: z.int(),
})
export type ReturnCell = z.infer<typeof ReturnCell>

/** Births of the period of 28 weeks or more, live and dead. */
export const PerinatalCell = z.object({
  dimension: ReturnDimension,
  item: z.string(),
  live: z.int(),
  dead: z.int(),
})
export type PerinatalCell = z.infer<typeof PerinatalCell>

export const ReturnFigures = z.object({
  cells: z.array(ReturnCell),
  perinatals: z.array(PerinatalCell),
  /** Cards before 28 weeks or outside every window: reported, not counted. */
  outside: z.int(),
  /** Cards of the period that nobody has reviewed yet. */
  unreviewed: z.int(),
})
export type ReturnFigures = z.infer<typeof ReturnFigures>

export const DefectReturn = z.object({
  scope: z.enum(['FACILITY', 'COUNTY']),
  quarter: ReportingQuarter,
  from: CivilDate,
  to: CivilDate,
  dueOn: CivilDate,
  isLate: z.boolean(),
  /** As the cards are now. */
  figures: ReturnFigures,
  filed: z
    .object({ id: Id, on: CivilDate, at: Instant, by: z.string().nullable(), figures: ReturnFigures })
    .nullable(),
  /** Cells that have changed since the return was filed. */
  changes: z.array(
    z.object({
      window: SurveillanceWindow,
      category: z.string(),
      dimension: ReturnDimension,
      item: z.string(),
      filed: z.int(),
      now: z.int(),
    }),
  ),
  /** The county’s: which facilities have filed. */
  facilities: z.array(
    z.object({
      id: Id,
      name: z.string(),
      filedOn: CivilDate.nullable(),
      cases: z.int(),
      perinatals: z.int(),
    }),
  ),
})
export type DefectReturn = z.infer<typeof DefectReturn>

const fileFormat = z.strictObject({ format: z.enum(['xlsx', 'csv']).default('xlsx') })

export const getDefectReturn = defineEndpoint({
  method: 'GET',
  url: '/api/v1/defect-returns/:quarter',
  schema: { summary: 'The quarterly return of my facility', tags, params, response: { 200: DefectReturn } },
  config: ofFacility,
})
export const fileDefectReturn = defineEndpoint({
  method: 'POST',
  url: '/api/v1/defect-returns/:quarter/filings',
  schema: { summary: 'File the return: it is frozen', tags, params, response: { 201: DefectReturn } },
  config: { ...ofFacility, idempotent: true },
})
export const defectReturnFile = defineEndpoint({
  method: 'GET',
  url: '/api/v1/defect-returns/:quarter/file',
  schema: {
    summary: 'The return of my facility as a file',
    tags,
    params,
    querystring: fileFormat,
    response: { 200: z.any() },
  },
  config: { ...ofFacility, raw: true },
})
export const getCountyDefectReturn = defineEndpoint({
  method: 'GET',
  url: '/api/v1/county-defect-returns/:quarter',
  schema: { summary: 'The county’s quarterly return', tags, params, response: { 200: DefectReturn } },
  config: ofCounty,
})
export const fileCountyDefectReturn = defineEndpoint({
  method: 'POST',
  url: '/api/v1/county-defect-returns/:quarter/filings',
  schema: {
    summary: 'File the county’s return: it is frozen',
    tags,
    params,
    response: { 201: DefectReturn },
  },
  config: { ...ofCounty, idempotent: true },
})
export const countyDefectReturnFile = defineEndpoint({
  method: 'GET',
  url: '/api/v1/county-defect-returns/:quarter/file',
  schema: {
    summary: 'The county’s return as a file',
    tags,
    params,
    querystring: fileFormat,
    response: { 200: z.any() },
  },
  config: { ...ofCounty, raw: true },
})
