import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { ReturnFile } from '@youyu/shared/subsidies/bank-returns'
import type { Channel } from '@youyu/shared/subsidies/payment-values'
import { linesOf } from '@youyu/shared/subsidies/ledger'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { longTransaction } from '../../../database/transaction.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { encipherPart, insertPart } from '../bank-files/index.ts'
import { findLayout, MOST_FAULTS, readerOf, type Fault } from '../bank-layouts/index.ts'
import { postLedger } from '../ledger/index.ts'
import { batchAt, byTierOf, selectNames, type BatchRecord } from '../payment-batches/index.ts'
import * as queries from './queries.ts'
import { copyLineOf } from './lines.ts'

const LARGEST = 64 * 1024 * 1024
const PART = 256 * 1024

export type Arriving = {
  batch: { id: Id } | { number: string }
  name: string
  channel: Channel
  content: AsyncIterable<Buffer>
}

type Read = { lines: number; bytes: number; sha256: Buffer; parts: Buffer[] }

/**
 * 回盘: the file is copied in as it comes, matched as a whole and posted, or nothing of it is. The same file a second time is
 * answered as the first time; a line that fits no item is kept for a human, the others count.
 */
export async function takeReturn(
  office: Office,
  access: Access,
  { batch: which, name, channel, content }: Arriving,
): Promise<ReturnFile> {
  const at = office.now()
  return await longTransaction(office.db, access, async (tx) => {
    const batch = await batchAt(tx, access, which)
    const id = newId(at.getTime())
    const read = await readInto(tx, office, access, { batch, id, content })
    const [earlier] = await queries.selectReturns(tx, access, batch.id, read.sha256)
    if (earlier) return await shown(tx, earlier)
    // After closing, money may still come back.
    if (!['SENT', 'PARTIAL', 'CLOSED'].includes(batch.state)) throw new Refused('batch-not-at-this-step')
    const { parts, ...file } = read
    for (const [place, part] of parts.entries()) await insertPart(tx, access, id, place + 1, part)
    const deed = {
      action: 'import',
      entity: 'payment-batch',
      entityId: batch.id,
      fields: ['return'],
    } as const
    await record(tx, access, { ...deed, rows: read.lines }, at)
    return await enterReturn(tx, access, batch, { ...file, id, name: name.slice(0, 200), channel }, at)
  })
}

type Entered = Omit<Read, 'parts'> & { id: Id; name: string; channel: Channel }

/** Matches and posts the lines that stand in `returned`, under the file they came with. */
export async function enterReturn(
  tx: Transaction,
  access: Access,
  batch: BatchRecord,
  { id, ...file }: Entered,
  at: Date,
): Promise<ReturnFile> {
  const fileNo = await queries.nextFileNo(tx, access, batch.id)
  const posted = await queries.postReturn(tx, access, batch.id, fileNo, todayOf(at), at)
  const { paid, failed, returned } = posted
  await queries.insertReturn(tx, {
    ...{ countyCode: access.county, id, batchId: batch.id, fileNo, ...file },
    ...{ paidCount: paid[0], paidFen: paid[1], failedCount: failed[0], failedFen: failed[1] },
    ...{ returnedCount: returned[0], returnedFen: returned[1], repeated: posted.repeated },
    ...{ unmatched: posted.unmatched, receivedBy: access.actorId, receivedAt: at },
  })
  const [kept] = await queries.selectReturns(tx, access, batch.id, file.sha256)
  const told = await shown(tx, kept!)
  await post(tx, access, batch, id, posted, at)
  return told
}

/** Paid leaves the payable, failed frees what was committed, what came back is available again. */
async function post(
  tx: Transaction,
  access: Access,
  { programme, year, number }: Pick<BatchRecord, 'programme' | 'year' | 'number'>,
  refId: Id,
  { paid, failed, returned }: Pick<queries.Posted, 'paid' | 'failed' | 'returned'>,
  at: Date,
): Promise<void> {
  const entries = [
    ['PAYMENT', paid],
    ['RELEASE', failed],
    ['BANK_RETURN', returned],
  ] as const
  for (const [kind, [count = 0, , ...tiers]] of entries) {
    if (count === 0) continue
    const on = todayOf(at)
    const lines = linesOf(kind, byTierOf(tiers))
    await postLedger(
      tx,
      access,
      { kind, programme, year, on, refType: 'BANK_RETURN', refId, memo: number, lines },
      at,
    )
  }
}

