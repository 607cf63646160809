import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Fen, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'

export const stayStates = {
  RECORDED: ['待审核', 'To be checked'],
  PASSED: ['已通过', 'Passed'],
  REFUSED: ['未通过', 'Refused'],
  SETTLED: ['保险已赔付', 'Settled by the insurer'],
} as const
export const StayState = z.enum(['RECORDED', 'PASSED', 'REFUSED', 'SETTLED'])
export type StayState = z.infer<typeof StayState>
export const stayPayers = {
  FISCAL: ['财政', 'Public funds'],
  INSURER: ['保险公司', 'The insurer'],
} as const
export const StayPayer = z.enum(['FISCAL', 'INSURER'])
export type StayPayer = z.infer<typeof StayPayer>

/** Days under one rate; a stay that spans a change of rates has two parts. */
export const StayPart = z.object({
  from: CivilDate,
  /** The last day that is paid at this rate. */
  to: CivilDate,
  days: z.int(),
  fenPerDay: Fen,
  amountFen: Fen,
})
export type StayPart = z.infer<typeof StayPart>

const tags = ['hospital-stays'] as [string]
const params = z.strictObject({ id: Id })

export const HospitalStay = z.object({
  id: Id,
  person: z.object({ id: Id, name: z.string() }),
  place: z.object({ code: DivisionCode, name: z.string() }),
  hospital: z.object({ id: Id, name: z.string() }),
  admittedOn: CivilDate,
  dischargedOn: CivilDate,
  receipt: z.string(),
  days: z.int(),
  /** Less than `days` where a limit of the year or of the stay was reached. */
  paidDays: z.int(),
  parts: z.array(StayPart),
  amountFen: Fen,
  payer: StayPayer,
  policyId: Id.nullable(),
  state: StayState,
  reason: z.string().nullable(),
  eventId: Id.nullable(),
  settledFen: Fen.nullable(),
  settledOn: CivilDate.nullable(),
  recordedAt: Instant,
  /** Whether I entered it: then somebody else checks it. */
  isMine: z.boolean(),
  version: z.int(),
})
export type HospitalStay = z.infer<typeof HospitalStay>

export const listHospitalStays = defineEndpoint({
  method: 'GET',
  url: '/api/v1/hospital-stays',
  schema: {
    summary: 'Hospital stays claimed for, the latest discharge first; names masked',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      division: DivisionCode.optional(),
      state: StayState.optional(),
      payer: StayPayer.optional(),
    }),
    response: { 200: Page(HospitalStay) },
  },
  config: { permission: 'family.read', dataClass: 'L3' },
})
export const getHospitalStay = defineEndpoint({
  method: 'GET',
  url: '/api/v1/hospital-stays/:id',
  schema: { summary: 'One stay with its days by rate', tags, params, response: { 200: HospitalStay } },
  config: { permission: 'family.read', dataClass: 'L3' },
})
export const NewHospitalStay = z.strictObject({
  personId: Id,
  hospitalId: Id,
  admittedOn: CivilDate,
  dischargedOn: CivilDate,
  receipt: Text(60),
  payer: StayPayer,
})
export type NewHospitalStay = z.infer<typeof NewHospitalStay>
export const StayPreview = z.object({
  preview: z.literal(true),
  days: z.int(),
  paidDays: z.int(),
  parts: z.array(StayPart),
  amountFen: Fen,
})
export type StayPreview = z.infer<typeof StayPreview>
export const recordHospitalStay = defineEndpoint({
  method: 'POST',
  url: '/api/v1/hospital-stays',
  schema: {
    summary:
      'Enter a stay from its discharge settlement; with dryRun=true what it comes to. Why she was there is not asked',
    tags,
    querystring: z.strictObject({ dryRun: QueryFlag.optional() }),
    body: NewHospitalStay,
    response: { 200: StayPreview, 201: HospitalStay },
  },
  config: { permission: 'beneficiary.manage', dataClass: 'L3', idempotent: true },
})
export const checkHospitalStay = defineEndpoint({
  method: 'POST',
  url: '/api/v1/hospital-stays/:id/checks',
  schema: {
    summary: 'Pass a stay to payment, or refuse it with a reason; whoever entered it does not check it',
    tags,
    params,
    body: z
      .strictObject({ decision: z.enum(['PASS', 'REFUSE']), reason: Text(200).optional() })
      .refine(({ decision, reason }) => decision === 'PASS' || reason !== undefined, {
        path: ['reason'],
        params: { code: 'required' },
      }),
    response: { 201: HospitalStay },
  },
  config: { permission: 'application.confirm', dataClass: 'L3', idempotent: true },
})
