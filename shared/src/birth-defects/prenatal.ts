import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Instant, Page, PageQuery, QueryFlag } from '../values.ts'
import { DropReason } from './chain-values.ts'
import { CareText } from './fetal-sex.ts'
import {
  CallResult,
  HerDecision,
  ScanResult,
  ScreenFlag,
  ScreenKind,
  ScreenResult,
} from './prenatal-values.ts'
import { correctionOf, voidingOf } from './record-corrections.ts'

const params = z.strictObject({ id: Id })
const read = { permission: 'care.read', dataClass: 'L4' } as const
const keep = { permission: 'care.record', dataClass: 'L4', idempotent: true } as const
const tags = ['prenatal'] as [string]

export const Woman = z.object({ id: Id, name: z.string(), birthDate: CivilDate })

/** Measured values; enciphered at rest. */
export const ScreenValues = z.strictObject({
  nuchalMillimetres: z.number().min(0).max(20).optional(),
  /** n of a risk of 1/n. */
  t21OneIn: z.int().min(1).max(1_000_000).optional(),
  t18OneIn: z.int().min(1).max(1_000_000).optional(),
  afpMom: z.number().min(0).max(50).optional(),
  t21Call: CallResult.optional(),
  t18Call: CallResult.optional(),
  t13Call: CallResult.optional(),
  scan: ScanResult.optional(),
  glucose0h: z.number().min(1).max(50).optional(),
  glucose1h: z.number().min(1).max(50).optional(),
  glucose2h: z.number().min(1).max(50).optional(),
})
export type ScreenValues = z.infer<typeof ScreenValues>

/** Findings of these chromosomes are not reported; where there is a medical indication, the group alone is. */
export const ReportedGroup = z.strictObject({
  group: z.literal('Q96-Q99'),
  isMedicallyIndicated: z.literal(true),
  indication: CareText(200),
})

export const ScreenReport = z.strictObject({
  reportedOn: CivilDate,
  values: ScreenValues.default({}),
  /** The laboratory could not tell. */
  noCall: z.boolean().default(false),
  chromosomeGroup: ReportedGroup.optional(),
})
export type ScreenReport = z.output<typeof ScreenReport>

const fields = {
  kind: ScreenKind,
  /** The day on which it was explained and offered. */
  offeredOn: CivilDate,
  counsellor: CareText(50).nullable(),
  understood: z.boolean().nullable(),
  decision: HerDecision,
  /** Asked, never demanded. */
  declineReason: DropReason.nullable(),
  takenOn: CivilDate.nullable(),
  /** Only where no expected day is known. */
  gestationDays: z.int().min(35).max(308).nullable(),
  laboratoryId: Id.nullable(),
  report: ScreenReport.nullable(),
  note: CareText(500).nullable(),
}

export const NewPrenatalScreen = z
  .strictObject({ womanId: Id, pregnancyId: Id.nullable(), ...fields })
  .partial()
  .required({ womanId: true, kind: true, offeredOn: true, decision: true })
export type NewPrenatalScreen = z.output<typeof NewPrenatalScreen>

/** What was not known yet: her decision, the sample, the report. What is known is corrected. */
export const PrenatalScreenProgress = z
  .strictObject({ ...fields, kind: z.never(), offeredOn: z.never() })
  .omit({ kind: true, offeredOn: true })
  .partial()
export type PrenatalScreenProgress = z.output<typeof PrenatalScreenProgress>

export const PrenatalScreenRow = z.object({
  id: Id,
  woman: Woman,
  chainId: Id,
  kind: ScreenKind,
  offeredOn: CivilDate,
  decision: HerDecision,
  takenOn: CivilDate.nullable(),
  gestationDays: z.int().nullable(),
  inWindow: z.boolean().nullable(),
  result: ScreenResult.nullable(),
  flagged: z.array(ScreenFlag),
  reportedOn: CivilDate.nullable(),
  isOurs: z.boolean(),
  voidedAt: Instant.nullable(),
  version: z.int(),
})
export type PrenatalScreenRow = z.infer<typeof PrenatalScreenRow>

export const PrenatalScreen = PrenatalScreenRow.extend({
  pregnancyId: Id.nullable(),
  counsellor: z.string().nullable(),
  understood: z.boolean().nullable(),
  laboratoryId: Id.nullable(),
  labOrderId: Id.nullable(),
  values: ScreenValues.nullable(),
  note: z.string().nullable(),
  /** The cut-offs that it was judged by, as they were. */
  parameters: z.array(z.string()),
  /** The follow-up that it opened. */
  caseId: Id.nullable(),
  recordedAt: Instant,
  source: z.string(),
  voidReason: z.string().nullable(),
  replaces: Id.nullable(),
})
export type PrenatalScreen = z.infer<typeof PrenatalScreen>

export const listPrenatalScreens = defineEndpoint({
  method: 'GET',
  url: '/api/v1/prenatal-screens',
  schema: {
    summary:
      'Prenatal screens of my facility, the latest offer first; of one woman: with those of the facilities of her chain',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      womanId: Id.optional(),
      kind: ScreenKind.optional(),
      result: ScreenResult.optional(),
      /** Taken, and no report yet. */
      awaiting: QueryFlag.optional(),
      from: CivilDate.optional(),
      to: CivilDate.optional(),
      voided: QueryFlag.optional(),
    }),
    response: { 200: Page(PrenatalScreenRow) },
  },
  config: read,
})

export const getPrenatalScreen = defineEndpoint({
  method: 'GET',
  url: '/api/v1/prenatal-screens/:id',
  schema: {
    summary: 'One prenatal screen, voided ones too',
    tags,
    params,
    response: { 200: PrenatalScreen },
  },
  config: read,
})

export const recordPrenatalScreen = defineEndpoint({
  method: 'POST',
  url: '/api/v1/prenatal-screens',
  schema: {
    summary: 'Record that a screen was explained and offered, what she decided, and what came of it',
    tags,
    body: NewPrenatalScreen,
    response: { 201: PrenatalScreen },
  },
  config: keep,
})

export const continuePrenatalScreen = defineEndpoint({
  method: 'PATCH',
  url: '/api/v1/prenatal-screens/:id',
  schema: {
    summary: 'Add what was not known yet: her decision, the sample, the report',
    tags,
    params,
    body: PrenatalScreenProgress,
    response: { 200: PrenatalScreen },
  },
  config: { permission: 'care.record', dataClass: 'L4', conditional: true },
})

const screenRecord = {
  url: '/api/v1/prenatal-screens',
  tag: 'prenatal',
  shown: PrenatalScreen,
  reason: CareText(200),
} as const
export const correctPrenatalScreen = correctionOf(
  screenRecord,
  'Correct a screen: voids it with the reason and appends its replacement',
  z.strictObject(fields).partial(),
)

export const voidPrenatalScreen = voidingOf(
  screenRecord,
  'Void a screen that never was; its place in the chain follows',
)

/** A window of the schedule in force, as gestation counts it. */
export const ScreenWindow = z.object({
  kind: ScreenKind,
  fromDays: z.int(),
  toDays: z.int(),
  from: CivilDate.nullable(),
  to: CivilDate.nullable(),
})
export const getPrenatalWindows = defineEndpoint({
  method: 'GET',
  url: '/api/v1/prenatal-windows',
  schema: {
    summary: 'When which screen is due, by the schedule in force; in days of the calendar for one woman',
    tags,
    querystring: z.strictObject({ womanId: Id.optional() }),
    response: {
      200: z.object({ expectedOn: CivilDate.nullable(), items: z.array(ScreenWindow) }),
    },
  },
  config: read,
})
