import { z } from 'zod'
import { Icd10 } from '../contraception/check-codes.ts'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Instant, Page, PageQuery, QueryFlag } from '../values.ts'
import { CareText } from './fetal-sex.ts'
import { Woman } from './prenatal.ts'
import {
  ContactMode,
  CounselOption,
  DiagnosisIndication,
  DiagnosisMethod,
  DiagnosisResult,
  DiagnosisTest,
  HerDecision,
  PositiveOutcome,
  PositiveState,
  ScreenFlag,
  ScreenKind,
} from './prenatal-values.ts'
import { DropReason } from './chain-values.ts'
import { correctionOf, voidingOf } from './record-corrections.ts'

const params = z.strictObject({ id: Id })
const read = { permission: 'care.read', dataClass: 'L4' } as const
const keep = { permission: 'care.record', dataClass: 'L4', idempotent: true } as const
const tags = ['prenatal'] as [string]

/** A code of a defect, or the group that stands for codes which would tell what the fetus is. */
export const PrenatalCode = z.union([Icd10, z.enum(['Q96-Q99', 'Q50-Q56'])])

export const PositiveCaseRow = z.object({
  id: Id,
  screenId: Id,
  woman: Woman,
  chainId: Id,
  kind: ScreenKind,
  flagged: z.array(ScreenFlag),
  openedOn: CivilDate,
  state: PositiveState,
  stateOn: CivilDate,
  /** By when the next step is due. */
  dueBy: CivilDate.nullable(),
  isOverdue: z.boolean(),
  /** What may come next. */
  next: z.array(PositiveState),
  outcome: PositiveOutcome.nullable(),
  closedOn: CivilDate.nullable(),
  isOurs: z.boolean(),
  version: z.int(),
})
export type PositiveCaseRow = z.infer<typeof PositiveCaseRow>

export const PositiveStep = z.object({
  id: Id,
  to: PositiveState,
  on: CivilDate,
  mode: ContactMode.nullable(),
  counsellor: z.string().nullable(),
  options: z.array(CounselOption),
  diagnosisId: Id.nullable(),
  terminationId: Id.nullable(),
  referredTo: z.string().nullable(),
  outcome: PositiveOutcome.nullable(),
  note: z.string().nullable(),
  recordedAt: Instant,
  voidedAt: Instant.nullable(),
  voidReason: z.string().nullable(),
})
export const PositiveCase = PositiveCaseRow.extend({
  expectedOn: CivilDate.nullable(),
  steps: z.array(PositiveStep),
})
export type PositiveCase = z.infer<typeof PositiveCase>

export const listPositiveCases = defineEndpoint({
  method: 'GET',
  url: '/api/v1/screen-positives',
  schema: {
    summary: 'Cases of high risk at my facility; open ones by the day on which the next step is due',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      womanId: Id.optional(),
      state: PositiveState.optional(),
      open: QueryFlag.optional(),
      overdue: QueryFlag.optional(),
    }),
    response: { 200: Page(PositiveCaseRow) },
  },
  config: read,
})

export const getPositiveCase = defineEndpoint({
  method: 'GET',
  url: '/api/v1/screen-positives/:id',
  schema: { summary: 'One case with all its steps', tags, params, response: { 200: PositiveCase } },
  config: read,
})

const counselling = {
  counsellor: CareText(50),
  options: z
    .array(CounselOption)
    .min(2)
    .refine((options) => options.includes('CONTINUE_WITH_SUPPORT'), { params: { code: 'support-not-told' } }),
}
const step = { on: CivilDate, note: CareText(500).optional() }

/** Her way, one step after the other. What she decides has no default and is asked of nobody else. */
export const NewPositiveStep = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('CONTACTED'), ...step, mode: ContactMode }),
  z.strictObject({ to: z.literal('COUNSELLED'), ...step, ...counselling }),
  z.strictObject({ to: z.literal('DX_OFFERED'), ...step, ...counselling }),
  z.strictObject({ to: z.literal('DX_DONE'), ...step, diagnosisId: Id }),
  z.strictObject({ to: z.literal('DX_DECLINED'), ...step, reason: DropReason.optional() }),
  z.strictObject({ to: z.literal('NORMAL'), ...step }),
  z.strictObject({ to: z.literal('ABNORMAL'), ...step }),
  z.strictObject({ to: z.literal('CONTINUE'), ...step }),
  z.strictObject({ to: z.literal('TERMINATED_MEDICAL'), ...step, terminationId: Id }),
  z.strictObject({ to: z.literal('REFERRED'), ...step, referredTo: CareText(100) }),
  z.strictObject({ to: z.literal('OUTCOME_RECORDED'), ...step, outcome: PositiveOutcome }),
])
export type NewPositiveStep = z.output<typeof NewPositiveStep>

