import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

export type KnownBirth = {
  id: Id
  pregnancyId: Id | null
  motherId: Id | null
  occurredOn: CivilDate
  occurredAt: string | null
  gestationDays: number | null
  weightGrams: number | null
  plurality: number
  sequence: number
}

/** A birth of the area, by the child. */
export async function findBirth(
  tx: Transaction,
  { county }: Access,
  childId: Id,
): Promise<KnownBirth | undefined> {
  const rows = await ask<KnownBirth>(
    tx,
    `select id, pregnancy_id as "pregnancyId", mother_id as "motherId", occurred_on as "occurredOn", occurred_at as "occurredAt",
       gestation_days as "gestationDays", weight_grams as "weightGrams", plurality, sequence
     from births where county_code = $1 and child_id = $2 and voided_at is null`,
    [county, childId],
  )
  return rows[0]
}

/** The card of a pregnancy or child that is not settled otherwise: before the birth that of the chain. */
export async function findOpenCard(
  tx: Transaction,
  { county, facility }: Access,
  { chainId, childId }: { chainId: Id; childId: Id | null },
): Promise<Id | undefined> {
  const rows = await ask<{ id: Id }>(
    tx,
    `select id from defect_cards where county_code = $1 and facility_id = $2 and chain_id = $3 and voided_at is null
       and status not in ('WITHDRAWN', 'MERGED') and ($4::uuid is null or child_id is null or child_id = $4)
     order by (child_id is not distinct from $4::uuid) desc, recorded_at desc limit 1`,
    [county, facility, chainId, childId],
  )
  return rows[0]?.id
}
