import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Fen, Id, Instant, Text } from '../values.ts'
import { FactName } from './facts.ts'
import { LevelRule, Rule } from './rules.ts'

const tags = ['programmes'] as [string]

export const ProgrammeCode = z.string().regex(/^[A-Z][A-Z0-9]{1,9}$/)
export type ProgrammeCode = z.infer<typeof ProgrammeCode>
/** A level of a programme (A_DEATH …); empty where it has none. */
export const Level = z.string().regex(/^[A-Z0-9_]{0,20}$/)
export type Level = z.infer<typeof Level>

export const SubjectKind = z.enum(['PERSON', 'COUPLE', 'CHILD', 'HOUSEHOLD', 'INSTITUTION'])
export type SubjectKind = z.infer<typeof SubjectKind>
export const PayeeKind = z.enum(['PERSON', 'INSTITUTION'])
/** Whose account: of the person herself, or of a parent or guardian of the child. */
export const PayTo = z.enum(['SUBJECT', 'GUARDIAN'])
/** MONTHLY months of entitlement · EVENT once or by event · SERVICE settled with a provider · LEDGER closed, history only. */
export const Manner = z.enum(['MONTHLY', 'EVENT', 'SERVICE', 'LEDGER'])
export type Manner = z.infer<typeof Manner>
export const StepName = z.enum([
  'VILLAGE_OPINION',
  'VILLAGE_NOTICE',
  'TOWN_REVIEW',
  'TOWN_NOTICE',
  'COUNTY_CONFIRM',
  'CITY_APPROVE',
])
export type StepName = z.infer<typeof StepName>
export const NoticeProfile = z.enum(['STANDARD', 'COUNT_ONLY', 'NONE'])
export type NoticeProfile = z.infer<typeof NoticeProfile>
export const PaymentPeriod = z.enum(['MONTHLY', 'QUARTERLY', 'HALF_YEAR', 'ANNUAL', 'ONE_OFF', 'PER_EVENT'])
export type PaymentPeriod = z.infer<typeof PaymentPeriod>
export const StartGround = z.enum([
  'MONTH_OF_CONFIRMATION',
  'MONTH_AFTER_CONFIRMATION',
  'MONTH_OF_FACT',
  'MONTH_OF_BIRTH',
])
export type StartGround = z.infer<typeof StartGround>
export const StopGround = z.enum([
  'DEATH',
  'MOVED_OUT',
  'CHILD_CONDITION_LOST',
  'FALSE_EVIDENCE',
  'NEW_BIRTH_OR_ADOPTION',
  'GRADE_ABOVE_3',
  'AGE_36M',
  'AGE_18Y',
  'HUKOU_OUT',
  'HEALED',
])
export type StopGround = z.infer<typeof StopGround>
export const TransitionEvent = z.enum(['CHILD_DEATH', 'REGRADED', 'NEW_DISABILITY'])
export type TransitionEvent = z.infer<typeof TransitionEvent>
export const EvidenceType = z.enum([
  'ID_CARD',
  'HUKOU_BOOK',
  'MARRIAGE_CERTIFICATE',
  'BIRTH_CERTIFICATE',
  'CHILDREN_STATEMENT',
  'ONLY_CHILD_CERTIFICATE',
  'DEATH_CERTIFICATE',
  'DISABILITY_CARD',
  'COMPLICATION_CERTIFICATE',
  'GUARDIANSHIP_PROOF',
  'DIVORCE_AGREEMENT',
  'ADOPTION_CERTIFICATE',
  'LOW_INCOME_CERTIFICATE',
  'PENSION_PROOF',
  'HISTORIC_RECORD',
  'SETTLEMENT_LIST',
  'INSURANCE_POLICY',
  'ACCOUNT_PROOF',
  'PHOTO',
  'AUTHORISATION',
  'OTHER',
])
export type EvidenceType = z.infer<typeof EvidenceType>
export const VerificationMethod = z.enum(['FEED_MATCH', 'HOME_VISIT', 'FACE', 'SELF_DECLARE'])
export type VerificationMethod = z.infer<typeof VerificationMethod>

/** A day of every year. */
export const MonthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)

const workingDays = z.int().min(1).max(60)

