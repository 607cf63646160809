import type { SupplyShipment } from '@youyu/shared/contraception/supplies-movements'
import type { Requisition } from '@youyu/shared/contraception/supplies-requisitions'
import { day, enter, type Signed } from './front-door.ts'

type Officers = {
  keeper: Signed
  township: Signed
  village: Signed
  clinician: Signed
  approver: Signed
}
type Places = { county: string; township: string; village: string }
type Stores = { county: string; township: string; village: string; clinic: string; machine: string }

const condoms = 'YJ701'
const femaleCondoms = 'YJ711'
const pills = 'YJ601'
const folicAcid = 'YS401'

async function openStores(
  { keeper }: Officers,
  { county, township, village }: Places,
  organisations: ReadonlyMap<string, string>,
  openedOn: string,
): Promise<Stores> {
  const open = async (kind: string, name: string, divisionCode: string, code: string, parentId?: string) => {
    const organisationId = organisations.get(code) ?? null
    const body = { kind, name: `${name}（演示）`, divisionCode, organisationId, openedOn }
    const given = parentId === undefined ? body : { ...body, parentId }
    return (await enter<{ id: string }>(keeper, '/api/v1/supply-stores', given)).id
  }
  const station = `ST-${township.slice(0, 9)}`
  const countyStore = await open('COUNTY', '县药具库', county, 'DEMO-S')
  const townshipStore = await open('TOWNSHIP', '乡镇药具库', township, station, countyStore)
  return {
    county: countyStore,
    township: townshipStore,
    clinic: await open('OUTLET', '妇幼中心门诊发放点', county, 'DEMO-S', countyStore),
    village: await open('OUTLET', '村发放点', village, '', townshipStore),
    machine: await open('VENDING', '政务大厅自助发放机', township, '', townshipStore),
  }
}

/** What came from the suppliers: plenty, a lot that expires within half a year, and one that has expired. */
async function receive({ keeper }: Officers, storeId: string, today: string): Promise<void> {
  const lot = (itemCode: string, lotNumber: string, quantity: number, expiresIn: number) => ({
    ...{ itemCode, lotNumber, quantity, expiresOn: day(today, -expiresIn) },
  })
  const receipts: [number, ReturnType<typeof lot>[]][] = [
    [
      330,
      [
        ...[lot(condoms, 'XJ-2501', 4500, 1100), lot('YJ702', 'XJ-2502', 4000, 1100)],
        ...[lot(pills, 'BY-2507', 600, 620), lot('YJ611', 'BY-2511', 200, 560)],
        ...[lot('YJ501', 'ZS-2503', 120, 500), lot('YJ851', 'JJ-2504', 240, 480)],
        ...[lot('YJ301', 'QJ-2401', 80, 1300), lot('YJ421', 'PM-2402', 40, 700)],
        ...[lot(folicAcid, 'YS-2503', 600, 700), lot('YS402', 'YS-2504', 30, 500)],
      ],
    ],
    [
      220,
      [
        ...[lot('YJ802', 'SJ-2309', 300, -18), lot(condoms, 'XJ-2406', 1500, 128)],
        lot(femaleCondoms, 'NJ-2503', 100, 800),
      ],
    ],
    [60, [lot(condoms, 'XJ-2610', 800, 1600), lot('YJ311', 'QJ-2602', 20, 900)]],
  ]
  for (const [before, lines] of receipts)
    await enter(keeper, '/api/v1/supply-receipts', {
      ...{ storeId, lines, occurredOn: day(today, before), document: `入库单-${before}（演示）` },
    })
}

type Line = { itemCode: string; quantity: number }

/** Sent down and taken in two days later. */
async function supply(
  officers: Officers,
  [fromStoreId, toStoreId]: readonly [string, string],
  on: { today: string; before: number },
  lines: readonly Line[],
): Promise<void> {
  const shipment = await enter<SupplyShipment>(officers.keeper, '/api/v1/supply-shipments', {
    ...{ fromStoreId, toStoreId, lines, shippedOn: day(on.today, on.before) },
  })
  await enter(officers.keeper, `/api/v1/supply-shipments/${shipment.id}/arrivals`, {
    occurredOn: day(on.today, on.before - 2),
    lines: shipment.lines.map(({ id: lineId, shipped: received }) => ({ lineId, received })),
  })
}

