import type {
  AuditFigures,
  AuditRow,
  LogEntry,
  MissedCaseAudit,
  NewLogEntries,
} from '@youyu/shared/birth-defects/missed-cases'
import type { LogKind } from '@youyu/shared/birth-defects/defect-card-values'
import { categoryOf } from '@youyu/shared/birth-defects/defect-categories'
import { dayAfter, daysOfQuarter, quarterOf } from '@youyu/shared/birth-defects/reporting-periods'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record, type Deed } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { transaction } from '../../../database/transaction.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careTransaction } from '../../contraception/index.ts'
import { recordToken } from '../defect-cases/index.ts'
import { selectDeadlines, type Deadlines } from '../defect-categories/index.ts'
import * as queries from './queries.ts'
import { auditFigures } from './rules.ts'

const deedOf = (action: Deed['action'], entityId: Id, fields: readonly string[] = []): Deed => ({
  ...{ action, entity: 'missed-case-audit', entityId, fields, purpose: 'SURVEILLANCE' },
})

function shownRow(audit: queries.AuditRecord, deadlines: Deadlines): AuditRow {
  const { id, from, to, sources, excluded, closedAt, version } = audit
  return {
    ...{ id, from, to, sources, excluded, version },
    quarter: quarterOf(from),
    dueOn: dayAfter(to, deadlines.AUDIT.days),
    facility: { id: audit.facilityId, name: audit.facilityName },
    figures: auditFigures(audit),
    closedAt: closedAt?.toISOString() ?? null,
  }
}

const shownEntry = ({ auditId: _, isClosed: __, ...entry }: queries.EntryRecord): LogEntry => entry

async function told(tx: Transaction, office: Office, access: Access, id: Id): Promise<MissedCaseAudit> {
  const [audit] = await queries.selectAudits(tx, access, { id })
  if (!audit) throw new Refused('not-found')
  const entries = await queries.selectEntries(tx, access, { auditId: id })
  const deadlines = await selectDeadlines(tx, todayOf(office.now()))
  return { ...shownRow(audit, deadlines), entries: entries.map(shownEntry) }
}

export async function listAudits(office: Office, access: Access): Promise<{ items: AuditRow[] }> {
  const today = todayOf(office.now())
  return await transaction(office.db, access, async (tx) => {
    await queries.settleMissed(tx, access, today)
    const deadlines = await selectDeadlines(tx, today)
    const audits = await queries.selectAudits(tx, access, {})
    return { items: audits.map((audit) => shownRow(audit, deadlines)) }
  })
}

export async function readAudit(office: Office, access: Access, id: Id): Promise<MissedCaseAudit> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    await queries.settleMissed(tx, access, todayOf(at))
    const audit = await told(tx, office, access, id)
    await record(tx, access, deedOf('view', id), at)
    return audit
  })
}

export async function openAudit(
  office: Office,
  access: Access,
  { quarter, sources }: { quarter: string; sources: readonly LogKind[] },
): Promise<MissedCaseAudit> {
  const at = office.now()
  const { from, to } = daysOfQuarter(quarter)
  if (from > todayOf(at)) throw Refused.field('/quarter', 'invalid-date')
  return await careTransaction(office, access, async (tx) => {
    const facilityDivision = await queries.findDivision(tx, access)
    if (!facilityDivision) throw new Refused('no-facility')
    const id = newId(at.getTime())
    const row = { id, facilityDivision, quarterFrom: from, quarterTo: to, sources: [...new Set(sources)] }
    await queries.insertAudit(tx, access, { ...row, openedAt: at })
    await record(tx, access, deedOf('create', id), at)
    return await told(tx, office, access, id)
  })
}

async function openedAudit(tx: Transaction, access: Access, id: Id): Promise<queries.AuditRecord> {
  await queries.lockAudit(tx, access, id)
  const [audit] = await queries.selectAudits(tx, access, { id })
  if (!audit) throw new Refused('not-found')
  if (audit.closedAt !== null) throw new Refused('audit-closed')
  return audit
}

