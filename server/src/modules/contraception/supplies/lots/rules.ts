import type { SupplyAlert } from '@youyu/shared/contraception/supplies'

type Shelf = {
  usable: number
  monthsOfStock: number | null
  earliestExpiry: string | null
  expiredOn: string | null
  recalledExpiry: string | null
}

/** Six months on, by the calendar: the last day of a shorter month. */
export function sixMonthsAfter(day: string): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month + 6, 0)).getUTCDate()
  return new Date(Date.UTC(year, month + 5, Math.min(date, last))).toISOString().slice(0, 10)
}

/** Alerts of domain §3.3: stock-out, less than a month of stock, expiry within six months. */
export function alertsOf(shelf: Shelf, today: string): SupplyAlert[] {
  const { usable, monthsOfStock, earliestExpiry } = shelf
  const found: [SupplyAlert, boolean][] = [
    ['STOCK_OUT', usable === 0],
    ['LOW', usable > 0 && monthsOfStock !== null && monthsOfStock < 1],
    ['EXPIRING', earliestExpiry !== null && earliestExpiry < sixMonthsAfter(today)],
    ['EXPIRED', shelf.expiredOn !== null],
    ['RECALLED', shelf.recalledExpiry !== null],
  ]
  return found.flatMap(([alert, holds]) => (holds ? [alert] : []))
}
