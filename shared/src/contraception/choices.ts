import { z } from 'zod'
import { codesOf } from '../code-tables.ts'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { MethodEligibility } from './eligibility.ts'
import { ChosenMethod, ExplainedMethod, MethodCode, MethodSheet } from './methods.ts'

export const choiceChannels = {
  FACE: ['面谈', 'Face to face'],
  PHONE: ['电话', 'Telephone'],
  HOTLINE: ['热线', 'Hotline'],
  ONLINE: ['网络', 'Online'],
  GROUP: ['集体咨询', 'Group session'],
} as const
export const ChoiceChannel = codesOf(choiceChannels)
export type ChoiceChannel = z.infer<typeof ChoiceChannel>

/** When she would like a child; asked, never required. */
export const reproductiveIntentions = {
  WITHIN_1Y: ['一年内想要孩子', 'A child within a year'],
  IN_1_2Y: ['一至两年内想要孩子', 'A child in one to two years'],
  AFTER_2Y: ['两年以后再考虑', 'Later than two years'],
  NONE: ['不打算再要孩子', 'No (more) children'],
  UNSURE: ['还没想好', 'Not sure'],
  NOT_STATED: ['不愿说明', 'Not stated'],
} as const
export const ReproductiveIntention = codesOf(reproductiveIntentions)
export type ReproductiveIntention = z.infer<typeof ReproductiveIntention>

export const choiceMakers = {
  WOMAN: ['本人（女方）', 'The woman'],
  MAN: ['本人（男方）', 'The man'],
  COUPLE: ['夫妻或伴侣共同', 'Both together'],
} as const
export const ChoiceMaker = codesOf(choiceMakers)
export type ChoiceMaker = z.infer<typeof ChoiceMaker>

/** OPEN until she decides; deferring and declining have no consequence. */
export const choiceDecisions = {
  ACCEPT: ['选定一种方法', 'Chose a method'],
  DEFER: ['以后再定', 'Decides later'],
  DECLINE: ['不采用任何方法', 'Chose no method'],
} as const
export const ChoiceDecision = codesOf(choiceDecisions)
export type ChoiceDecision = z.infer<typeof ChoiceDecision>

export const consentForms = {
  SIGNATURE: ['本人签名', 'Signed by hand'],
  FINGERPRINT: ['按指印', 'Fingerprint on paper'],
  ELECTRONIC: ['电子签名', 'Signed electronically'],
  RECORDED: ['录音同意', 'Recorded consent'],
  WITNESSED: ['口头同意并有见证人', 'Spoken, with a witness'],
} as const
export const ConsentForm = codesOf(consentForms)
export type ConsentForm = z.infer<typeof ConsentForm>

/** Shown to every client, in these words, before she says that the choice is hers. */
export const freedomStatement = [
  '我已了解各种避孕方法（包括不采取任何措施）的效果、副作用和注意事项。这是我自己的选择，没有任何人强迫、诱导或以任何好处、处罚相要挟。我可以随时改变主意、更换方法或要求取出，不会因此受到任何影响。',
  'I have been told how the methods, and using none, work, what their side effects are and what to mind. The choice is my own: nobody has forced, pressed or rewarded me. I may change my mind, change the method or have it removed at any time, without any consequence.',
] as const

/** At least two methods, and that one may use none (E12). */
export const MethodsExplained = z
  .array(ExplainedMethod)
  .max(19)
  .refine((methods) => new Set(methods).size === methods.length, { params: { code: 'already-exists' } })
  .refine((methods) => methods.includes('M00') && methods.filter((method) => method !== 'M00').length >= 2, {
    params: { code: 'methods-explained' },
  })

const told = {
  methodsExplained: MethodsExplained,
  effectivenessExplained: z.boolean(),
  sideEffectsExplained: z.boolean(),
  followUpExplained: z.boolean(),
  /** Infections and what protects against them. */
  stiProtection: z.boolean(),
}

const decided = {
  /** Null: still open. */
  decision: ChoiceDecision.nullable(),
  chosenMethod: ChosenMethod.nullable(),
  choiceBy: ChoiceMaker,
  /** Her own statement that nobody has pressed her; shown and signed. */
  freeOfPressure: z.boolean(),
  consentForm: ConsentForm.nullable(),
  /** Where the signed sheet or the recording is kept. */
  consentReference: Text(100).nullable(),
}

type Decided = {
  decision?: ChoiceDecision | null | undefined
  chosenMethod?: string | null | undefined
  freeOfPressure?: boolean | undefined
  consentForm?: ConsentForm | null | undefined
  methodsExplained?: readonly string[] | undefined
}

