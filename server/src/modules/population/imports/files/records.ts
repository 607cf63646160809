import { Readable } from 'node:stream'
import { parse, CsvError, type Options } from 'csv-parse'
import { Refused } from '../../../../refused.ts'
import { BYTE_ORDER_MARK, type Delimiter, type FileFormat } from '../rules-format.ts'

export type Encoding = 'utf-8' | 'gb18030'
export type TextForm = { encoding: Encoding; format: FileFormat; delimiter: Delimiter }

/** A row as it stands in the file. `number` is what a spreadsheet shows: the header is row 1. */
export type FileRow = { number: number; cells: string[] }

const LONGEST_CELL = 10_000
const LONGEST_RECORD = 400_000

const unreadable = (zh: string, en: string) => new Refused('unreadable-file', { detail: `${zh} / ${en}` })

/** The rows of a file, header first; blank rows are left out but counted. */
export async function* rowsOf(bytes: AsyncIterable<Buffer>, form: TextForm): AsyncGenerator<FileRow> {
  if (form.format === 'ndjson') yield* objectsOf(bytes, form.encoding)
  else yield* delimitedRows(bytes, form)
}

async function* textOf(bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  try {
    for await (const piece of bytes) yield decoder.decode(piece, { stream: true })
    yield decoder.decode()
  } catch (error) {
    if (error instanceof TypeError)
      throw unreadable('文件编码不是 UTF-8 或 GB18030', 'the file is neither UTF-8 nor GB18030')
    throw error
  }
}

export function parserOptions(delimiter: Delimiter): Options {
  return {
    delimiter,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: LONGEST_RECORD,
  }
}

async function* delimitedRows(
  bytes: AsyncIterable<Buffer>,
  { encoding, delimiter }: TextForm,
): AsyncGenerator<FileRow> {
  const source = Readable.from(encoding === 'utf-8' ? bytes : textOf(bytes, encoding), {
    objectMode: encoding !== 'utf-8',
    highWaterMark: 1,
  })
  const parser = parse(parserOptions(delimiter))
  source.once('error', (error) => parser.destroy(error))
  let number = 0
  try {
    for await (const cells of source.pipe(parser) as AsyncIterable<string[]>) {
      number += 1
      if (cells.every((cell) => cell.trim() === '')) continue
      yield { number, cells }
    }
  } catch (error) {
    throw readableFailure(error, number + 1)
  } finally {
    source.destroy()
  }
}

export function readableFailure(error: unknown, row: number): unknown {
  if (!(error instanceof CsvError)) return error
  if (error.code === 'CSV_QUOTE_NOT_CLOSED')
    return unreadable(`第 ${row} 行起有引号没有闭合`, `from row ${row} on a quotation mark is not closed`)
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return unreadable(
      `第 ${row} 行过长，可能有引号没有闭合`,
      `row ${row} is too long; a quotation mark may not be closed`,
    )
  return unreadable(`第 ${row} 行无法解析`, `row ${row} cannot be parsed`)
}

/** NDJSON: the keys of the first object are the header; its own line is row 1. */
async function* objectsOf(bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<FileRow> {
  let header: string[] | null = null
  let rest = ''
  let number = 0
  async function* lines(): AsyncGenerator<string> {
    for await (const text of textOf(bytes, encoding)) {
      const parts = (rest + text).split('\n')
      rest = parts.pop() ?? ''
      if (rest.length > LONGEST_RECORD)
        throw unreadable(`第 ${number + 1} 行过长`, `row ${number + 1} is too long`)
      yield* parts
    }
    yield rest
  }
  for await (const line of lines()) {
    number += 1
    const text = line.replace(BYTE_ORDER_MARK, '').trim()
    if (text === '') continue
    const value = objectIn(text)
    if (!header) {
      if (!value) throw unreadable(`第 ${number} 行不是 JSON 对象`, `row ${number} is not a JSON object`)
      header = Object.keys(value)
      yield { number: 0, cells: header }
    }
    yield {
      number,
      cells: value ? header.map((key) => cellOf(value[key])) : [UNREADABLE_ROW, text.slice(0, LONGEST_CELL)],
    }
  }
}

/** Stands in place of a row that could not be read at all. */
export const UNREADABLE_ROW = '\u0000unreadable'

function objectIn(text: string): Record<string, unknown> | null {
  try {
    const value = JSON.parse(text) as unknown
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

export function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** What is wrong with the shape of a row, or null: too many cells, or one beyond all measure. */
export function shapeFault(
  row: FileRow,
  columns: number,
): 'unreadable-row' | 'ragged-row' | 'cell-too-long' | null {
  if (row.cells[0] === UNREADABLE_ROW) return 'unreadable-row'
  if (row.cells.length !== columns && row.cells.slice(columns).some((cell) => cell.trim() !== ''))
    return 'ragged-row'
  if (row.cells.length < columns) return 'ragged-row'
  for (const cell of row.cells) if (cell.length > LONGEST_CELL) return 'cell-too-long'
  return null
}
