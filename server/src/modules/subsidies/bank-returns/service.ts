import type {
  listUnmatched,
  resolveUnmatched,
  ReturnFile,
  UnmatchedLine,
} from '@youyu/shared/subsidies/bank-returns'
import type { Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { findBatch } from '../payment-batches/index.ts'
import * as queries from './queries.ts'
import { shown } from './taking.ts'

export async function returnsOf(office: Office, access: Access, id: Id): Promise<{ items: ReturnFile[] }> {
  return await reading(office.db, access, async (tx) => {
    if (!(await findBatch(tx, access, { id }))) throw new Refused('not-found')
    const files = await queries.selectReturns(tx, access, id)
    const items: ReturnFile[] = []
    for (const file of files) items.push(await shown(tx, file))
    return { items }
  })
}

type Listing = z.output<(typeof listUnmatched)['schema']['querystring']>

export async function unmatchedOf(
  office: Office,
  access: Access,
  id: Id,
  { limit, cursor }: Listing,
): Promise<Page<UnmatchedLine>> {
  const after = keyIn(cursor, ['number', 'number'])
  const rows = await reading(office.db, access, async (tx) => {
    if (!(await findBatch(tx, access, { id }))) throw new Refused('not-found')
    return await queries.selectUnmatched(tx, access, id, after, limit + 1)
  })
  return pageOf(
    rows,
    limit,
    (row) => row,
    (row) => [row.fileNo, row.line],
  )
}

type Given = z.output<(typeof resolveUnmatched)['schema']['body']>

export async function resolveLine(
  office: Office,
  access: Access,
  id: Id,
  { fileNo, line, resolution }: Given,
): Promise<UnmatchedLine> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const find = async () => (await queries.selectUnmatched(tx, access, id, null, 1, { fileNo, line }))[0]
    const found = await find()
    if (!found) throw new Refused('not-found')
    if (found.resolution !== null) throw new Refused('conflict')
    await queries.resolveUnmatched(tx, access, id, { fileNo, line, resolution }, at)
    const deed = { action: 'change', entity: 'payment-batch', entityId: id, fields: ['unmatched'] } as const
    await record(tx, access, { ...deed, reason: resolution }, at)
    return (await find())!
  })
}
