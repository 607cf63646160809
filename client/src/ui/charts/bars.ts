import type { Scale, slots } from './scales.ts'
import type { ChartSeries } from './types.ts'

type Groups = { count: number; first: number; slotOf: (number | undefined)[] }

/** Series of now stand side by side; the first of the time before frames the first of now, and so on. */
export function barSlots(series: readonly ChartSeries[]): Groups {
  const now = series.flatMap(({ role }, index) => (role === 'before' ? [] : [index]))
  let before = 0
  const slotOf = series.map(({ role }, index) => (role === 'before' ? before++ : now.indexOf(index)))
  return { count: Math.max(1, now.length), first: now[0] ?? 0, slotOf }
}

export function barsOf(
  series: readonly ChartSeries[],
  { count, slotOf }: Groups,
  places: ReturnType<typeof slots>,
  values: Scale,
  isLying: boolean,
) {
  const group = places.width * 0.72
  const thickness = Math.min(group / count, 44)
  const hasBefore = series.some(({ role }) => role === 'before')
  const rect = (from: number, to: number, across: number, thick: number) => {
    const [start, length] = [Math.min(from, to), Math.abs(to - from)]
    return isLying
      ? { x: start, y: across, width: length, height: thick }
      : { x: across, y: start, width: thick, height: length }
  }
  return series.flatMap(({ points, role }, which) =>
    points.flatMap((point, index) => {
      if (typeof point?.value !== 'number') return []
      const middle = places.at(index) + ((slotOf[which] ?? 0) - (count - 1) / 2) * thickness
      const isBefore = role === 'before'
      const thick = Math.max(1, thickness * (isBefore ? 0.92 : hasBefore ? 0.6 : 0.86))
      const { low, high } = point
      const hasInterval = typeof low === 'number' && typeof high === 'number' && !isBefore
      return [
        {
          which,
          index,
          middle,
          isBefore,
          isSmall: point.isSmall === true,
          value: point.value,
          end: values(Math.max(0, point.value, hasInterval ? high : 0)),
          box: rect(values(0), values(point.value), middle - thick / 2, thick),
          /** The end of a bar of the time before, seen also where a taller one stands before it. */
          edge: isBefore ? edge(values(point.value), middle, thick, isLying) : '',
          whisker: hasInterval ? whisker(values(low), values(high), middle, isLying) : '',
        },
      ]
    }),
  )
}

function edge(end: number, middle: number, thick: number, isLying: boolean): string {
  const start = middle - thick / 2
  return isLying ? `M${end},${start}v${thick}` : `M${start},${end}h${thick}`
}

function whisker(low: number, high: number, middle: number, isLying: boolean): string {
  const cap = 3
  return isLying
    ? `M${low},${middle - cap}v${2 * cap}m0,${-cap}H${high}m0,${-cap}v${2 * cap}`
    : `M${middle - cap},${low}h${2 * cap}m${-cap},0V${high}m${-cap},0h${2 * cap}`
}
