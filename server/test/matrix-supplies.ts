import type { Place } from './county.ts'
import type { Answer, TestOffice } from './office.ts'

export type SupplyRecords = {
  supplyStore: string
  supplyMovement: string
  supplyShipment: string
  dispensing: string
  requisition: string
  stockTake: string
  recall: string
}

export const supplyNouns = {
  'supply-stores': 'supplyStore',
  'supply-movements': 'supplyMovement',
  'supply-shipments': 'supplyShipment',
  dispensings: 'dispensing',
  'supply-requisitions': 'requisition',
  'stock-takes': 'stockTake',
  'lot-recalls': 'recall',
} as const

const occurredOn = '2026-08-01'
const condoms = 'YJ701'

/** What the stores of a county keep: a county store and a township's, with one of every document. */
export async function suppliesOf(office: TestOffice, place: Place): Promise<SupplyRecords> {
  const keeper = await office.officer('pharmacist', place.county)
  const approver = await office.officer('county_mch', place.county)
  const made = async (noun: string, body: object, officer = keeper) =>
    answered(await officer.post(`/api/v1/${noun}`, body))
  const { id: countyStore } = await made('supply-stores', {
    ...{ kind: 'COUNTY', name: '县库', divisionCode: place.county, openedOn: '2026-01-01' },
  })
  const { id: supplyStore } = await made('supply-stores', {
    ...{ kind: 'TOWNSHIP', name: '乡库', divisionCode: place.township, parentId: countyStore },
    openedOn: '2026-01-01',
  })
  const receive = async (lotNumber: string, storeId: string) => {
    const lines = [{ itemCode: condoms, lotNumber, expiresOn: '2029-12-31', quantity: 1000 }]
    return (await made('supply-receipts', { storeId, occurredOn, lines })).movements![0]!.id
  }
  const supplyMovement = await receive('MATRIX-1', countyStore!)
  await receive('MATRIX-2', countyStore!)
  await receive('MATRIX-3', supplyStore!)
  const id = async (noun: string, body: object, officer = keeper) => (await made(noun, body, officer)).id!
  const handed = { storeId: supplyStore!, itemCode: condoms, quantity: 1, occurredOn }
  return {
    supplyStore: supplyStore!,
    supplyMovement,
    supplyShipment: await id('supply-shipments', {
      ...{ fromStoreId: countyStore, toStoreId: supplyStore, shippedOn: occurredOn },
      lines: [{ itemCode: condoms, quantity: 10 }],
    }),
    dispensing: await id('dispensings', handed),
    requisition: await id('supply-requisitions', {
      ...{ storeId: supplyStore, lines: [{ itemCode: condoms, asked: 10 }] },
    }),
    stockTake: await id('stock-takes', { storeId: supplyStore }),
    recall: await id(
      'lot-recalls',
      { itemCode: condoms, lotNumber: 'MATRIX-2', recalledOn: occurredOn, reason: '抽检不合格' },
      approver,
    ),
  }
}

function answered({ body, status, text }: Answer): { id?: string; movements?: { id: string }[] } {
  if (status >= 300) throw new Error(`A record of supplies could not be made: ${text}`)
  return body
}

export const supplyBodies: Record<string, (records: SupplyRecords & { place: Place }) => unknown> = {
  createSupplyStore: ({ place }) => ({ kind: 'OUTLET', name: '发放点', divisionCode: place.village }),
  changeSupplyStore: () => ({ leadDays: 3 }),
  receiveSupplies: ({ supplyStore }) => ({
    ...{ storeId: supplyStore, occurredOn },
    lines: [{ itemCode: condoms, lotNumber: 'MATRIX-9', expiresOn: '2029-12-31', quantity: 1 }],
  }),
  recordLoss: ({ supplyStore }) => ({
    ...{ storeId: supplyStore, lotId: supplyStore, quantity: 1, cause: 'LOST', occurredOn, reason: '丢失' },
  }),
  writeOffExpired: () => ({ occurredOn }),
  reverseMovement: () => ({ reason: '误录' }),
  shipSupplies: ({ supplyStore }) => ({
    ...{ fromStoreId: supplyStore, toStoreId: supplyStore, shippedOn: occurredOn },
    lines: [{ itemCode: condoms, quantity: 1 }],
  }),
  receiveShipment: ({ supplyStore }) => ({ occurredOn, lines: [{ lineId: supplyStore, received: 1 }] }),
  dispenseSupplies: ({ supplyStore }) => ({
    ...{ storeId: supplyStore, itemCode: condoms, quantity: 1, occurredOn },
  }),
  voidDispensing: () => ({ reason: '误录' }),
  returnDispensed: () => ({ quantity: 1, occurredOn, toShelf: true, reason: '未开封' }),
  openRequisition: ({ supplyStore }) => ({
    ...{ storeId: supplyStore, lines: [{ itemCode: condoms, asked: 10 }] },
  }),
  changeRequisition: () => ({ note: '尽快' }),
  decideRequisition: () => ({ approve: true }),
  shipRequisition: () => ({ shippedOn: occurredOn }),
  closeRequisition: () => ({ reason: '办结' }),
  cancelRequisition: () => ({ reason: '重复' }),
  openStockTake: ({ supplyStore }) => ({ storeId: supplyStore }),
  countStockTake: ({ supplyStore }) => ({ lines: [{ lotId: supplyStore, counted: 0 }] }),
  cancelStockTake: () => ({ reason: '改日' }),
  recallLot: () => ({
    itemCode: condoms,
    lotNumber: 'MATRIX-8',
    recalledOn: occurredOn,
    reason: '抽检不合格',
  }),
  voidRecall: () => ({ reason: '误录' }),
  disposeRecalled: () => ({ disposition: 'RETURNED', occurredOn, document: '退货单' }),
}
