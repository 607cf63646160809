import type { PayLayout, ReturnLayout } from '@youyu/shared/subsidies/bank-layouts'
import { encode } from './rules-encoding.ts'

type Layout = PayLayout | ReturnLayout
type Place = { width?: number | undefined; align?: 'LEFT' | 'RIGHT' | undefined; pad?: string | undefined }

type Totals = { batchNumber: string; rows: number; totalFen: number; payOn: string }

/** A value that has no place in the file: too wide, or without a character in its encoding. */
export class Unwritable extends Error {
  readonly field: string

  constructor(field: string) {
    super(`${field} cannot be written`)
    this.field = field
  }
}

export function yuanOf(fen: number): string {
  const sign = fen < 0 ? '-' : ''
  const whole = Math.abs(fen)
  return `${sign}${Math.floor(whole / 100)}.${String(whole % 100).padStart(2, '0')}`
}

export type LineWriter = {
  /** Title and header lines. */
  opening(totals: Totals): Buffer
  line(values: Readonly<Record<string, string>>): Buffer
  closing(totals: Totals): Buffer
  fileName(totals: Totals): string
}

/** Writes the lines of a layout: separated or in fixed widths, which count bytes. */
export function writerOf(layout: Layout): LineWriter {
  const end = layout.lineEnd === 'CRLF' ? '\r\n' : '\n'
  const separator = layout.separator ?? ','
  const { columns, header, trailer, titles } = layout

  function bytesOf(text: string, field: string): Buffer {
    const bytes = encode(text, layout.encoding)
    if (bytes === null) throw new Unwritable(field)
    return bytes
  }

  function lineOf(cells: readonly ({ field: string; text: string } & Place)[]): Buffer {
    if (layout.format === 'SEPARATED') {
      const plain = cells.map(({ text }) => text.replaceAll(separator, ' ').replace(/[\r\n\t]+/g, ' '))
      const line = plain.join(separator) + end
      const bytes = encode(line, layout.encoding)
      if (bytes) return bytes
      const wrong = cells.find(({ text }) => encode(text, layout.encoding) === null)
      throw new Unwritable(wrong?.field ?? '')
    }
    const parts = cells.map(({ field, text, width = 0, align = 'LEFT', pad = ' ' }) => {
      const bytes = bytesOf(text, field)
      if (bytes.length > width) throw new Unwritable(field)
      const padding = Buffer.alloc(width - bytes.length, pad)
      return align === 'LEFT' ? [bytes, padding] : [padding, bytes]
    })
    return Buffer.concat([...parts.flat(), Buffer.from(end)])
  }

  function totalLine(line: NonNullable<Layout['header']>, totals: Totals): Buffer {
    const values: Record<string, string> = {
      batchNumber: totals.batchNumber,
      rows: String(totals.rows),
      totalFen: String(totals.totalFen),
      totalYuan: yuanOf(totals.totalFen),
      payOn: totals.payOn,
      blank: '',
    }
    return lineOf(
      line.map(({ field, literal, ...place }) => ({
        ...{ field, ...place },
        text: field === 'literal' ? (literal ?? '') : values[field]!,
      })),
    )
  }

  return {
    opening: (totals) =>
      Buffer.concat([
        ...(titles ? [bytesOf(titles.join(separator) + end, 'titles')] : []),
        ...(header ? [totalLine(header, totals)] : []),
      ]),
    line: (values) =>
      lineOf(columns.map(({ field, ...place }) => ({ field, text: values[field] ?? '', ...place }))),
    closing: (totals) => (trailer ? totalLine(trailer, totals) : Buffer.alloc(0)),
    fileName: ({ batchNumber, rows, payOn }) =>
      ('fileName' in layout ? layout.fileName : '{batch}.ret')
        .replaceAll('{batch}', batchNumber)
        .replaceAll('{date}', payOn.replaceAll('-', ''))
        .replaceAll('{rows}', String(rows)),
  }
}
