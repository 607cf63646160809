import { language } from './texts.ts'

const zone = 'Asia/Shanghai'
const formats = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>()

function kept<Format extends Intl.DateTimeFormat | Intl.NumberFormat>(
  key: string,
  make: () => Format,
): Format {
  const known = formats.get(key) as Format | undefined
  if (known) return known
  const made = make()
  formats.set(key, made)
  return made
}

/** 12,345. */
export function number(value: number | null | undefined): string {
  if (value === null || value === undefined) return '—'
  return kept(`n.${language()}`, () => new Intl.NumberFormat(language())).format(value)
}

/** +12, −3, 0: a change. */
export function signed(value: number | null | undefined): string {
  if (value === null || value === undefined) return '—'
  const make = () => new Intl.NumberFormat(language(), { signDisplay: 'exceptZero' })
  return kept(`s.${language()}`, make).format(value).replace('-', '−')
}

/** 0.4213 → 42.1%. */
export function percent(value: number | null | undefined, digits = 1): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '—'
  const make = () =>
    new Intl.NumberFormat(language(), {
      style: 'percent',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    })
  return kept(`p.${language()}.${digits}`, make).format(value)
}

/** Fen as yuan: 123456 → 1,234.56, 96000 → 960; always with two places where `exact`. */
export function yuan(fen: number | null | undefined, exact = false): string {
  if (fen === null || fen === undefined) return '—'
  const places = exact || fen % 100 !== 0 ? 2 : 0
  const make = () =>
    new Intl.NumberFormat(language(), { minimumFractionDigits: places, maximumFractionDigits: places })
  return kept(`y.${language()}.${places}`, make).format(fen / 100)
}

/** A moment to the minute, in the county's time: 2026-03-09 14:05. */
export function moment(instant: string | null | undefined): string {
  if (!instant) return '—'
  const make = () =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  return kept('moment', make).format(new Date(instant))
}

/** How long ago: 3 分钟前. */
export function ago(instant: string | null | undefined, now = Date.now()): string {
  if (!instant) return '—'
  const seconds = (new Date(instant).getTime() - now) / 1000
  const units = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ] as const
  const format = new Intl.RelativeTimeFormat(language(), { numeric: 'auto' })
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return format.format(Math.round(seconds / size), unit)
  }
  return format.format(Math.round(seconds), 'second')
}

/** Today in the county as a civil date. */
export function today(now = new Date()): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(now)
}
