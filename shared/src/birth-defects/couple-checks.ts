import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { CheckItemSet, CheckKind, CheckParty, CheckResults, RiskLevel } from './check-item-sets.ts'
import { CareText } from './fetal-sex.ts'
import { voidingOf } from './record-corrections.ts'

const params = z.strictObject({ id: Id })
const tags = ['couple-checks'] as [string]
const reading = { permission: 'care.read', dataClass: 'L4' } as const
const recording = { permission: 'care.record', dataClass: 'L4', idempotent: true } as const

/** 婚前医学检查医学意见 CV06.00.210: advice that the couple weighs for itself; it hinders nobody from marrying (E2, E9). */
export const premaritalOpinions = {
  1: ['建议不宜结婚（医学建议，由本人决定）', 'Advised against marrying (advice; theirs to decide)'],
  2: ['建议不宜生育（医学建议，由本人决定）', 'Advised against having children (advice; theirs to decide)'],
  3: ['建议暂缓结婚（医学建议，由本人决定）', 'Advised to put the marriage off (advice; theirs to decide)'],
  4: ['未发现医学上不宜结婚的情形', 'Nothing found that speaks against it'],
  5: ['建议采取医学措施，尊重受检者意愿', 'Medical measures advised; their wish is respected'],
} as const
export const PremaritalOpinion = z.enum(['1', '2', '3', '4', '5'])
export type PremaritalOpinion = z.infer<typeof PremaritalOpinion>

const PartyFields = {
  /** The day this one came, where it was not the day of the check. */
  occurredOn: CivilDate.nullable().default(null),
  /** Consent to the tests for HBsAg, syphilis and HIV, asked for on its own. */
  infectionConsent: z.boolean(),
  /** Items done that leave nothing to fill in, such as health education. */
  itemsDone: z.array(z.string().max(30)).max(40),
  results: CheckResults,
  opinion: PremaritalOpinion.nullable().default(null),
}
export const GivenParty = z.strictObject(PartyFields)
export type GivenParty = z.infer<typeof GivenParty>

const given = {
  kind: CheckKind,
  womanId: Id.nullable(),
  manId: Id.nullable(),
  occurredOn: CivilDate,
  /** Null: did not come (yet). The couple is recorded all the same. */
  her: GivenParty.nullable(),
  him: GivenParty.nullable(),
  counselled: z.boolean(),
  /** The day the advice sheet was gone through with them. */
  advisedOn: CivilDate.nullable(),
  advice: CareText(2000).nullable(),
  /** The marriage of the register that the couple was referred from. */
  marriageId: Id.nullable(),
}
export const GivenCoupleCheck = z.strictObject(given).partial({
  womanId: true,
  manId: true,
  her: true,
  him: true,
  counselled: true,
  advisedOn: true,
  advice: true,
  marriageId: true,
})
export type GivenCoupleCheck = z.infer<typeof GivenCoupleCheck>

const Person = z.object({ id: Id, name: z.string(), birthDate: CivilDate, age: z.int() })
export const CheckedParty = z.object({
  person: Person,
  occurredOn: CivilDate,
  infectionConsent: z.boolean(),
  itemsDone: z.array(z.string()),
  results: z.record(z.string(), z.union([z.number(), z.boolean(), z.string()])),
  opinion: PremaritalOpinion.nullable(),
})
export type CheckedParty = z.infer<typeof CheckedParty>

export const CoupleCheckRow = z.object({
  id: Id,
  kind: CheckKind,
  chainId: Id.nullable(),
  occurredOn: CivilDate,
  woman: Person.nullable(),
  man: Person.nullable(),
  came: z.array(CheckParty),
  risk: RiskLevel,
  reasons: z.array(z.string()),
  opinions: z.array(PremaritalOpinion),
  counselled: z.boolean(),
  advisedOn: CivilDate.nullable(),
  facilityId: Id,
  facilityName: z.string().nullable(),
  recordedAt: Instant,
  voidedAt: Instant.nullable(),
  version: z.int(),
})
export type CoupleCheckRow = z.infer<typeof CoupleCheckRow>