/** What a version of a programme promises and how: everything but money. */
export const ProgrammeTerms = z.strictObject({
  subject: SubjectKind,
  payee: PayeeKind,
  payTo: PayTo,
  manner: Manner,
  /** In the order of the work, each with its deadline. */
  steps: z.array(z.strictObject({ step: StepName, workingDays })).max(6),
  acceptDays: workingDays,
  /** All of it together, where a limit is set (P04: 30). */
  overallDays: workingDays.nullable(),
  /** Calendar days. */
  appealDays: z.int().min(30).max(365),
  reconsiderationDays: z.int().min(10).max(90),
  notice: z.strictObject({
    villageDays: z.int().min(0).max(60),
    townDays: z.int().min(0).max(60),
    profile: NoticeProfile,
  }),
  /** When applications are taken each year; null: always. */
  window: z.strictObject({ from: MonthDay, to: MonthDay }).nullable(),
  claimEachYear: z.boolean(),
  paymentPeriod: PaymentPeriod,
  /** Until when a period is paid: the day of the year, or of the quarter's last month (day only matters). */
  payDay: MonthDay.nullable(),
  rule: Rule,
  level: LevelRule.nullable(),
  start: z.strictObject({
    ground: StartGround,
    notBefore: CivilDate.nullable(),
    ageYears: z.int().min(0).max(120).nullable(),
  }),
  stop: z.array(StopGround).max(10),
  transitions: z
    .array(
      z.strictObject({
        from: Level,
        event: TransitionEvent,
        to: Level,
        effective: z.enum(['NEXT_MONTH', 'SAME_MONTH']),
      }),
    )
    .max(12),
  /** P04: for births before a day, so much for each month from `payableFrom` up to the month of the third birthday. */
  proration: z
    .strictObject({ bornFrom: CivilDate, bornBefore: CivilDate, payableFrom: CivilDate, fenPerMonth: Fen })
    .nullable(),
  evidence: z
    .array(z.strictObject({ type: EvidenceType, required: z.boolean(), fact: FactName.nullable() }))
    .max(20),
  /** 年审: until which day of the year, and how it may be done; null: none. */
  verification: z
    .strictObject({ dueOn: MonthDay, methods: z.array(VerificationMethod).min(1).max(4) })
    .nullable(),
  flags: z.strictObject({
    taxFree: z.boolean(),
    countsAsIncome: z.boolean(),
    /** Days paid per year and per stay at most, where days are paid. */
    capDaysPerYear: z.int().min(1).max(366).nullable(),
    capDaysPerStay: z.int().min(1).max(366).nullable(),
    /** At most once for a family (P08) or for an event (P07). */
    once: z.enum(['PER_FAMILY', 'PER_EVENT', 'PER_PERSON']).nullable(),
  }),
})
export type ProgrammeTerms = z.infer<typeof ProgrammeTerms>

export const Confidence = z.enum(['FOUND', 'SEED', 'HIGH', 'MEDIUM', 'LOW', 'DESIGN', 'LOCAL'])
export type Confidence = z.infer<typeof Confidence>

export const RateUnit = z.enum(['PER_MONTH', 'PER_YEAR', 'PER_QUARTER', 'PER_DAY', 'ONE_OFF', 'PCT'])
export type RateUnit = z.infer<typeof RateUnit>
export const RateInput = z.strictObject({
  level: Level,
  unit: RateUnit,
  /** Fen; of PCT hundredths of a percent. */
  amountFen: Fen.min(0).max(100_000_000_00),
  from: CivilDate,
  /** Inclusive; null: until another comes. */
  to: CivilDate.nullable(),
  source: Text(200),
  confidence: Confidence,
})
export type RateInput = z.infer<typeof RateInput>
export const Rate = RateInput.extend({ id: Id })
export type Rate = z.infer<typeof Rate>

export const FundingTier = z.enum(['CENTRAL', 'PROVINCE', 'CITY', 'COUNTY', 'TOWNSHIP', 'OTHER'])
export type FundingTier = z.infer<typeof FundingTier>
/** Who bears how much of a fen from a day on; Σ = 100. */
export const ShareSet = z.strictObject({
  from: CivilDate,
  source: Text(200),
  confidence: Confidence,
  shares: z
    .array(z.strictObject({ tier: FundingTier, pct: z.number().min(0).max(100).multipleOf(0.001) }))
    .min(1)
    .max(6),
})
export type ShareSet = z.infer<typeof ShareSet>

/** XOR_PER_CHILD: one of both for the same child. STOP_FIRST: the second ends the first. REQUIRE: the first needs the second. */
export const StackingVerdict = z.enum(['ALLOW', 'DENY', 'XOR_PER_CHILD', 'STOP_FIRST', 'REQUIRE'])
export type StackingVerdict = z.infer<typeof StackingVerdict>
export const StackingInput = z.strictObject({
  first: ProgrammeCode,
  firstLevel: Level,
  second: ProgrammeCode,
  secondLevel: Level,
  verdict: StackingVerdict,
  /** A default that a local rule may change: shown for review. */
  isLocal: z.boolean(),
  reason: Text(300),
})
export type StackingInput = z.infer<typeof StackingInput>
export const Stacking = StackingInput.extend({ id: Id, isStandard: z.boolean() })
export type Stacking = z.infer<typeof Stacking>

