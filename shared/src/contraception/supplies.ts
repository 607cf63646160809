import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Page, PageQuery, QueryFlag, Text } from '../values.ts'

export const ItemCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{2}\d{3}$/)

/** 药具: a product of the national free range. */
export const SupplyItem = z.object({
  code: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  /** Code of the method it serves (M70 …). */
  method: z.string(),
  unitZh: z.string(),
  unitEn: z.string(),
  packSize: z.int(),
  manufacturer: z.string(),
  approvalNumber: z.string(),
  isFree: z.boolean(),
  isPrescription: z.boolean(),
  firstByClinician: z.boolean(),
  isReturnable: z.boolean(),
  /** Units a year for one client; going beyond only warns. */
  yearlyAllowance: z.int().nullable(),
  source: z.string(),
  validFrom: CivilDate,
  validTo: CivilDate.nullable(),
})
export type SupplyItem = z.infer<typeof SupplyItem>

export const listSupplyItems = defineEndpoint({
  method: 'GET',
  url: '/api/v1/supply-items',
  schema: {
    summary: 'The range of supplies, with what each may be handed out for',
    tags: ['supplies'],
    querystring: z.strictObject({ current: QueryFlag.optional() }),
    response: { 200: z.object({ items: z.array(SupplyItem) }) },
  },
  config: { permission: 'supply.read', dataClass: 'L0' },
})

export const StoreKind = z.enum(['COUNTY', 'TOWNSHIP', 'OUTLET', 'VENDING'])
export type StoreKind = z.infer<typeof StoreKind>
export const storeKindNames: Record<StoreKind, readonly [string, string]> = {
  COUNTY: ['县级药具库', 'County store'],
  TOWNSHIP: ['乡级药具库', 'Township store'],
  OUTLET: ['发放点', 'Outlet'],
  VENDING: ['自助发放机', 'Vending machine'],
}

export const StoreName = z.object({ id: Id, name: z.string() })
const Place = z.object({ code: DivisionCode, name: z.string() })
const days = z.int().min(0).max(365)
const storeFields = {
  kind: StoreKind,
  name: Text(60),
  divisionCode: DivisionCode,
  organisationId: Id.nullable(),
  /** The store it is supplied from. */
  parentId: Id.nullable(),
  /** From asking to arrival. */
  leadDays: days,
  /** Between two requisitions. */
  reviewDays: z.int().min(1).max(365),
  safetyDays: days,
  openedOn: CivilDate,
  closedOn: CivilDate.nullable(),
}

export const SupplyStore = z.object({
  ...storeFields,
  id: Id,
  division: Place,
  organisation: StoreName.nullable(),
  parent: StoreName.nullable(),
  version: z.int(),
})
export type SupplyStore = z.infer<typeof SupplyStore>

const params = z.strictObject({ id: Id })

export const listSupplyStores = defineEndpoint({
  method: 'GET',
  url: '/api/v1/supply-stores',
  schema: {
    summary: 'Stores, outlets and vending machines of my area',
    tags: ['supplies'],
    querystring: z.strictObject({
      ...PageQuery,
      division: DivisionCode.optional(),
      kind: StoreKind.optional(),
      parentId: Id.optional(),
      q: Text(60).optional(),
      isOpen: QueryFlag.optional(),
    }),
    response: { 200: Page(SupplyStore) },
  },
  config: { permission: 'supply.read', dataClass: 'L0' },
})
export const getSupplyStore = defineEndpoint({
  method: 'GET',
  url: '/api/v1/supply-stores/:id',
  schema: {
    summary: 'One store',
    tags: ['supplies'],
    params,
    response: { 200: SupplyStore },
  },
  config: { permission: 'supply.read', dataClass: 'L0' },
})
export const NewSupplyStore = z.strictObject(storeFields).partial({
  organisationId: true,
  parentId: true,
  leadDays: true,
  reviewDays: true,
  safetyDays: true,
  openedOn: true,
  closedOn: true,
})
export type NewSupplyStore = z.infer<typeof NewSupplyStore>
export const createSupplyStore = defineEndpoint({
  method: 'POST',
  url: '/api/v1/supply-stores',
  schema: {
    summary: 'Add a store, an outlet or a vending machine',
    tags: ['supplies'],
    body: NewSupplyStore,
    response: { 201: SupplyStore },
  },
  config: { permission: 'supply.keep', dataClass: 'L0', idempotent: true },
})
export const ChangedSupplyStore = z
  .strictObject(storeFields)
  .omit({ kind: true, divisionCode: true })
  .partial()
export type ChangedSupplyStore = z.infer<typeof ChangedSupplyStore>
export const changeSupplyStore = defineEndpoint({
  method: 'PATCH',
  url: '/api/v1/supply-stores/:id',
  schema: {
    summary: 'Change a store; an empty one is closed with the day it closed',
    tags: ['supplies'],
    params,
    body: ChangedSupplyStore,
    response: { 200: SupplyStore },
  },
  config: { permission: 'supply.keep', dataClass: 'L0', conditional: true },
})