const line = (itemCode: string, quantity: number): Line => ({ itemCode, quantity })

async function sendDown(officers: Officers, stores: Stores, today: string): Promise<void> {
  const [toTownship, toClinic, toVillage] = [
    [stores.county, stores.township],
    [stores.county, stores.clinic],
    [stores.township, stores.village],
  ] as const
  await supply(officers, toTownship, { today, before: 325 }, [
    ...[line(condoms, 2000), line('YJ702', 600), line(pills, 80), line('YJ851', 40)],
  ])
  await supply(officers, toClinic, { today, before: 325 }, [
    ...[line(condoms, 1500), line(pills, 240), line('YJ611', 60), line('YJ501', 40), line('YJ851', 60)],
    ...[line('YJ301', 40), line('YJ421', 15), line(folicAcid, 240), line('YS402', 10)],
  ])
  await supply(officers, toVillage, { today, before: 320 }, [line(condoms, 600), line(pills, 26)])
  await supply(officers, toTownship, { today, before: 210 }, [
    ...[line('YJ802', 120), line(condoms, 900), line(femaleCondoms, 60)],
  ])
  await supply(officers, toVillage, { today, before: 200 }, [
    ...[line(condoms, 700), line('YJ802', 40), line(femaleCondoms, 10)],
  ])
  await supply(officers, [stores.township, stores.machine], { today, before: 90 }, [line('YJ702', 200)])
}

/** Months of handing out, so that use and months of stock are known; the village has no female condoms left. */
async function handOut({ village, clinician }: Officers, stores: Stores, today: string): Promise<void> {
  const give = (as: Signed, storeId: string, before: number, itemCode: string, quantity: number) =>
    enter(as, '/api/v1/dispensings', { storeId, itemCode, quantity, occurredOn: day(today, before) })
  for (let month = 9; month >= 0; month -= 1) {
    const before = month * 30 + 4
    for (const [place, quantity] of [30, 20, 40].entries())
      await give(village, stores.village, before + place * 7, condoms, quantity)
    await give(clinician, stores.clinic, before + 3, condoms, 60)
    await give(clinician, stores.clinic, before + 10, pills, 9)
    await give(clinician, stores.township, before + 12, condoms, 50)
  }
  await give(village, stores.village, 40, femaleCondoms, 10)
  await give(clinician, stores.clinic, 25, 'YJ851', 1)
  await give(clinician, stores.clinic, 70, 'YJ501', 1)
}

/** One asked for and waiting, one approved and on its way. */
async function requisition(officers: Officers, stores: Stores, today: string): Promise<void> {
  const ask = (storeId: string, lines: object[], note: string) =>
    enter<Requisition>(officers.township, '/api/v1/supply-requisitions', {
      ...{ storeId, lines, note, submit: true },
    })
  const sent = await ask(stores.township, [{ itemCode: condoms, asked: 1200 }], '按月补充')
  const url = `/api/v1/supply-requisitions/${sent.id}`
  await enter(officers.approver, `${url}/decision`, { approve: true }, sent.version)
  await enter(officers.keeper, `${url}/shipments`, { shippedOn: today })
  await ask(
    stores.village,
    [
      { itemCode: condoms, asked: 200 },
      { itemCode: femaleCondoms, asked: 20 },
    ],
    '女用避孕套已发完',
  )
}

/** A county's year of free supplies, from the county store to the outlet in the village. Answers the clinic's outlet. */
export async function furnishStores(
  officers: Officers,
  places: Places,
  organisations: ReadonlyMap<string, string>,
  today: string,
): Promise<string> {
  const stores = await openStores(officers, places, organisations, day(today, 400))
  await receive(officers, stores.county, today)
  await sendDown(officers, stores, today)
  await handOut(officers, stores, today)
  await requisition(officers, stores, today)
  return stores.clinic
}