/** A made-up person whose answer is known: must come out the same before a version may be put in force. */
export const GoldenCase = z.strictObject({
  name: Text(100),
  facts: z.partialRecord(
    FactName,
    z.union([
      z.number(),
      z.string().max(40),
      z.boolean(),
      z.array(z.union([z.number(), z.string().max(40)])).max(20),
      z.null(),
    ]),
  ),
  met: z.boolean(),
  level: Level.nullable(),
})
export type GoldenCase = z.infer<typeof GoldenCase>

export const LegalBasis = z.strictObject({
  document: Text(200),
  on: CivilDate.nullable(),
  tier: z.enum(['NATIONAL', 'PROVINCIAL', 'CITY', 'COUNTY']),
})
export type LegalBasis = z.infer<typeof LegalBasis>

/** OPEN takes applications · TEMPLATE is there to be copied · CLOSED holds history · WITHDRAWN is a note that it is no more. */
export const ProgrammeStatus = z.enum(['OPEN', 'TEMPLATE', 'CLOSED', 'WITHDRAWN'])
export type ProgrammeStatus = z.infer<typeof ProgrammeStatus>

export const Programme = z.object({
  code: ProgrammeCode,
  nameZh: z.string(),
  nameEn: z.string(),
  noteZh: z.string(),
  noteEn: z.string(),
  scope: z.enum(['NATIONAL', 'PROVINCIAL', 'CITY', 'COUNTY']),
  status: ProgrammeStatus,
  legalBasis: z.array(LegalBasis),
  levels: z.array(z.object({ level: Level, zh: z.string(), en: z.string() })),
  position: z.int(),
  /** The national standard, or the county's own. */
  isStandard: z.boolean(),
})
export type Programme = z.infer<typeof Programme>

export const ProgrammeVersion = z.object({
  id: Id,
  code: ProgrammeCode,
  number: z.int(),
  isStandard: z.boolean(),
  from: CivilDate,
  source: z.string(),
  confidence: Confidence,
  reason: z.string(),
  recordedAt: Instant,
  recordedBy: z.string().nullable(),
  approvedBy: z.string().nullable(),
  /** In force on the day that was asked for. */
  isCurrent: z.boolean(),
  terms: ProgrammeTerms,
  golden: z.array(GoldenCase),
})
export type ProgrammeVersion = z.infer<typeof ProgrammeVersion>

export const ProgrammeSummary = Programme.extend({
  versionId: Id.nullable(),
  subject: SubjectKind.nullable(),
  manner: Manner.nullable(),
  paymentPeriod: PaymentPeriod.nullable(),
  window: ProgrammeTerms.shape.window,
  /** Applications are taken today. */
  isOpenToday: z.boolean(),
  rates: z.array(Rate),
  shares: z.array(ShareSet.shape.shares.element),
  openChanges: z.int(),
})
export type ProgrammeSummary = z.infer<typeof ProgrammeSummary>

export const ProgrammeDetail = Programme.extend({
  version: ProgrammeVersion.nullable(),
  versions: z.array(ProgrammeVersion),
  rates: z.array(Rate),
  shareSets: z.array(ShareSet),
  stacking: z.array(Stacking),
})
export type ProgrammeDetail = z.infer<typeof ProgrammeDetail>

const params = z.strictObject({ code: ProgrammeCode })
/** City roles name the county; everybody else has one. */
const CountyQuery = { county: z.coerce.number().int().min(110000).max(999999).optional() }
const reading = { permission: 'programme.read', dataClass: 'L0' } as const

export const listProgrammes = defineEndpoint({
  method: 'GET',
  url: '/api/v1/programmes',
  schema: {
    summary: 'All programmes of the county with what is in force on a day',
    tags,
    querystring: z.strictObject({ on: CivilDate.optional(), ...CountyQuery }),
    response: { 200: z.object({ items: z.array(ProgrammeSummary) }) },
  },
  config: reading,
})
export const getProgramme = defineEndpoint({
  method: 'GET',
  url: '/api/v1/programmes/:code',
  schema: {
    summary: 'A programme with its versions, rates, shares and stacking',
    tags,
    params,
    querystring: z.strictObject({ on: CivilDate.optional(), ...CountyQuery }),
    response: { 200: ProgrammeDetail },
  },
  config: reading,
})
export const getProgrammeVersion = defineEndpoint({
  method: 'GET',
  url: '/api/v1/programme-versions/:id',
  schema: {
    summary: 'A version by its id, however old: what a decision was taken by',
    tags,
    params: z.strictObject({ id: Id }),
    querystring: z.strictObject(CountyQuery),
    response: { 200: ProgrammeVersion },
  },
  config: reading,
})
