import type { PayLayout, ReturnLayout } from '@youyu/shared/subsidies/bank-layouts'
import type { ErrorCode } from '@youyu/shared/errors'
import { decoderOf } from './rules-encoding.ts'

type Layout = PayLayout | ReturnLayout

export type Fault = { line: number; field: string; code: ErrorCode }
/** What header and trailer say of the whole; checked against the lines. */
type Stated = { batchNumber?: string; rows?: number; totalFen?: number }

const LONGEST_LINE = 4000

/** More faults than anybody reads; the file is refused anyway. */
export const MOST_FAULTS = 50

export type LineReader = {
  /** Takes bytes as they come; hands out every whole line between header and trailer. */
  take(bytes: Buffer): void
  /** After the last byte. */
  end(): Stated
}

/**
 * Reads the lines of a layout from a stream of bytes. A line's cells are handed out in the order of the layout's columns; the
 * last line is held back while it may be the trailer.
 */
export function readerOf(
  layout: Layout,
  give: (cells: readonly string[], line: number) => void,
  fault: (fault: Fault) => void,
): LineReader {
  const opening = (layout.titles ? 1 : 0) + (layout.header ? 1 : 0)
  const isFixed = layout.format === 'FIXED'
  const separator = layout.separator ?? ','
  const count = layout.columns.length
  const widths = layout.columns.map(({ width }) => width ?? 0)
  const decoder = decoderOf(layout.encoding)
  const fields = decoderOf(layout.encoding)
  const stated: Stated = {}
  let number = 0
  let held: { text: string | Buffer; line: number } | null = null
  let rest: Buffer = Buffer.alloc(0)
  let tail = ''
  let isBroken = false

  function cellsOf(text: string | Buffer, line: number): string[] | null {
    if (typeof text === 'string') return text.split(separator)
    const cells: string[] = []
    let from = 0
    for (const width of widths) {
      cells.push(decoded(text.subarray(from, from + width), line).trim())
      from += width
    }
    if (text.length === from) return cells
    fault({ line, field: '', code: 'unreadable-row' })
    return null
  }

  function decoded(bytes: Buffer, line: number): string {
    try {
      return fields.decode(bytes)
    } catch {
      fault({ line, field: '', code: 'unreadable-row' })
      return ''
    }
  }

  function readTotals(columns: NonNullable<Layout['header']>, text: string | Buffer, line: number): void {
    const cells = typeof text === 'string' ? text.split(separator) : fixedTotals(columns, text, line)
    if (cells.length !== columns.length) return fault({ line, field: '', code: 'unreadable-row' })
    columns.forEach(({ field, literal }, place) => {
      const cell = cells[place]!.trim()
      if (field === 'literal' && cell !== (literal ?? '')) fault({ line, field, code: 'invalid-value' })
      if (field === 'batchNumber') stated.batchNumber = cell
      if (field === 'rows') stated.rows = wholeOf(cell, line, field)
      if (field === 'totalFen') stated.totalFen = wholeOf(cell, line, field)
      if (field === 'totalYuan') {
        const fen = fenOf(cell)
        if (fen === null) fault({ line, field, code: 'invalid-value' })
        else stated.totalFen = fen
      }
    })
  }

  function fixedTotals(columns: NonNullable<Layout['header']>, text: Buffer, line: number): string[] {
    let from = 0
    return columns.map(({ width = 0 }) => decoded(text.subarray(from, (from += width)), line))
  }

  function wholeOf(cell: string, line: number, field: string): number {
    if (/^\d{1,15}$/.test(cell)) return Number(cell)
    fault({ line, field, code: 'invalid-value' })
    return -1
  }

  function deal(text: string | Buffer, line: number): void {
    if (line <= opening) {
      if (layout.header && line === opening) readTotals(layout.header, text, line)
      else if (typeof text === 'string' && text.replace(/^\ufeff/, '') !== layout.titles!.join(separator))
        fault({ line, field: '', code: 'unknown-header' })
      return
    }
    const cells = cellsOf(text, line)
    if (cells === null) return
    if (cells.length !== count) return fault({ line, field: '', code: 'unreadable-row' })
    give(cells, line)
  }

  function next(text: string | Buffer): void {
    number += 1
    if (text.length > LONGEST_LINE) return fault({ line: number, field: '', code: 'unreadable-row' })
    if (!layout.trailer) return deal(text, number)
    if (held) deal(held.text, held.line)
    held = { text, line: number }
  }

  function takeText(text: string): void {
    const lines = (tail + text).split('\n')
    tail = lines.pop()!
    if (tail.length > LONGEST_LINE) {
      tail = ''
      fault({ line: number + 1, field: '', code: 'unreadable-row' })
    }
    for (const line of lines) next(line.endsWith('\r') ? line.slice(0, -1) : line)
  }

  function takeBytes(bytes: Buffer): void {
    let from = 0
    const whole = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes
    for (let at = whole.indexOf(10, from); at >= 0; at = whole.indexOf(10, from)) {
      next(whole.subarray(from, at > from && whole[at - 1] === 13 ? at - 1 : at))
      from = at + 1
    }
    rest = whole.subarray(from)
    if (rest.length > LONGEST_LINE) {
      rest = Buffer.alloc(0)
      fault({ line: number + 1, field: '', code: 'unreadable-row' })
    }
  }

  return {
    take(bytes) {
      if (isFixed) return takeBytes(bytes)
      if (isBroken) return
      try {
        takeText(decoder.decode(bytes, { stream: true }))
      } catch {
        isBroken = true
        fault({ line: number + 1, field: '', code: 'unreadable-file' })
      }
    },
    end() {
      if (!isFixed && !isBroken) {
        try {
          takeText(decoder.decode())
        } catch {
          fault({ line: number + 1, field: '', code: 'unreadable-file' })
        }
        if (tail !== '') next(tail.replace(/\r$/, ''))
      }
      if (isFixed && rest.length > 0) next(rest)
      if (held && layout.trailer) readTotals(layout.trailer, held.text, held.line)
      if (number < opening + (layout.trailer ? 1 : 0))
        fault({ line: Math.max(number, 1), field: '', code: 'required' })
      return stated
    },
  }
}

/** 123.4, 123.40 or 123 yuan in fen; null for what is no amount. */
export function fenOf(yuan: string): number | null {
  const parts = /^(\d{1,13})(?:\.(\d{1,2}))?$/.exec(yuan)
  return parts ? Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0')) : null
}