/** Stock-out, less than a month's use left, a lot that expires within six months or has, a recalled lot on the shelf. */
export const SupplyAlert = z.enum(['STOCK_OUT', 'LOW', 'EXPIRING', 'EXPIRED', 'RECALLED'])
export type SupplyAlert = z.infer<typeof SupplyAlert>

export const ShelfLot = z.object({
  lotId: Id,
  lotNumber: z.string(),
  expiresOn: CivilDate,
  onHand: z.int(),
  isQuarantined: z.boolean(),
  isExpired: z.boolean(),
})
/** An item on the shelf of a store. */
export const ShelfLine = z.object({
  itemCode: z.string(),
  onHand: z.int(),
  /** Not expired, not recalled. */
  usable: z.int(),
  /** Shipped to the store and not there yet. */
  onTheWay: z.int(),
  /** What was issued in six calendar months up to today, over the days on which there was something to issue (≥ 30). */
  monthlyUse: z.number(),
  monthsOfStock: z.number().nullable(),
  earliestExpiry: CivilDate.nullable(),
  /** Days without stock among the last 90. */
  stockOutDays: z.int(),
  alerts: z.array(SupplyAlert),
  lots: z.array(ShelfLot),
})
export type ShelfLine = z.infer<typeof ShelfLine>

export const getShelf = defineEndpoint({
  method: 'GET',
  url: '/api/v1/supply-stores/:id/shelf',
  schema: {
    summary: 'What a store holds: lots in the order they are handed out, months of stock, alerts',
    tags: ['supplies'],
    params,
    response: { 200: z.object({ store: SupplyStore, asOf: CivilDate, lines: z.array(ShelfLine) }) },
  },
  config: { permission: 'supply.read', dataClass: 'L0' },
})

/** 月收发存: opening + received − dispensed − shipped − wasted + adjusted = closing. */
export const StoreMonth = z.object({
  itemCode: z.string(),
  opening: z.int(),
  received: z.int(),
  dispensed: z.int(),
  shipped: z.int(),
  wasted: z.int(),
  adjusted: z.int(),
  closing: z.int(),
})
export type StoreMonth = z.infer<typeof StoreMonth>
export const getStoreMonth = defineEndpoint({
  method: 'GET',
  url: '/api/v1/supply-stores/:id/months/:month',
  schema: {
    summary: 'The book of a store for a month, item by item',
    tags: ['supplies'],
    params: z.strictObject({ id: Id, month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/) }),
    response: { 200: z.object({ store: StoreName, month: z.string(), items: z.array(StoreMonth) }) },
  },
  config: { permission: 'supply.read', dataClass: 'L0' },
})

export const AlertRow = z.object({
  store: StoreName,
  kind: StoreKind,
  division: Place,
  itemCode: z.string(),
  alert: SupplyAlert,
  usable: z.int(),
  monthsOfStock: z.number().nullable(),
  /** Of the lot that expires first, has expired or is recalled. */
  expiresOn: CivilDate.nullable(),
  /** Of a stock-out: its first day. */
  since: CivilDate.nullable(),
})
export type AlertRow = z.infer<typeof AlertRow>
export const listSupplyAlerts = defineEndpoint({
  method: 'GET',
  url: '/api/v1/supply-alerts',
  schema: {
    summary: 'What needs a store-keeper’s hand in my area',
    tags: ['supplies'],
    querystring: z.strictObject({
      ...PageQuery,
      division: DivisionCode.optional(),
      alert: SupplyAlert.optional(),
      storeId: Id.optional(),
    }),
    response: { 200: Page(AlertRow) },
  },
  config: { permission: 'supply.read', dataClass: 'L0' },
})

export const StockOutRow = z.object({
  store: StoreName,
  kind: StoreKind,
  division: Place,
  itemCode: z.string(),
  /** Days without stock in the period. */
  days: z.int(),
  /** Days of the period on which the store had taken on the item. */
  ofDays: z.int(),
  isOut: z.boolean(),
})
export type StockOutRow = z.infer<typeof StockOutRow>
export const listStockOuts = defineEndpoint({
  method: 'GET',
  url: '/api/v1/supply-stock-outs',
  schema: {
    summary: 'Days without stock, by store and item',
    tags: ['supplies'],
    querystring: z.strictObject({
      ...PageQuery,
      division: DivisionCode.optional(),
      storeId: Id.optional(),
      itemCode: ItemCode.optional(),
      from: CivilDate,
      to: CivilDate,
    }),
    response: { 200: Page(StockOutRow) },
  },
  config: { permission: 'supply.read', dataClass: 'L0' },
})
