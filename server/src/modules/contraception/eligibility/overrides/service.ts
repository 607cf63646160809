import type { NewOverride, Override } from '@youyu/shared/contraception/eligibility'
import { mecMethodOf, type MecMethod, type MethodCode } from '@youyu/shared/contraception/methods'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import type { Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { careDeed } from '../../clients/index.ts'
import { careTransaction } from '../../sealed-answers.ts'
import { tally } from '../../statistics/index.ts'
import { isStop } from '../rules.ts'
import { findScreen } from '../screens/queries.ts'
import { findScreenFor, insertOverride } from './queries.ts'

export type GivenOverride = z.output<typeof NewOverride>

/** A senior clinician lets a method be started, or gone on with, against the table; her reason is kept enciphered. */
export async function overrideScreen(
  tx: Transaction,
  office: Office,
  access: Access,
  screenId: Id,
  { method, phase, reason }: GivenOverride,
  at: Date,
): Promise<{ id: Id; category: number }> {
  const screen = await findScreen(tx, access, screenId)
  if (!screen || screen.voidedAt) throw new Refused('not-found')
  const [initiation, continuation] = screen.categories[method] ?? [1, 1]
  const category = phase === 'INITIATION' ? initiation : continuation
  const isStopped = phase === 'INITIATION' ? screen.stopped.includes(method) : isStop(category)
  if (!isStopped) throw new Refused('not-stopped', { errors: [{ pointer: '/method', code: 'not-stopped' }] })
  const id = newId(at.getTime())
  const { clientId, occurredOn, divisionCode } = screen
  const cell = { county: access.county, id }
  const reasonCipher = office.ciphers.clinical.encipher(reason, cell)
  const on = occurredOn
  await Promise.all([
    insertOverride(
      tx,
      access,
      { id, screenId, clientId, occurredOn, method, phase, category, reasonCipher },
      at,
    ),
    record(tx, access, careDeed(office, clientId, 'create', 'mec-override'), at),
    tally(tx, access.county, [
      { on, facilityId: access.facility!, divisionCode, measure: 'override', item: method },
    ]),
  ])
  return { id, category }
}

export async function enterOverride(
  office: Office,
  access: Access,
  screenId: Id,
  body: GivenOverride,
): Promise<Override> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const { id, category } = await overrideScreen(tx, office, access, screenId, body, at)
    return { ...body, id, screenId, category, recordedAt: at.toISOString(), recordedBy: access.actorName }
  })
}

export type StartState = {
  state: 'CLEAR' | 'NOT_SCREENED' | 'STOPPED' | 'OVERRIDDEN'
  screenId: Id | null
  category: number | null
}

/**
 * Whether a method may be started on a day. Asked before an insertion or a start, and never before a removal: that is open
 * whatever was found.
 */
export async function startOf(
  tx: Transaction,
  access: Access,
  question: { clientId: Id; method: MethodCode; on: CivilDate; screenId?: Id | null | undefined },
): Promise<StartState> {
  const method: MecMethod | null = mecMethodOf(question.method)
  if (method === null) return { state: 'CLEAR', screenId: null, category: null }
  const { clientId, on, screenId = null } = question
  const screen = await findScreenFor(tx, access, { clientId, method, on, screenId })
  if (!screen && screenId) throw Refused.field('/screenId', 'not-found')
  if (!screen) return { state: 'NOT_SCREENED', screenId: null, category: null }
  const { id, initiation: category, isStopped, isOverridden } = screen
  return { state: isStopped ? (isOverridden ? 'OVERRIDDEN' : 'STOPPED') : 'CLEAR', screenId: id, category }
}
