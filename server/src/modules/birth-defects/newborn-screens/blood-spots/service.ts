import type { z } from 'zod'
import type {
  BloodSpot,
  listBloodSpots,
  NewBloodSpot,
  NewSpotStep,
} from '@youyu/shared/birth-defects/newborn'
import { spotFindings } from '@youyu/shared/birth-defects/newborn-rules'
import type { CivilDate, Id, Page } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { reading } from '../../../../database/transaction.ts'
import { assertVersion } from '../../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { careDeed, careTransaction } from '../../../contraception/index.ts'
import { sealed } from '../../cells.ts'
import { recordLinks, voidLinks, type LinkEvent } from '../../chains/index.ts'
import type { Named } from '../../queries-facts.ts'
import { parametersOn } from '../../screening-parameters/index.ts'
import { proposeFound } from '../proposing.ts'
import { ageOnDay, newbornOf, rowOf } from '../newborn.ts'
import { findLast, spots, type SpotRow } from './queries.ts'
import { dueBy, maySample } from './rules.ts'
import { shown } from './shown.ts'
import { setOf } from './steps.ts'

type Asked = z.output<(typeof listBloodSpots)['schema']['querystring']>

export async function listAll(
  office: Office,
  access: Access,
  { limit, cursor, childId, state, due, voided }: Asked,
): Promise<Page<BloodSpot>> {
  const after = keyIn(cursor, ['string', 'string'])
  const today = todayOf(office.now())
  const by = due ? 'dueBy' : 'bornOn'
  const rows = await reading(office.db, access, (tx) =>
    spots.list(tx, access, {
      equal: { childId, state },
      more: () => [due && 'r.due_by is not null'],
      ...{ voided, ofChain: childId !== undefined, by, isAscending: due === true, after, limit: limit + 1 },
    }),
  )
  const page = pageOf(
    rows,
    limit,
    (row) => shown(office, access, row, today),
    (row) => [row[by]!, row.id],
  )
  for (const { child } of page.items)
    office.views.note(access, careDeed(office, child.id, 'view', 'blood-spot'))
  return page
}

export async function readOne(office: Office, access: Access, id: Id): Promise<BloodSpot> {
  const row = await reading(office.db, access, (tx) => spots.find(tx, access, id))
  if (!row) throw new Refused('not-found')
  office.views.note(access, careDeed(office, row.childId, 'view', 'blood-spot'))
  return shown(office, access, row, todayOf(office.now()))
}

async function told(tx: Transaction, office: Office, access: Access, id: Id): Promise<BloodSpot> {
  return shown(office, access, (await spots.find(tx, access, id))!, todayOf(office.now()))
}

type Linked = Pick<SpotRow, 'chainId' | 'childId'>

function link(
  { chainId, childId }: Linked,
  recordId: Id,
  event: LinkEvent['event'],
  on: CivilDate,
): LinkEvent[] {
  return chainId ? [{ chainId, item: 'BLOOD_SPOT', childId, event, on, recordId }] : []
}

/** Parents who decline are not asked again; a child that left or was transferred may be screened elsewhere. */
const eventOfNone = {
  REFUSED: { event: 'DECLINED', reason: 'NOT_SAID' },
  DIED: { event: 'NOT_APPLICABLE', reason: null },
  TRANSFERRED: { event: 'OFFERED', reason: null },
  LEFT_EARLY: { event: 'OFFERED', reason: null },
} as const

export async function recordSpot(office: Office, access: Access, body: NewBloodSpot): Promise<BloodSpot> {
  const at = office.now()
  const on = (body.sampledOn ?? body.on)!
  const pointer = body.sampledOn ? '/sampledOn' : '/on'
  return await careTransaction(office, access, async (tx) => {
    if (on > todayOf(at)) throw Refused.field(pointer, 'invalid-date')
    const newborn = await newbornOf(tx, access, body.childId, on, at)
    const [last, set] = await Promise.all([findLast(tx, access, body.childId), parametersOn(tx, access, on)])
    if (!maySample(last?.state) || (last && !body.sampledOn)) throw new Refused('already-exists')
    const id = newId(at.getTime())
    const state = body.sampledOn ? ('SAMPLED' as const) : ('NO_SAMPLE' as const)
    const isOver =
      body.noSampleReason !== undefined &&
      (body.noSampleReason === 'REFUSED' || body.noSampleReason === 'DIED')
    const sample = body.sampledOn
      ? {
          ...{
            sampledOn: body.sampledOn,
            hoursAfterBirth: body.hoursAfterBirth ?? null,
            feeds: body.feeds ?? null,
          },
          ...{ sampleNumber: body.sampleNumber ?? null, laboratoryId: body.laboratoryId ?? null },
          findings: spotFindings(
            {
              hoursAfterBirth: body.hoursAfterBirth ?? null,
              ageDays: ageOnDay(newborn.bornOn, on),
              feeds: body.feeds ?? null,
            },
            set,
          ),
        }
      : { noSampleReason: body.noSampleReason }
    await spots.insert(
      tx,
      access,
      {
        ...{ id, ...rowOf(newborn), sequence: (last?.sequence ?? 0) + 1, state, stateOn: on, ...sample },
        dueBy: isOver ? null : dueBy(state, on, newborn.bornOn, set),
        noteCipher: sealed(office, access, id, body.note ?? null),
      },
      at,
    )
    if (last?.state === 'UNSAT')
      await spots.update(tx, access, last.id, { state: 'RECALL_SAMPLE', stateOn: on, dueBy: null }, at)
    if (last?.state === 'NO_SAMPLE') await spots.update(tx, access, last.id, { dueBy: null }, at)
    const none = body.noSampleReason ? eventOfNone[body.noSampleReason] : null
    const links = none
      ? link(newborn, id, none.event, on).map((one) => ({ ...one, reason: none.reason }))
      : link(newborn, id, 'DONE', on)
    await recordLinks(tx, access, links, at)
    await record(tx, access, careDeed(office, body.childId, 'create', 'blood-spot', { fields: [state] }), at)
    return await told(tx, office, access, id)
  })
}

