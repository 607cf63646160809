import type {
  FollowUpProtocol,
  NewProtocolVersion,
  ProtocolStep,
} from '@youyu/shared/contraception/protocols'
import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

export type KeptProtocol = Omit<FollowUpProtocol, 'recordedAt'> & { recordedAt: Date }

const columns = `p.code, p.version, p.effective_from as "effectiveFrom", p.name_zh as "nameZh", p.name_en as "nameEn", p.trigger, p.items,
  p.subject, p.is_active as "isActive", p.source, p.note_zh as "noteZh", p.note_en as "noteEn", p.reason, p.recorded_at as "recordedAt",
  u.display_name as "recordedBy", p.owner_county = 0 as "isDefault",
  (select jsonb_agg(jsonb_build_object('step', s.step, 'nameZh', s.name_zh, 'nameEn', s.name_en, 'months', s.months, 'days', s.days,
      'percent', s.percent, 'windowDays', s.window_days, 'keepDays', s.keep_days, 'everyMonths', s.every_months, 'service', s.service,
      'mode', s.mode, 'needsConsent', s.needs_consent) order by s.position, s.step)
    from follow_up_steps s where s.owner_county = p.owner_county and s.protocol_code = p.code and s.version = p.version) as steps`
const author = 'left join users u on u.id = p.recorded_by'

/** What holds in the county on a day: its own version before the default. */
export async function selectInForce(tx: Asking, { county }: Access, on: CivilDate): Promise<KeptProtocol[]> {
  return await ask(
    tx,
    `select ${columns}, (select jsonb_build_object('version', n.version, 'effectiveFrom', n.effective_from) from follow_up_protocols n
       where n.owner_county in (0, $1::int) and n.code = p.code and n.effective_from > $2::date
       order by (n.owner_county = $1::int) desc, n.effective_from, n.version desc limit 1) as next
     from (select distinct on (v.code) v.* from follow_up_protocols v
       where v.owner_county in (0, $1::int) and v.effective_from <= $2::date
       order by v.code, (v.owner_county = $1::int) desc, v.effective_from desc, v.version desc) p ${author}
     order by array_position(array['EPISODE', 'PROCEDURE', 'EXPIRY', 'MENOPAUSE', 'DOSE', 'SUPPLY'], p.trigger), p.code`,
    [county, on],
  )
}

/** The county's versions, the newest first, then the default. */
export async function selectVersions(
  tx: Asking,
  { county }: Access,
  code: string,
): Promise<Omit<KeptProtocol, 'next'>[]> {
  return await ask(
    tx,
    `select ${columns} from follow_up_protocols p ${author} where p.owner_county in (0, $1::int) and p.code = $2
     order by (p.owner_county = $1::int) desc, p.version desc`,
    [county, code],
  )
}

type NewVersion = NewProtocolVersion & { code: string; at: Date }

/** Trigger and subject stay what they are by default; the version is the county's next. */
export async function insertVersion(
  tx: Asking,
  { county, actorId }: Access,
  { code, effectiveFrom, isActive, reason, at }: NewVersion,
): Promise<number> {
  const [row] = await ask<{ version: number }>(
    tx,
    `insert into follow_up_protocols (owner_county, code, version, effective_from, name_zh, name_en, trigger, items, subject, is_active, source,
       note_zh, note_en, reason, recorded_at, recorded_by)
     select $1::int, d.code, 1 + coalesce((select max(o.version) from follow_up_protocols o where o.owner_county = $1::int and o.code = d.code), 0),
       $3::date, d.name_zh, d.name_en, d.trigger, d.items, d.subject, $4, d.source, d.note_zh, d.note_en, $5, $6, $7
     from (select * from follow_up_protocols v where v.owner_county = 0 and v.code = $2 order by v.version desc limit 1) d
     returning version`,
    [county, code, effectiveFrom, isActive, reason, at, actorId],
  )
  return row!.version
}

export async function insertSteps(
  tx: Asking,
  { county }: Access,
  { code, version, steps }: { code: string; version: number; steps: readonly ProtocolStep[] },
): Promise<void> {
  await ask(
    tx,
    `insert into follow_up_steps (owner_county, protocol_code, version, step, position, months, days, percent, window_days, keep_days,
       every_months, service, mode, needs_consent, name_zh, name_en)
     select $1::int, $2, $3::int, s.step, o.place, s.months, s.days, s.percent, s."windowDays", s."keepDays", s."everyMonths", s.service, s.mode,
       s."needsConsent", s."nameZh", s."nameEn"
     from jsonb_array_elements($4::jsonb) with ordinality as o (given, place)
     cross join lateral jsonb_to_record(o.given) as s (step text, months int, days int, percent int, "windowDays" int, "keepDays" int,
       "everyMonths" int, service text, mode text, "needsConsent" boolean, "nameZh" text, "nameEn" text)`,
    [county, code, version, JSON.stringify(steps)],
  )
}
