import type {
  AlertRow,
  listSupplyAlerts,
  ShelfLine,
  StoreMonth,
  SupplyStore,
} from '@youyu/shared/contraception/supplies'
import type { Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { reading } from '../../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { shownStore, storeAsked } from '../stores/service.ts'
import { selectStocks, type Stock } from './queries.ts'
import { selectAlerts, selectFigures, selectMonth, type Figures, type KeptAlert } from './queries-figures.ts'
import { alertsOf } from './rules.ts'

export async function readShelf(
  office: Office,
  access: Access,
  id: string,
): Promise<{ store: SupplyStore; asOf: string; lines: ShelfLine[] }> {
  const asOf = todayOf(office.now())
  return await reading(office.db, access, async (tx) => {
    const [store, figures, stocks] = await Promise.all([
      storeAsked(tx, access, id),
      selectFigures(tx, access, id, asOf),
      selectStocks(tx, access, id, asOf),
    ])
    const lots = Map.groupBy(stocks, (stock) => stock.itemCode)
    const lines = figures.map((line) => shelfLine(line, lots.get(line.itemCode) ?? [], asOf))
    return { store: shownStore(store), asOf, lines }
  })
}

function shelfLine(figures: Figures, lots: readonly Stock[], today: string): ShelfLine {
  const { itemCode, onHand, usable, onTheWay, monthlyUse, monthsOfStock, earliestExpiry } = figures
  return {
    ...{ itemCode, onHand, usable, onTheWay, monthlyUse, monthsOfStock, earliestExpiry },
    stockOutDays: figures.stockOutDays90,
    alerts: alertsOf(figures, today),
    lots: lots.map(({ itemCode: _, recalledOn: __, ...lot }) => lot),
  }
}

export async function readMonth(
  { db }: Office,
  access: Access,
  id: string,
  month: string,
): Promise<{ store: { id: string; name: string }; month: string; items: StoreMonth[] }> {
  return await reading(db, access, async (tx) => {
    const [{ name }, rows] = await Promise.all([
      storeAsked(tx, access, id),
      selectMonth(tx, access, id, month),
    ])
    const items = rows.map((row) => ({
      ...row,
      closing: row.opening + row.received - row.dispensed - row.shipped - row.wasted + row.adjusted,
    }))
    return { store: { id, name }, month, items }
  })
}

type Asked = z.output<(typeof listSupplyAlerts)['schema']['querystring']>

export async function listAlerts(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<AlertRow>> {
  const after = keyIn(cursor, ['string', 'string', 'string', 'string'])
  const today = todayOf(office.now())
  const rows = await reading(office.db, access, (tx) =>
    selectAlerts(tx, access, { ...filter, today, after, limit: limit + 1 }),
  )
  return pageOf(rows, limit, shownAlert, (row) => [row.divisionCode, row.storeId, row.itemCode, row.alert])
}

function shownAlert({ storeId, storeName, divisionCode, divisionName, ...alert }: KeptAlert): AlertRow {
  return {
    ...alert,
    store: { id: storeId, name: storeName },
    division: { code: divisionCode, name: divisionName ?? divisionCode },
  }
}
