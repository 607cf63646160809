import { sumOf } from '../rules-estimate.ts'
import type { Cell } from './rules-cells.ts'
import { protect, type Flow, type Settled } from './rules-network.ts'

const MARGIN = 1000
const TOTAL = 100_000

export type SuppressedTable = { cells: Cell[][]; rowTotals: Cell[]; columnTotals: Cell[]; total: Cell }

function refuseWhatIsNoCount(values: readonly number[]): void {
  if (!values.every((value) => Number.isSafeInteger(value) && value >= 0))
    throw new RangeError('only counts can be suppressed')
}

/** Cells of one release taken off in the order in which their flows were listed. */
function takerOf(cells: readonly Cell[]): (count: number) => Cell[] {
  let next = 0
  return (count) => cells.slice(next, (next += count))
}

/** What other tables with the same margins have published or withheld of them. */
export type SettledMargins = { rows: Settled[]; columns: Settled[]; total: Settled }

/** §9.5: a table with its row totals, column totals and grand total, all published. */
export function suppressTable(
  rows: readonly (readonly number[])[],
  settled?: SettledMargins,
): SuppressedTable {
  refuseWhatIsNoCount(rows.flat())
  const width = rows[0]?.length ?? 0
  if (rows.some((row) => row.length !== width)) throw new RangeError('rows differ in length')
  const column = (index: number) => rows.length + index
  const [totalsRow, totalsColumn] = [rows.length + width, rows.length + width + 1]
  const columnSums = Array.from({ length: width }, (_, index) => sumOf(rows.map((row) => row[index] ?? 0)))
  const flows: Flow[] = [
    ...rows.flatMap((row, from) =>
      row.map((value, index) => ({ from, to: column(index), value, reluctance: 1 })),
    ),
    ...rows.map((row, to) => ({
      from: totalsColumn,
      to,
      value: sumOf(row),
      reluctance: MARGIN,
      settled: settled?.rows[to],
    })),
    ...columnSums.map((value, index) => ({
      from: column(index),
      to: totalsRow,
      value,
      reluctance: MARGIN,
      settled: settled?.columns[index],
    })),
    {
      from: totalsRow,
      to: totalsColumn,
      value: sumOf(columnSums),
      reluctance: TOTAL,
      settled: settled?.total,
    },
  ]
  const take = takerOf(protect(totalsColumn + 1, flows))
  return {
    cells: rows.map((row) => take(row.length)),
    rowTotals: take(rows.length),
    columnTotals: take(width),
    total: take(1)[0] as Cell,
  }
}

/** §9.5: one total broken down in several ways (by sex, by order, by place), all published side by side. */
export function suppressBreakdowns(
  breakdowns: readonly (readonly number[])[],
  settledTotal?: Settled,
): {
  total: Cell
  breakdowns: Cell[][]
} {
  refuseWhatIsNoCount(breakdowns.flat())
  const total = sumOf(breakdowns[0] ?? [])
  if (breakdowns.some((parts) => sumOf(parts) !== total))
    throw new RangeError('breakdowns differ in their total')
  const flows: Flow[] = [
    ...breakdowns.flatMap((parts, from) =>
      parts.map((value) => ({ from, to: from + 1, value, reluctance: 1 })),
    ),
    { from: breakdowns.length, to: 0, value: total, reluctance: TOTAL, settled: settledTotal },
  ]
  const take = takerOf(protect(breakdowns.length + 1, flows))
  return { breakdowns: breakdowns.map((parts) => take(parts.length)), total: take(1)[0] as Cell }
}

export type SeriesMonth = {
  value: number
  /** What earlier releases printed of this month and of the sum up to it. */
  settled?: { value: Settled; cumulative: Settled }
}

/** §9.5: months with their running totals. Pass what is already out, or two releases together may tell what each hides. */
export function suppressSeries(months: readonly SeriesMonth[]): { months: Cell[]; cumulative: Cell[] } {
  refuseWhatIsNoCount(months.map(({ value }) => value))
  const source = months.length
  const running = months.map((_, index) => sumOf(months.slice(0, index + 1).map(({ value }) => value)))
  const flows: Flow[] = [
    ...months.map(({ value, settled }, to) => ({
      from: source,
      to,
      value,
      reluctance: 1,
      settled: settled?.value,
    })),
    ...running.map((value, from) => ({
      from,
      to: from + 1,
      value,
      reluctance: from === source - 1 ? MARGIN : 2,
      settled: months[from]?.settled?.cumulative,
    })),
  ]
  const take = takerOf(protect(source + 1, flows))
  return { months: take(months.length), cumulative: take(months.length) }
}
