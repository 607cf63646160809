import type { Dispensed, NewDispensing } from '@youyu/shared/contraception/supplies-dispensing'
import type { SupplyStore } from '@youyu/shared/contraception/supplies'
import type { SupplyMovement } from '@youyu/shared/contraception/supplies-movements'
import type { Answer, Officer, TestOffice } from './office.ts'
import { bodyOf, places } from './register.ts'

/** The day on which the tests of supplies play. */
export const today = '2026-09-15'
export const now = new Date('2026-09-15T03:00:00Z')

export const condoms = 'YJ701'
export const pills = 'YJ601'
export const injections = 'YJ501'

export type Supplies = {
  county: SupplyStore
  township: SupplyStore
  outlet: SupplyStore
  /** Of another township. */
  far: SupplyStore
  countyKeeper: Officer
  keeper: Officer
  /** Signs beside the keeper. */
  second: Officer
  approver: Officer
  farKeeper: Officer
}

/** A county store, a township's with an outlet, and another township's. */
export async function openStores(office: TestOffice): Promise<Supplies> {
  const countyKeeper = await office.officer('pharmacist', places.county)
  const keeper = await office.officer('pharmacist', places.street)
  const second = await office.officer('township_worker', places.street)
  const approver = await office.officer('county_mch', places.county)
  const farKeeper = await office.officer('pharmacist', places.otherTownship)
  const county = await openStore(countyKeeper, { kind: 'COUNTY', divisionCode: places.county })
  const under = { parentId: county.id }
  const township = await openStore(keeper, { kind: 'TOWNSHIP', divisionCode: places.street, ...under })
  const far = await openStore(farKeeper, { kind: 'TOWNSHIP', divisionCode: places.otherTownship, ...under })
  const outlet = await openStore(keeper, {
    ...{ kind: 'OUTLET', divisionCode: places.village, parentId: township.id },
  })
  return { county, township, outlet, far, countyKeeper, keeper, second, approver, farKeeper }
}

let serial = 0

export async function openStore(keeper: Officer, given: object): Promise<SupplyStore> {
  const body = { name: `药具库${(serial += 1)}`, openedOn: '2026-01-01', ...given }
  return bodyOf(await keeper.post('/api/v1/supply-stores', body), 201)
}

/** Takes a lot in from the supplier. */
export async function takeIn(
  keeper: Officer,
  storeId: string,
  given: {
    itemCode?: string
    quantity: number
    expiresOn?: string
    lotNumber?: string
    occurredOn?: string
  },
): Promise<SupplyMovement> {
  const { itemCode = condoms, quantity, expiresOn = '2028-06-30', occurredOn = '2026-09-01' } = given
  const lotNumber = given.lotNumber ?? `L${(serial += 1)}`
  const lines = [{ itemCode, quantity, expiresOn, lotNumber }]
  const answer = await keeper.post('/api/v1/supply-receipts', { storeId, occurredOn, lines })
  return bodyOf<{ movements: [SupplyMovement] }>(answer, 201).movements[0]
}

export function handOut(
  officer: Officer,
  body: Partial<NewDispensing> & { storeId: string },
): Promise<Answer> {
  return officer.post('/api/v1/dispensings', {
    ...{ itemCode: condoms, quantity: 10, occurredOn: today },
    ...body,
  })
}

export async function handedOut(
  officer: Officer,
  body: Partial<NewDispensing> & { storeId: string },
): Promise<Dispensed> {
  return bodyOf(await handOut(officer, body), 201)
}

/** The pointer and code of the first wrong field. */
export function wrongField({ status, body }: Answer): unknown[] {
  const { errors = [] } = body as { errors?: { pointer: string; code: string }[] }
  return [status, errors[0]?.pointer, errors[0]?.code]
}

/** What the ledger says against what is kept, and what does not sum to zero: nothing of either. */
export async function residuals(office: TestOffice): Promise<unknown[]> {
  return await office.sql(
    `with flow as (
       select county_code, lot_id, item_code, to_account as account, to_store_id as store_id, kind, occurred_on, quantity as q from supply_movements
       union all select county_code, lot_id, item_code, from_account, from_store_id, kind, occurred_on, -quantity from supply_movements),
     ledger as (select store_id, lot_id, sum(q) as q from flow where account = 'STORE' group by 1, 2),
     months as (select store_id, item_code, sum(received - dispensed - shipped - wasted + adjusted) as q from supply_months group by 1, 2)
     select 'lot does not close' as what, lot_id::text as which from flow group by lot_id having sum(q) <> 0
     union all
     select 'stock differs', coalesce(l.lot_id, s.lot_id)::text from ledger l full join supply_stocks s on s.store_id = l.store_id and s.lot_id = l.lot_id
       where coalesce(l.q, 0) <> coalesce(s.on_hand, 0)
     union all
     select 'months differ', coalesce(m.store_id, k.store_id)::text from months m full join (select store_id, item_code, sum(on_hand) as q from supply_stocks group by 1, 2) k
       on k.store_id = m.store_id and k.item_code = m.item_code where coalesce(m.q, 0) <> coalesce(k.q, 0)
     union all
     select 'transit differs', n.shipment_id::text from supply_shipment_lines n
       where n.shipped - n.received - n.lost <> (select coalesce(sum(case when f.account = 'TRANSIT' then f.q end), 0)
         from (select shipment_id, lot_id, to_account as account, quantity as q from supply_movements
           union all select shipment_id, lot_id, from_account, -quantity from supply_movements) f where f.shipment_id = n.shipment_id and f.lot_id = n.lot_id)
     union all
     select 'clients differ', d.id::text from dispensings d
       where (case when d.voided_at is null then d.quantity - d.returned else 0 end) <>
         (select coalesce(sum(case when m.to_account = 'CLIENT' then m.quantity else -m.quantity end), 0) from supply_movements m
           where m.dispensing_id = d.id and 'CLIENT' in (m.to_account, m.from_account))`,
  )
}