/** What an accepted choice needs; the same rules as the constraints of the table. */
export function decisionFaults(
  choice: Decided,
): { path: string; code: 'required' | 'invalid-value' | 'not-free' | 'not-explained' }[] {
  const faults: ReturnType<typeof decisionFaults> = []
  if (choice.decision === 'ACCEPT') {
    if (!choice.chosenMethod) faults.push({ path: 'chosenMethod', code: 'required' })
    else if (choice.chosenMethod === 'M00') faults.push({ path: 'chosenMethod', code: 'invalid-value' })
    if (!choice.freeOfPressure) faults.push({ path: 'freeOfPressure', code: 'not-free' })
    if (!choice.consentForm) faults.push({ path: 'consentForm', code: 'required' })
  } else if (choice.chosenMethod && choice.chosenMethod !== 'M00') {
    faults.push({ path: 'chosenMethod', code: 'invalid-value' })
  }
  if (
    choice.chosenMethod &&
    choice.methodsExplained &&
    !choice.methodsExplained.includes(choice.chosenMethod)
  )
    faults.push({ path: 'chosenMethod', code: 'not-explained' })
  return faults
}

function checkedDecision<Body extends z.ZodType<Decided>>(body: Body) {
  return body.superRefine((choice, context) => {
    for (const { path, code } of decisionFaults(choice))
      context.addIssue({ code: 'custom', path: [path], params: { code }, input: choice })
  })
}

const asked = {
  occurredOn: CivilDate,
  channel: ChoiceChannel,
  intention: ReproductiveIntention,
  ...told,
  ...decided,
  screenId: Id.nullable(),
  /** Asked at most; never required. */
  partnerPresent: z.boolean().nullable(),
  note: Text(1000).nullable(),
}

export const NewChoice = checkedDecision(
  z.strictObject({
    clientId: Id,
    ...asked,
    intention: ReproductiveIntention.default('NOT_STATED'),
    decision: ChoiceDecision.nullable().default(null),
    chosenMethod: ChosenMethod.nullable().default(null),
    choiceBy: ChoiceMaker.default('WOMAN'),
    freeOfPressure: z.boolean().default(false),
    consentForm: ConsentForm.nullable().default(null),
    consentReference: Text(100).nullable().default(null),
    screenId: Id.nullable().default(null),
    partnerPresent: z.boolean().nullable().default(null),
    note: Text(1000).nullable().default(null),
  }),
)
export type NewChoice = z.input<typeof NewChoice>
export type GivenChoice = z.output<typeof NewChoice>

export const ChoiceRow = z.object({
  id: Id,
  clientId: Id,
  clientName: z.string().nullable(),
  facilityId: Id,
  facilityName: z.string().nullable(),
  occurredOn: CivilDate,
  channel: ChoiceChannel,
  intention: ReproductiveIntention,
  methodsExplained: z.array(MethodCode),
  decision: ChoiceDecision.nullable(),
  chosenMethod: MethodCode.nullable(),
  recordedAt: Instant,
  voidedAt: Instant.nullable(),
  version: z.int(),
})
export type ChoiceRow = z.infer<typeof ChoiceRow>

export const Choice = ChoiceRow.extend({
  effectivenessExplained: z.boolean(),
  sideEffectsExplained: z.boolean(),
  followUpExplained: z.boolean(),
  stiProtection: z.boolean(),
  choiceBy: ChoiceMaker,
  freeOfPressure: z.boolean(),
  consentForm: ConsentForm.nullable(),
  consentReference: z.string().nullable(),
  decidedOn: CivilDate.nullable(),
  screenId: Id.nullable(),
  /** The group session that it belongs to. */
  groupId: Id.nullable(),
  partnerPresent: z.boolean().nullable(),
  note: z.string().nullable(),
  counsellor: z.string().nullable(),
  voidReason: z.string().nullable(),
  replaces: Id.nullable(),
  replacedBy: Id.nullable(),
})
export type Choice = z.infer<typeof Choice>

/** What a client has or would have after the deed. */
export const ChoicePreview = z.object({ before: Choice.nullable(), after: Choice })
export type ChoicePreview = z.infer<typeof ChoicePreview>

const params = z.strictObject({ id: Id })
const dryRun = z.strictObject({ dryRun: QueryFlag.optional() })
const read = { permission: 'care.read', dataClass: 'L4' } as const
const keep = { permission: 'care.record', dataClass: 'L4', idempotent: true } as const

export const listChoices = defineEndpoint({
  method: 'GET',
  url: '/api/v1/informed-choices',
  schema: {
    summary: 'Informed choices of my facility’s clients, the newest first',
    tags: ['informed-choices'],
    querystring: z.strictObject({
      ...PageQuery,
      clientId: Id.optional(),
      from: CivilDate.optional(),
      to: CivilDate.optional(),
      decision: z.enum(['OPEN', ...ChoiceDecision.options]).optional(),
      channel: ChoiceChannel.optional(),
      groupId: Id.optional(),
      voided: QueryFlag.optional(),
    }),
    response: { 200: Page(ChoiceRow) },
  },
  config: read,
})

export const getChoice = defineEndpoint({
  method: 'GET',
  url: '/api/v1/informed-choices/:id',
  schema: { summary: 'One informed choice', tags: ['informed-choices'], params, response: { 200: Choice } },
  config: read,
})