type Reading = { batch: BatchRecord; id: Id; content: AsyncIterable<Buffer> }

async function readInto(
  tx: Transaction,
  { ciphers }: Office,
  access: Access,
  { batch, id, content }: Reading,
): Promise<Read> {
  const layout = (await findLayout(tx, access, batch.layoutId))!.definition.return
  const copyLine = copyLineOf(layout, batch.number)
  const faults: Fault[] = []
  const fault = (found: Fault) => {
    if (faults.length < MOST_FAULTS) faults.push(found)
  }
  const hash = createHash('sha256')
  const parts: Buffer[] = []
  let pieces: Buffer[] = []
  let bytes = 0
  let lines = 0
  let sum = 0
  let text = ''
  let isTooLarge = false

  const reader = readerOf(
    layout,
    (cells, line) => {
      if (faults.length > 0) return void copyFaults(copyLine(cells, line), line)
      const copied = copyLine(cells, line)
      if ('text' in copied) {
        text += copied.text
        sum += copied.fen
        lines += 1
      } else copyFaults(copied, line)
    },
    fault,
  )
  function copyFaults(copied: ReturnType<typeof copyLine>, line: number): void {
    if (!('text' in copied)) fault({ line, ...copied })
  }
  const keep = (isLast: boolean) => {
    const length = pieces.reduce((whole, piece) => whole + piece.length, 0)
    if (length === 0 || (!isLast && length < PART)) return
    parts.push(encipherPart(ciphers, access.county, id, parts.length + 1, Buffer.concat(pieces)))
    pieces = []
  }

  const copy = await queries.openLines(tx)
  const done = finished(copy)
  done.catch(() => undefined)
  try {
    for await (const piece of content) {
      bytes += piece.length
      if (bytes > LARGEST) isTooLarge = true
      if (isTooLarge || faults.length >= MOST_FAULTS) continue
      hash.update(piece)
      pieces.push(piece)
      keep(false)
      reader.take(piece)
      if (text.length > 0 && faults.length === 0 && !copy.write(text))
        await Promise.race([once(copy, 'drain'), done])
      text = ''
    }
    const stated = isTooLarge ? {} : reader.end()
    if (text.length > 0 && faults.length === 0) copy.write(text)
    if (stated.batchNumber !== undefined && stated.batchNumber !== batch.number)
      fault({ line: 1, field: 'batchNumber', code: 'other-batch' })
    if (stated.rows !== undefined && faults.length === 0 && stated.rows !== lines)
      fault({ line: lines + 1, field: 'rows', code: 'total-differs' })
    if (stated.totalFen !== undefined && faults.length === 0 && stated.totalFen !== sum)
      fault({ line: lines + 1, field: 'totalFen', code: 'total-differs' })
    keep(true)
  } finally {
    copy.end()
    await done.catch(() => undefined)
  }
  await done
  if (isTooLarge) throw new Refused('payload-too-large')
  if (lines === 0 && faults.length === 0) fault({ line: 1, field: '', code: 'required' })
  if (faults.length > 0) throw refusalOf(faults)
  return { lines, bytes, sha256: hash.digest(), parts }
}

function refusalOf(faults: readonly Fault[]): Refused {
  return new Refused('return-refused', {
    errors: faults.map(({ line, field, code }) => ({
      pointer: field === '' ? `/lines/${line}` : `/lines/${line}/${field}`,
      code,
    })),
  })
}

export async function shown(tx: Transaction, kept: queries.ReturnRecord): Promise<ReturnFile> {
  const names = await selectNames(tx, [kept.receivedById])
  return {
    ...{ fileNo: kept.fileNo, name: kept.name, sha256: kept.sha256.toString('hex') },
    receivedAt: kept.receivedAt.toISOString(),
    receivedBy: names.get(kept.receivedById) ?? '',
    ...{ channel: kept.channel, lines: kept.lines },
    paid: { count: kept.paidCount, fen: kept.paidFen },
    failed: { count: kept.failedCount + kept.returnedCount, fen: kept.failedFen + kept.returnedFen },
    ...{ repeated: kept.repeated, unmatched: kept.unmatched, unresolved: kept.unresolved },
  }
}
