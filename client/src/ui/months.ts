import type { Month } from '@youyu/shared/population/book'
import { today } from '../texts/formats.ts'
import { language } from '../texts/texts.ts'

/** The month so many months later (or earlier), by its first day. */
export function monthPlus(month: Month, count: number): Month {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}-01`
}

/** The present month in the county. */
export function thisMonth(): Month {
  return `${today().slice(0, 7)}-01`
}

/** Months from one to another, both included, newest first. */
export function monthsBack(from: Month, until: Month): Month[] {
  const months: Month[] = []
  for (let month = until; month >= from; month = monthPlus(month, -1)) months.push(month)
  return months
}

/** A month as an address carries it, `2026-03` or `2026-03-01`; undefined for anything else. */
export function monthIn(value: unknown): Month | undefined {
  const [, month] = /^(\d{4}-(?:0[1-9]|1[0-2]))(?:-01)?$/.exec(typeof value === 'string' ? value : '') ?? []
  return month ? `${month}-01` : undefined
}

/** 2026年3月 or March 2026. */
export function monthName(month: Month): string {
  const format = new Intl.DateTimeFormat(language(), { year: 'numeric', month: 'long', timeZone: 'UTC' })
  return format.format(new Date(month))
}
