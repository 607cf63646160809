import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { ErrorCode } from '../errors.ts'
import { CivilDate, Id, Instant, Page, PageQuery, Text } from '../values.ts'
import { CareText } from './fetal-sex.ts'
import { Barcode, LabFlag, LabOrderState, LabPanelCode, LabRejectReason, NumberRange } from './lab-codes.ts'

const tags = ['laboratory'] as [string]
const params = z.strictObject({ id: Id })
const reading = { permission: 'care.read', dataClass: 'L4' } as const
const recording = { permission: 'care.record', dataClass: 'L4' } as const
const measuring = { permission: 'care.lab', dataClass: 'L4' } as const

/** 检验项目 */
export const LabAnalyte = z.object({
  code: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  unit: z.string().nullable(),
  flags: z.array(LabFlag),
  hasNumber: z.boolean(),
  isRequired: z.boolean(),
  loinc: z.string().nullable(),
  loincConfidence: z.enum(['HIGH', 'MEDIUM']).nullable(),
  ranges: z.array(z.object({ range: z.string(), flag: LabFlag, source: z.string() })),
})
/** 检验组合 */
export const LabPanel = z.object({
  code: LabPanelCode,
  nameZh: z.string(),
  nameEn: z.string(),
  loinc: z.string().nullable(),
  loincConfidence: z.enum(['HIGH', 'MEDIUM']).nullable(),
  source: z.string(),
  analytes: z.array(LabAnalyte),
})
export type LabPanel = z.infer<typeof LabPanel>
export const listLabPanels = defineEndpoint({
  method: 'GET',
  url: '/api/v1/lab-panels',
  schema: {
    summary: 'Panels, their analytes and the ranges that hold by default',
    tags,
    response: { 200: z.object({ items: z.array(LabPanel) }) },
  },
  config: { permission: 'signed-in', dataClass: 'L0' },
})

export const listLaboratories = defineEndpoint({
  method: 'GET',
  url: '/api/v1/laboratories',
  schema: {
    summary: 'Facilities that may be asked for a laboratory test',
    tags,
    response: {
      200: z.object({ items: z.array(z.object({ id: Id, name: z.string(), isOurs: z.boolean() })) }),
    },
  },
  config: recording,
})

const Client = z.object({ id: Id, name: z.string(), sex: z.string(), birthDate: CivilDate })
const orderFields = {
  id: Id,
  labId: Id,
  lab: z.string(),
  panelCode: LabPanelCode,
  barcode: z.string(),
  orderedOn: CivilDate,
  collectedOn: CivilDate.nullable(),
  state: LabOrderState,
  receivedOn: CivilDate.nullable(),
  rejectReason: LabRejectReason.nullable(),
  resultedOn: CivilDate.nullable(),
  /** Whether some answer has not found its way into the record of who ordered. */
  isHeld: z.boolean(),
  version: z.int(),
}
/** 检验申请 */
export const LabOrderRow = z.object({ ...orderFields, client: Client, chainId: Id.nullable() })
export type LabOrderRow = z.infer<typeof LabOrderRow>
export const LabResult = z.object({
  id: Id,
  analyte: z.string(),
  flag: LabFlag.nullable(),
  isDerived: z.boolean(),
  number: z.number().nullable(),
  unit: z.string().nullable(),
  note: z.string().nullable(),
  measuredOn: CivilDate,
  revision: z.int(),
  /** Why the record of who ordered could not take it; it is tried again each night. */
  heldFor: ErrorCode.nullable(),
  recordedAt: Instant,
  voidedAt: Instant.nullable(),
  voidReason: z.string().nullable(),
})
export type LabResult = z.infer<typeof LabResult>
export const LabOrder = LabOrderRow.extend({
  note: z.string().nullable(),
  /** Voided ones too. */
  results: z.array(LabResult),
})
export type LabOrder = z.infer<typeof LabOrder>

