import { createHash } from 'node:crypto'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import type { Office } from '../../../office.ts'
import { encipherPart, insertPart } from '../bank-files/index.ts'
import { findLayout, writerOf, yuanOf } from '../bank-layouts/index.ts'
import * as queries from './queries.ts'

/** Items held at a time: the file is never whole in this process. */
const PAGE = 1000
const PART = 128 * 1024

type Writing = Pick<
  queries.Held,
  'id' | 'batchId' | 'batchNumber' | 'programme' | 'throughMonth' | 'payOn' | 'layoutId'
>

/** Writes the file for the bank into the database, enciphered piece by piece, from the frozen items alone. */
export async function prepareFile(
  tx: Transaction,
  { ciphers }: Pick<Office, 'ciphers'>,
  access: Access,
  held: Writing,
  at: Date,
): Promise<void> {
  const { county } = access
  const layout = await findLayout(tx, access, held.layoutId)
  const writer = writerOf(layout!.definition.pay)
  const { rows, fen } = await queries.sumOfInstructions(tx, access, held.batchId)
  const totals = { batchNumber: held.batchNumber, rows, totalFen: fen, payOn: held.payOn }
  const hash = createHash('sha256')
  let pieces: Buffer[] = []
  let waiting = 0
  let bytes = 0
  let parts = 0

  async function flush(): Promise<void> {
    if (waiting === 0) return
    const part = Buffer.concat(pieces)
    pieces = []
    waiting = 0
    hash.update(part)
    bytes += part.length
    parts += 1
    await insertPart(tx, access, held.id, parts, encipherPart(ciphers, county, held.id, parts, part))
  }
  async function add(piece: Buffer): Promise<void> {
    pieces.push(piece)
    waiting += piece.length
    if (waiting >= PART) await flush()
  }

  await add(writer.opening(totals))
  const period = held.throughMonth.slice(0, 7)
  let after = 0
  for (;;) {
    const page = await queries.nextInstructions(tx, access, held.batchId, after, PAGE)
    for (const item of page) {
      const cell = { county, id: item.accountVersionId }
      await add(
        writer.line({
          ...{ batchNumber: held.batchNumber, seq: String(item.seq), programme: held.programme, period },
          accountNumber: ciphers.account.decipher(item.numberCipher, cell),
          ...{ accountName: item.holderName, bankName: item.bankName, idLast4: item.idLast4 },
          ...{ amountFen: String(item.amountFen), amountYuan: yuanOf(item.amountFen) },
          memo: `${held.programme} ${period}`,
        }),
      )
    }
    if (page.length < PAGE) break
    after = page.at(-1)!.seq
  }
  await add(writer.closing(totals))
  await flush()
  const file = { name: writer.fileName(totals), sha256: hash.digest(), bytes, rows, fen }
  await queries.filePrepared(tx, access, held.id, file, at)
}
