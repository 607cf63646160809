import type { EntryState, LogEntry } from '@youyu/shared/birth-defects/missed-cases'
import type { LogKind } from '@youyu/shared/birth-defects/defect-card-values'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow } from '../../../database/statements.ts'
import { within } from '../../population/index.ts'

export type AuditRecord = {
  id: Id
  facilityId: Id
  facilityName: string
  from: CivilDate
  to: CivilDate
  sources: LogKind[]
  reported: number
  logged: number
  matched: number
  missed: number
  excluded: number
  closedAt: Date | null
  version: number
}

/** The first gate: the facility's own audits, or for a review those of the area. */
function mayRead(bound: Bound, access: Access, alias: string): string {
  const county = `${alias}.county_code = ${bound.bind(access.county)}`
  if (!access.reviews) return `${county} and ${alias}.facility_id = ${bound.bind(access.facility)}`
  return `${county} and ${within(bound, `${alias}.facility_division`, access.prefixes)}`
}

/** Frozen figures of closed audits, those of the day of open ones. */
export async function selectAudits(
  tx: Transaction,
  access: Access,
  { id, from }: { id?: Id; from?: CivilDate },
): Promise<AuditRecord[]> {
  const bound = new Bound()
  const conditions = [mayRead(bound, access, 'a')]
  if (id) conditions.push(`a.id = ${bound.bind(id)}`)
  if (from) conditions.push(`a.quarter_from = ${bound.bind(from)}`)
  return await ask(
    tx,
    `select a.id, a.facility_id as "facilityId", o.name as "facilityName", a.quarter_from as "from", a.quarter_to as "to", a.sources,
       coalesce(a.reported, n.reported) as reported, coalesce(a.logged, n.logged) as logged, coalesce(a.matched, n.matched) as matched,
       coalesce(a.logged - a.matched, n.missed) as missed, n.excluded, a.closed_at as "closedAt", a.version
     from missed_case_audits a join organisations o on o.id = a.facility_id
     cross join lateral app.count_missed_cases(a.county_code, a.id) n
     where ${conditions.join(' and ')} order by a.quarter_from desc, o.name, a.id limit 200`,
    bound.values,
  )
}

export async function lockAudit(tx: Transaction, { county }: Access, id: Id): Promise<void> {
  await ask(tx, 'select id from missed_case_audits where county_code = $1 and id = $2 for no key update', [
    county,
    id,
  ])
}

export async function insertAudit(
  tx: Transaction,
  access: Access,
  row: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { county: countyCode, facility: facilityId, actorId: openedBy } = access
  await insertRow(tx, 'missed_case_audits', { countyCode, facilityId, openedBy, version: 1, ...row })
}

export async function freezeAudit(
  tx: Transaction,
  access: Access,
  id: Id,
  { reported, logged, matched, sources }: Pick<AuditRecord, 'reported' | 'logged' | 'matched' | 'sources'>,
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update missed_case_audits set reported = $3, logged = $4, matched = $5, sources = $6, closed_at = $7, closed_by = $8, version = version + 1
     where county_code = $1 and id = $2 and facility_id = $9`,
    [access.county, id, reported, logged, matched, sources, at, access.actorId, access.facility],
  )
}

export type EntryRecord = LogEntry & { auditId: Id; isClosed: boolean }

export async function selectEntries(
  tx: Transaction,
  access: Access,
  { auditId, id }: { auditId?: Id; id?: Id },
): Promise<EntryRecord[]> {
  const bound = new Bound()
  const conditions = [mayRead(bound, access, 'e'), 'e.voided_at is null']
  if (auditId) conditions.push(`e.audit_id = ${bound.bind(auditId)}`)
  if (id) conditions.push(`e.id = ${bound.bind(id)}`)
  return await ask(
    tx,
    `select e.id, e.log_kind as "logKind", e.occurred_on as "occurredOn", e.icd10, e.category, e.log_line as "logLine", e.state,
       e.card_id as "cardId", e.settled_on as "settledOn", e.exclusion_reason as "exclusionReason", e.audit_id as "auditId",
       a.closed_at is not null as "isClosed"
     from case_log_entries e join missed_case_audits a on a.county_code = e.county_code and a.id = e.audit_id
     where ${conditions.join(' and ')} order by e.occurred_on, e.id limit 2000`,
    bound.values,
  )
}

export type NewEntry = {
  id: Id
  logKind: LogKind
  occurredOn: CivilDate
  icd10: string
  category: string
  /** Base64. */
  token: string
  logLine: string | null
}

/** Enters what the logs say; each case is looked for among the facility's cards at once. The same line twice is one. */
export async function insertEntries(
  tx: Transaction,
  access: Access,
  { auditId, division, entries }: { auditId: Id; division: string; entries: readonly NewEntry[] },
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `insert into case_log_entries (county_code, id, audit_id, facility_id, facility_division, occurred_on, log_kind, icd10, category, token, log_line,
       state, card_id, recorded_at, recorded_by, source)
     select $1, n.id, $2, $3, $4, n."occurredOn", n."logKind", n.icd10, n.category, decode(n.token, 'base64'), n."logLine",
       case when k.id is null then 'MISSED' else 'MATCHED' end, k.id, $6, $7, 'MANUAL'
     from jsonb_to_recordset($5::jsonb) as n (id uuid, "logKind" text, "occurredOn" date, icd10 text, category text, token text, "logLine" text)
     left join lateral (
       select c.id from defect_cards c
       where c.county_code = $1 and c.facility_id = $3 and c.is_counted
         and decode(n.token, 'base64') in (c.mother_record_hash, c.child_record_hash)
       order by c.categories @> array[n.category] desc, c.recorded_at limit 1) k on true
     on conflict do nothing`,
    [access.county, auditId, access.facility, division, JSON.stringify(entries), at, access.actorId],
  )
}

/** A missed case whose card has come since. */
export async function settleMissed(tx: Transaction, access: Access, on: CivilDate): Promise<void> {
  await ask(
    tx,
    `update case_log_entries e set state = 'REPORTED_LATE', settled_on = $3, card_id = (
       select c.id from defect_cards c where c.county_code = $1 and c.facility_id = $2 and c.is_counted
         and e.token in (c.mother_record_hash, c.child_record_hash) order by c.recorded_at limit 1)
     where e.county_code = $1 and e.facility_id = $2 and e.state = 'MISSED' and e.voided_at is null
       and exists (select from defect_cards c where c.county_code = $1 and c.facility_id = $2 and c.is_counted
         and e.token in (c.mother_record_hash, c.child_record_hash))`,
    [access.county, access.facility, on],
  )
}

export async function updateEntry(
  tx: Transaction,
  access: Access,
  id: Id,
  { state, exclusionReason }: { state: EntryState; exclusionReason: string },
): Promise<void> {
  await ask(
    tx,
    `update case_log_entries set state = $3, exclusion_reason = $4, card_id = null
     where county_code = $1 and id = $2 and facility_id = $5`,
    [access.county, id, state, exclusionReason, access.facility],
  )
}

export async function voidEntry(
  tx: Transaction,
  access: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update case_log_entries set voided_at = $3, voided_by = $4, void_reason = $5
     where county_code = $1 and id = $2 and facility_id = $6`,
    [access.county, id, at, access.actorId, reason, access.facility],
  )
}

export async function findDivision(tx: Transaction, access: Access): Promise<string | undefined> {
  const rows = await ask<{ division: string }>(
    tx,
    'select division_code as division from organisations where id = $1 and left(division_code, 6) = $2',
    [access.facility, String(access.county).padStart(6, '0')],
  )
  return rows[0]?.division
}
