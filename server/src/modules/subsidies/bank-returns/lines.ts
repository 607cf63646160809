import type { ErrorCode } from '@youyu/shared/errors'
import type { ReturnLayout } from '@youyu/shared/subsidies/bank-layouts'
import { fenOf } from '../bank-layouts/index.ts'

const LARGEST_SEQ = 8_000_000
const MESSAGE = 200
const REFERENCE = 60

export type LineFault = { field: string; code: ErrorCode }

/**
 * The lines of a return as the database copies them in: checked field by field, the account down to its last four digits. Which
 * numbers were there before is kept as one bit each.
 */
export function copyLineOf(layout: ReturnLayout, batchNumber: string) {
  const place = (field: string) => layout.columns.findIndex((column) => column.field === field)
  const at = {
    ...{
      batch: place('batchNumber'),
      seq: place('seq'),
      account: place('accountNumber'),
      fen: place('amountFen'),
    },
    ...{ yuan: place('amountYuan'), code: place('code'), message: place('message') },
    ...{ reference: place('bankReference'), date: place('valueDate') },
  }
  const codes = new Map(Object.entries(layout.codes))
  let seen = new Uint8Array(1024)
  let lastDate = ''
  let lastCivil: string | null = null

  function isSecond(seq: number): boolean {
    const byte = seq >> 3
    if (byte >= seen.length) {
      const larger = new Uint8Array(Math.max(seen.length * 2, byte + 1))
      larger.set(seen)
      seen = larger
    }
    const bit = 1 << (seq & 7)
    const before = (seen[byte]! & bit) !== 0
    seen[byte]! |= bit
    return before
  }

  function dateOf(text: string): string | null {
    if (text === lastDate) return lastCivil
    lastDate = text
    const parts = (
      layout.dateFormat === 'YYYYMMDD' ? /^(\d{4})(\d\d)(\d\d)$/ : /^(\d{4})-(\d\d)-(\d\d)$/
    ).exec(text)
    const civil = parts && `${parts[1]}-${parts[2]}-${parts[3]}`
    return (lastCivil = civil !== null && isCivil(civil) ? civil : null)
  }

  return function copyLine(
    cells: readonly string[],
    line: number,
  ): { text: string; fen: number } | LineFault {
    const seq = wholeOf(cells[at.seq]!)
    if (seq < 1 || seq > LARGEST_SEQ) return { field: 'seq', code: 'invalid-value' }
    if (at.batch >= 0 && cells[at.batch] !== batchNumber && cells[at.batch]!.trim() !== batchNumber)
      return { field: 'batchNumber', code: 'other-batch' }
    const fen = at.fen >= 0 ? wholeOf(cells[at.fen]!) : (fenOf(cells[at.yuan]!.trim()) ?? -1)
    if (fen < 0) return { field: at.fen >= 0 ? 'amountFen' : 'amountYuan', code: 'invalid-value' }
    const account = cells[at.account]!.trim()
    const tail = account.slice(-4)
    if (tail.length < 4 || wholeOf(tail) < 0 || account.length > 40)
      return { field: 'accountNumber', code: 'invalid-value' }
    const bankCode = cells[at.code]!.trim()
    if (bankCode === '' || bankCode.length > 20 || hasControl(bankCode))
      return { field: 'code', code: 'invalid-value' }
    const reference = at.reference >= 0 ? cells[at.reference]!.trim() : ''
    if (reference.length > REFERENCE || hasControl(reference))
      return { field: 'bankReference', code: 'invalid-value' }
    const message = at.message >= 0 ? cells[at.message]!.trim() : ''
    if (hasControl(message)) return { field: 'message', code: 'invalid-value' }
    const dateText = at.date >= 0 ? cells[at.date]!.trim() : ''
    const date = dateText === '' ? '' : dateOf(dateText)
    if (date === null) return { field: 'valueDate', code: 'invalid-date' }
    const code = codes.get(bankCode) ?? '99'
    const text = `${line}\t${seq}\t${fen}\t****${tail}\t${code}\t${escaped(bankCode)}\t${escaped(reference)}\t${date || '\\N'}\t${escaped(message.slice(0, MESSAGE))}\t${isSecond(seq) ? 't' : 'f'}\n`
    return { text, fen }
  }
}

function isCivil(date: string): boolean {
  const moment = new Date(`${date}T00:00:00Z`)
  return (
    !Number.isNaN(moment.getTime()) &&
    moment.toISOString().startsWith(date) &&
    date >= '1990-01-01' &&
    date < '2200-01-01'
  )
}

/** Digits alone, up to fifteen of them; -1 for everything else. Fields are many, and an expression is slower. */
function wholeOf(text: string): number {
  const cell = text.trim()
  if (cell.length === 0 || cell.length > 15) return -1
  let whole = 0
  for (let place = 0; place < cell.length; place += 1) {
    const digit = cell.charCodeAt(place) - 48
    if (digit < 0 || digit > 9) return -1
    whole = whole * 10 + digit
  }
  return whole
}

function hasControl(text: string): boolean {
  for (let place = 0; place < text.length; place += 1) {
    const code = text.charCodeAt(place)
    if (code < 0x20 || code === 0x7f) return true
  }
  return false
}

/** As COPY's text format wants it; nothing where there is nothing. */
const escaped = (text: string) =>
  text === '' ? '\\N' : text.includes('\\') ? text.replaceAll('\\', '\\\\') : text
