import { text } from '../../texts/texts.ts'
import { figure, joined, placeName, pointText, remarksOf } from './figures.ts'
import { textWidth } from './scales.ts'
import type { Scale } from './scales.ts'
import type { ChartColumn, ChartFormat, ChartPoint, ChartSeries, ChartStep, ChartTable } from './types.ts'

export type SeriesWords = {
  /** Head of the first column: 时间 if absent. */
  placeLabel?: string | undefined
  format?: ChartFormat | undefined
  unit?: string | undefined
  /** '95% 区间' if absent. */
  intervalName?: string | undefined
}

const isGiven = (value: number | null | undefined) => value !== null && value !== undefined

/** Bare values, one a place; as `before` they are what the others are compared with. */
export function valuesOf(
  key: string,
  label: string,
  values: readonly (number | null)[],
  role: ChartSeries['role'] = 'now',
): ChartSeries {
  return { key, label, points: values.map((value) => ({ value })), role }
}

type Estimate = { value: number | null; low: number | null; high: number | null; stability: string | null }

/** Estimates with their intervals, one a place; those of few cases are drawn hollow. */
export function estimatesOf<Of extends Estimate>(
  label: string,
  estimates: readonly Of[],
  remarkOf: (estimate: Of, isSmall: boolean) => string | undefined,
): ChartSeries {
  return {
    ...{ key: 'now', label },
    points: estimates.map((estimate) => {
      const { value, low, high, stability } = estimate
      const isSmall = stability === 'UNSTABLE'
      return { value, low, high, isSmall, remark: remarkOf(estimate, isSmall) }
    }),
  }
}

export function hasIntervals(points: readonly (ChartPoint | null)[]): boolean {
  return points.some((point) => isGiven(point?.low) && isGiven(point?.high))
}

/** The columns of one value with its interval. */
export function valueColumns(label: string, withInterval: boolean, words: SeriesWords): ChartColumn[] {
  const { format } = words
  const column = (name: string): ChartColumn => ({ label: name, format, isNumeric: true })
  const interval = words.intervalName ?? text('ui.chart.interval')
  const prefix = label === text('ui.chart.value') ? '' : `${label} `
  return [
    column(words.unit ? text('ui.chart.withUnit', { name: label, unit: words.unit }) : label),
    ...(withInterval
      ? [
          column(prefix + text('ui.chart.low', { name: interval })),
          column(prefix + text('ui.chart.high', { name: interval })),
        ]
      : []),
  ]
}

export function valueCells(point: ChartPoint | null, withInterval: boolean) {
  return [point?.value ?? null, ...(withInterval ? [point?.low ?? null, point?.high ?? null] : [])]
}

export const choiceOf = (series: { key: string }, place: string, point: ChartPoint | null | undefined) =>
  point?.key ?? `${series.key}:${place}`

/** A row per place, columns per series with its interval; remarks at the end. */
export function seriesTable(
  places: readonly string[],
  series: readonly ChartSeries[],
  words: SeriesWords,
): ChartTable {
  const intervals = series.map(({ points }) => hasIntervals(points))
  const remarks = places.map((_, index) =>
    joined(
      series.flatMap(({ label, points }) =>
        remarksOf(points[index] ?? {}).map((remark) =>
          series.length > 1 ? text('ui.chart.line', { name: label, value: remark }) : remark,
        ),
      ),
    ),
  )
  const withRemarks = remarks.some(Boolean)
  return {
    columns: [
      { label: words.placeLabel ?? text('ui.chart.period') },
      ...series.flatMap(({ label }, index) => valueColumns(label, intervals[index] ?? false, words)),
      ...(withRemarks ? [{ label: text('ui.chart.remark'), isLong: true }] : []),
    ],
    rows:
      series.length === 0
        ? []
        : places.map((place, index) => ({
            key: series[0] ? choiceOf(series[0], place, series[0].points[index]) : place,
            cells: [
              placeName(place),
              ...series.flatMap(({ points }, which) =>
                valueCells(points[index] ?? null, intervals[which] ?? false),
              ),
              ...(withRemarks ? [remarks[index] ?? ''] : []),
            ],
          })),
  }
}

/** A stop at every value; with several series each is a row of stops. */
export function seriesSteps(
  places: readonly string[],
  series: readonly ChartSeries[],
  words: SeriesWords,
  at: (index: number, which: number, value: number) => { x: number; y: number },
): ChartStep[] {
  return series.flatMap((one, which) =>
    places.flatMap((place, index) => {
      const point = one.points[index]
      if (!point || (point.value === null && !point.remark)) return []
      const value = pointText(point, words.format, words.unit, words.intervalName)
      return [
        {
          key: `${one.key}:${place}`,
          choice: choiceOf(one, place, point),
          ...at(index, which, point.value ?? 0),
          row: which,
          column: index,
          title: placeName(place),
          lines: [text('ui.chart.line', { name: one.label, value }), ...remarksOf(point)],
        },
      ]
    }),
  )
}

/** All numbers of some points, for the extent of an axis. */
export function* numbersOf(points: Iterable<ChartPoint | null>): Generator<number | null | undefined> {
  for (const point of points) if (point) yield* [point.value, point.low, point.high]
}

/** Room for the numbers at the left of a chart. */
export function numbersWidth(scale: Scale, format: ChartFormat | undefined, rem: number): number {
  const widest = Math.max(...scale.ticks.map((tick) => textWidth(figure(tick, format), 0.75 * rem)))
  return Math.ceil(widest + 0.8 * rem)
}
