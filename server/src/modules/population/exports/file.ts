import { Readable } from 'node:stream'
import type { ExportColumn, ExportFormat } from '@youyu/shared/population/exports'
import { writeXlsxStream } from 'hucre/xlsx'
import type { Access } from '../../../access/access.ts'
import type { Office } from '../../../office.ts'
import { ciphered, mustDecipher, type Shape } from './queries-columns.ts'
import { streamRows, streamText, type CountedChoice } from './queries-stream.ts'
import { columnNames, csvLine, neutralised, WATERMARK_NAME } from './rules.ts'

export const contentTypes: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

const BOM = '\ufeff'
const LINES = 500

type Cell = string | null

/** The file of an export as a stream that waits for its reader; memory does not grow with the rows. */
export async function openFile(
  office: Office,
  access: Access,
  choice: CountedChoice,
  shape: Shape,
): Promise<Readable> {
  const headers = [...shape.columns.map((column) => columnNames[column]), WATERMARK_NAME]
  const head = shape.format === 'csv' ? BOM + csvLine(headers) : ''
  const isCiphered = mustDecipher(shape)
  if (shape.format !== 'xlsx' && !isCiphered) return await streamText(office.db, access, choice, shape, head)

  const source = await streamRows(office.db, access, choice, shape, isCiphered)
  const rows = isCiphered ? deciphered(office, access, shape, source) : (source as AsyncIterable<Cell[]>)
  if (shape.format !== 'xlsx') return destroying(Readable.from(lines(rows, shape, head)), source)
  const columns = headers.map((header) => ({ header, width: Math.max(12, header.length * 3) }))
  const book = writeXlsxStream(rows, { name: '人员', columns, freezePane: { rows: 1 } })
  return destroying(Readable.fromWeb(book), source)
}

/** Giving the file up gives its source up, also before the first row was asked for. */
function destroying(file: Readable, source: Readable): Readable {
  file.once('close', () => source.destroy())
  source.once('error', (error) => file.destroy(error))
  return file
}

async function* deciphered(
  { ciphers }: Office,
  { county }: Access,
  { columns, unmasked }: Shape,
  source: AsyncIterable<unknown>,
): AsyncGenerator<Cell[]> {
  const places = ciphered
    .flatMap((column) =>
      unmasked.includes(column) ? [[columns.indexOf(column), ciphers[column]] as const] : [],
    )
    .filter(([place]) => place >= 0)
  for await (const row of source) {
    const [id, ...cells] = row as [string, ...(Cell | Buffer)[]]
    for (const [place, cipher] of places) {
      const bytes = cells[place]
      if (Buffer.isBuffer(bytes)) cells[place] = cipher.decipher(bytes, { county, id })
    }
    yield cells as Cell[]
  }
}

async function* lines(
  rows: AsyncIterable<Cell[]>,
  { format, columns }: Shape,
  head: string,
): AsyncGenerator<string> {
  const line = format === 'csv' ? csvOf : (row: Cell[]) => jsonOf(row, columns)
  let text = head
  let count = 0
  for await (const row of rows) {
    text += line(row)
    if (++count % LINES > 0) continue
    yield text
    text = ''
  }
  if (text !== '') yield text
}

function csvOf(row: readonly Cell[]): string {
  return csvLine(row.map((cell) => (cell === null ? null : neutralised(cell))))
}

function jsonOf(row: readonly Cell[], columns: readonly ExportColumn[]): string {
  const keys = [...columns, 'watermark']
  return `${JSON.stringify(Object.fromEntries(keys.map((key, index) => [key, row[index]])))}\n`
}
