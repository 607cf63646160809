import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { Id, Instant, Text } from '../values.ts'
import { ReturnCode } from './payment-values.ts'

const tags = ['bank-layouts'] as [string]
const params = z.strictObject({ id: Id })

export const PayField = z.enum([
  'batchNumber',
  'seq',
  'programme',
  'period',
  'accountNumber',
  'accountName',
  'bankName',
  'idLast4',
  'amountFen',
  'amountYuan',
  'memo',
  'blank',
])
export type PayField = z.infer<typeof PayField>
export const ReturnField = z.enum([
  'batchNumber',
  'seq',
  'accountNumber',
  'amountFen',
  'amountYuan',
  'code',
  'message',
  'bankReference',
  'valueDate',
  'blank',
])
export type ReturnField = z.infer<typeof ReturnField>

/** Of one line of totals, before or after the items. */
export const TotalField = z.enum([
  'batchNumber',
  'rows',
  'totalFen',
  'totalYuan',
  'payOn',
  'literal',
  'blank',
])
export type TotalField = z.infer<typeof TotalField>

const place = {
  /** In bytes of the file’s encoding; needed in fixed-width files. */
  width: z.int().min(1).max(200).optional(),
  align: z.enum(['LEFT', 'RIGHT']).optional(),
  pad: z.string().length(1).optional(),
}
const TotalLine = z
  .array(z.strictObject({ field: TotalField, literal: z.string().max(40).optional(), ...place }))
  .min(1)
  .max(20)

const common = {
  encoding: z.enum(['UTF-8', 'GBK']),
  format: z.enum(['SEPARATED', 'FIXED']),
  separator: z.string().length(1).optional(),
  lineEnd: z.enum(['LF', 'CRLF']),
  /** A line of column titles. */
  titles: z.array(z.string().max(40)).max(30).optional(),
  header: TotalLine.optional(),
  trailer: TotalLine.optional(),
}

export const PayLayout = z.strictObject({
  ...common,
  /** `{batch}`, `{date}` (YYYYMMDD) and `{rows}` are filled in. */
  fileName: z.string().min(1).max(80),
  columns: z
    .array(z.strictObject({ field: PayField, ...place }))
    .min(1)
    .max(30),
})
export type PayLayout = z.infer<typeof PayLayout>

export const ReturnLayout = z.strictObject({
  ...common,
  columns: z
    .array(z.strictObject({ field: ReturnField, ...place }))
    .min(1)
    .max(30),
  dateFormat: z.enum(['YYYY-MM-DD', 'YYYYMMDD']),
  /** The bank’s codes in ours; a code that is not named is 99. */
  codes: z.record(z.string().max(20), ReturnCode),
})
export type ReturnLayout = z.infer<typeof ReturnLayout>

export const LayoutDefinition = z.strictObject({ pay: PayLayout, return: ReturnLayout })
export type LayoutDefinition = z.infer<typeof LayoutDefinition>

export const LayoutFinding = z.object({
  pointer: z.string(),
  severity: z.enum(['ERROR', 'WARNING']),
  code: z.enum([
    'FIELD_MISSING',
    'FIELD_TWICE',
    'WIDTH_MISSING',
    'WIDTH_TOO_SMALL',
    'SEPARATOR_MISSING',
    'SEPARATOR_OCCURS',
    'TITLES_DIFFER',
    'FILE_NAME_WITHOUT_BATCH',
    'FILE_NAME_UNSAFE',
    'PAID_CODE_MISSING',
    'TOTALS_MISSING',
  ]),
  zh: z.string(),
  en: z.string(),
})
export type LayoutFinding = z.infer<typeof LayoutFinding>

export const BankLayout = z.object({
  id: Id,
  code: z.string(),
  version: z.int(),
  name: z.string(),
  /** Of the county itself, or of all. */
  isOwn: z.boolean(),
  state: z.enum(['DRAFT', 'ACTIVE', 'RETIRED']),
  definition: LayoutDefinition,
  findings: z.array(LayoutFinding),
  madeAt: Instant,
  madeBy: z.string().nullable(),
  isMine: z.boolean(),
  activatedAt: Instant.nullable(),
})
export type BankLayout = z.infer<typeof BankLayout>

export const listLayouts = defineEndpoint({
  method: 'GET',
  url: '/api/v1/bank-layouts',
  schema: {
    summary: 'Layouts of bank files',
    tags,
    response: { 200: z.object({ items: z.array(BankLayout) }) },
  },
  config: { permission: 'payment.read', dataClass: 'L0' },
})

/** What the linter finds, and the first lines of a file with invented people. */
export const lintLayout = defineEndpoint({
  method: 'POST',
  url: '/api/v1/bank-layouts/checks',
  schema: {
    summary: 'Check a layout and see a sample',
    tags,
    body: z.strictObject({ definition: LayoutDefinition }),
    response: {
      200: z.object({ findings: z.array(LayoutFinding), fileName: z.string(), sample: z.array(z.string()) }),
    },
  },
  config: { permission: 'payment.read', dataClass: 'L0' },
})

export const addLayout = defineEndpoint({
  method: 'POST',
  url: '/api/v1/bank-layouts',
  schema: {
    summary: 'A new version of a layout of the county, as a draft',
    tags,
    body: z.strictObject({
      code: z.string().regex(/^[A-Z][A-Z0-9_-]{1,29}$/),
      name: Text(60),
      definition: LayoutDefinition,
    }),
    response: { 201: BankLayout },
  },
  config: { permission: 'payment.make', dataClass: 'L0', idempotent: true },
})

export const activateLayout = defineEndpoint({
  method: 'POST',
  url: '/api/v1/bank-layouts/:id/activation',
  schema: {
    summary: 'Use a draft from now on; by another officer, and only without errors',
    tags,
    params,
    response: { 201: BankLayout },
  },
  config: { permission: 'payment.approve', dataClass: 'L0', idempotent: true },
})
