import { language, text } from '../../texts/texts.ts'
import type { ChartCell, ChartFormat, ChartPoint } from './types.ts'

const formats = new Map<string, Intl.NumberFormat>()

/** A number as the reader's language writes it; '—' for none. */
export function figure(
  value: number | null | undefined,
  format: ChartFormat = { maximumFractionDigits: 1 },
): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '—'
  const key = `${language()} ${JSON.stringify(format)}`
  let known = formats.get(key)
  if (!known) formats.set(key, (known = new Intl.NumberFormat(language(), format)))
  return known.format(value)
}

export function cellText(cell: ChartCell, format: ChartFormat | undefined): string {
  if (cell === null) return '—'
  return typeof cell === 'number' ? figure(cell, format) : cell
}

/** 412 人（95% 区间 380–446）. */
export function pointText(point: ChartPoint | null, format?: ChartFormat, unit = '', interval = ''): string {
  if (!point) return '—'
  const value = point.value === null ? '—' : `${figure(point.value, format)}${unit && ` ${unit}`}`
  const { low, high } = point
  const hasInterval = low !== null && low !== undefined && high !== null && high !== undefined
  const range = hasInterval
    ? text('ui.chart.between', {
        name: interval || text('ui.chart.interval'),
        low: figure(low, format),
        high: figure(high, format),
      })
    : ''
  return `${value}${range}`
}

export function remarksOf(point: { isSmall?: boolean | undefined; remark?: string | undefined }): string[] {
  return [...(point.isSmall ? [text('ui.chart.small')] : []), ...(point.remark ? [point.remark] : [])]
}

/** Several remarks as one. */
export function joined(parts: readonly string[]): string {
  return parts.filter(Boolean).join(language() === 'en' ? '; ' : '；')
}

function dateText(year: string, month: string, options: Intl.DateTimeFormatOptions): string {
  const day = new Date(Date.UTC(Number(year), Number(month) - 1, 1))
  return new Intl.DateTimeFormat(language(), { ...options, timeZone: 'UTC' }).format(day)
}

/** '2026-03' → 2026年3月 or Mar 2026; other labels as they are. */
export function placeName(place: string): string {
  const [, year, month] = /^(\d{4})-(\d{2})$/.exec(place) ?? []
  return year && month ? dateText(year, month, { year: 'numeric', month: 'short' }) : place
}

/** Labels for an axis: months by name, the year below the first month of each. */
export function axisNames(places: readonly string[]): { label: string; below: string }[] {
  let yearBefore = ''
  return places.map((place) => {
    const [, year, month] = /^(\d{4})-(\d{2})$/.exec(place) ?? []
    if (!year || !month) return { label: place, below: '' }
    const below = year === yearBefore ? '' : year
    yearBefore = year
    return { label: dateText(year, month, { month: 'short' }), below }
  })
}
