import type { DivisionCode } from '@youyu/shared/values'
import { isSmall, suppressBreakdowns, suppressTable, type Cell } from '../../../statistics/index.ts'
import { shifted, type Period } from './rules-periods.ts'

export type Withheld = 'small' | 'complementary'

type CountedPart = { part: DivisionCode; total: number; cells: readonly number[] }

/** Whether cells of a part, or of the county, go out; a total is asked for with no cell. */
export type FamilyTable = { held(part: DivisionCode | null, cells: readonly number[]): Withheld | null }

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

/**
 * A total by township and its cells. First the totals by township; then, where a township's total is out, its cells. The
 * cells of a township whose total is withheld all stay in. So tables of other families share nothing with this one but
 * totals that all of them treat alike.
 */
export function withheldCells(parts: readonly CountedPart[], width: number): FamilyTable {
  const total = sum(parts.map((part) => part.total))
  if (isSmall(total)) return { held: () => 'small' }
  const totals = suppressBreakdowns([parts.map((part) => part.total)], 'published').breakdowns[0] ?? []
  const totalOf = new Map(parts.map(({ part }, index) => [part, totals[index]!]))
  const columns = Array.from({ length: width }, (_, cell) => sum(parts.map(({ cells }) => cells[cell] ?? 0)))
  const ofCounty = suppressBreakdowns([columns], 'published').breakdowns[0] ?? []
  const isOut = ({ part }: CountedPart) => totalOf.get(part)?.suppressed === null
  const out = parts.filter(isOut)
  const kept = parts.filter((part) => !isOut(part))
  // Whoever subtracts learns the townships kept in together: they stand in the table as one.
  const together = columns.map((_, cell) => sum(kept.map(({ cells }) => cells[cell] ?? 0)))
  const rows = [...out.map(({ cells }) => [...cells]), ...(kept.length > 0 ? [together] : [])]
  const table = suppressTable(rows, {
    rows: rows.map(() => 'published' as const),
    columns: ofCounty.map(({ suppressed }) =>
      suppressed === null ? ('published' as const) : ('withheld' as const),
    ),
    total: 'published',
  })
  const cellsOf = new Map(out.map(({ part }, index) => [part, table.cells[index]!]))
  const first = (cells: readonly (Cell | undefined)[]) =>
    cells.map((cell) => (cell ? cell.suppressed : 'complementary')).find((held) => held !== null) ?? null
  return {
    held(part, cells) {
      if (part === null) return first(cells.map((cell) => ofCounty[cell]))
      const ofTotal = totalOf.get(part)
      if (ofTotal?.suppressed) return ofTotal.suppressed
      return first(cells.map((cell) => cellsOf.get(part)?.[cell] ?? zeroCell(ofTotal)))
    },
  }
}

/** A township without a single fact has zeros, which are no secret. */
const zeroCell = (total: Cell | undefined): Cell | undefined =>
  total === undefined ? { value: 0, suppressed: null } : undefined

export type CountedMonth = { month: string; cells: readonly number[] }

/**
 * Months of whole calendar years are gathered, from January on, into blocks in which every cell is zero or not small. A
 * range goes out where it begins and ends between blocks and touches only years that can be cut so: whatever is
 * subtracted from whatever is out is a sum of blocks.
 */
export function isReleasable(months: readonly CountedMonth[], { from, to }: Period): boolean {
  const years = Map.groupBy(months, ({ month }) => month.slice(0, 4))
  const cuts = new Set<string>()
  for (const [year, ofYear] of years) {
    const own = cutsOf(ofYear)
    if (own === null) return false
    cuts.add(`${year}-01-01`)
    for (const cut of own) cuts.add(cut)
  }
  return cuts.has(from) && cuts.has(shifted(to, 1))
}

/** First months after the blocks of a year, the last block taking what would be left over; null where the year is small. */
function cutsOf(months: readonly CountedMonth[]): string[] | null {
  const isWhole = (block: readonly CountedMonth[]) =>
    block[0]!.cells.every((_, cell) => !isSmall(sum(block.map(({ cells }) => cells[cell] ?? 0))))
  if (!isWhole(months)) return null
  const cuts: string[] = []
  let block: CountedMonth[] = []
  months.forEach((month, index) => {
    block.push(month)
    const rest = months.slice(index + 1)
    if (!isWhole(block) || (rest.length > 0 && !isWhole(rest))) return
    cuts.push(shifted(month.month, 1))
    block = []
  })
  return cuts
}
