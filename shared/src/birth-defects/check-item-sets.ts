import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Instant, QueryFlag, Text } from '../values.ts'
import { CareText } from './fetal-sex.ts'

/** 婚前保健 and 孕前优生健康检查: checks of a couple, each after a set of items of its own. */
export const CheckKind = z.enum(['PREMARITAL', 'PRECONCEPTION'])
export type CheckKind = z.infer<typeof CheckKind>
export const checkKinds = {
  PREMARITAL: ['婚前保健', 'Premarital check-up'],
  PRECONCEPTION: ['孕前优生健康检查', 'Preconception check'],
} as const

export const CheckParty = z.enum(['HER', 'HIM'])
export type CheckParty = z.infer<typeof CheckParty>
export const checkParties = { HER: ['女方', 'Her'], HIM: ['男方', 'Him'] } as const

export const RiskLevel = z.enum(['GENERAL', 'HIGH_RISK'])
export type RiskLevel = z.infer<typeof RiskLevel>
export const riskLevels = {
  GENERAL: ['一般人群', 'General'],
  HIGH_RISK: ['高风险人群', 'High risk'],
} as const

const ItemCode = z.string().regex(/^[A-Z][A-Z0-9_]{1,29}$/)

/** One item of the programme (项目), in the order of the paper. */
export const CheckItem = z.strictObject({
  code: ItemCode,
  nameZh: Text(60),
  nameEn: Text(100),
  parties: z.array(CheckParty).min(1).max(2),
})
export type CheckItem = z.infer<typeof CheckItem>

export const ElementKind = z.enum(['NUMBER', 'CODE', 'YES_NO', 'TEXT', 'DATE'])

/** What is filled in under an item (数据元). */
export const CheckElement = z.strictObject({
  code: ItemCode,
  item: ItemCode,
  parties: z.array(CheckParty).min(1).max(2),
  nameZh: Text(60),
  nameEn: Text(100),
  kind: ElementKind,
  unit: Text(20).optional(),
  options: z
    .array(z.strictObject({ code: z.string().max(20), zh: Text(40), en: Text(60) }))
    .max(30)
    .optional(),
  /** Beyond these nobody has ever been measured. */
  lowest: z.number().optional(),
  highest: z.number().optional(),
  normalFrom: z.number().optional(),
  normalTo: z.number().optional(),
  /** Tested only after a consent of its own (HBsAg, syphilis, HIV). */
  needsConsent: z.boolean().optional(),
})
export type CheckElement = z.infer<typeof CheckElement>

export const RuleTest = z.enum(['IS', 'IN', 'BELOW', 'AT_LEAST'])
const Condition = z.strictObject({
  party: CheckParty,
  /** An element, or AGE in completed years. */
  element: ItemCode,
  test: RuleTest,
  value: z.union([z.boolean(), z.number(), z.string().max(20), z.array(z.string().max(20)).max(30)]),
})
export type RiskCondition = z.infer<typeof Condition>

/** How sure a source is, apart from its words: `found: F26`, `K:med` (domain §0.1). */
const Evidence = z.array(z.string().max(40)).max(10)

/** All conditions together make the reason; one reason makes the couple HIGH_RISK. */
export const RiskRule = z.strictObject({
  code: ItemCode,
  conditions: z.array(Condition).min(1).max(6),
  reasonZh: Text(100),
  reasonEn: Text(160),
  adviceZh: Text(300),
  adviceEn: Text(400),
  source: Text(200),
  evidence: Evidence.optional(),
})
export type RiskRule = z.infer<typeof RiskRule>

export const CheckItemSet = z.object({
  code: CheckKind,
  version: z.int(),
  /** False where the county uses the set it was given. */
  isOwn: z.boolean(),
  nameZh: z.string(),
  nameEn: z.string(),
  effectiveFrom: CivilDate,
  source: z.string(),
  evidence: Evidence,
  items: z.array(CheckItem),
  elements: z.array(CheckElement),
  rules: z.array(RiskRule),
  /** Days after the check in which the early pregnancy is asked for, and after the expected day the outcome. */
  followUp: z.strictObject({
    earlyFrom: z.int(),
    earlyTo: z.int(),
    outcomeFrom: z.int(),
    outcomeTo: z.int(),
  }),
  reason: z.string().nullable(),
  recordedAt: Instant,
})
export type CheckItemSet = z.infer<typeof CheckItemSet>

export const CheckValue = z.union([z.number(), z.boolean(), CareText(300)])
export type CheckValue = z.infer<typeof CheckValue>
/** What was found, by element. */
export const CheckResults = z.record(ItemCode, CheckValue)
export type CheckResults = z.infer<typeof CheckResults>

const tags = ['couple-checks'] as [string]

/** A version among the others of its check. */
export const CheckItemSetRow = CheckItemSet.omit({ items: true, elements: true, rules: true }).extend({
  items: z.int(),
  elements: z.int(),
  rules: z.int(),
  isInForce: z.boolean(),
})
export type CheckItemSetRow = z.infer<typeof CheckItemSetRow>
export const listCheckItemSets = defineEndpoint({
  method: 'GET',
  url: '/api/v1/check-item-sets',
  schema: {
    summary: 'All versions of the item sets that the county was given or made, the newest first',
    tags,
    response: { 200: z.object({ items: z.array(CheckItemSetRow) }) },
  },
  config: { permission: 'care-rule.read', dataClass: 'L0' },
})