export const CoupleCheck = CoupleCheckRow.extend({
  setVersion: z.int(),
  her: CheckedParty.nullable(),
  him: CheckedParty.nullable(),
  herRisk: RiskLevel,
  hisRisk: RiskLevel,
  advice: z.string().nullable(),
  marriageId: Id.nullable(),
  voidReason: z.string().nullable(),
  replaces: Id.nullable(),
  replacedBy: Id.nullable(),
})
export type CoupleCheck = z.infer<typeof CoupleCheck>
export const CoupleCheckPreview = z.object({ before: CoupleCheck.nullable(), after: CoupleCheck })
export type CoupleCheckPreview = z.infer<typeof CoupleCheckPreview>

export const listCoupleChecks = defineEndpoint({
  method: 'GET',
  url: '/api/v1/couple-checks',
  schema: {
    summary: 'Premarital and preconception checks of my facility, the latest first',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      kind: CheckKind.optional(),
      clientId: Id.optional(),
      risk: RiskLevel.optional(),
      /** High risk that nobody has gone through with them yet. */
      unadvised: QueryFlag.optional(),
      from: CivilDate.optional(),
      to: CivilDate.optional(),
      voided: QueryFlag.optional(),
    }),
    response: { 200: Page(CoupleCheckRow) },
  },
  config: reading,
})
export const recordCoupleCheck = defineEndpoint({
  method: 'POST',
  url: '/api/v1/couple-checks',
  schema: {
    summary:
      'Record a check of a couple, also where one came alone; the risk follows from the rules in force',
    tags,
    querystring: z.strictObject({ dryRun: QueryFlag.optional() }),
    body: GivenCoupleCheck,
    response: { 200: CoupleCheckPreview, 201: CoupleCheck },
  },
  config: recording,
})
export const getCoupleCheck = defineEndpoint({
  method: 'GET',
  url: '/api/v1/couple-checks/:id',
  schema: { summary: 'One check of a couple', tags, params, response: { 200: CoupleCheck } },
  config: reading,
})

export const CoupleCheckCorrection = z.strictObject({
  set: z.strictObject(given).omit({ kind: true }).partial(),
  reason: Text(200),
})
export type CoupleCheckCorrection = z.infer<typeof CoupleCheckCorrection>
export const correctCoupleCheck = defineEndpoint({
  method: 'POST',
  url: '/api/v1/couple-checks/:id/corrections',
  schema: {
    summary:
      'Void a check with the reason and append what it should have said; also adds the one who came later',
    tags,
    params,
    querystring: z.strictObject({ dryRun: QueryFlag.optional() }),
    body: CoupleCheckCorrection,
    response: { 200: CoupleCheckPreview, 201: CoupleCheck },
  },
  config: recording,
})
export const voidCoupleCheck = voidingOf(
  {
    url: '/api/v1/couple-checks',
    tag: 'couple-checks',
    shown: CoupleCheck,
    reason: Text(200),
  },
  'Void a check that was entered by mistake',
)

/** 优生健康检查咨询建议告知书: plain words for the couple. */
export const AdviceSheet = z.object({
  check: CoupleCheck,
  set: CheckItemSet.omit({ rules: true }),
  facility: z.string().nullable(),
  reasons: z.array(
    z.object({
      code: z.string(),
      reasonZh: z.string(),
      reasonEn: z.string(),
      adviceZh: z.string(),
      adviceEn: z.string(),
    }),
  ),
  /** Found outside the usual range, by party and element. */
  unusual: z.array(z.object({ party: CheckParty, element: z.string() })),
})
export type AdviceSheet = z.infer<typeof AdviceSheet>
export const getAdviceSheet = defineEndpoint({
  method: 'GET',
  url: '/api/v1/couple-checks/:id/advice-sheet',
  schema: {
    summary: 'The advice sheet of a check, for printing',
    tags,
    params,
    response: { 200: AdviceSheet },
  },
  config: reading,
})
