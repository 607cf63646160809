import type { Look, Shape } from './types.ts'

const dashes = ['', '7 3', '2 3', '9 3 2 3', '4 2']
const shapes: Shape[] = ['circle', 'square', 'triangle', 'diamond', 'cross']

export function seriesLook(index: number): Look {
  const place = index % dashes.length
  return {
    ink: `ink-${place + 1}`,
    dash: dashes[place] ?? '',
    shape: shapes[place] ?? 'circle',
    isHollow: false,
  }
}

/** What one compares with: last year, the county. */
export const beforeLook: Look = { ink: 'ink-before', dash: '5 3', shape: 'circle', isHollow: true }
export const plainLook: Look = { ink: 'ink-1', dash: '', shape: 'circle', isHollow: false }
export const outLook: Look = { ink: 'ink-out', dash: '', shape: 'diamond', isHollow: false }
export const limitLook: Look = { ink: 'ink-limit', dash: '6 3', shape: 'circle', isHollow: false }
export const centreLook: Look = { ink: 'ink-centre', dash: '', shape: 'circle', isHollow: false }

/** Looks of several series; those of the time before share one. */
export function looksOf(series: readonly { role?: 'now' | 'before' | undefined }[]): Look[] {
  let place = 0
  return series.map(({ role }) => (role === 'before' ? beforeLook : seriesLook(place++)))
}

/** The outline of a mark around (0, 0). */
export function shapePath(shape: Shape, radius: number): string {
  const r = radius
  switch (shape) {
    case 'circle':
      return `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`
    case 'square':
      return `M${-r * 0.9},${-r * 0.9}h${r * 1.8}v${r * 1.8}h${-r * 1.8}Z`
    case 'triangle':
      return `M0,${-r * 1.2}L${r * 1.15},${r * 0.9}H${-r * 1.15}Z`
    case 'diamond':
      return `M0,${-r * 1.35}L${r * 1.35},0L0,${r * 1.35}L${-r * 1.35},0Z`
    case 'cross':
      return `M${-r},${-r}L${r},${r}M${-r},${r}L${r},${-r}`
  }
}
