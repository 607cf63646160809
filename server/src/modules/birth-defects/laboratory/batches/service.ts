import type { LabBatch, LabResultRow, LabRowProblem } from '@youyu/shared/birth-defects/laboratory'
import type { ErrorCode } from '@youyu/shared/errors'
import type { Page } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import { sha256 } from '../../../../crypto/keys.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { sending } from '../../../../database/statements.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { fileBatch, panelsRead } from '../filing/service.ts'
import * as queries from './queries.ts'
import { noteOf, pointerOf, wrongWith } from './rules.ts'

type Batch = {
  reference: string
  mode: 'ROWS' | 'WHOLE'
  channel: queries.Channel
  rows: readonly LabResultRow[]
}

function shown({ contentHash: _, postedAt, problems, held, ...batch }: queries.BatchRow): LabBatch {
  return {
    ...batch,
    rejected: batch.rows - batch.accepted - batch.duplicates,
    problems: problems
      .map(({ row, code }): LabRowProblem => ({
        row,
        code: code as ErrorCode,
        pointer: pointerOf(row, code),
      }))
      .sort((left, right) => left.row - right.row),
    held: held.map(({ barcode, code }) => ({ barcode, code: code as ErrorCode })),
    postedAt: postedAt.toISOString(),
  }
}

/** Numbers and words go in enciphered, under a digest by which the same answer is known again. */
function sealed(
  { ciphers: { clinical } }: Office,
  { county }: Access,
  row: LabResultRow,
  note: string | undefined,
  at: Date,
): queries.SealedRow {
  const { barcode, analyte, flag, number, unit, measuredOn: on, correction } = row
  const id = newId(at.getTime())
  const hasValue = number !== undefined || note !== undefined
  return {
    ...{ id, barcode, analyte, flag, number, unit, on, correction, wrong: wrongWith(row) },
    value: hasValue ? clinical.encipher(JSON.stringify({ number, unit, note }), { county, id }) : undefined,
    digest: clinical.blindIndex(`${barcode} ${analyte} ${flag ?? ''} ${number ?? ''} ${on} ${note ?? ''}`),
  }
}

/**
 * A batch is one transaction: its sound rows are in the records of those who ordered when it is answered, and the others
 * are named; sent again, it is answered again. A later batch with rows that are known already counts them as duplicates.
 */
export async function postBatch(office: Office, access: Access, batch: Batch): Promise<LabBatch> {
  const { idempotency: _, ...posting } = access
  return await transaction(office.db, posting, (tx) => takeBatch(tx, office, posting, batch))
}

async function takeBatch(
  tx: Transaction,
  office: Office,
  access: Access,
  { reference, mode, channel, rows }: Batch,
): Promise<LabBatch> {
  const at = office.now()
  const id = newId(at.getTime())
  const contentHash = sha256(JSON.stringify([mode, rows]))
  const notes = rows.map(noteOf)
  const remarks = notes.flatMap(({ stripped }, row) => (stripped ? [{ row, code: 'fetal-sex-removed' }] : []))
  const sealedRows = rows.map((row, n) => sealed(office, access, row, notes[n]!.note, at))
  const barcodes = [...new Set(rows.map(({ barcode }) => barcode))]
  const [, , posted] = await Promise.all([
    queries.claimBatch(tx, access, { id, reference, channel, contentHash, rows: rows.length }, at),
    queries.lockOrders(tx, access, barcodes),
    queries.postRows(
      tx,
      access,
      { id, channel },
      { barcodes, rows: sealedRows },
      { at, today: todayOf(at), read: panelsRead, remarks },
    ),
  ])
  if (!posted) return await answeredBefore(tx, access, reference, contentHash)
  if (mode === 'WHOLE' && posted.problems.length > 0) {
    const errors = posted.problems.map(({ row, code }) => ({
      pointer: pointerOf(row, code),
      code: code as ErrorCode,
    }))
    throw new Refused('invalid-request', { errors })
  }

  const { accepted, duplicates } = posted
  const problems = [...posted.problems, ...remarks]
  const deed = { action: 'create', entity: 'lab-batch', entityId: id, rows: accepted } as const
  const recorded = sending(record(tx, access, deed, at))
  const held = await fileBatch(tx, office, access, id, posted.filed, at)
  await recorded
  return shown({
    ...{ id, reference, channel, contentHash, rows: rows.length, accepted, duplicates, problems, held },
    postedAt: at,
  })
}

async function answeredBefore(
  tx: Transaction,
  access: Access,
  reference: string,
  contentHash: Buffer,
): Promise<LabBatch> {
  const before = (await queries.findBatch(tx, access, reference))!
  if (!before.contentHash.equals(contentHash))
    throw new Refused('batch-differs', { errors: [{ pointer: '/reference', code: 'batch-differs' }] })
  return shown(before)
}

export async function listBatches(
  office: Office,
  access: Access,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<LabBatch>> {
  const after = keyIn(cursor, ['string'])
  if (after && !/^[0-9a-f-]{36}$/.test(after[0]))
    throw new Refused('invalid-cursor', { errors: [{ pointer: '?cursor', code: 'invalid-cursor' }] })
  const rows = await reading(office.db, access, (tx) =>
    queries.selectBatches(tx, access, after?.[0] ?? null, limit + 1),
  )
  return pageOf(rows, limit, shown, ({ id }) => [id])
}
