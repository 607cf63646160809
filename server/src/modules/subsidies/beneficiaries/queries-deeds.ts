import type { BeneficiaryEventKind } from '@youyu/shared/subsidies/beneficiaries'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, insertRow } from '../../../database/statements.ts'
import type { Standing } from './queries.ts'

type Told = {
  kind: BeneficiaryEventKind
  month: CivilDate
  reason?: string | null
  document?: string | null | undefined
  note?: string | null | undefined
  groundType?: string | null
  groundId?: Id | null
}

async function tell(tx: Transaction, access: Access, beneficiaryId: Id, told: Told, at: Date): Promise<void> {
  const {
    reason = null,
    document = null,
    note = null,
    groundType = null,
    groundId = null,
    kind,
    month,
  } = told
  await insertRow(tx, 'beneficiary_events', {
    ...{ countyCode: access.county, id: newId(at.getTime()), beneficiaryId, kind, month, reason },
    ...{ groundType, groundId, document, note, source: 'MANUAL', recordedAt: at, recordedBy: access.actorId },
  })
}

export async function takeBackStop(
  tx: Transaction,
  access: Access,
  id: Id,
  { document, note }: { document: string; note?: string | undefined },
  at: Date,
): Promise<void> {
  const text = `with was as (select b.id, b.to_month, b.stop_reason from beneficiaries b where b.county_code = $1 and b.id = $2)
  update beneficiaries b set state = 'ACTIVE', decided_to = null, decided_reason = null, to_month = null, stop_reason = null,
    updated_at = $3, version = b.version + 1
  from was w where b.county_code = $1 and b.id = w.id returning w.to_month as month, w.stop_reason as reason`
  const [was] = await ask<{ month: CivilDate; reason: string }>(tx, text, [access.county, id, at])
  await tell(
    tx,
    access,
    id,
    { kind: 'REINSTATED', month: was!.month, reason: was!.reason, document, note },
    at,
  )
}

export async function putLevel(
  tx: Transaction,
  access: Access,
  id: Id,
  { level, fromMonth, document }: { level: string; fromMonth: CivilDate; document: string },
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update beneficiary_levels set voided_at = $4, void_reason = $5
     where county_code = $1 and beneficiary_id = $2 and from_month >= $3 and voided_at is null`,
    [access.county, id, fromMonth, at, '档次另行决定'],
  )
  await insertRow(tx, 'beneficiary_levels', {
    ...{ countyCode: access.county, id: newId(at.getTime()), beneficiaryId: id, fromMonth, level },
    ...{ cause: 'DECIDED', recordedAt: at, recordedBy: access.actorId },
  })
  await tell(tx, access, id, { kind: 'LEVEL', month: fromMonth, reason: level, document }, at)
}

/** The level of the present month stands in the beneficiary itself. */
export async function followLevel(
  tx: Transaction,
  { county }: Access,
  id: Id,
  month: CivilDate,
  at: Date,
): Promise<void> {
  const text = `update beneficiaries b set level = l.level, updated_at = $4, version = b.version + 1
  from (select x.level from beneficiary_levels x where x.county_code = $1 and x.beneficiary_id = $2 and x.voided_at is null
    and x.from_month <= greatest($3::date, (select f.from_month from beneficiaries f where f.county_code = $1 and f.id = $2))
    order by x.from_month desc limit 1) l
  where b.county_code = $1 and b.id = $2 and b.level <> l.level`
  await ask(tx, text, [county, id, month, at])
}

export async function findPayee(
  tx: Transaction,
  { county }: Access,
  id: Id,
): Promise<{ status: string } | undefined> {
  const [payee] = await ask<{ status: string }>(
    tx,
    'select status from persons where county_code = $1 and id = $2',
    [county, id],
  )
  return payee
}

export async function hasEvent(
  tx: Transaction,
  { county }: Access,
  id: Id,
  kind: BeneficiaryEventKind,
): Promise<boolean> {
  const text =
    'select 1 from beneficiary_events where county_code = $1 and beneficiary_id = $2 and kind = $3 limit 1'
  return (await ask(tx, text, [county, id, kind])).length > 0
}

export async function putPayee(
  tx: Transaction,
  access: Access,
  id: Id,
  {
    kind,
    payeeId,
    reason,
    document,
  }: { kind: 'ESTATE' | 'PAYEE'; payeeId: Id; reason: string; document: string },
  at: Date,
): Promise<void> {
  const text = `update beneficiaries set payee_id = $3, updated_at = $4, version = version + 1 where county_code = $1 and id = $2
    returning date_trunc('month', $4::timestamptz at time zone 'Asia/Shanghai')::date as month`
  const [put] = await ask<{ month: CivilDate }>(tx, text, [access.county, id, payeeId, at])
  const ground = { groundType: 'person', groundId: payeeId }
  await tell(tx, access, id, { kind, month: put!.month, reason, document, ...ground }, at)
}

export async function sendTransfer(
  tx: Transaction,
  access: Access,
  { id, personId, programme, divisionCode }: Standing,
  { toCounty, lastMonth, document }: { toCounty: number; lastMonth: CivilDate; document: string },
  at: Date,
): Promise<void> {
  await insertRow(tx, 'beneficiary_transfers', {
    ...{
      countyCode: access.county,
      id: newId(at.getTime()),
      beneficiaryId: id,
      personId,
      programme,
      divisionCode,
    },
    ...{ toCounty, lastMonth, state: 'SENT', document, sentAt: at, sentBy: access.actorId },
  })
  await ask(
    tx,
    'update beneficiaries set updated_at = $3, version = version + 1 where county_code = $1 and id = $2',
    [access.county, id, at],
  )
  await tell(
    tx,
    access,
    id,
    { kind: 'TRANSFER_SENT', month: lastMonth, reason: String(toCounty), document },
    at,
  )
}

export async function answerTransfer(
  tx: Transaction,
  access: Access,
  id: Id,
  { accept, document }: { accept: boolean; document: string },
  at: Date,
): Promise<{ lastMonth: CivilDate; toCounty: number } | undefined> {
  const text = `with answered as (
    update beneficiary_transfers set state = $3, answered_at = $4, answered_by = $5, answer_document = $6
    where county_code = $1 and beneficiary_id = $2 and state = 'SENT'
    returning beneficiary_id, last_month, to_county
  ),
  gone as (
    update beneficiaries b set updated_at = $4, version = b.version + 1,
      state = case when $3 = 'CONFIRMED' then 'TRANSFERRED' else b.state end,
      to_month = case when $3 = 'CONFIRMED' then a.last_month else b.to_month end,
      stop_reason = case when $3 = 'CONFIRMED' then 'TRANSFERRED' else b.stop_reason end,
      suspended_from = case when $3 = 'CONFIRMED' then null else b.suspended_from end,
      suspend_reason = case when $3 = 'CONFIRMED' then null else b.suspend_reason end
    from answered a where b.county_code = $1 and b.id = a.beneficiary_id
  )
  select last_month as "lastMonth", to_county as "toCounty" from answered`
  const state = accept ? 'CONFIRMED' : 'REFUSED'
  const values = [access.county, id, state, at, access.actorId, document]
  const [answered] = await ask<{ lastMonth: CivilDate; toCounty: number }>(tx, text, values)
  if (!answered) return undefined
  const kind = accept ? 'TRANSFERRED' : 'TRANSFER_REFUSED'
  const reason = String(answered.toCounty)
  await tell(tx, access, id, { kind, month: answered.lastMonth, reason, document }, at)
  return answered
}
