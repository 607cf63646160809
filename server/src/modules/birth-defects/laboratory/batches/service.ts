import type { LabBatch, LabResultRow, LabRowProblem } from '@youyu/shared/birth-defects/laboratory'
import type { ErrorCode } from '@youyu/shared/errors'
import type { Page } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import { sha256 } from '../../../../crypto/keys.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { isTransient, isUnreachable } from '../../../../database/failures.ts'
import { sending } from '../../../../database/statements.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import { failureShown } from '../../../../logging.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { recordLinks, type LinkEvent } from '../../chains/index.ts'
import { filingFor } from '../../filing.ts'
import { applyBloodSpotResults } from '../../newborn-screens/index.ts'
import { applyPrenatalResults } from '../../prenatal-screens/index.ts'
import { applyTorchResults } from '../../torch/index.ts'
import * as queries from './queries.ts'
import { noteOf, pointerOf, wrongWith } from './rules.ts'

type Batch = {
  reference: string
  mode: 'ROWS' | 'WHOLE'
  channel: queries.Channel
  rows: readonly LabResultRow[]
}

function shown({ contentHash: _, postedAt, problems, ...batch }: queries.BatchRow): LabBatch {
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
    postedAt: postedAt.toISOString(),
  }
}

/** Numbers and words go in enciphered, under a digest by which the same answer is known again. */
function sealed(
  { ciphers: { clinical } }: Office,
  { county }: Access,
  row: LabResultRow,
  n: number,
  note: string | undefined,
  at: Date,
): queries.SealedRow {
  const { barcode, analyte, flag, number, unit, measuredOn: on, correction } = row
  const id = newId(at.getTime())
  const hasValue = number !== undefined || note !== undefined
  return {
    ...{ n, id, barcode, analyte, flag, number, unit, on, correction, wrong: wrongWith(row) },
    value: hasValue
      ? clinical.encipher(JSON.stringify({ number, unit, note }), { county, id }).toString('base64')
      : undefined,
    digest: clinical
      .blindIndex(`${barcode} ${analyte} ${flag ?? ''} ${number ?? ''} ${on} ${note ?? ''}`)
      .toString('base64'),
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
  const sealedRows = rows.map((row, n) => sealed(office, access, row, n, notes[n]!.note, at))
  const barcodes = [...new Set(rows.map(({ barcode }) => barcode))]
  const [, , posted] = await Promise.all([
    queries.claimBatch(tx, access, { id, reference, channel, contentHash, rows: rows.length }, at),
    queries.lockOrders(tx, access, barcodes),
    queries.postRows(tx, access, { id, channel }, sealedRows, {
      at,
      today: todayOf(at),
      read: readers.flatMap(({ panels }) => panels),
    }),
  ])
  if (!posted) return await answeredBefore(tx, access, reference, contentHash)
  if (mode === 'WHOLE' && posted.problems.length > 0) {
    const errors = posted.problems.map(({ row, code }) => ({
      pointer: pointerOf(row, code),
      code: code as ErrorCode,
    }))
    throw new Refused('invalid-request', { errors })
  }

  const stripped = notes.flatMap(({ stripped: isStripped }, row) =>
    isStripped ? [{ row, code: 'fetal-sex-removed' }] : [],
  )
  const { accepted, duplicates } = posted
  const problems = [...posted.problems, ...stripped]
  await Promise.all([
    queries.fillBatch(tx, access, id, { accepted, duplicates, problems }),
    record(tx, access, { action: 'create', entity: 'lab-batch', entityId: id, rows: accepted }, at),
  ])
  await file(tx, office, access, id, posted.filed, at)
  return shown({
    ...{ id, reference, channel, contentHash, rows: rows.length, accepted, duplicates, problems },
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

/** Into the records of those who ordered, each facility's own. */
async function file(
  tx: Transaction,
  office: Office,
  access: Access,
  batchId: string,
  filed: queries.Posted['filed'],
  at: Date,
): Promise<void> {
  for (const { facility, panels } of filed)
    await filingFor(tx, access, facility, (theirs) => fileAt(tx, office, theirs, batchId, panels, at))
}

type Apply = (
  tx: Transaction,
  office: Office,
  access: Access,
  batch: { batchId: string; at: Date },
) => Promise<LinkEvent[]>

/** Who reads the answers of a panel. */
const readers: { panels: readonly string[]; apply: Apply }[] = [
  { panels: ['TORCH', 'PRECONCEPTION'], apply: applyTorchResults },
  { panels: ['SERUM', 'NIPT', 'OGTT'], apply: applyPrenatalResults },
  { panels: ['BLOOD_SPOT'], apply: applyBloodSpotResults },
]

/**
 * What a record cannot take stays POSTED and is read under its order: one woman's record is no reason to turn back the
 * answers of all the others. Chains hear of all panels together and last: their counts are shared by everybody who posts,
 * and are held until the commit.
 */
async function fileAt(
  tx: Transaction,
  office: Office,
  access: Access,
  batchId: string,
  panels: readonly string[],
  at: Date,
): Promise<void> {
  const marked = sending(queries.mark(tx, 'facility'))
  try {
    const said: LinkEvent[] = []
    await eachPanel(tx, office, access, batchId, panels, at, (links) => said.push(...links))
    await Promise.all([marked, recordLinks(tx, access, said, at)])
  } catch (error) {
    if (isTransient(error) || isUnreachable(error)) throw error
    await queries.backToMark(tx, 'facility')
    await eachPanel(tx, office, access, batchId, panels, at, (links) => recordLinks(tx, access, links, at))
  }
}

async function eachPanel(
  tx: Transaction,
  office: Office,
  access: Access,
  batchId: string,
  panels: readonly string[],
  at: Date,
  say: (links: LinkEvent[]) => unknown,
): Promise<void> {
  for (const { panels: read, apply } of readers) {
    const theirs = read.filter((panel) => panels.includes(panel))
    if (theirs.length === 0) continue
    const marked = sending(queries.mark(tx, 'panel'))
    try {
      const links = await apply(tx, office, access, { batchId, at })
      await marked
      await say(links)
    } catch (error) {
      if (isTransient(error) || isUnreachable(error)) throw error
      await queries.backToMark(tx, 'panel')
      await queries.leavePosted(tx, access, batchId, theirs)
      office.log.warn({ failure: failureShown(error), batchId }, 'results could not be filed')
    }
  }
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
