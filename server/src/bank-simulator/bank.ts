import { createHash } from 'node:crypto'
import type { LayoutDefinition } from '@youyu/shared/subsidies/bank-layouts'
import type { ReturnCode } from '@youyu/shared/subsidies/payment-values'
import { fenOf, readerOf, writerOf, yuanOf, type Fault } from '../modules/subsidies/index.ts'
import { todayOf } from '../office.ts'

/** Shares of lines, 0 … 1. */
export type Behaviour = {
  failed: number
  /** Lines that the return says twice. */
  duplicate: number
  /** Whether the first return is broken; the right one follows. */
  malformed: boolean
  /** Into how many files a return is cut. */
  files: number
  /** Milliseconds from the file to its return. */
  delay: number
  seed: string
}

const obliging: Behaviour = {
  ...{ failed: 0.02, duplicate: 0, malformed: false, files: 1, delay: 0, seed: 'bank' },
}

type Payment = { seq: string; account: string; fen: number; code: ReturnCode }
type Taken = { sha256: string; reference: string; at: number; payments: Payment[] }

type Receipt =
  | { status: 'ACCEPTED' | 'REPEATED'; reference: string }
  | { status: 'DIFFERS' | 'MALFORMED'; faults: readonly Fault[] }

export type Bank = {
  /** Takes a batch once: the same file again is no news, another under its number is refused. */
  receive(batchNumber: string, file: Buffer): Receipt
  returns(batchNumber: string): { name: string; content: Buffer }[]
  /** What was really paid, by batch and number: each must be there once. */
  paid(): Map<string, { times: number; fen: number }>
}

const failures: readonly ReturnCode[] = ['01', '02', '03', '04', '06', '99']

/** A bank as it is met in practice, for tests and the demo; the same seed makes the same mistakes. */
export function openBank(layout: LayoutDefinition, behaviour: Partial<Behaviour> = {}, now = Date.now): Bank {
  const { failed, duplicate, malformed, files, delay, seed } = { ...obliging, ...behaviour }
  const batches = new Map<string, Taken>()
  const paid = new Map<string, { times: number; fen: number }>()
  const place = (field: string) => layout.pay.columns.findIndex((column) => column.field === field)

  /** Between 0 and 1, the same for the same question. */
  const chance = (...question: string[]) =>
    createHash('sha256')
      .update([seed, ...question].join(' '))
      .digest()
      .readUInt32BE(0) /
    2 ** 32

  function codeFor(batchNumber: string, seq: string, account: string): ReturnCode {
    if (chance('fails', batchNumber, seq, account) >= failed) return '00'
    return failures[Math.floor(chance('why', batchNumber, seq) * failures.length)]!
  }

  function read(batchNumber: string, file: Buffer): { payments: Payment[]; faults: Fault[] } {
    const payments: Payment[] = []
    const faults: Fault[] = []
    const fenAt = place('amountFen')
    const reader = readerOf(
      layout.pay,
      (cells, line) => {
        const amount = cells[fenAt >= 0 ? fenAt : place('amountYuan')]!.trim()
        const fen = fenAt >= 0 ? Number(amount) : fenOf(amount)
        const [seq, account] = [String(Number(cells[place('seq')])), cells[place('accountNumber')]!.trim()]
        if (fen === null || !Number.isInteger(fen) || !/^\d+$/.test(account))
          faults.push({ line, field: 'amountFen', code: 'invalid-value' })
        else payments.push({ seq, account, fen, code: codeFor(batchNumber, seq, account) })
      },
      (fault) => faults.push(fault),
    )
    reader.take(file)
    const stated = reader.end()
    const sum = payments.reduce((whole, { fen }) => whole + fen, 0)
    if ((stated.rows ?? payments.length) !== payments.length || (stated.totalFen ?? sum) !== sum)
      faults.push({ line: 1, field: 'totalFen', code: 'total-differs' })
    return { payments, faults }
  }

  function answerOf(batchNumber: string, payments: readonly Payment[], reference: string): Buffer {
    const writer = writerOf(layout.return)
    const codes = new Map(Object.entries(layout.return.codes).map(([theirs, ours]) => [ours, theirs]))
    const day = todayOf(new Date(now()))
    const valueDate = layout.return.dateFormat === 'YYYYMMDD' ? day.replaceAll('-', '') : day
    const lines = payments.flatMap((payment) => {
      const { seq, account, fen, code } = payment
      const line = writer.line({
        ...{ batchNumber, seq, accountNumber: account, amountFen: String(fen), amountYuan: yuanOf(fen) },
        ...{ code: codes.get(code) ?? 'X', message: code === '00' ? '' : '代发失败' },
        ...{ bankReference: `${reference}${seq}`, valueDate },
      })
      return chance('twice', batchNumber, seq) < duplicate ? [line, line] : [line]
    })
    const totals = {
      ...{ batchNumber, rows: lines.length, payOn: day },
      totalFen: payments.reduce(
        (sum, { seq, fen }) => sum + fen * (chance('twice', batchNumber, seq) < duplicate ? 2 : 1),
        0,
      ),
    }
    return Buffer.concat([writer.opening(totals), ...lines, writer.closing(totals)])
  }

  return {
    receive(batchNumber, file) {
      const sha256 = createHash('sha256').update(file).digest('hex')
      const earlier = batches.get(batchNumber)
      if (earlier)
        return earlier.sha256 === sha256
          ? { status: 'REPEATED', reference: earlier.reference }
          : { status: 'DIFFERS', faults: [] }
      const { payments, faults } = read(batchNumber, file)
      if (faults.length > 0) return { status: 'MALFORMED', faults }
      const reference = `R${createHash('sha256')
        .update(seed + batchNumber)
        .digest('hex')
        .slice(0, 8)}`
      batches.set(batchNumber, { sha256, reference, at: now(), payments })
      for (const { seq, fen, code } of payments) {
        if (code !== '00') continue
        const key = `${batchNumber} ${seq}`
        paid.set(key, { times: (paid.get(key)?.times ?? 0) + 1, fen })
      }
      return { status: 'ACCEPTED', reference }
    },
    returns(batchNumber) {
      const taken = batches.get(batchNumber)
      if (!taken || now() - taken.at < delay) return []
      const size = Math.ceil(taken.payments.length / files)
      const whole = Array.from({ length: files }, (_, part) => ({
        name: `${batchNumber}-${part + 1}.ret`,
        content: answerOf(batchNumber, taken.payments.slice(part * size, (part + 1) * size), taken.reference),
      })).filter((_, part) => part * size < taken.payments.length)
      if (!malformed) return whole
      const first = whole[0]!.content
      return [
        { name: `${batchNumber}-0.ret`, content: first.subarray(0, Math.max(1, first.length - 7)) },
        ...whole,
      ]
    },
    paid: () => paid,
  }
}
