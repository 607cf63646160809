import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Asking } from '../../../../database/connect.ts'
import { ask, insertRow } from '../../../../database/statements.ts'

export type SupportRow = {
  id: Id
  followUpId: Id
  kind: string
  occurredOn: CivilDate
  result: string | null
  amountFen: number | null
  noteCipher: Buffer | null
  voidedAt: Date | null
  voidReason: string | null
}
const supportColumns = `s.id, s.follow_up_id as "followUpId", s.kind, s.occurred_on as "occurredOn", s.result, s.amount_fen::float8 as "amountFen", s.note_cipher as "noteCipher",
  s.voided_at as "voidedAt", s.void_reason as "voidReason"`

export async function selectSupports(tx: Asking, { county }: Access, followUpId: Id): Promise<SupportRow[]> {
  const text = `select ${supportColumns} from child_supports s where s.county_code = $1 and s.follow_up_id = $2 order by s.occurred_on desc, s.id desc`
  return await ask(tx, text, [county, followUpId])
}

export async function insertSupport(
  tx: Asking,
  access: Access,
  row: Pick<
    SupportRow,
    'id' | 'followUpId' | 'kind' | 'occurredOn' | 'result' | 'amountFen' | 'noteCipher'
  > & {
    childId: Id
    chainId: Id | null
  },
  at: Date,
): Promise<void> {
  await insertRow(tx, 'child_supports', {
    ...row,
    countyCode: access.county,
    facilityId: access.facility,
    recordedAt: at,
    recordedBy: access.actorId,
    source: 'MANUAL',
  })
}

/** The follow-up it belonged to, or nothing where there is none of ours that stands. */
export async function voidSupport(
  tx: Asking,
  { county, facility, actorId }: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<Id | undefined> {
  const text = `update child_supports set voided_at = $4, voided_by = $5, void_reason = $6
    where county_code = $1 and id = $2 and facility_id = $3 and voided_at is null returning follow_up_id as id`
  return (await ask<{ id: Id }>(tx, text, [county, id, facility, at, actorId, reason]))[0]?.id
}
