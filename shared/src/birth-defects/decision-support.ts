import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Instant, QueryFlag, Text } from '../values.ts'
import { conditionHolds, factsOf, RuleCondition, type Fact, type KnownFacts } from './decision-facts.ts'

/** RISK: items of the five colours. ADVICE: what a finding calls for, in the manner of the WHO decision tables. */
export const decisionTableKinds = {
  RISK: ['妊娠风险五色分级', 'Five colours of risk'],
  ADVICE: ['临床决策支持', 'Decision support'],
} as const
export const DecisionTableKind = z.enum(['RISK', 'ADVICE'])
export type DecisionTableKind = z.infer<typeof DecisionTableKind>

/** Purple stands beside the other four: an infectious disease. */
export const RiskMark = z.enum(['GREEN', 'YELLOW', 'ORANGE', 'RED', 'PURPLE'])
export type RiskMark = z.infer<typeof RiskMark>

export const urgencyNames = {
  EMERGENCY: ['立即处理或转诊', 'Now: treat or refer at once'],
  SOON: ['尽快处理（数日内）', 'Soon: within days'],
  ROUTINE: ['常规处理', 'Routine'],
} as const
export const Urgency = z.enum(['EMERGENCY', 'SOON', 'ROUTINE'])
export type Urgency = z.infer<typeof Urgency>

/** How sure a row is (domain §0.1). */
export const rowConfidences = {
  found: ['有文件可查', 'Found in a document'],
  'K:high': ['可信度高，待核文件', 'Very likely; document to be checked'],
  'K:med': ['可信度中，须核文件', 'Likely; document needed'],
  county: ['本地规定', 'Local rule'],
} as const

export const decisionTopics = {
  BASIC: ['基本情况', 'General'],
  HISTORY: ['孕产史', 'Obstetric history'],
  CURRENT: ['本次妊娠', 'This pregnancy'],
  CARDIAC: ['循环系统', 'Heart and vessels'],
  RESPIRATORY: ['呼吸系统', 'Lungs'],
  DIGESTIVE: ['消化系统', 'Liver and digestion'],
  URINARY: ['泌尿系统', 'Kidneys'],
  ENDOCRINE: ['内分泌系统', 'Hormones'],
  BLOOD: ['血液系统', 'Blood'],
  NERVOUS: ['神经与精神', 'Nerves and mind'],
  IMMUNE: ['免疫系统', 'Immunity'],
  TUMOUR: ['肿瘤', 'Tumours'],
  GYNAECOLOGICAL: ['妇科疾病', 'Gynaecological'],
  INFECTION: ['传染病', 'Infections'],
  OTHER: ['其他', 'Other'],
  DANGER: ['危险征象', 'Danger signs'],
  ANAEMIA: ['贫血', 'Anaemia'],
  PRESSURE: ['血压与子痫前期', 'Hypertension and pre-eclampsia'],
  GLUCOSE: ['血糖', 'Diabetes'],
  GROWTH: ['胎儿', 'The fetus'],
  POSTPARTUM: ['产后', 'After birth'],
  MIND: ['心理与安全', 'Mind and safety'],
} as const
export const DecisionTopic = z.enum(
  Object.keys(decisionTopics) as [keyof typeof decisionTopics, ...(keyof typeof decisionTopics)[]],
)
export type DecisionTopic = z.infer<typeof DecisionTopic>

export const RowCode = z.string().regex(/^[A-Z][A-Z0-9_]{0,39}$/)
export const TableCode = z.string().regex(/^[A-Z0-9][A-Z0-9.-]{0,59}$/)

export const DecisionRow = z.strictObject({
  code: RowCode,
  topic: DecisionTopic,
  nameZh: Text(120),
  nameEn: Text(160),
  /** The colour of a risk item; null for advice. */
  mark: RiskMark.nullable(),
  /** How soon; null for a risk item. */
  urgency: Urgency.nullable(),
  /** The clinician may tick it; otherwise it follows from what is known alone. */
  isTicked: z.boolean(),
  when: RuleCondition,
  adviceZh: Text(400).nullable(),
  adviceEn: Text(600).nullable(),
  source: Text(300),
  confidence: z.enum(['found', 'K:high', 'K:med', 'county']),
})
export type DecisionRow = z.infer<typeof DecisionRow>

export const DecisionTableRow = z.object({
  code: TableCode,
  kind: DecisionTableKind,
  nameZh: z.string(),
  nameEn: z.string(),
  /** Of one county; null for everybody's. */
  county: z.int().nullable(),
  effectiveFrom: CivilDate,
  basedOn: TableCode.nullable(),
  source: z.string(),
  reviewer: z.string().nullable(),
  reviewedOn: CivilDate.nullable(),
  reason: z.string().nullable(),
  isInForce: z.boolean(),
  rows: z.int(),
  recordedAt: Instant,
})
export type DecisionTableRow = z.infer<typeof DecisionTableRow>

