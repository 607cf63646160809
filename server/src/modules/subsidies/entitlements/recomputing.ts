import type { Id } from '@youyu/shared/values'
import type { RunKind } from '@youyu/shared/subsidies/entitlements'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Asking } from '../../../database/connect.ts'
import { todayOf } from '../../../office.ts'
import * as queries from './queries.ts'
import { monthOf } from './rules.ts'

/** Months as rates and standing make them now: of a programme, of these beneficiaries, or of everybody. */
export async function recompute(
  tx: Asking,
  access: Access,
  asked: { kind: RunKind; cause: string; programme?: string | null; ids?: readonly Id[] | null },
  at: Date,
): Promise<queries.Recomputed> {
  const { kind, cause, programme = null, ids = null } = asked
  const run = { runId: newId(at.getTime()), kind, cause, programme, ids }
  return await queries.recomputeMonths(tx, access, run, { today: todayOf(at), at })
}

/**
 * What the register says of these people, or (null) of everybody — deaths, moves, births, ages, grades — brought into
 * standing and months. Told twice, it changes nothing the second time.
 */
export async function settleFacts(
  tx: Asking,
  access: Access,
  people: readonly Id[] | null,
  at: Date,
  kind: RunKind = 'FACTS',
): Promise<queries.Recomputed> {
  const run = { runId: newId(at.getTime()), kind, today: todayOf(at), at }
  return await queries.settleStanding(tx, access, people, run)
}

/** What a roster stands on: the facts, and in a year that has just begun its months, should no night have made them yet. */
export async function settleForRoster(
  tx: Asking,
  access: Access,
  programme: string,
  at: Date,
): Promise<void> {
  await settleFacts(tx, access, null, at)
  if (await queries.lacksMonth(tx, access, programme, monthOf(todayOf(at))))
    await recompute(tx, access, { kind: 'FACTS', cause: '新年度', programme }, at)
}
