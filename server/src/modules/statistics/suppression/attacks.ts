import type { Cell } from './rules-cells.ts'
import { isSmall } from './rules-cells.ts'

/** Σ sign × cell = 0, by position in the list of cells. */
export type Equation = { cell: number; sign: 1 | -1 }[]

/** What is published, what is true, and what every reader knows to add up. */
export type Release = { cells: Cell[]; truth: number[]; equations: Equation[] }

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const range = (length: number) => Array.from({ length }, (_, index) => index)

/** Bounds that a reader starts from: `<5` is 1–4, any other withheld cell at least 5, under one mark for all at least 0. */
function knownBounds({ cells, truth }: Release): [number, number][] {
  const hasMarks = !truth.some((value) => isSmall(value)) || cells.some((cell) => cell.suppressed === 'small')
  return cells.map((cell) => {
    if (cell.suppressed === 'small') return [1, 4]
    if (cell.suppressed === 'complementary') return [hasMarks ? 5 : 0, Infinity]
    return [cell.value ?? 0, cell.value ?? 0]
  })
}

/** Subtraction over every row and column until nothing changes, with bounds: at least as strong as exact subtraction. */
export function narrowed(release: Release): [number, number][] {
  const bounds = knownBounds(release)
  for (let changed = true; changed;) {
    changed = false
    for (const equation of release.equations) {
      for (const { cell, sign } of equation) {
        const others = equation.filter((term) => term.cell !== cell)
        const side = (end: 0 | 1) =>
          sum(
            others.map(
              (term) =>
                -sign * term.sign * (bounds[term.cell]?.[-sign * term.sign === 1 ? end : 1 - end] ?? 0),
            ),
          )
        const [low, high] = bounds[cell] as [number, number]
        const next: [number, number] = [Math.max(low, side(0)), Math.min(high, side(1))]
        if (next[0] > low || next[1] < high) changed = true
        bounds[cell] = next
      }
    }
  }
  return bounds
}

/** Withheld cells whose value the equations alone settle, by elimination over all of them at once. */
export function solvedByElimination({ cells, equations }: Release): number[] {
  const unknowns = range(cells.length).filter((cell) => cells[cell]?.suppressed)
  const matrix = equations.map(
    (equation) => unknowns.map((cell) => equation.find((term) => term.cell === cell)?.sign ?? 0) as number[],
  )
  let pivots = 0
  for (const column of range(unknowns.length)) {
    const found = range(matrix.length).find(
      (row) => row >= pivots && Math.abs(matrix[row]?.[column] ?? 0) > 1e-9,
    )
    if (found === undefined) continue
    const pivot = matrix[found] as number[]
    matrix[found] = matrix[pivots] as number[]
    const scale = pivot[column] ?? 1
    matrix[pivots] = pivot.map((value) => value / scale)
    matrix.forEach((row, index) => {
      const times = row[column] ?? 0
      if (index !== pivots && times !== 0)
        matrix[index] = row.map((value, at) => value - times * (matrix[pivots]?.[at] ?? 0))
    })
    pivots += 1
  }
  return matrix.flatMap((row) => {
    const left = range(row.length).filter((column) => Math.abs(row[column] ?? 0) > 1e-9)
    return left.length === 1 ? [unknowns[left[0] ?? 0] as number] : []
  })
}

/** Every table that fits what is published: tried out cell by cell, up to `most` per cell. */
export function possibleValues(release: Release, most: number): Set<number>[] {
  const bounds = narrowed(release).map(([low, high]) => [low, Math.min(high, most)] as const)
  const unknowns = range(bounds.length).filter((cell) => release.cells[cell]?.suppressed)
  const values = release.cells.map((cell) => cell.value)
  const seen = bounds.map(() => new Set<number>())
  const fits = (equation: Equation) => {
    if (equation.some(({ cell }) => values[cell] === null)) return true
    return sum(equation.map(({ cell, sign }) => sign * (values[cell] ?? 0))) === 0
  }
  const tryFrom = (position: number) => {
    const cell = unknowns[position]
    if (cell === undefined) {
      for (const index of unknowns) seen[index]?.add(values[index] ?? 0)
      return
    }
    const concerned = release.equations.filter((equation) => equation.some((term) => term.cell === cell))
    const [low, high] = bounds[cell] as readonly [number, number]
    for (let value = low; value <= high; value += 1) {
      values[cell] = value
      if (concerned.every(fits)) tryFrom(position + 1)
    }
    values[cell] = null
  }
  tryFrom(0)
  return seen
}
