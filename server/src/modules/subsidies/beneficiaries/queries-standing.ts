import type { StopReason, SuspendReason } from '@youyu/shared/subsidies/beneficiaries'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

export type Activated = { activated: number; claimed: number; events: number; monthsAdded: number }

export async function activate(
  tx: Asking,
  { county, actorId }: Access,
  applicationIds: readonly Id[],
  { runId, on, today, at }: { runId: Id; on: CivilDate; today: CivilDate; at: Date },
): Promise<Activated> {
  const text = `select activated, claimed, events, added as "monthsAdded" from app.activate_beneficiaries($1, $2::uuid[], $3, $4, $5, $6, $7)`
  const [done] = await ask<Activated>(tx, text, [county, applicationIds, on, runId, today, actorId, at])
  return done!
}

type Ground = { type: string; id: Id } | null | undefined
type Told = { document?: string | null | undefined; note?: string | null | undefined; ground?: Ground }

/** The event that belongs to every change of standing; `changed` are the rows of the change with id and month. */
const telling = (kind: string, reason: string, n: number) => `told as (
    insert into beneficiary_events (county_code, id, beneficiary_id, kind, month, reason, ground_type, ground_id, document, note, source, recorded_at, recorded_by)
    select $1, app.derived_id('${kind}' || c.id || $3::timestamptz), c.id, '${kind}', c.month, ${reason}, $${n}, $${n + 1}::uuid, $${n + 2}, $${n + 3},
      'MANUAL', $3, $4
    from changed c
  )`

const toldValues = ({ ground, document, note }: Told) => [
  ground?.type ?? null,
  ground?.id ?? null,
  document ?? null,
  note ?? null,
]

export async function suspend(
  tx: Asking,
  { county, actorId }: Access,
  ids: readonly Id[],
  { fromMonth, reason, ...told }: Told & { fromMonth: CivilDate; reason: SuspendReason },
  at: Date,
): Promise<Id[]> {
  const text = `with changed as (
    update beneficiaries b set state = 'SUSPENDED', suspended_from = greatest($5::date, b.from_month), suspend_reason = $6, updated_at = $3,
      version = b.version + 1
    where b.county_code = $1 and b.id = any($2::uuid[]) and b.state = 'ACTIVE'
    returning b.id, b.suspended_from as month
  ),
  ${telling('SUSPENDED', '$6', 7)}
  select id from changed`
  const rows = await ask<{ id: Id }>(tx, text, [
    county,
    ids,
    at,
    actorId,
    fromMonth,
    reason,
    ...toldValues(told),
  ])
  return rows.map(({ id }) => id)
}

/** With the ground of the suspension: a birth or a move that was looked at does not suspend again. */
export async function resume(
  tx: Asking,
  { county, actorId }: Access,
  ids: readonly Id[],
  {
    nextVerificationOn,
    reason,
    ...told
  }: Told & { nextVerificationOn?: CivilDate | null | undefined; reason?: SuspendReason | undefined },
  at: Date,
): Promise<Id[]> {
  const text = `with held as (
    select b.id, b.suspended_from as month, b.suspend_reason as reason, (select e.ground_type || ':' || e.ground_id from beneficiary_events e
      where e.county_code = $1 and e.beneficiary_id = b.id and e.kind = 'SUSPENDED' order by e.recorded_at desc limit 1) as ground
    from beneficiaries b
    where b.county_code = $1 and b.id = any($2::uuid[]) and b.state = 'SUSPENDED' and ($6::text is null or b.suspend_reason = $6)
  ),
  changed as (
    update beneficiaries b set state = 'ACTIVE', suspended_from = null, suspend_reason = null,
      next_verification_on = coalesce($5::date, b.next_verification_on), updated_at = $3, version = b.version + 1
    from held h where b.county_code = $1 and b.id = h.id
    returning b.id
  ),
  told as (
    insert into beneficiary_events (county_code, id, beneficiary_id, kind, month, reason, ground_type, ground_id, document, note, source, recorded_at, recorded_by)
    select $1, app.derived_id('RESUMED' || h.id || $3::timestamptz), h.id, 'RESUMED', h.month, h.reason, coalesce($7, split_part(h.ground, ':', 1)),
      coalesce($8::uuid, nullif(split_part(h.ground, ':', 2), '')::uuid), $9, $10, 'MANUAL', $3, $4
    from held h
  )
  select id from changed`
  const values = [county, ids, at, actorId, nextVerificationOn ?? null, reason ?? null, ...toldValues(told)]
  const rows = await ask<{ id: Id }>(tx, text, values)
  return rows.map(({ id }) => id)
}

export async function stop(
  tx: Asking,
  { county, actorId }: Access,
  ids: readonly Id[],
  { lastMonth, reason, ...told }: Told & { lastMonth: CivilDate; reason: StopReason },
  at: Date,
): Promise<Id[]> {
  const text = `with changed as (
    update beneficiaries b set state = 'STOPPED', decided_to = $5, decided_reason = $6, to_month = $5, stop_reason = $6, suspended_from = null,
      suspend_reason = null, updated_at = $3, version = b.version + 1
    where b.county_code = $1 and b.id = any($2::uuid[]) and b.state in ('ACTIVE', 'SUSPENDED')
    returning b.id, b.to_month as month
  ),
  ${telling('STOPPED', '$6', 7)}
  select id from changed`
  const rows = await ask<{ id: Id }>(tx, text, [
    county,
    ids,
    at,
    actorId,
    lastMonth,
    reason,
    ...toldValues(told),
  ])
  return rows.map(({ id }) => id)
}

export async function verified(
  tx: Asking,
  { county, actorId }: Access,
  ids: readonly Id[],
  nextVerificationOn: CivilDate | null,
  at: Date,
): Promise<void> {
  const text = `with changed as (
    update beneficiaries b set next_verification_on = $5::date, updated_at = $3, version = b.version + 1
    where b.county_code = $1 and b.id = any($2::uuid[])
    returning b.id, date_trunc('month', $3::timestamptz at time zone 'Asia/Shanghai')::date as month
  ),
  ${telling('VERIFIED', 'null', 6)}
  select id from changed`
  await ask(tx, text, [county, ids, at, actorId, nextVerificationOn, ...toldValues({})])
}