export const DecisionTable = DecisionTableRow.omit({ rows: true }).extend({ rows: z.array(DecisionRow) })
export type DecisionTable = z.infer<typeof DecisionTable>

/** A row that holds of a woman, with the values that make it hold. */
export const Finding = z.object({
  code: RowCode,
  topic: DecisionTopic,
  nameZh: z.string(),
  nameEn: z.string(),
  mark: RiskMark.nullable(),
  urgency: Urgency.nullable(),
  adviceZh: z.string().nullable(),
  adviceEn: z.string().nullable(),
  source: z.string(),
  isTicked: z.boolean(),
  facts: z.array(z.object({ fact: z.string(), value: z.union([z.number(), z.string()]) })),
})
export type Finding = Omit<z.infer<typeof Finding>, 'facts'> & {
  facts: { fact: Fact; value: number | string }[]
}

/** The rows of a table that hold, in its order; pure, and the same in the form, in the rehearsal and years later. */
export function findingsOf(rows: readonly DecisionRow[], known: KnownFacts): Finding[] {
  return rows.flatMap((row) => {
    const isTicked = row.isTicked && known.items.includes(row.code)
    if (!isTicked && !conditionHolds(row.when, known)) return []
    const { code, topic, nameZh, nameEn, mark, urgency, adviceZh, adviceEn, source } = row
    const words = { nameZh, nameEn, adviceZh, adviceEn, source }
    return [{ code, topic, mark, urgency, ...words, isTicked, facts: factsOf(row.when, known) }]
  })
}

const urgencies: readonly (Urgency | null)[] = ['EMERGENCY', 'SOON', 'ROUTINE']
/** The most urgent first. */
export function mostUrgent(findings: readonly Pick<Finding, 'urgency'>[]): Urgency | null {
  return urgencies.find((urgency) => findings.some((finding) => finding.urgency === urgency)) ?? null
}
export function inUrgency(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((one, other) => urgencies.indexOf(one.urgency) - urgencies.indexOf(other.urgency))
}

const rules = { permission: 'care-rule.read', dataClass: 'L0' } as const

export const listDecisionTables = defineEndpoint({
  method: 'GET',
  url: '/api/v1/decision-tables',
  schema: {
    summary: 'Versions of the risk items and of the decision tables, the newest first',
    tags: ['antenatal-care'],
    querystring: z.strictObject({ kind: DecisionTableKind.optional() }),
    response: { 200: z.object({ items: z.array(DecisionTableRow) }) },
  },
  config: rules,
})

export const getDecisionTableInForce = defineEndpoint({
  method: 'GET',
  url: '/api/v1/decision-tables/in-force',
  schema: {
    summary: 'The table in force on a day, with its rows',
    tags: ['antenatal-care'],
    querystring: z.strictObject({ kind: DecisionTableKind.default('RISK'), on: CivilDate.optional() }),
    response: { 200: DecisionTable },
  },
  config: rules,
})

export const getDecisionTable = defineEndpoint({
  method: 'GET',
  url: '/api/v1/decision-tables/:table',
  schema: {
    summary: 'One version with every row, its condition and its source',
    tags: ['antenatal-care'],
    params: z.strictObject({ table: TableCode }),
    response: { 200: DecisionTable },
  },
  config: rules,
})

/** A copy of a version with rows changed, added or taken out; everything else stays. */
export const NewDecisionTable = z.strictObject({
  basedOn: TableCode,
  /** Today or later. */
  effectiveFrom: CivilDate,
  source: Text(300),
  reviewer: Text(50),
  reviewedOn: CivilDate,
  reason: Text(300),
  rows: z.array(DecisionRow).max(300),
  without: z.array(RowCode).max(300).default([]),
})
export type NewDecisionTable = z.output<typeof NewDecisionTable>

export const DecisionTableChange = z.object({
  code: RowCode,
  before: DecisionRow.nullable(),
  after: DecisionRow.nullable(),
})
export type DecisionTableChange = z.infer<typeof DecisionTableChange>

export const publishDecisionTable = defineEndpoint({
  method: 'POST',
  url: '/api/v1/decision-tables',
  schema: {
    summary: 'A reviewed new version for the county, from a day on',
    tags: ['antenatal-care'],
    querystring: z.strictObject({ dryRun: QueryFlag.optional() }),
    body: NewDecisionTable,
    response: { 200: z.object({ changes: z.array(DecisionTableChange) }), 201: DecisionTableRow },
  },
  config: { permission: 'care-rule.manage', dataClass: 'L0', idempotent: true },
})
