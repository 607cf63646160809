import { parse } from 'csv-parse/sync'
import { Refused } from '../../../../refused.ts'
import { BYTE_ORDER_MARK, formatOf } from '../rules-format.ts'
import { emptyFile, headText } from './reception.ts'
import { cellOf, parserOptions, readableFailure, type Encoding, type TextForm } from './records.ts'

export type Heading = TextForm & { headers: string[]; sample: string[][] }

const SAMPLE = 20

/** What the head of a file tells: its form, its header, its first rows. */
export function headingOf(head: Buffer, encoding: Encoding, isWhole: boolean): Heading {
  const text = headText(head, encoding)
  if (text.replace(BYTE_ORDER_MARK, '').trim() === '') throw emptyFile()
  const form = { encoding, ...formatOf(text) }
  const [headers, ...sample] =
    form.format === 'ndjson' ? objects(text, isWhole) : delimited(text, form, isWhole)
  if (!headers) throw emptyFile()
  if (headers.some((header) => header.length > 200) || headers.length > 300)
    throw unknownHeader('表头过长 / the header is too long')
  if (sample.length === 0 && isWhole)
    throw new Refused('unreadable-file', {
      detail: '文件只有表头，没有数据行 / the file has a header and no rows',
    })
  return { ...form, headers, sample }
}

export const unknownHeader = (detail: string) => new Refused('unknown-header', { detail })

function delimited(text: string, { delimiter }: TextForm, isWhole: boolean): string[][] {
  try {
    const rows: string[][] = parse(isWhole ? text : whole(text), {
      ...parserOptions(delimiter),
      to: SAMPLE,
    })
    return rows.filter((cells) => cells.some((cell) => cell.trim() !== ''))
  } catch (error) {
    throw readableFailure(error, 1)
  }
}

/** Without the last, perhaps cut, line. */
const whole = (text: string) =>
  text.slice(0, Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1) || text

function objects(text: string, isWhole: boolean): string[][] {
  const lines = (isWhole ? text : whole(text))
    .replace(BYTE_ORDER_MARK, '')
    .split(/\r?\n/, SAMPLE)
    .filter((line) => line.trim() !== '')
  const values = lines.map((line) => {
    try {
      return JSON.parse(line) as Record<string, unknown>
    } catch {
      return null
    }
  })
  const first = values[0]
  if (!first)
    throw new Refused('unreadable-file', { detail: '第 1 行不是 JSON 对象 / row 1 is not a JSON object' })
  const headers = Object.keys(first)
  const cells = (value: Record<string, unknown> | null) => headers.map((key) => cellOf(value?.[key]))
  return [headers, ...values.map(cells)]
}
