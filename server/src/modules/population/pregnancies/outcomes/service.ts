import type { EventPreview } from '@youyu/shared/population/event-preview'
import type { Pregnancy, PregnancyOutcome, transferPregnancy } from '@youyu/shared/population/pregnancies'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { rehearsal } from '../../../../database/rehearsal.ts'
import { transaction } from '../../../../database/transaction.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { findPlaces } from '../../overview/queries.ts'
import { encipherSensitive, sensitiveOf, shownPregnancy, type KeptPregnancy } from '../pregnancy-row.ts'
import { updatePregnancy, voidPregnancyRow } from '../queries.ts'
import { dateFaults, mayBecome } from '../rules.ts'
import { pregnancyAt, previewOf, tell } from '../service.ts'

type Transfer = z.output<(typeof transferPregnancy)['schema']['body']>
type Ending = Pick<KeptPregnancy, 'status'> & {
  endedOn: string
  endType: PregnancySensitive['endType']
  transferredTo?: string
}
type PregnancySensitive = NonNullable<Pregnancy['sensitive']>

export async function previewOutcome(
  office: Office,
  access: Access,
  id: string,
  version: number,
  outcome: PregnancyOutcome,
): Promise<EventPreview> {
  const at = office.now()
  return await rehearsal(office.db, access, async (tx) => {
    const before = await pregnancyAt(tx, access, id, version)
    await end(tx, office, access, before, endingOf(outcome, before), at)
    return previewOf(shownPregnancy(office, before, access), await tell(tx, office, access, id, at))
  })
}

export async function recordOutcome(
  office: Office,
  access: Access,
  id: string,
  version: number,
  outcome: PregnancyOutcome,
): Promise<Pregnancy> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const before = await pregnancyAt(tx, access, id, version)
    const told = shownPregnancy(office, before, access)
    const ending = endingOf(outcome, before)
    await end(tx, office, access, before, ending, at)
    if (ending.status !== 'ENDED_LOSS') return await tell(tx, office, access, id, at)
    // Whoever reported a loss without being the treating clinician is not shown it again (E8).
    return told.sensitive ? await tell(tx, office, access, id, at) : { ...told, version: told.version + 1 }
  })
}

/** DELIVERED stands on a birth that names the pregnancy, and on one of its days; anything else on there being none. */
function endingOf(outcome: PregnancyOutcome, { births }: KeptPregnancy): Ending {
  const { status, endedOn } = outcome
  if (status === 'DELIVERED') {
    if (births.length === 0) throw new Refused('birth-missing', at('/status', 'birth-missing'))
    if (!births.some(({ occurredOn }) => occurredOn === endedOn))
      throw Refused.field('/endedOn', 'invalid-date')
  } else if (births.length > 0) throw new Refused('conflict', at('/status', 'conflict'))
  const endType = status === 'ENDED_LOSS' ? outcome.endType : null
  return { status, endedOn, endType }

  function at(pointer: string, code: 'birth-missing' | 'conflict') {
    return { errors: [{ pointer, code }] }
  }
}

async function end(
  tx: Transaction,
  office: Office,
  access: Access,
  before: KeptPregnancy,
  { status, endedOn, endType, transferredTo }: Ending,
  at: Date,
): Promise<void> {
  if (!mayBecome(before.status, status)) throw new Refused('conflict')
  const [fault] = dateFaults({ ...before, endedOn }, todayOf(at))
  if (fault) throw Refused.field('/endedOn', fault.code)
  const sensitive = sensitiveOf(office, access.county, before)
  const told = { ...sensitive, endType, transferredTo: transferredTo ?? sensitive.transferredTo }
  const sensitiveCipher = encipherSensitive(office, access.county, before.id, told)
  const division = before.divisionCode
  const fields = ['status', 'endedOn']
  await Promise.all([
    updatePregnancy(tx, access, { ...before, status, endedOn, sensitiveCipher }, at),
    record(tx, access, { action: 'change', entity: 'pregnancy', entityId: before.id, division, fields }, at),
  ])
}

/** Her care goes to another place because she agrees; the place she goes to is told with her consent alone. */
export async function transferCare(
  office: Office,
  access: Access,
  id: string,
  version: number,
  { transferredOn, toDivision, toName }: Transfer,
): Promise<Pregnancy> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const [before, places] = await Promise.all([
      pregnancyAt(tx, access, id, version),
      findPlaces(tx, [toDivision]),
    ])
    if (!places.has(toDivision)) throw Refused.field('/toDivision', 'unknown-division')
    const transferredTo = [toDivision, toName].filter(Boolean).join(' ')
    const ending: Ending = { status: 'TRANSFERRED_OUT', endedOn: transferredOn, endType: null, transferredTo }
    await end(tx, office, access, before, ending, at)
    return await tell(tx, office, access, id, at)
  })
}

export async function voidMistaken(
  office: Office,
  access: Access,
  id: string,
  version: number,
  reason: string,
): Promise<Pregnancy> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const { births, divisionCode: division } = await pregnancyAt(tx, access, id, version)
    if (births.length > 0) throw new Refused('conflict')
    await Promise.all([
      voidPregnancyRow(tx, access, id, reason, at),
      record(tx, access, { action: 'correct', entity: 'pregnancy', entityId: id, division, reason }, at),
    ])
    return await tell(tx, office, access, id, at)
  })
}
