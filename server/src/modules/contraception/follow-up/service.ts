import type {
  FollowUpDone,
  FollowUpResult,
  FollowUpTask,
  getFollowUpTask,
  listFollowUpTasks,
  TaskOutcome,
} from '@youyu/shared/contraception/follow-up'
import type { EndpointOutput } from '@youyu/shared/endpoint'
import type { CivilDate, Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed } from '../clients/index.ts'
import { keepPreference } from '../offers/index.ts'
import { careTransaction } from '../sealed-answers.ts'
import { planFollowUp } from './planning.ts'
import {
  findTask,
  insertMenopauseNote,
  lockTask,
  selectTasks,
  updateTask,
  type ReadTask,
  type StandingTask,
  type TaskChange,
} from './queries.ts'
import { isOpen, outcomeFaults } from './rules.ts'
import { shownTask } from './task-row.ts'

type Asked = z.output<(typeof listFollowUpTasks)['schema']['querystring']>

/** Every client shown is a look at her record of care. */
export async function worklist(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<FollowUpTask>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) =>
    selectTasks(tx, access, { ...filter, after, limit: limit + 1 }),
  )
  const today = todayOf(office.now())
  const page = pageOf(
    rows,
    limit,
    (row) => shownTask(row, today),
    (row) => [row.dueFrom, row.id],
  )
  for (const clientId of new Set(page.items.map(({ client }) => client.id)))
    office.views.note(access, careDeed(office, clientId, 'view', 'follow-up-task'))
  return page
}

export async function readTask(
  office: Office,
  access: Access,
  id: Id,
): Promise<EndpointOutput<typeof getFollowUpTask>> {
  const at = office.now()
  const task = await careTransaction(office, access, async (tx) => {
    const found = await findTask(tx, access, id)
    if (!found) throw new Refused('not-found')
    await record(
      tx,
      access,
      careDeed(office, found.clientId, 'view', 'follow-up-task', { fields: ['result'] }),
      at,
    )
    return found
  })
  const { doneMode, resultCipher, recordedAt, updatedAt, updatedBy } = task
  return {
    ...shownTask(task, todayOf(at)),
    doneMode,
    result: resultIn(office, access, task, resultCipher),
    recordedAt: recordedAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    updatedBy,
  }
}

function resultIn(
  { ciphers }: Office,
  { county }: Access,
  { id }: ReadTask,
  cipher: Buffer | null,
): FollowUpResult | null {
  return cipher && (JSON.parse(ciphers.clinical.decipher(cipher, { county, id })) as FollowUpResult)
}

export async function recordOutcome(
  office: Office,
  access: Access,
  id: Id,
  outcome: TaskOutcome,
): Promise<FollowUpTask> {
  const at = office.now()
  const today = todayOf(at)
  return await careTransaction(office, access, async (tx) => {
    await answerTask(tx, office, access, { id, outcome }, at)
    return shownTask((await findTask(tx, access, id))!, today)
  })
}

/** Part of an encounter: the visit answers a task. */
export async function completeTask(
  tx: Transaction,
  office: Office,
  access: Access,
  { taskId, mode, result, on, clientId }: FollowUpDone & { on: CivilDate; clientId: Id },
  at: Date,
): Promise<{ id: Id; before: string }> {
  return await answerTask(
    tx,
    office,
    access,
    { id: taskId, outcome: { outcome: 'DONE', on, mode, result }, clientId, pointer: '/followUp' },
    at,
  )
}

type Answer = { id: Id; outcome: TaskOutcome; clientId?: Id; pointer?: string }

async function answerTask(
  tx: Transaction,
  office: Office,
  access: Access,
  { id, outcome, clientId, pointer = '' }: Answer,
  at: Date,
): Promise<{ id: Id; before: string }> {
  const task = await lockTask(tx, access, id)
  if (!task || (clientId && task.clientId !== clientId))
    throw pointer ? Refused.field(`${pointer}/taskId`, 'not-found') : new Refused('not-found')
  if (!isOpen(task.status)) throw new Refused('task-answered')
  const faults = outcomeFaults(outcome, todayOf(at)).map((fault) => ({
    ...fault,
    pointer: pointer + fault.pointer,
  }))
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
  const change = changeOf(office, access, task, outcome)
  await updateTask(tx, access, id, change, at)
  await Promise.all([
    outcome.outcome === 'DONE' && outcome.result.lastMensesOn
      ? insertMenopauseNote(tx, access, task, {
          id: newId(at.getTime()),
          on: outcome.on,
          lastMensesOn: outcome.result.lastMensesOn,
          at,
        })
      : undefined,
    outcome.outcome === 'DECLINED' && outcome.optOut
      ? keepPreference(
          tx,
          access,
          {
            client: { id: task.clientId, divisionCode: task.divisionCode },
            kind: 'OPT_OUT',
            service: task.service,
            channel: 'FACILITY',
          },
          at,
        )
      : undefined,
    record(
      tx,
      access,
      careDeed(office, task.clientId, 'change', 'follow-up-task', { fields: [change.status] }),
      at,
    ),
  ])
  await planFollowUp(tx, access, { clientIds: [task.clientId] }, at)
  return { id, before: task.status }
}

/** A second try in vain ends it; further ones would be a nuisance. */
function changeOf(
  { ciphers }: Office,
  { county }: Access,
  { id, status, tries }: StandingTask,
  outcome: TaskOutcome,
): TaskChange {
  switch (outcome.outcome) {
    case 'DONE': {
      const result = ciphers.clinical.encipher(JSON.stringify(outcome.result), { county, id })
      return { status: 'DONE', doneOn: outcome.on, doneMode: outcome.mode, result }
    }
    case 'BOOKED':
      return { status: 'BOOKED', bookedOn: outcome.bookedOn }
    case 'DECLINED':
      return { status: 'DECLINED' }
    case 'UNREACHABLE':
      return { status: tries >= 1 ? 'UNREACHABLE' : status, tries: tries + 1, triedOn: outcome.on }
    case 'NOT_NEEDED':
      return { status: 'CANCELLED', isNotNeeded: true }
  }
}
