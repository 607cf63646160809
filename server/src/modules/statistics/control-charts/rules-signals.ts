/** A point against its own limits; all null where the month says nothing. */
export type ChartPoint = { value: number | null; centre: number; low: number; high: number; z: number | null }

type Signal = 'beyond-limits' | 'run-of-eight'

export type ChartedPoint = ChartPoint & { signals: Signal[] }

const RUN = 8

/** Western Electric rule 1 (beyond 3 SE) and a run of eight on one side of the centre. */
export function withSignals(points: readonly ChartPoint[]): ChartedPoint[] {
  let side = 0
  let length = 0
  return points.map((point) => {
    const here = Math.sign(point.z ?? 0)
    length = here !== 0 && here === side ? length + 1 : 1
    side = here
    const signals: Signal[] = []
    if (point.z !== null && Math.abs(point.z) > 3) signals.push('beyond-limits')
    if (here !== 0 && length >= RUN) signals.push('run-of-eight')
    return { ...point, signals }
  })
}
