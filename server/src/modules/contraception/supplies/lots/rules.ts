import { addMonths } from '@youyu/shared/calendar'
import type { SupplyAlert } from '@youyu/shared/contraception/supplies'

type Shelf = {
  usable: number
  monthsOfStock: number | null
  earliestExpiry: string | null
  expiredOn: string | null
  recalledExpiry: string | null
}

/** Alerts of domain §3.3: stock-out, less than a month of stock, expiry within six months. */
export function alertsOf(shelf: Shelf, today: string): SupplyAlert[] {
  const { usable, monthsOfStock, earliestExpiry } = shelf
  const found: [SupplyAlert, boolean][] = [
    ['STOCK_OUT', usable === 0],
    ['LOW', usable > 0 && monthsOfStock !== null && monthsOfStock < 1],
    ['EXPIRING', earliestExpiry !== null && earliestExpiry < addMonths(today, 6)],
    ['EXPIRED', shelf.expiredOn !== null],
    ['RECALLED', shelf.recalledExpiry !== null],
  ]
  return found.flatMap(([alert, holds]) => (holds ? [alert] : []))
}
