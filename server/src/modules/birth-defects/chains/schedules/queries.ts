import type { ChainSchedule, ChainScheduleItem } from '@youyu/shared/birth-defects/schedules'
import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { citation, cited } from '../../../../citation.ts'
import type { Asking } from '../../../../database/connect.ts'
import { ask } from '../../../../database/statements.ts'

export type KeptSchedule = Omit<ChainSchedule, 'draftedAt' | 'approvedAt'> & {
  draftedAt: Date
  approvedAt: Date | null
  draftedById: string | null
}

const itemJson = `jsonb_build_object('item', i.item, 'link', i.link, 'anchor', i.anchor, 'fromDays', i.from_days, 'toDays', i.to_days,
  'openingDays', i.opening_days, 'endsWithPregnancy', i.ends_with_pregnancy, 'isPerChild', i.is_per_child, 'condition', i.condition,
  'servedBy', i.served_by, 'source', i.source)`

/** The county's versions, the newest first, then the default; the one in force on the day is marked. */
export async function selectSchedules(
  tx: Asking,
  { county }: Access,
  today: CivilDate,
): Promise<KeptSchedule[]> {
  const schedules = await ask<KeptSchedule>(
    tx,
    `select s.version, s.owner_county = 0 as "isDefault", s.status, s.effective_from as "effectiveFrom", s.reason,
       s.drafted_at as "draftedAt", s.drafted_by as "draftedById", d.display_name as "draftedBy", s.approved_at as "approvedAt",
       a.display_name as "approvedBy",
       (s.owner_county, s.version) = (select f.owner_county, f.version from chain_schedules f
         where f.owner_county in (0, $1::int) and f.status = 'IN_FORCE' and f.effective_from <= $2::date
         order by (f.owner_county = $1::int) desc, f.effective_from desc, f.version desc limit 1) as "isCurrent",
       (select jsonb_agg(${itemJson} order by i.position) from chain_schedule_items i
         where i.owner_county = s.owner_county and i.version = s.version) as items
     from chain_schedules s left join users d on d.id = s.drafted_by left join users a on a.id = s.approved_by
     where s.owner_county in (0, $1::int) order by (s.owner_county = $1::int) desc, s.version desc`,
    [county, today],
  )
  return schedules.map((each) => ({
    ...each,
    reason: citation(each.reason).source,
    items: each.items.map(cited),
  }))
}

export async function insertDraft(
  tx: Asking,
  { county, actorId }: Access,
  { effectiveFrom, reason }: { effectiveFrom: CivilDate; reason: string },
  at: Date,
): Promise<number> {
  const [draft] = await ask<{ version: number }>(
    tx,
    `insert into chain_schedules (owner_county, version, status, effective_from, reason, drafted_at, drafted_by)
     select $1::int, coalesce(max(s.version), 0) + 1, 'DRAFT', $2::date, $3, $4::timestamptz, $5::uuid from chain_schedules s where s.owner_county = $1::int
     returning version`,
    [county, effectiveFrom, reason, at, actorId],
  )
  return draft!.version
}

export async function insertItems(
  tx: Asking,
  { county }: Access,
  version: number,
  items: readonly (ChainScheduleItem & { link: number; position: number })[],
): Promise<void> {
  await ask(
    tx,
    `insert into chain_schedule_items (owner_county, version, item, link, position, anchor, from_days, to_days, opening_days,
       ends_with_pregnancy, is_per_child, condition, served_by, source)
     select $1, $2, item, link, position, anchor, "fromDays", "toDays", "openingDays", "endsWithPregnancy", "isPerChild", condition,
       "servedBy", source
     from jsonb_to_recordset($3::jsonb) as n (item text, link smallint, position smallint, anchor text, "fromDays" integer, "toDays" integer,
       "openingDays" integer, "endsWithPregnancy" boolean, "isPerChild" boolean, condition text, "servedBy" text[], source text)`,
    [county, version, JSON.stringify(items)],
  )
}

/** Whether the draft was still one. */
export async function settleDraft(
  tx: Asking,
  { county, actorId }: Access,
  version: number,
  decision: 'IN_FORCE' | 'WITHDRAWN',
  at: Date,
): Promise<boolean> {
  const rows = await ask(
    tx,
    `update chain_schedules set status = $3, approved_at = $4, approved_by = $5
     where owner_county = $1 and version = $2 and status = 'DRAFT' returning version`,
    [county, version, decision, at, decision === 'IN_FORCE' ? actorId : null],
  )
  return rows.length > 0
}