export const listLabOrders = defineEndpoint({
  method: 'GET',
  url: '/api/v1/lab-orders',
  schema: {
    summary: 'Laboratory orders of my facility, newest first',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      clientId: Id.optional(),
      state: LabOrderState.optional(),
      panelCode: LabPanelCode.optional(),
      /** Only those with answers that the record could not take. */
      held: z.literal('true').optional(),
    }),
    response: { 200: Page(LabOrderRow) },
  },
  config: reading,
})
export const getLabOrder = defineEndpoint({
  method: 'GET',
  url: '/api/v1/lab-orders/:id',
  schema: { summary: 'One order with its results', tags, params, response: { 200: LabOrder } },
  config: reading,
})
export const NewLabOrder = z.strictObject({
  clientId: Id,
  labId: Id,
  panelCode: LabPanelCode,
  orderedOn: CivilDate,
  collectedOn: CivilDate.optional(),
  /** Of a card or tube that is labelled already; else one is made. */
  barcode: Barcode.optional(),
  chainId: Id.optional(),
  note: CareText(500).optional(),
})
export type NewLabOrder = z.infer<typeof NewLabOrder>
export const orderLabPanel = defineEndpoint({
  method: 'POST',
  url: '/api/v1/lab-orders',
  schema: {
    summary: 'Order a panel; answers the barcode',
    tags,
    body: NewLabOrder,
    response: { 201: LabOrder },
  },
  config: { ...recording, idempotent: true },
})
export const changeLabOrder = defineEndpoint({
  method: 'PATCH',
  url: '/api/v1/lab-orders/:id',
  schema: {
    summary: 'Say when the sample was taken, or cancel the order while nothing was measured',
    tags,
    params,
    body: z.strictObject({ collectedOn: CivilDate, state: z.literal('CANCELLED') }).partial(),
    response: { 200: LabOrder },
  },
  config: { ...recording, conditional: true },
})

export const fileLabOrder = defineEndpoint({
  method: 'POST',
  url: '/api/v1/lab-orders/:id/filings',
  schema: {
    summary: 'Try again to take the answers into the record; what still stands in the way is said of each',
    tags,
    params,
    response: { 201: LabOrder },
  },
  config: { ...recording, idempotent: true },
})

/** What a laboratory sees of an order: the label, never who else looked or why. */
export const LabWork = z.object({
  ...orderFields,
  orderedBy: z.string(),
  /** As on the label: the given name masked. */
  name: z.string().nullable(),
  birthYear: z.int().nullable(),
})
export type LabWork = z.infer<typeof LabWork>
export const LabWorkWhole = LabWork.extend({ results: z.array(LabResult) })
export type LabWorkWhole = z.infer<typeof LabWorkWhole>
export const listLabWork = defineEndpoint({
  method: 'GET',
  url: '/api/v1/lab-work',
  schema: {
    summary: 'Orders to my laboratory, newest first; `on` those received or answered on a day',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      state: LabOrderState.optional(),
      panelCode: LabPanelCode.optional(),
      on: CivilDate.optional(),
    }),
    response: { 200: Page(LabWork) },
  },
  config: measuring,
})
export const getLabWork = defineEndpoint({
  method: 'GET',
  url: '/api/v1/lab-work/:barcode',
  schema: {
    summary: 'The order behind a barcode',
    tags,
    params: z.strictObject({ barcode: Barcode }),
    response: { 200: LabWorkWhole },
  },
  config: measuring,
})
export const receiveLabSample = defineEndpoint({
  method: 'POST',
  url: '/api/v1/lab-receipts',
  schema: {
    summary: 'Receive a sample by its barcode; again is no mistake',
    tags,
    body: z.strictObject({ barcode: Barcode, collectedOn: CivilDate.optional() }),
    response: { 201: LabWork },
  },
  config: { ...measuring, idempotent: true },
})
export const rejectLabSample = defineEndpoint({
  method: 'POST',
  url: '/api/v1/lab-rejections',
  schema: {
    summary: 'Reject a sample with a reason; the ordering facility may take another',
    tags,
    body: z.strictObject({ barcode: Barcode, reason: LabRejectReason }),
    response: { 201: LabWork },
  },
  config: { ...measuring, idempotent: true },
})

