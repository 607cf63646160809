import type {
  GivenTorchTest,
  listTorchTests,
  TorchConfirmation,
  TorchMatrix,
  TorchTest,
  TorchTestCorrection,
  TorchTestPreview,
  TorchTestRow,
} from '@youyu/shared/birth-defects/torch'
import type { Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { rehearsal } from '../../../database/rehearsal.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed, careTransaction } from '../../contraception/index.ts'
import { matrixOn } from './matrix.ts'
import { findTest, selectTests } from './queries.ts'
import { confirmTestIn, correctTestIn, recordTestIn, voidTestIn } from './testing.ts'
import { shownTest, shownTestRow } from './test-row.ts'

export async function readMatrix(office: Office, access: Access): Promise<TorchMatrix> {
  const matrix = await reading(office.db, access, (tx) => matrixOn(tx, office, todayOf(office.now())))
  if (!matrix) throw new Refused('not-found')
  return matrix
}

type Asked = z.output<(typeof listTorchTests)['schema']['querystring']>

export async function listTests(
  office: Office,
  access: Access,
  { limit, cursor, ...question }: Asked,
): Promise<Page<TorchTestRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) =>
    selectTests(tx, access, { ...question, after, limit: limit + 1 }),
  )
  const page = pageOf(rows, limit, shownTestRow, (row) => [row.occurredOn, row.id])
  for (const id of new Set(page.items.map(({ client }) => client.id)))
    office.views.note(access, careDeed(office, id, 'view', 'torch-test', { fields: ['list'] }))
  return page
}

async function told(tx: Transaction, office: Office, access: Access, id: Id): Promise<TorchTest> {
  const test = await findTest(tx, access, id)
  if (!test) throw new Refused('not-found')
  const matrix = await matrixOn(tx, office, test.occurredOn)
  return shownTest(office, access, test, matrix?.cells ?? [])
}

/** One test; that it was read is written with it. */
export async function readTest(office: Office, access: Access, id: Id): Promise<TorchTest> {
  return await transaction(office.db, access, async (tx) => {
    const test = await told(tx, office, access, id)
    await record(tx, access, careDeed(office, test.client.id, 'view', 'torch-test'), office.now())
    return test
  })
}

export async function previewTest(
  office: Office,
  access: Access,
  body: GivenTorchTest,
): Promise<TorchTestPreview> {
  return await rehearsal(office.db, access, async (tx) => {
    const { id } = await recordTestIn(tx, office, access, body, office.now())
    return { before: null, after: await told(tx, office, access, id) }
  })
}

export async function enterTest(office: Office, access: Access, body: GivenTorchTest): Promise<TorchTest> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const { id } = await recordTestIn(tx, office, access, body, at)
    return await told(tx, office, access, id)
  })
}

export async function confirmTest(
  office: Office,
  access: Access,
  id: Id,
  body: TorchConfirmation,
): Promise<TorchTest> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    await confirmTestIn(tx, office, access, id, body, at)
    return await told(tx, office, access, id)
  })
}

export async function previewCorrection(
  office: Office,
  access: Access,
  id: Id,
  body: TorchTestCorrection,
): Promise<TorchTestPreview> {
  return await rehearsal(office.db, access, async (tx) => {
    const before = await told(tx, office, access, id)
    const corrected = await correctTestIn(tx, office, access, id, body, office.now())
    return { before, after: await told(tx, office, access, corrected) }
  })
}

export async function setRight(
  office: Office,
  access: Access,
  id: Id,
  body: TorchTestCorrection,
): Promise<TorchTest> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const corrected = await correctTestIn(tx, office, access, id, body, at)
    return await told(tx, office, access, corrected)
  })
}

export async function takeBack(office: Office, access: Access, id: Id, reason: string): Promise<TorchTest> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    await voidTestIn(tx, office, access, id, reason, at)
    return await told(tx, office, access, id)
  })
}
