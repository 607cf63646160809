import type { ChartStep } from './types.ts'

/** How the pointer finds a step: along x first, along y first, or the nearest of all. */
export type Snap = 'x' | 'y' | 'xy'

const closest = <Item>(items: readonly Item[], distance: (item: Item) => number): Item | undefined =>
  items.reduce<Item | undefined>(
    (best, item) => (best === undefined || distance(item) < distance(best) ? item : best),
    undefined,
  )

/** Where a key leads from a step; undefined when the key is none of ours. */
export function stepByKey(
  steps: readonly ChartStep[],
  from: ChartStep | undefined,
  key: string,
): ChartStep | undefined {
  if (!/^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(key)) return undefined
  if (!from) return steps[0]
  const rows = [...new Set(steps.map(({ row }) => row))].sort((a, b) => a - b)
  const alongRow = steps.filter(({ row }) => row === from.row).sort((a, b) => a.column - b.column)
  const isOneRow = rows.length === 1
  if (key === 'Home') return alongRow[0]
  if (key === 'End') return alongRow.at(-1)
  if (key === 'ArrowRight' || (isOneRow && key === 'ArrowDown'))
    return alongRow.find(({ column }) => column > from.column) ?? from
  if (key === 'ArrowLeft' || (isOneRow && key === 'ArrowUp'))
    return alongRow.findLast(({ column }) => column < from.column) ?? from
  const row = rows[rows.indexOf(from.row) + (key === 'ArrowDown' ? 1 : -1)]
  return closest(
    steps.filter((step) => step.row === (row ?? from.row)),
    (step) => Math.abs(step.column - from.column),
  )
}

export function stepAt(steps: readonly ChartStep[], x: number, y: number, snap: Snap): ChartStep | undefined {
  const weight = { x: [1_000, 1], y: [1, 1_000], xy: [1, 1] }[snap] as [number, number]
  return closest(steps, (step) => Math.hypot((step.x - x) * weight[0], (step.y - y) * weight[1]))
}
