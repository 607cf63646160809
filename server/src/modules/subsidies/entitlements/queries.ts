import type { RunKind } from '@youyu/shared/subsidies/entitlements'
import type { CivilDate, Fen, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

/** What a recomputation did. */
export type Recomputed = {
  runId: Id
  beneficiaries: number
  monthsAdded: number
  monthsChanged: number
  risenFen: Fen
  fallenFen: Fen
  overpayments: number
}

const counted = `run as "runId", people as beneficiaries, added as "monthsAdded", changed as "monthsChanged", risen::float8 as "risenFen",
  fallen::float8 as "fallenFen", overpaid as overpayments`

export type RunAsked = {
  runId: Id
  kind: RunKind
  programme: string | null
  ids: readonly Id[] | null
  cause: string
}

export async function recomputeMonths(
  tx: Asking,
  { county, actorId }: Access,
  { runId, kind, programme, ids, cause }: RunAsked,
  { today, at }: { today: CivilDate; at: Date },
): Promise<Recomputed> {
  const text = `select ${counted} from app.recompute_months($1, $2::uuid[], $3, $4, $5, $6, $7, $8, $9)`
  const values = [county, ids, programme, kind, cause, runId, today, actorId, at]
  const [done] = await ask<Recomputed>(tx, text, values)
  return done!
}

/** Late facts of these people, or (null) of everybody, brought into their standing and their months. */
export async function settleStanding(
  tx: Asking,
  { county, actorId }: Access,
  people: readonly Id[] | null,
  { runId, kind, today, at }: { runId: Id; kind: RunKind; today: CivilDate; at: Date },
): Promise<Recomputed> {
  const text = `select ${counted} from app.settle_beneficiaries($1, $2::uuid[], $3, $4, $5, $6, $7)`
  const [done] = await ask<Recomputed>(tx, text, [county, people, kind, runId, today, actorId, at])
  return done!
}

/** Whether somebody who receives a programme has no month yet that she is due: a year has begun since they were made. */
export async function lacksMonth(
  tx: Asking,
  { county }: Access,
  programme: string,
  month: CivilDate,
): Promise<boolean> {
  const text = `select exists (select from beneficiaries b
      where b.county_code = $1 and b.programme = $2 and b.state = 'ACTIVE' and b.claimed_years is null
        and b.from_month <= $3 and (b.to_month is null or b.to_month >= $3)
        and not exists (select from entitlement_months m where m.county_code = $1 and m.beneficiary_id = b.id and m.month = $3)) as lacks`
  const [row] = await ask<{ lacks: boolean }>(tx, text, [county, programme, month])
  return row!.lacks
}

/** Counties with beneficiaries that have not been gone through today. */
export async function countiesToSettle(tx: Asking, today: CivilDate): Promise<number[]> {
  const text = `select c.county_code as county from (select distinct county_code from beneficiaries) c where not exists (
    select from entitlement_runs r where r.county_code = c.county_code and r.kind = 'NIGHT' and r.day_on = $1) order by 1`
  const rows = await ask<{ county: number }>(tx, text, [today])
  return rows.map(({ county }) => county)
}
