import type { ChartCell, ChartTable } from './types.ts'

function field(cell: ChartCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(Number(cell.toPrecision(12)))
  // A spreadsheet would take these for formulas.
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** The table of a chart as CSV, numbers unrounded. */
export function csvOf({ columns, rows }: ChartTable): string {
  const lines = [columns.map(({ label }) => label), ...rows.map(({ cells }) => cells)]
  return lines.map((line) => `${line.map(field).join(',')}\r\n`).join('')
}