export const LabResultRow = z.strictObject({
  barcode: Barcode,
  analyte: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[0-9A-Z_]{1,30}$/),
  /** Where it is absent, the ranges in force read it off the number. */
  flag: LabFlag.optional(),
  number: z.number().min(-1e9).max(1e9).optional(),
  unit: Text(20).optional(),
  measuredOn: CivilDate,
  note: Text(500).optional(),
  /** Why this answer replaces the one that stands. */
  correction: Text(200).optional(),
})
export type LabResultRow = z.infer<typeof LabResultRow>
export const NewLabBatch = z.strictObject({
  /** The laboratory's own number of the batch: sent again it is answered again, and nothing happens twice. */
  reference: z.string().regex(/^[\x21-\x7e]{1,60}$/),
  /** ROWS: sound rows are taken and the others named. WHOLE: one unsound row, and nothing is taken. */
  mode: z.enum(['ROWS', 'WHOLE']).default('ROWS'),
  rows: z.array(LabResultRow).min(1).max(500),
})
export type NewLabBatch = z.infer<typeof NewLabBatch>
export const LabRowProblem = z.object({
  /** From 0. */
  row: z.int(),
  pointer: z.string(),
  code: ErrorCode,
})
export type LabRowProblem = z.infer<typeof LabRowProblem>
export const LabBatch = z.object({
  id: Id,
  reference: z.string(),
  channel: z.enum(['FORM', 'API', 'FHIR']),
  rows: z.int(),
  accepted: z.int(),
  duplicates: z.int(),
  rejected: z.int(),
  problems: z.array(LabRowProblem),
  /** Taken from the laboratory, but not yet in the records of those who ordered: their records stand in the way. */
  held: z.array(z.object({ barcode: z.string(), code: ErrorCode })),
  postedAt: Instant,
})
export type LabBatch = z.infer<typeof LabBatch>
export const postLabBatch = defineEndpoint({
  method: 'POST',
  url: '/api/v1/lab-batches',
  schema: {
    summary: 'Return results, up to 500 at once; each row stands for itself',
    tags,
    body: NewLabBatch,
    response: { 201: LabBatch },
  },
  config: measuring,
})
export const listLabBatches = defineEndpoint({
  method: 'GET',
  url: '/api/v1/lab-batches',
  schema: {
    summary: 'Batches of my laboratory, newest first',
    tags,
    querystring: z.strictObject(PageQuery),
    response: { 200: Page(LabBatch) },
  },
  config: measuring,
})

export const LabCutOff = z.object({
  panelCode: LabPanelCode,
  analyteCode: z.string(),
  validFrom: CivilDate,
  source: z.string(),
  ranges: z.array(z.object({ range: z.string(), flag: LabFlag })),
})
export type LabCutOff = z.infer<typeof LabCutOff>
export const listLabCutOffs = defineEndpoint({
  method: 'GET',
  url: '/api/v1/lab-cut-offs',
  schema: {
    summary: 'Ranges of my laboratory, all versions',
    tags,
    response: { 200: z.object({ items: z.array(LabCutOff) }) },
  },
  config: measuring,
})
export const NewLabCutOff = z.strictObject({
  panelCode: LabPanelCode,
  analyteCode: z.string().regex(/^[0-9A-Z_]{1,30}$/),
  validFrom: CivilDate,
  source: Text(200),
  ranges: z
    .array(z.strictObject({ range: NumberRange, flag: LabFlag }))
    .min(1)
    .max(8),
})
export const stateLabCutOff = defineEndpoint({
  method: 'POST',
  url: '/api/v1/lab-cut-offs',
  schema: {
    summary: 'State a new version of the ranges of an analyte',
    tags,
    body: NewLabCutOff,
    response: { 201: LabCutOff },
  },
  config: { ...measuring, idempotent: true },
})
