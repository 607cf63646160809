import type { listTorchCases, NewTorchStep, TorchCase, TorchCaseRow } from '@youyu/shared/birth-defects/torch'
import type { CivilDate, Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed, careTransaction } from '../../contraception/index.ts'
import { recordLinks, voidLinks } from '../chains/index.ts'
import * as queries from './queries.ts'
import * as writing from './queries-writing.ts'
import { courseOf, daysBetween, isOverdue, stepFaults } from './rules.ts'

function shownRow({ facilityId: _, ...row }: queries.KeptCase, today: CivilDate): TorchCaseRow {
  return {
    ...row,
    days: daysBetween(row.foundOn, row.closedOn ?? today),
    isOverdue: isOverdue(row, today),
  }
}

type Asked = z.output<(typeof listTorchCases)['schema']['querystring']>

export async function listCases(
  office: Office,
  access: Access,
  { limit, cursor, isOverdue: late, ...filter }: Asked,
): Promise<Page<TorchCaseRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const today = todayOf(office.now())
  const overdueBy = late ? today : undefined
  const rows = await reading(office.db, access, (tx) =>
    queries.selectCases(tx, access, { ...filter, overdueBy, after, limit: limit + 1 }),
  )
  const page = pageOf(
    rows,
    limit,
    (row) => shownRow(row, today),
    (row) => [row.foundOn, row.id],
  )
  for (const id of new Set(page.items.map(({ client }) => client.id)))
    office.views.note(access, careDeed(office, id, 'view', 'torch-case', { fields: ['list'] }))
  return page
}

async function told(tx: Transaction, office: Office, access: Access, id: Id): Promise<TorchCase> {
  const [found, steps] = await Promise.all([
    queries.findCase(tx, access, id),
    queries.selectSteps(tx, access, [id]),
  ])
  if (!found) throw new Refused('not-found')
  const { county } = access
  return {
    ...shownRow(found, todayOf(office.now())),
    steps: steps.map(({ caseId: _, noteCipher, ...step }) => ({
      ...step,
      note: noteCipher && office.ciphers.clinical.decipher(noteCipher, { county, id: step.id }),
    })),
  }
}

export async function readCase(office: Office, access: Access, id: Id): Promise<TorchCase> {
  return await transaction(office.db, access, async (tx) => {
    const found = await told(tx, office, access, id)
    await record(tx, access, careDeed(office, found.client.id, 'view', 'torch-case'), office.now())
    return found
  })
}

async function ownCase(tx: Transaction, access: Access, id: Id): Promise<queries.KeptCase> {
  await queries.lockCase(tx, access, id)
  const found = await queries.findCase(tx, access, id)
  if (!found) throw new Refused('not-found')
  if (found.facilityId !== access.facility) throw new Refused('forbidden')
  return found
}

/** The next step of a case, and what closing it says to the chain. */
export async function takeStep(
  office: Office,
  access: Access,
  id: Id,
  body: NewTorchStep,
): Promise<TorchCase> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const before = await ownCase(tx, access, id)
    if (before.state === 'CLOSED') throw new Refused('already-decided')
    const faults = stepFaults(before, body, todayOf(at))
    if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
    const { state, occurredOn, closing, referredTo, note } = body
    const { chainId } = before
    const stepId = newId(at.getTime())
    const noteCipher =
      note && office.ciphers.clinical.encipher(note, { county: access.county, id: stepId }).toString('base64')
    const step = {
      id: stepId,
      caseId: id,
      chainId,
      state,
      occurredOn,
      testId: null,
      closing,
      referredTo,
      noteCipher,
    }
    await writing.insertSteps(tx, access, [step], at)
    const course = courseOf(await queries.selectSteps(tx, access, [id]))
    await writing.updateCases(tx, access, [{ id, ...course, keepsRetest: true }], at)
    if (state === 'CLOSED' && closing !== 'DECLINED' && closing !== 'LOST' && chainId) {
      const link = { chainId, item: 'TORCH', event: 'FOLLOWED', on: occurredOn, recordId: stepId } as const
      await recordLinks(tx, access, [link], at)
    }
    await record(
      tx,
      access,
      careDeed(office, before.client.id, 'change', 'torch-case', { fields: [state] }),
      at,
    )
    return await told(tx, office, access, id)
  })
}

/** Takes back the last step that was entered by hand; a test is taken back where it stands. */
export async function takeStepBack(
  office: Office,
  access: Access,
  id: Id,
  reason: string,
): Promise<TorchCase> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const before = await ownCase(tx, access, id)
    const steps = await queries.selectSteps(tx, access, [id])
    const last = steps.at(-1)!
    if (last.testId !== null || steps.length < 2) throw new Refused('conflict')
    await writing.voidStepRow(tx, access, last.id, reason, at)
    if (last.state === 'CLOSED') await voidLinks(tx, access, last.id, reason, at)
    const course = courseOf(steps.slice(0, -1))
    await writing.updateCases(tx, access, [{ id, ...course, keepsRetest: true }], at)
    await record(tx, access, careDeed(office, before.client.id, 'correct', 'torch-case'), at)
    return await told(tx, office, access, id)
  })
}