export const recordChoice = defineEndpoint({
  method: 'POST',
  url: '/api/v1/informed-choices',
  schema: {
    summary: 'Record what a client was told and what she chose',
    tags: ['informed-choices'],
    querystring: dryRun,
    body: NewChoice,
    response: { 200: ChoicePreview, 201: Choice },
  },
  config: keep,
})

export const ChoiceDeciding = checkedDecision(
  z.strictObject({ ...decided, decision: ChoiceDecision, decidedOn: CivilDate }).partial({
    chosenMethod: true,
    choiceBy: true,
    consentForm: true,
    consentReference: true,
  }),
)
export type ChoiceDeciding = z.infer<typeof ChoiceDeciding>

export const decideChoice = defineEndpoint({
  method: 'POST',
  url: '/api/v1/informed-choices/:id/decision',
  schema: {
    summary: 'She decides on a choice that was left open or deferred',
    tags: ['informed-choices'],
    params,
    body: ChoiceDeciding,
    response: { 201: Choice },
  },
  config: keep,
})

export const ChoiceCorrection = z.strictObject({
  set: z
    .strictObject(asked)
    .partial()
    .refine((fields) => Object.keys(fields).length > 0),
  reason: Text(200),
})
export type ChoiceCorrection = z.infer<typeof ChoiceCorrection>

export const correctChoice = defineEndpoint({
  method: 'POST',
  url: '/api/v1/informed-choices/:id/corrections',
  schema: {
    summary: 'Replace a choice that was recorded wrongly; the wrong one stays readable',
    tags: ['informed-choices'],
    params,
    querystring: dryRun,
    body: ChoiceCorrection,
    response: { 200: ChoicePreview, 201: Choice },
  },
  config: keep,
})

export const voidChoice = defineEndpoint({
  method: 'POST',
  url: '/api/v1/informed-choices/:id/void',
  schema: {
    summary: 'Take back a choice entered by mistake',
    tags: ['informed-choices'],
    params,
    body: z.strictObject({ reason: Text(200) }),
    response: { 200: Choice },
  },
  config: keep,
})

/** One session, many clients: told together, each choosing for herself. */
export const GroupSession = z.strictObject({
  occurredOn: CivilDate,
  ...told,
  clients: z
    .array(
      checkedDecision(
        z.strictObject({
          clientId: Id,
          intention: ReproductiveIntention.default('NOT_STATED'),
          decision: ChoiceDecision.nullable().default(null),
          chosenMethod: ChosenMethod.nullable().default(null),
          choiceBy: ChoiceMaker.default('WOMAN'),
          freeOfPressure: z.boolean().default(false),
          consentForm: ConsentForm.nullable().default(null),
          consentReference: Text(100).nullable().default(null),
        }),
      ),
    )
    .min(1)
    .max(100)
    .refine((clients) => new Set(clients.map(({ clientId }) => clientId)).size === clients.length, {
      params: { code: 'already-exists' },
    }),
})
export type GroupSession = z.input<typeof GroupSession>
export type GivenSession = z.output<typeof GroupSession>

export const recordGroupSession = defineEndpoint({
  method: 'POST',
  url: '/api/v1/group-sessions',
  schema: {
    summary: 'Counsel several clients together; a choice is recorded for each of them',
    tags: ['informed-choices'],
    body: GroupSession,
    response: { 201: z.object({ groupId: Id, choiceIds: z.array(Id) }) },
  },
  config: keep,
})

/** For printing: what she was told of each method, in plain words, beside what was found of her own eligibility. */
export const ChoiceSheet = z.object({
  choice: Choice,
  client: z.object({ name: z.string().nullable(), birthDate: CivilDate.nullable() }),
  methods: z.array(
    z.object({
      code: MethodCode,
      nameZh: z.string(),
      nameEn: z.string(),
      sheet: MethodSheet.nullable(),
      eligibility: MethodEligibility.nullable(),
    }),
  ),
  statementZh: z.string(),
  statementEn: z.string(),
  printedOn: CivilDate,
})
export type ChoiceSheet = z.infer<typeof ChoiceSheet>

export const getChoiceSheet = defineEndpoint({
  method: 'GET',
  url: '/api/v1/informed-choices/:id/sheet',
  schema: {
    summary: 'A choice as a sheet to be printed, read and signed',
    tags: ['informed-choices'],
    params,
    response: { 200: ChoiceSheet },
  },
  config: read,
})

/** The part of an encounter: client and day are the encounter's, the channel follows its place where left out. */
export const ChoicePart = checkedDecision(
  z.strictObject({
    channel: ChoiceChannel.optional(),
    intention: ReproductiveIntention.default('NOT_STATED'),
    ...told,
    decision: ChoiceDecision.nullable().default(null),
    chosenMethod: ChosenMethod.nullable().default(null),
    choiceBy: ChoiceMaker.default('WOMAN'),
    freeOfPressure: z.boolean().default(false),
    consentForm: ConsentForm.nullable().default(null),
    consentReference: Text(100).nullable().default(null),
    partnerPresent: z.boolean().nullable().default(null),
    note: Text(1000).nullable().default(null),
  }),
)