export async function stepSpot(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  step: NewSpotStep,
): Promise<BloodSpot> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const before = await locked(tx, access, id, version)
    if (step.on < before.stateOn || step.on > todayOf(at)) throw Refused.field('/on', 'invalid-date')
    const set = await setOf(tx, office, access, before, step, at)
    await spots.update(tx, access, id, { ...set, stateOn: step.on }, at)
    if (set.state === 'SUSPECT') await recordLinks(tx, access, link(before, id, 'POSITIVE', step.on), at)
    if (set.state === 'CONFIRMED_NEG' || set.state === 'TREATED')
      await recordLinks(tx, access, link(before, id, 'FOLLOWED', step.on), at)
    if (step.to === 'CONFIRMED_POS')
      await proposeFound(tx, office, access, before, {
        codes: step.diagnosisCodes,
        basis: 'BIOCHEMISTRY',
        on: step.on,
      })
    await record(
      tx,
      access,
      careDeed(office, before.childId, 'change', 'blood-spot', { fields: [step.to] }),
      at,
    )
    return await told(tx, office, access, id)
  })
}

async function locked(tx: Transaction, access: Access, id: Id, version: number): Promise<SpotRow & Named> {
  const before = await spots.lock(tx, access, id)
  if (!before) throw new Refused('not-found')
  assertVersion(version, before.version)
  return before
}

const MOST_REMINDERS = 2

/** E3: twice at most, and never after a decline. */
export async function remind(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  { on }: { on: CivilDate },
): Promise<BloodSpot> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const before = await locked(tx, access, id, version)
    const mayRemind = before.noSampleReason === 'LEFT_EARLY' || before.noSampleReason === 'TRANSFERRED'
    if (before.state !== 'NO_SAMPLE' || !mayRemind) throw new Refused('step-not-next')
    if (before.remindedOn.length >= MOST_REMINDERS) throw new Refused('reminded-twice')
    if (on < before.stateOn || on > todayOf(at)) throw Refused.field('/on', 'invalid-date')
    await spots.update(tx, access, id, { remindedOn: [...before.remindedOn, on] }, at)
    await record(
      tx,
      access,
      careDeed(office, before.childId, 'change', 'blood-spot', { fields: ['reminder'] }),
      at,
    )
    return await told(tx, office, access, id)
  })
}

export async function voidSpot(
  office: Office,
  access: Access,
  id: Id,
  { reason }: { reason: string },
): Promise<BloodSpot> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const before = await spots.lock(tx, access, id)
    if (!before) throw new Refused('not-found')
    const last = await findLast(tx, access, before.childId)
    if (last?.id !== id) throw new Refused('conflict')
    await spots.void(tx, access, id, reason, at)
    await voidLinks(tx, access, id, reason, at)
    await reopenFormer(tx, access, before, at)
    await record(
      tx,
      access,
      careDeed(office, before.childId, 'correct', 'blood-spot', { fields: ['void'] }),
      at,
    )
    return await told(tx, office, access, id)
  })
}

/** The sample that was to be repeated is so again. */
async function reopenFormer(
  tx: Transaction,
  access: Access,
  { childId, bornOn }: SpotRow,
  at: Date,
): Promise<void> {
  const former = await findLast(tx, access, childId)
  if (former?.state !== 'RECALL_SAMPLE') return
  const row = (await spots.find(tx, access, former.id))!
  const on = row.reportedOn ?? row.sampledOn ?? row.stateOn
  const set = await parametersOn(tx, access, on)
  await spots.update(
    tx,
    access,
    former.id,
    { state: 'UNSAT', stateOn: on, dueBy: dueBy('UNSAT', on, bornOn, set) },
    at,
  )
}