export const getCheckItemSet = defineEndpoint({
  method: 'GET',
  url: '/api/v1/check-item-sets/:code',
  schema: {
    summary:
      'The item set of a check in force on a day: items, elements, risk rules, each version with its source',
    tags,
    params: z.strictObject({ code: CheckKind }),
    querystring: z.strictObject({
      on: CivilDate.optional(),
      /** A version by its number: the county's own, or with `given` the one it was given. */
      version: z.coerce.number().int().min(1).max(10_000).optional(),
      given: QueryFlag.optional(),
    }),
    response: { 200: CheckItemSet },
  },
  config: { permission: 'care-rule.read', dataClass: 'L0' },
})

export const NewCheckItemSet = z.strictObject({
  effectiveFrom: CivilDate,
  nameZh: Text(60),
  nameEn: Text(100),
  source: Text(300),
  items: z.array(CheckItem).min(1).max(40),
  elements: z.array(CheckElement).min(1).max(300),
  rules: z.array(RiskRule).max(200),
  followUp: z.strictObject({
    earlyFrom: z.int().min(1).max(400),
    earlyTo: z.int().min(1).max(400),
    outcomeFrom: z.int().min(0).max(200),
    outcomeTo: z.int().min(0).max(200),
  }),
  reason: Text(200),
})
export type NewCheckItemSet = z.infer<typeof NewCheckItemSet>

export const addCheckItemSet = defineEndpoint({
  method: 'POST',
  url: '/api/v1/check-item-sets/:code',
  schema: {
    summary: 'A version of the county’s own; checks recorded before keep the version they were made with',
    tags,
    params: z.strictObject({ code: CheckKind }),
    body: NewCheckItemSet,
    response: { 201: CheckItemSet },
  },
  config: { permission: 'care-rule.manage', dataClass: 'L0', idempotent: true },
})

export type CoupleResults = { HER: CheckResults | null; HIM: CheckResults | null }
export type RiskJudgement = { risk: RiskLevel; hers: RiskLevel; his: RiskLevel; reasons: string[] }

function holds({ party, element, test, value }: RiskCondition, results: CoupleResults): boolean {
  const found = results[party]?.[element]
  if (found === undefined || found === '') return false
  if (test === 'IN') return Array.isArray(value) && value.includes(String(found))
  if (test === 'IS') return found === value
  if (typeof found !== 'number' || typeof value !== 'number') return false
  return test === 'BELOW' ? found < value : found >= value
}

/** What is not known speaks for nothing: a rule holds only on what was found. */
export function judgeRisk(rules: readonly RiskRule[], results: CoupleResults): RiskJudgement {
  const met = rules.filter(({ conditions }) => conditions.every((each) => holds(each, results)))
  const of = (party: CheckParty): RiskLevel =>
    met.some(({ conditions }) => conditions.some((each) => each.party === party)) ? 'HIGH_RISK' : 'GENERAL'
  return {
    risk: met.length > 0 ? 'HIGH_RISK' : 'GENERAL',
    hers: of('HER'),
    his: of('HIM'),
    reasons: met.map(({ code }) => code),
  }
}

/** What the rules may ask beside the elements: AGE, and BMI to one place where height and weight are known. */
export function withDerived(results: CheckResults, age: number): CheckResults {
  const { HEIGHT: height, WEIGHT: weight } = results
  const hasBoth = typeof height === 'number' && typeof weight === 'number' && height > 0
  return {
    ...results,
    AGE: age,
    ...(hasBoth && { BMI: Math.round((weight / (height / 100) ** 2) * 10) / 10 }),
  }
}

export type ResultFault = {
  element: string
  code: 'unknown-field' | 'invalid-value' | 'consent-required' | 'invalid-code-value' | 'invalid-date'
}

/** What a set does not know, what cannot be, and what was tested without asking. */
export function resultFaults(
  elements: readonly CheckElement[],
  party: CheckParty,
  results: CheckResults,
  hasConsent: boolean,
): ResultFault[] {
  const known = new Map(
    elements.filter(({ parties }) => parties.includes(party)).map((each) => [each.code, each]),
  )
  return Object.entries(results).flatMap(([code, value]): ResultFault[] => {
    const element = known.get(code)
    if (!element) return [{ element: code, code: 'unknown-field' }]
    if (element.needsConsent && !hasConsent) return [{ element: code, code: 'consent-required' }]
    const fault = valueFault(element, value)
    return fault ? [{ element: code, code: fault }] : []
  })
}

function valueFault(
  { kind, options = [], lowest = -Infinity, highest = Infinity }: CheckElement,
  value: CheckValue,
): ResultFault['code'] | null {
  if (kind === 'YES_NO') return typeof value === 'boolean' ? null : 'invalid-value'
  if (kind === 'NUMBER')
    return typeof value === 'number' && value >= lowest && value <= highest ? null : 'invalid-value'
  if (typeof value !== 'string') return 'invalid-value'
  if (kind === 'DATE') return CivilDate.safeParse(value).success ? null : 'invalid-date'
  if (kind === 'CODE') return options.some(({ code }) => code === value) ? null : 'invalid-code-value'
  return null
}
