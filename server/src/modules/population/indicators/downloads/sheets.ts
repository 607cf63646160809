import { stringify } from 'csv-stringify/sync'
import { writeXlsx } from 'hucre/xlsx'
import { neutralised } from '../../exports/rules.ts'
import { BYTE_ORDER_MARK } from '../../imports/rules-format.ts'
import type { CellOfTable } from './rules.ts'

export type Sheet = {
  name: string
  columns: readonly { header: string; width: number }[]
  rows: readonly CellOfTable[][]
}

export type TableFile = { name: string; contentType: string; content: Buffer }

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Sheets as a workbook; the first of them alone as CSV. */
export async function fileOf(
  name: string,
  format: 'csv' | 'xlsx',
  sheets: readonly [Sheet, ...Sheet[]],
): Promise<TableFile> {
  const [first] = sheets
  return format === 'csv'
    ? { name: `${name}.csv`, contentType: 'text/csv; charset=utf-8', content: csvOf(first) }
    : { name: `${name}.xlsx`, contentType: XLSX, content: await xlsxOf(sheets) }
}

function csvOf({ columns, rows }: Sheet): Buffer {
  const harmless = (cell: CellOfTable) => (typeof cell === 'string' ? neutralised(cell) : cell)
  const lines = rows.map((row) => row.map(harmless))
  return Buffer.from(BYTE_ORDER_MARK + stringify([columns.map(({ header }) => header), ...lines]))
}

async function xlsxOf(sheets: readonly Sheet[]): Promise<Buffer> {
  const book = await writeXlsx({
    sheets: sheets.map(({ name, columns, rows }) => ({
      name,
      columns: columns.map(({ width }) => ({ width })),
      rows: [columns.map(({ header }) => header), ...rows],
      freezePane: { rows: 1 },
    })),
  })
  return Buffer.from(book)
}
