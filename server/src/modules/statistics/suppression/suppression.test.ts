import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  publishedRate,
  rate,
  suppressBreakdowns,
  suppressSeries,
  suppressTable,
  type Cell,
} from '../index.ts'
import { narrowed, possibleValues, solvedByElimination, type Equation, type Release } from './attacks.ts'
import { isSmall } from './rules-cells.ts'

const signed = (sign: 1 | -1, cells: number[]): Equation => cells.map((cell) => ({ cell, sign }))
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const range = (length: number) => Array.from({ length }, (_, index) => index)

function tableRelease(rows: number[][]): Release {
  const released = suppressTable(rows)
  const [height, width] = [rows.length, rows[0]?.length ?? 0]
  const cell = (row: number, column: number) => row * (width + 1) + column
  const columnSums = range(width).map((column) => sum(rows.map((row) => row[column] ?? 0)))
  return {
    cells: [
      ...released.cells.flatMap((row, index) => [...row, released.rowTotals[index] as Cell]),
      ...released.columnTotals,
      released.total,
    ],
    truth: [...rows.flatMap((row) => [...row, sum(row)]), ...columnSums, sum(columnSums)],
    equations: [
      ...range(height + 1).map((row) => [
        ...signed(
          1,
          range(width).map((column) => cell(row, column)),
        ),
        ...signed(-1, [cell(row, width)]),
      ]),
      ...range(width + 1).map((column) => [
        ...signed(
          1,
          range(height).map((row) => cell(row, column)),
        ),
        ...signed(-1, [cell(height, column)]),
      ]),
    ],
  }
}

function breakdownRelease(breakdowns: number[][]): Release {
  const released = suppressBreakdowns(breakdowns)
  const starts = breakdowns.map(
    (_, index) => 1 + sum(breakdowns.slice(0, index).map((parts) => parts.length)),
  )
  return {
    cells: [released.total, ...released.breakdowns.flat()],
    truth: [sum(breakdowns[0] ?? []), ...breakdowns.flat()],
    equations: breakdowns.map((parts, index) => [
      ...signed(
        1,
        range(parts.length).map((part) => (starts[index] ?? 0) + part),
      ),
      ...signed(-1, [0]),
    ]),
  }
}

function seriesRelease(values: number[]): Release {
  const released = suppressSeries(values.map((value) => ({ value })))
  const n = values.length
  return {
    cells: [...released.months, ...released.cumulative],
    truth: [...values, ...values.map((_, index) => sum(values.slice(0, index + 1)))],
    equations: range(n).map((month) => [
      ...signed(1, month === 0 ? [month] : [month, n + month - 1]),
      ...signed(-1, [n + month]),
    ]),
  }
}

function expectSafe(release: Release): void {
  release.cells.forEach((cell, index) => {
    const value = release.truth[index] ?? 0
    expect(cell.value).toBe(cell.suppressed === null ? value : null)
    if (isSmall(value)) expect(cell.suppressed).not.toBeNull()
  })
  const bounds = narrowed(release)
  const settled = release.cells.flatMap((cell, index) =>
    cell.suppressed && bounds[index]?.[0] === bounds[index]?.[1] ? [index] : [],
  )
  expect(settled).toEqual([])
  expect(solvedByElimination(release)).toEqual([])
}

const counts = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 9 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 200 }) },
)
const grid = (cell: fc.Arbitrary<number>, most: number) =>
  fc.tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 1, max: most })).chain(([height, width]) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
      minLength: height,
      maxLength: height,
    }),
  )

/** Parts of one total, cut at random points. */
const breakdownsOfOneTotal = fc
  .tuple(
    fc.integer({ min: 0, max: 60 }),
    fc.array(fc.array(fc.nat(), { maxLength: 5 }), { minLength: 1, maxLength: 4 }),
  )
  .map(([total, cuts]) =>
    cuts.map((places) => {
      const sorted = [0, ...places.map((place) => place % (total + 1)).sort((a, b) => a - b), total]
      return sorted.slice(1).map((place, index) => place - (sorted[index] ?? 0))
    }),
  )

