import type { EventPreview } from '@youyu/shared/population/event-preview'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

/** A birth that names its pregnancy is that pregnancy's outcome: nobody need enter it a second time. */
export async function deliverPregnancy(
  tx: Transaction,
  access: Pick<Access, 'county'>,
  { pregnancyId, occurredOn, label }: { pregnancyId: Id | null; occurredOn: CivilDate; label: string },
  at: Date,
): Promise<EventPreview['changes']> {
  if (pregnancyId === null) return []
  const text = `update pregnancies set status = 'DELIVERED', ended_on = $3, updated_at = $4, version = version + 1
  where county_code = $1 and id = $2 and voided_at is null and status in ('REGISTERED', 'ONGOING', 'LOST', 'TRANSFERRED_OUT')
    and (last_menstruation_on is null or last_menstruation_on <= $3::date) returning id`
  const rows = await ask<{ id: Id }>(tx, text, [access.county, pregnancyId, occurredOn, at])
  // What it was before is not told: whoever records a birth need not treat the mother (E8).
  const told = { entity: 'pregnancy' as const, label, field: 'status', before: null, after: 'DELIVERED' }
  return rows.map(({ id }) => ({ ...told, id }))
}
