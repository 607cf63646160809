import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { Icd10 } from './check-codes.ts'

const params = z.strictObject({ id: Id })
const tags = ['check-ups'] as [string]
const reading = { permission: 'care.read', dataClass: 'L4' } as const
const recording = { permission: 'care.record', dataClass: 'L4' } as const
const Client = z.object({ id: Id, name: z.string(), sex: z.string(), birthDate: CivilDate })

export const rtiStatuses = {
  OPEN: ['待治疗', 'Open'],
  TREATED: ['已治疗，待复查', 'Treated, to be seen again'],
  CURED: ['治愈', 'Cured'],
  REFERRED: ['转诊', 'Referred'],
  DECLINED: ['本人不需要', 'Declined'],
  LOST: ['失访', 'Lost to follow-up'],
} as const
export const RtiStatus = z.enum(['OPEN', 'TREATED', 'CURED', 'REFERRED', 'DECLINED', 'LOST'])
export type RtiStatus = z.infer<typeof RtiStatus>

/** 生殖道感染病例 */
export const RtiCase = z.object({
  id: Id,
  client: Client,
  diagnosedOn: CivilDate,
  icd10: Icd10,
  status: RtiStatus,
  treatedOn: CivilDate.nullable(),
  partnerNotified: z.boolean().nullable(),
  reviewedOn: CivilDate.nullable(),
  closedOn: CivilDate.nullable(),
  note: z.string().nullable(),
  version: z.int(),
})
export type RtiCase = z.infer<typeof RtiCase>
export const RtiCaseRow = RtiCase.omit({ note: true })
export type RtiCaseRow = z.infer<typeof RtiCaseRow>

export const listRtiCases = defineEndpoint({
  method: 'GET',
  url: '/api/v1/rti-cases',
  schema: {
    summary: 'Infection cases of my facility',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      clientId: Id.optional(),
      status: RtiStatus.optional(),
      isOpen: QueryFlag.optional(),
    }),
    response: { 200: Page(RtiCaseRow) },
  },
  config: reading,
})
export const getRtiCase = defineEndpoint({
  method: 'GET',
  url: '/api/v1/rti-cases/:id',
  schema: { summary: 'One infection case', tags, params, response: { 200: RtiCase } },
  config: reading,
})
export const NewRtiCase = z.strictObject({
  clientId: Id,
  diagnosedOn: CivilDate,
  icd10: Icd10,
  note: Text(500).optional(),
})
export type NewRtiCase = z.infer<typeof NewRtiCase>
export const openRtiCase = defineEndpoint({
  method: 'POST',
  url: '/api/v1/rti-cases',
  schema: { summary: 'Open an infection case', tags, body: NewRtiCase, response: { 201: RtiCase } },
  config: { ...recording, idempotent: true },
})
export const ChangedRtiCase = z
  .strictObject({
    status: RtiStatus,
    treatedOn: CivilDate.nullable(),
    /** Only ever by her own wish. */
    partnerNotified: z.boolean().nullable(),
    reviewedOn: CivilDate.nullable(),
    closedOn: CivilDate.nullable(),
    note: Text(500).nullable(),
  })
  .partial()
export type ChangedRtiCase = z.infer<typeof ChangedRtiCase>
export const changeRtiCase = defineEndpoint({
  method: 'PATCH',
  url: '/api/v1/rti-cases/:id',
  schema: {
    summary: 'Treatment, review and closing of an infection case',
    tags,
    params,
    body: ChangedRtiCase,
    response: { 200: RtiCase },
  },
  config: { ...recording, conditional: true },
})

export const InfertilityOutcome = z.enum(['PREGNANT', 'BIRTH', 'STOPPED', 'REFERRED', 'LOST'])
export const infertilityOutcomes = {
  PREGNANT: ['妊娠', 'Pregnant'],
  BIRTH: ['分娩', 'Birth'],
  STOPPED: ['本人终止', 'Stopped by the couple'],
  REFERRED: ['转诊', 'Referred'],
  LOST: ['失访', 'Lost to follow-up'],
} as const

