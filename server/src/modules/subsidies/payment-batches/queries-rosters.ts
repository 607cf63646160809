import type { ExclusionReason } from '@youyu/shared/subsidies/payment-values'
import type { Manner } from '@youyu/shared/subsidies/programmes'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'

export async function sharesSum(
  tx: Transaction,
  access: Access,
  programme: string,
  on: CivilDate,
): Promise<number> {
  const [row] = await ask<{ whole: string | null }>(
    tx,
    'select sum(pct)::text as whole from app.funding_shares_of($1, $2) s where s.code = $3',
    [access.county, on, programme],
  )
  return Number(row?.whole ?? 0)
}

/** How a programme gives what it gives, by the terms of a day. */
export async function mannerOf(
  tx: Transaction,
  { county }: Access,
  programme: string,
  on: CivilDate,
): Promise<Manner | null> {
  const text = `select t.terms ->> 'manner' as manner from app.programme_terms($1, $2) t where t.code = $3`
  const [row] = await ask<{ manner: Manner }>(tx, text, [county, on, programme])
  return row?.manner ?? null
}

export async function freeze(tx: Transaction, access: Access, id: Id, at: Date): Promise<number> {
  const [row] = await ask<{ n: number }>(tx, 'select app.freeze_roster($1, $2, $3, $4) as n', [
    access.county,
    id,
    access.actorId,
    at,
  ])
  return row!.n
}

export async function isAsFrozen(tx: Transaction, access: Access, batchId: Id): Promise<boolean> {
  const [row] = await ask<{ same: boolean }>(
    tx,
    'select roster_hash = app.roster_hash($1, $2) as same from payment_batches where county_code = $1 and id = $2',
    [access.county, batchId],
  )
  return row?.same ?? false
}

export async function exclusionsByReason(
  tx: Transaction,
  access: Access,
  batchId: Id,
): Promise<{ reason: ExclusionReason; count: number; fen: number }[]> {
  return await ask(
    tx,
    `select reason, count(*)::int as count, sum(amount_fen)::bigint as fen from payment_exclusions
     where county_code = $1 and batch_id = $2 group by reason order by reason`,
    [access.county, batchId],
  )
}

export async function townshipsOf(
  tx: Transaction,
  access: Access,
  batchId: Id,
): Promise<{ divisionCode: DivisionCode; name: string; count: number; fen: number }[]> {
  return await ask(
    tx,
    `select t.code as "divisionCode", coalesce((select d.name from divisions d where d.code = t.code order by d.valid_from desc limit 1), '') as name,
       t.count, t.fen
     from (select rpad(left(division_code, 9), 12, '0') collate "C" as code, count(*)::int as count, sum(amount_fen)::bigint as fen
       from payment_items where county_code = $1 and batch_id = $2 group by 1) t
     order by t.code`,
    [access.county, batchId],
  )
}

/** Months before the one the batch pays through: what was left. */
export async function arrearsOf(
  tx: Transaction,
  access: Access,
  batchId: Id,
  before: CivilDate,
): Promise<{ count: number; fen: number }> {
  const [row] = await ask<{ count: number; fen: number }>(
    tx,
    `select count(*)::int as count, coalesce(sum(m.amount_fen), 0)::bigint as fen
     from payment_items i join payment_item_months m on m.county_code = i.county_code and m.beneficiary_id = i.beneficiary_id and m.item_id = i.id
     where i.county_code = $1 and i.batch_id = $2 and m.month < $3`,
    [access.county, batchId, before],
  )
  return row!
}

export async function selectExclusions(
  tx: Transaction,
  access: Access,
  batchId: Id,
  reason: ExclusionReason | undefined,
  after: number | null,
  limit: number,
) {
  const bound = new Bound()
  const conditions = [
    `e.county_code = ${bound.bind(access.county)} and e.batch_id = ${bound.bind(batchId)}`,
    `e.seq > ${bound.bind(after ?? 0)}`,
  ]
  if (reason) conditions.push(`e.reason = ${bound.bind(reason)}`)
  return await ask<{
    seq: number
    beneficiaryId: Id | null
    eventId: Id | null
    personId: Id
    personName: string
    payeeId: Id
    payeeName: string
    divisionCode: DivisionCode
    reason: ExclusionReason
    amountFen: number
  }>(
    tx,
    `select e.seq, e.beneficiary_id as "beneficiaryId", e.event_id as "eventId", e.person_id as "personId",
       coalesce((select p.name from persons p where p.county_code = e.county_code and p.id = e.person_id), '') as "personName", e.payee_id as "payeeId",
       coalesce((select p.name from persons p where p.county_code = e.county_code and p.id = e.payee_id),
         (select o.name from organisations o where o.id = e.payee_id), '') as "payeeName",
       e.division_code as "divisionCode", e.reason, e.amount_fen as "amountFen"
     from payment_exclusions e where ${conditions.join(' and ')} order by e.seq limit ${pageLimit(limit)}`,
    bound.values,
  )
}