export async function enterEntries(
  office: Office,
  access: Access,
  auditId: Id,
  { entries }: NewLogEntries,
): Promise<MissedCaseAudit> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const audit = await openedAudit(tx, access, auditId)
    const division = (await queries.findDivision(tx, access))!
    const entered = entries.map(({ recordNumber, logLine = null, ...entry }, place): queries.NewEntry => {
      const category = categoryOf(entry.icd10)
      if (category === null) throw Refused.field(`/entries/${place}/icd10`, 'not-a-defect')
      if (entry.occurredOn < audit.from || entry.occurredOn > audit.to)
        throw Refused.field(`/entries/${place}/occurredOn`, 'invalid-date')
      const token = recordToken(office, access.facility!, recordNumber).toString('base64')
      return { ...entry, id: newId(at.getTime()), category, token, logLine }
    })
    await queries.insertEntries(tx, access, { auditId, division, entries: entered }, at)
    await record(tx, access, deedOf('change', auditId, ['entries']), at)
    return await told(tx, office, access, auditId)
  })
}

async function openedEntry(tx: Transaction, access: Access, id: Id): Promise<queries.EntryRecord> {
  const [entry] = await queries.selectEntries(tx, access, { id })
  if (!entry) throw new Refused('not-found')
  if (entry.isClosed) throw new Refused('audit-closed')
  return entry
}

export async function excludeEntry(
  office: Office,
  access: Access,
  id: Id,
  reason: string,
): Promise<LogEntry> {
  return await careTransaction(office, access, async (tx) => {
    const entry = await openedEntry(tx, access, id)
    await queries.updateEntry(tx, access, id, { state: 'EXCLUDED', exclusionReason: reason })
    await record(tx, access, deedOf('change', entry.auditId, ['exclusion']), office.now())
    return shownEntry((await queries.selectEntries(tx, access, { id }))[0]!)
  })
}

export async function voidEntry(office: Office, access: Access, id: Id, reason: string): Promise<LogEntry> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const entry = await openedEntry(tx, access, id)
    await queries.voidEntry(tx, access, id, reason, at)
    await record(tx, access, deedOf('correct', entry.auditId, ['entry']), at)
    return shownEntry(entry)
  })
}

export async function closeAudit(
  office: Office,
  access: Access,
  id: Id,
  { version, sources }: { version: number; sources: readonly LogKind[] },
): Promise<MissedCaseAudit> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    await queries.settleMissed(tx, access, todayOf(at))
    const audit = await openedAudit(tx, access, id)
    assertVersion(version, audit.version)
    if (audit.to >= todayOf(at)) throw new Refused('quarter-not-over')
    await queries.freezeAudit(tx, access, id, { ...audit, sources: [...new Set(sources)] }, at)
    await record(tx, access, deedOf('change', id, ['closed']), at)
    return await told(tx, office, access, id)
  })
}

/** A quarter of the area: each facility's audit and all together. */
export async function readFigures(
  office: Office,
  access: Access,
  quarter: string,
): Promise<{ quarter: string; total: AuditFigures; items: AuditRow[] }> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const { from } = daysOfQuarter(quarter)
    const audits = await queries.selectAudits(tx, access, { from })
    const deadlines = await selectDeadlines(tx, todayOf(at))
    await record(tx, access, { ...deedOf('view', '', ['figures']), entityId: null, rows: audits.length }, at)
    const sum = (name: 'reported' | 'logged' | 'matched' | 'missed') =>
      audits.reduce((total, audit) => total + audit[name], 0)
    const total = auditFigures({
      ...{ reported: sum('reported'), logged: sum('logged') },
      ...{ matched: sum('matched'), missed: sum('missed') },
    })
    return { quarter, total, items: audits.map((audit) => shownRow(audit, deadlines)) }
  })
}