export const stepPositiveCase = defineEndpoint({
  method: 'POST',
  url: '/api/v1/screen-positives/:id/steps',
  schema: {
    summary: 'The next step of a case: contacted, counselled, diagnosis offered, her decisions, the outcome',
    tags,
    params,
    body: NewPositiveStep,
    response: { 201: PositiveCase },
  },
  config: { ...keep, conditional: true },
})

export const takeBackPositiveStep = defineEndpoint({
  method: 'POST',
  url: '/api/v1/screen-positives/:id/corrections',
  schema: {
    summary: 'Take back the last step with a reason; the case stands where it stood before',
    tags,
    params,
    body: z.strictObject({ reason: CareText(200) }),
    response: { 201: PositiveCase },
  },
  config: { ...keep, conditional: true },
})

const diagnosisFields = {
  caseId: Id.nullable(),
  indications: z.array(DiagnosisIndication).min(1).max(7),
  offeredOn: CivilDate,
  counsellor: CareText(50).nullable(),
  understood: z.boolean().nullable(),
  decision: HerDecision,
  declineReason: DropReason.nullable(),
  method: DiagnosisMethod.nullable(),
  performedOn: CivilDate.nullable(),
  gestationDays: z.int().min(35).max(308).nullable(),
  tests: z.array(DiagnosisTest).max(5),
  result: DiagnosisResult.nullable(),
  reportedOn: CivilDate.nullable(),
  defectCodes: z.array(PrenatalCode).max(10),
  /** Of the group of sex chromosomes only on a medical indication, and then no more than the group (E7). */
  groupIndication: CareText(200).nullable(),
  /** The karyotype as the laboratory wrote it: what tells the fetus's sex chromosomes is taken out before it is kept. */
  karyotype: Karyotype(),
  counselledOn: CivilDate.nullable(),
  note: CareText(1000).nullable(),
}
function Karyotype() {
  return z.string().trim().min(1).max(200).nullable()
}

export const NewDiagnosis = z
  .strictObject({ womanId: Id, pregnancyId: Id.nullable(), ...diagnosisFields })
  .partial()
  .required({ womanId: true, indications: true, offeredOn: true, decision: true })
export type NewDiagnosis = z.output<typeof NewDiagnosis>
const { indications: _, offeredOn: __, ...later } = diagnosisFields
export const DiagnosisProgress = z.strictObject(later).partial()
export type DiagnosisProgress = z.output<typeof DiagnosisProgress>

export const DiagnosisRow = z.object({
  id: Id,
  woman: Woman,
  chainId: Id,
  indications: z.array(DiagnosisIndication),
  offeredOn: CivilDate,
  decision: HerDecision,
  method: DiagnosisMethod.nullable(),
  performedOn: CivilDate.nullable(),
  gestationDays: z.int().nullable(),
  inWindow: z.boolean().nullable(),
  result: DiagnosisResult.nullable(),
  reportedOn: CivilDate.nullable(),
  defectCodes: z.array(z.string()),
  isOurs: z.boolean(),
  voidedAt: Instant.nullable(),
  version: z.int(),
})
export type DiagnosisRow = z.infer<typeof DiagnosisRow>
export const Diagnosis = DiagnosisRow.extend({
  pregnancyId: Id.nullable(),
  caseId: Id.nullable(),
  counsellor: z.string().nullable(),
  understood: z.boolean().nullable(),
  tests: z.array(DiagnosisTest),
  karyotype: z.string().nullable(),
  groupIndication: z.string().nullable(),
  counselledOn: CivilDate.nullable(),
  note: z.string().nullable(),
  recordedAt: Instant,
  source: z.string(),
  voidReason: z.string().nullable(),
  replaces: Id.nullable(),
})
export type Diagnosis = z.infer<typeof Diagnosis>

