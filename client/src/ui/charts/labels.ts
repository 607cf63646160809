import { textWidth } from './scales.ts'

type Box = { left: number; right: number; top: number; bottom: number }
export type PlacedLabel = { key: string; x: number; y: number; anchor: 'start' | 'middle' | 'end' }

const isApart = (a: Box, b: Box) =>
  a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top

/** Puts names beside their points so that none covers another; who finds no room stays unnamed. First come, first served. */
export function placeLabels(
  points: readonly { key: string; label: string; x: number; y: number }[],
  edges: Box,
  size: number,
): PlacedLabel[] {
  const gap = 7
  const taken: Box[] = points.map(({ x, y }) => ({ left: x - 5, right: x + 5, top: y - 5, bottom: y + 5 }))
  return points.flatMap(({ key, label, x, y }) => {
    const wide = textWidth(label, size)
    const boxAt = (left: number, top: number): Box => ({ left, right: left + wide, top, bottom: top + size })
    const places = [
      { anchor: 'start', x: x + gap, box: boxAt(x + gap, y - size / 2) },
      { anchor: 'end', x: x - gap, box: boxAt(x - gap - wide, y - size / 2) },
      { anchor: 'middle', x, box: boxAt(x - wide / 2, y - gap - size) },
      { anchor: 'middle', x, box: boxAt(x - wide / 2, y + gap) },
    ] as const
    const free = places.find(
      ({ box }) =>
        box.left >= edges.left &&
        box.right <= edges.right &&
        box.top >= edges.top &&
        box.bottom <= edges.bottom &&
        taken.every((other) => isApart(box, other)),
    )
    if (!free) return []
    taken.push(free.box)
    return [{ key, x: free.x, y: free.box.bottom - size * 0.14, anchor: free.anchor }]
  })
}
