import type { EventPreview } from '@youyu/shared/population/event-preview'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

/** A birth that names its pregnancy is that pregnancy's outcome: nobody need enter it a second time. */
export async function deliverPregnancy(
  tx: Asking,
  access: Pick<Access, 'county'>,
  { pregnancyId, occurredOn, label }: { pregnancyId: Id | null; occurredOn: CivilDate; label: string },
  at: Date,
): Promise<EventPreview['changes']> {
  if (pregnancyId === null) return []
  const text = `update pregnancies set status = 'DELIVERED', ended_on = $3, status_before_birth = status, ended_on_before_birth = ended_on,
    updated_at = $4, version = version + 1
  where county_code = $1 and id = $2 and voided_at is null and status in ('REGISTERED', 'ONGOING', 'LOST', 'TRANSFERRED_OUT')
    and (last_menstruation_on is null or last_menstruation_on <= $3::date) returning id`
  const rows = await ask<{ id: Id }>(tx, text, [access.county, pregnancyId, occurredOn, at])
  // What it was before is not told: whoever records a birth need not treat the mother (E8).
  const told = { entity: 'pregnancy' as const, label, field: 'status', before: null, after: 'DELIVERED' }
  return rows.map(({ id }) => ({ ...told, id }))
}

type VoidedBirth = { id: Id; pregnancyId: Id | null }

/** A birth that did not happen delivered nobody: the pregnancy is what it was, unless another birth names it. */
export async function resumePregnancy(
  tx: Asking,
  access: Pick<Access, 'county'>,
  { id, pregnancyId }: VoidedBirth,
  label: string,
  at: Date,
): Promise<EventPreview['changes']> {
  if (pregnancyId === null) return []
  const text = `update pregnancies g set status = g.status_before_birth, ended_on = g.ended_on_before_birth, status_before_birth = null,
    ended_on_before_birth = null, updated_at = $4, version = g.version + 1
  where g.county_code = $1 and g.id = $2 and g.voided_at is null and g.status = 'DELIVERED' and g.status_before_birth is not null
    and not exists (select from births b where b.county_code = $1 and b.mother_id = g.woman_id and b.pregnancy_id = g.id
      and b.id <> $3 and b.voided_at is null) returning g.id`
  const rows = await ask<{ id: Id }>(tx, text, [access.county, pregnancyId, id, at])
  // What it becomes again is not told, as it was not when it was delivered (E8).
  const told = { entity: 'pregnancy' as const, label, field: 'status', before: 'DELIVERED', after: null }
  return rows.map((row) => ({ ...told, id: row.id }))
}

type Said = { pregnancyId: Id | null; occurredOn: CivilDate }

/** A birth is corrected: the pregnancy that it names, and its last day, are what the correction says. */
export async function followCorrectedBirth(
  tx: Asking,
  access: Pick<Access, 'county'>,
  { id, ...former }: Said & { id: Id },
  said: Said,
  label: string,
  at: Date,
): Promise<EventPreview['changes']> {
  if (former.pregnancyId !== said.pregnancyId) {
    const [resumed, delivered] = await Promise.all([
      resumePregnancy(tx, access, { id, pregnancyId: former.pregnancyId }, label, at),
      deliverPregnancy(tx, access, { ...said, label }, at),
    ])
    return [...resumed, ...delivered]
  }
  if (said.pregnancyId === null || former.occurredOn === said.occurredOn) return []
  const text = `update pregnancies set ended_on = $4, updated_at = $5, version = version + 1
  where county_code = $1 and id = $2 and voided_at is null and status = 'DELIVERED' and ended_on = $3
    and (last_menstruation_on is null or last_menstruation_on <= $4::date)`
  await ask(tx, text, [access.county, said.pregnancyId, former.occurredOn, said.occurredOn, at])
  return []
}