export const listDiagnoses = defineEndpoint({
  method: 'GET',
  url: '/api/v1/prenatal-diagnoses',
  schema: {
    summary: 'Prenatal diagnoses of my facility, the latest offer first',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      womanId: Id.optional(),
      caseId: Id.optional(),
      result: DiagnosisResult.optional(),
      awaiting: QueryFlag.optional(),
      voided: QueryFlag.optional(),
    }),
    response: { 200: Page(DiagnosisRow) },
  },
  config: read,
})
export const getDiagnosis = defineEndpoint({
  method: 'GET',
  url: '/api/v1/prenatal-diagnoses/:id',
  schema: { summary: 'One prenatal diagnosis', tags, params, response: { 200: Diagnosis } },
  config: read,
})
export const recordDiagnosis = defineEndpoint({
  method: 'POST',
  url: '/api/v1/prenatal-diagnoses',
  schema: {
    summary:
      'Record an indication for prenatal diagnosis, that it was offered, her decision and what came of it',
    tags,
    body: NewDiagnosis,
    response: { 201: Diagnosis },
  },
  config: keep,
})
export const continueDiagnosis = defineEndpoint({
  method: 'PATCH',
  url: '/api/v1/prenatal-diagnoses/:id',
  schema: {
    summary: 'Add what was not known yet: her decision, the procedure, the result, the talk about it',
    tags,
    params,
    body: DiagnosisProgress,
    response: { 200: Diagnosis },
  },
  config: { permission: 'care.record', dataClass: 'L4', conditional: true },
})
const diagnosisRecord = {
  url: '/api/v1/prenatal-diagnoses',
  tag: 'prenatal',
  shown: Diagnosis,
  reason: CareText(200),
} as const
export const correctDiagnosis = correctionOf(
  diagnosisRecord,
  'Correct a diagnosis: voids it with the reason and appends its replacement',
  z.strictObject(diagnosisFields).partial(),
)
export const voidDiagnosis = voidingOf(diagnosisRecord, 'Void a diagnosis that never was')

/** What a physician found, on a day; two different ones, of whom neither is asked by anybody but her. */
const Opinion = z.strictObject({ physicianId: Id, on: CivilDate, opinion: CareText(500) })

/** Nothing here is applied for, and nobody but she agrees to it (E2). */
export const NewTermination = z.strictObject({
  /** A procedure P13 with the indication MEDICAL, to which she has consented. */
  procedureId: Id,
  indicatedOn: CivilDate,
  gestationDays: z.int().min(35).max(308).optional(),
  defectCodes: z.array(PrenatalCode).min(1).max(10),
  counselledOn: CivilDate,
  counsellor: CareText(50),
  first: Opinion,
  second: Opinion,
  pregnancyId: Id.nullable().optional(),
})
export type NewTermination = z.infer<typeof NewTermination>

export const Termination = z.object({
  id: Id,
  procedureId: Id,
  woman: Woman,
  chainId: Id,
  indicatedOn: CivilDate,
  gestationDays: z.int(),
  defectCodes: z.array(z.string()),
  counselledOn: CivilDate,
  counsellor: z.string(),
  consentId: Id,
  consentOn: CivilDate,
  first: z.object({ physicianId: Id, name: z.string(), on: CivilDate, opinion: z.string() }),
  second: z.object({ physicianId: Id, name: z.string(), on: CivilDate, opinion: z.string() }),
  performedOn: CivilDate.nullable(),
  recordedAt: Instant,
  voidedAt: Instant.nullable(),
  voidReason: z.string().nullable(),
  version: z.int(),
})
export type Termination = z.infer<typeof Termination>

export const listTerminations = defineEndpoint({
  method: 'GET',
  url: '/api/v1/medical-terminations',
  schema: {
    summary: 'Medically indicated terminations of my facility: nobody else reads them',
    tags,
    querystring: z.strictObject({ ...PageQuery, womanId: Id.optional(), voided: QueryFlag.optional() }),
    response: { 200: Page(Termination) },
  },
  config: read,
})
export const getTermination = defineEndpoint({
  method: 'GET',
  url: '/api/v1/medical-terminations/:id',
  schema: { summary: 'One medically indicated termination', tags, params, response: { 200: Termination } },
  config: read,
})
export const recordTermination = defineEndpoint({
  method: 'POST',
  url: '/api/v1/medical-terminations',
  schema: {
    summary:
      'Record the medical grounds of a termination: defects, counselling, her consent, two physicians’ opinions',
    tags,
    body: NewTermination,
    response: { 201: Termination },
  },
  config: keep,
})
export const performTermination = defineEndpoint({
  method: 'POST',
  url: '/api/v1/medical-terminations/:id/performance',
  schema: {
    summary: 'Take over the day on which the procedure was done',
    tags,
    params,
    response: { 201: Termination },
  },
  config: keep,
})
export const voidTermination = voidingOf(
  {
    url: '/api/v1/medical-terminations',
    tag: 'prenatal',
    shown: Termination,
    reason: CareText(200),
  },
  'Void grounds recorded by mistake',
)
