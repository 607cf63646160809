import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Instant, Text } from '../values.ts'
import { LogKind } from './defect-card-values.ts'
import { DefectCategory, DefectIcd10 } from './defect-categories.ts'
import { CareText } from './fetal-sex.ts'
import { ReportingQuarter } from './reporting-periods.ts'

const tags = ['defect-surveillance'] as [string]
const params = z.strictObject({ id: Id })
const reporting = { permission: 'care.report', dataClass: 'L4' } as const

export const entryStates = {
  MATCHED: ['有卡', 'Card found'],
  MISSED: ['漏报，待补报', 'Missed, to be reported'],
  REPORTED_LATE: ['漏报，已补报', 'Missed, reported since'],
  EXCLUDED: ['不属监测对象', 'No case'],
} as const
export const EntryState = z.enum(['MATCHED', 'MISSED', 'REPORTED_LATE', 'EXCLUDED'])
export type EntryState = z.infer<typeof EntryState>

/** What a log says of a case: nobody’s name, and the record number only as a token. */
export const LogEntry = z.object({
  id: Id,
  logKind: LogKind,
  occurredOn: CivilDate,
  icd10: DefectIcd10,
  category: DefectCategory,
  logLine: z.string().nullable(),
  state: EntryState,
  cardId: Id.nullable(),
  settledOn: CivilDate.nullable(),
  exclusionReason: z.string().nullable(),
})
export type LogEntry = z.infer<typeof LogEntry>

const Share = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  method: z.string(),
})
/** 漏报率 with its interval, and the two-source estimate of how many cases there are. */
export const AuditFigures = z.object({
  /** Cases with a card. */
  reported: z.int(),
  /** Cases that the logs name. */
  logged: z.int(),
  /** In both. */
  matched: z.int(),
  /** In the logs alone. */
  missed: z.int(),
  /** missed / (reported + missed), per cent. */
  underReporting: Share,
  /** Chapman’s estimator, cases. */
  captureRecapture: Share,
})
export type AuditFigures = z.infer<typeof AuditFigures>

export const AuditRow = z.object({
  id: Id,
  quarter: ReportingQuarter,
  from: CivilDate,
  to: CivilDate,
  dueOn: CivilDate,
  facility: z.object({ id: Id, name: z.string() }),
  sources: z.array(LogKind),
  figures: AuditFigures,
  excluded: z.int(),
  closedAt: Instant.nullable(),
  version: z.int(),
})
export type AuditRow = z.infer<typeof AuditRow>
export const MissedCaseAudit = AuditRow.extend({ entries: z.array(LogEntry) })
export type MissedCaseAudit = z.infer<typeof MissedCaseAudit>

export const listMissedCaseAudits = defineEndpoint({
  method: 'GET',
  url: '/api/v1/missed-case-audits',
  schema: {
    summary: 'Missed-case audits of my facility',
    tags,
    response: { 200: z.object({ items: z.array(AuditRow) }) },
  },
  config: reporting,
})

export const openMissedCaseAudit = defineEndpoint({
  method: 'POST',
  url: '/api/v1/missed-case-audits',
  schema: {
    summary: 'Begin the audit of a quarter',
    tags,
    body: z.strictObject({ quarter: ReportingQuarter, sources: z.array(LogKind).max(7).default([]) }),
    response: { 201: MissedCaseAudit },
  },
  config: { ...reporting, idempotent: true },
})

export const getMissedCaseAudit = defineEndpoint({
  method: 'GET',
  url: '/api/v1/missed-case-audits/:id',
  schema: { summary: 'One audit with its entries', tags, params, response: { 200: MissedCaseAudit } },
  config: reporting,
})

export const NewLogEntries = z.strictObject({
  entries: z
    .array(
      z.strictObject({
        logKind: LogKind,
        occurredOn: CivilDate,
        icd10: DefectIcd10,
        /** Kept as a keyed hash only. */
        recordNumber: Text(40),
        /** Page and line of the log. */
        logLine: Text(40).optional(),
      }),
    )
    .min(1)
    .max(500),
})
export type NewLogEntries = z.infer<typeof NewLogEntries>

export const addLogEntries = defineEndpoint({
  method: 'POST',
  url: '/api/v1/missed-case-audits/:id/entries',
  schema: {
    summary: 'Enter cases that a log names; each is looked for among the cards',
    tags,
    params,
    body: NewLogEntries,
    response: { 201: MissedCaseAudit },
  },
  config: { ...reporting, idempotent: true },
})

export const excludeLogEntry = defineEndpoint({
  method: 'POST',
  url: '/api/v1/case-log-entries/:id/exclusions',
  schema: {
    summary: 'Say why an entry is no case of the surveillance',
    tags,
    params,
    body: z.strictObject({ reason: CareText(200) }),
    response: { 201: LogEntry },
  },
  config: { ...reporting, idempotent: true },
})

export const voidLogEntry = defineEndpoint({
  method: 'POST',
  url: '/api/v1/case-log-entries/:id/void',
  schema: {
    summary: 'Take back an entry that was made in error',
    tags,
    params,
    body: z.strictObject({ reason: CareText(200) }),
    response: { 200: LogEntry },
  },
  config: { ...reporting, idempotent: true },
})

export const closeMissedCaseAudit = defineEndpoint({
  method: 'POST',
  url: '/api/v1/missed-case-audits/:id/closings',
  schema: {
    summary: 'Close an audit: its figures are frozen',
    tags,
    params,
    body: z.strictObject({ sources: z.array(LogKind).min(1).max(7) }),
    response: { 201: MissedCaseAudit },
  },
  config: { ...reporting, idempotent: true, conditional: true },
})

export const getAuditFigures = defineEndpoint({
  method: 'GET',
  url: '/api/v1/missed-case-figures',
  schema: {
    summary: 'Under-reporting of a quarter, of the area and by facility',
    tags,
    querystring: z.strictObject({ quarter: ReportingQuarter }),
    response: {
      200: z.object({ quarter: ReportingQuarter, total: AuditFigures, items: z.array(AuditRow) }),
    },
  },
  config: { permission: 'care.review', dataClass: 'L4' },
})