/** WHO laboratory manual values; enciphered. */
export const SemenAnalysis = z.strictObject({
  on: CivilDate,
  volumeMl: z.number().min(0).max(20).optional(),
  concentrationMillionPerMl: z.number().min(0).max(1000).optional(),
  progressiveMotilityPercent: z.number().min(0).max(100).optional(),
  normalFormsPercent: z.number().min(0).max(100).optional(),
})
export const InfertilityTests = z.strictObject({
  semen: z.array(SemenAnalysis).max(6).optional(),
  hormones: Text(500).optional(),
  tubes: Text(500).optional(),
  other: Text(1000).optional(),
})
export type InfertilityTests = z.infer<typeof InfertilityTests>

const caseFields = {
  partnerId: Id.nullable(),
  /** The couple is known, whether or not the partner is in the register. */
  hasPartner: z.boolean(),
  durationMonths: z.int().min(0).max(600).nullable(),
  kind: z.enum(['PRIMARY', 'SECONDARY']).nullable(),
  icd10: z
    .string()
    .regex(/^(N97(\.\d)?|N46)$/)
    .nullable(),
  treatedOn: CivilDate.nullable(),
  artReferredOn: CivilDate.nullable(),
  artReferredTo: Text(100).nullable(),
  tests: InfertilityTests.nullable(),
}
/** 不孕症病例档案 */
export const InfertilityCase = z.object({
  ...caseFields,
  id: Id,
  client: Client,
  openedOn: CivilDate,
  hasSemenAnalysis: z.boolean(),
  /** Couple, duration, kind, semen analysis and diagnosis are there (CON-23). */
  isComplete: z.boolean(),
  outcome: InfertilityOutcome.nullable(),
  closedOn: CivilDate.nullable(),
  version: z.int(),
})
export type InfertilityCase = z.infer<typeof InfertilityCase>
export const InfertilityCaseRow = InfertilityCase.omit({ tests: true })
export type InfertilityCaseRow = z.infer<typeof InfertilityCaseRow>

export const listInfertilityCases = defineEndpoint({
  method: 'GET',
  url: '/api/v1/infertility-cases',
  schema: {
    summary: 'Infertility files of my facility',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      clientId: Id.optional(),
      isOpen: QueryFlag.optional(),
      isComplete: QueryFlag.optional(),
    }),
    response: { 200: Page(InfertilityCaseRow) },
  },
  config: reading,
})
export const getInfertilityCase = defineEndpoint({
  method: 'GET',
  url: '/api/v1/infertility-cases/:id',
  schema: { summary: 'One infertility file', tags, params, response: { 200: InfertilityCase } },
  config: reading,
})
export const NewInfertilityCase = z
  .strictObject({ ...caseFields, clientId: Id, openedOn: CivilDate })
  .partial({
    partnerId: true,
    hasPartner: true,
    durationMonths: true,
    kind: true,
    icd10: true,
    treatedOn: true,
    artReferredOn: true,
    artReferredTo: true,
    tests: true,
  })
export type NewInfertilityCase = z.infer<typeof NewInfertilityCase>
export const openInfertilityCase = defineEndpoint({
  method: 'POST',
  url: '/api/v1/infertility-cases',
  schema: {
    summary: 'Open an infertility file',
    tags,
    body: NewInfertilityCase,
    response: { 201: InfertilityCase },
  },
  config: { ...recording, idempotent: true },
})
export const ChangedInfertilityCase = z
  .strictObject({ ...caseFields, outcome: InfertilityOutcome.nullable(), closedOn: CivilDate.nullable() })
  .partial()
export type ChangedInfertilityCase = z.infer<typeof ChangedInfertilityCase>
export const changeInfertilityCase = defineEndpoint({
  method: 'PATCH',
  url: '/api/v1/infertility-cases/:id',
  schema: {
    summary: 'Fill or close an infertility file',
    tags,
    params,
    body: ChangedInfertilityCase,
    response: { 200: InfertilityCase },
  },
  config: { ...recording, conditional: true },
})