describe('suppression', () => {
  it('leaves a table without small cells as it is', () => {
    const released = suppressTable([
      [10, 0],
      [7, 12],
    ])

    expect(released.cells.flat().map(({ value }) => value)).toEqual([10, 0, 7, 12])
    expect(released.total).toEqual({ value: 29, suppressed: null })
  })

  it('hides three more cells, and no total, where one is small', () => {
    const released = suppressTable([
      [3, 10, 20],
      [30, 11, 40],
      [50, 60, 70],
    ])

    const hidden = released.cells.map((row) => row.map(({ suppressed }) => suppressed))
    expect(hidden).toEqual([
      ['small', 'complementary', null],
      ['complementary', 'complementary', null],
      [null, null, null],
    ])
    expect([...released.rowTotals, ...released.columnTotals].every(({ value }) => value !== null)).toBe(true)
  })

  it.each([
    ['two cells that are both one', [1, 1, 40, 50]],
    ['two cells that are both four', [4, 4, 40, 50]],
  ])('does not let the bounds betray %s', (_, parts) => {
    const released = suppressBreakdowns([parts])

    expect(released.breakdowns[0]?.map(({ suppressed }) => suppressed)).toEqual([
      'small',
      'small',
      'complementary',
      null,
    ])
  })

  it('refuses breakdowns that differ in their total, and what is no count', () => {
    expect(() => suppressBreakdowns([[5], [6]])).toThrow(RangeError)
    expect(() => suppressTable([[-1]])).toThrow(RangeError)
    expect(() => suppressTable([[1, 2], [3]])).toThrow(RangeError)
  })

  it('cannot be undone by subtraction or bounds in 1,500 tables', () => {
    fc.assert(
      fc.property(grid(counts, 7), (rows) => expectSafe(tableRelease(rows))),
      { numRuns: 1500 },
    )
  })

  it('leaves every withheld cell of 400 small tables at least two possible values, by trying all', () => {
    fc.assert(
      fc.property(grid(fc.integer({ min: 0, max: 8 }), 2), (rows) => {
        const release = tableRelease(rows)
        const possible = possibleValues(release, 40)
        release.cells.forEach((cell, index) => {
          if (cell.suppressed) expect(possible[index]?.size).toBeGreaterThan(1)
        })
      }),
      { numRuns: 400 },
    )
  })

  it('cannot be undone over several breakdowns of one total', () => {
    fc.assert(
      fc.property(breakdownsOfOneTotal, (breakdowns) => expectSafe(breakdownRelease(breakdowns))),
      { numRuns: 1000 },
    )
  })

  it('cannot be undone over months and their running totals', () => {
    fc.assert(
      fc.property(fc.array(counts, { minLength: 1, maxLength: 24 }), (values) =>
        expectSafe(seriesRelease(values)),
      ),
      { numRuns: 1000 },
    )
  })

  it('keeps what an earlier release of the year hid, and cannot take back what it printed', () => {
    const settled = (cell: Cell | undefined) => (cell?.value === null ? 'withheld' : 'published')
    const releaseAfter = (before: ReturnType<typeof suppressSeries>, values: number[]) =>
      suppressSeries(
        values.map((value, index) => ({
          value,
          ...(before.months[index] && {
            settled: { value: settled(before.months[index]), cumulative: settled(before.cumulative[index]) },
          }),
        })),
      )

    const january = suppressSeries([{ value: 20 }])
    const february = releaseAfter(january, [20, 3])
    const after = releaseAfter(february, [20, 3, 30, 31])

    expect(february.cumulative.map(({ value }) => value)).toEqual([20, null])
    expect(after.months.map(({ value }) => value)).toEqual([20, null, null, 31])
    expect(after.cumulative.map(({ value }) => value)).toEqual([20, null, 53, 84])
  })
})

describe('a published rate', () => {
  const open: Cell = { value: 30, suppressed: null }
  test.each([
    ['goes out with its events', open, 1000, null],
    ['stays in on a small denominator', open, 49, 'small'],
    [
      'stays in with its withheld events',
      { value: null, suppressed: 'complementary' },
      1000,
      'complementary',
    ],
  ] as [string, Cell, number, string | null][])('%s', (_, events, denominator, suppressed) => {
    const published = publishedRate(rate(30, denominator), events, denominator)

    expect(published.suppressed).toBe(suppressed)
    expect(published.value === null).toBe(suppressed !== null)
  })
})
