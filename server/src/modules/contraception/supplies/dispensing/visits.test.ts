import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RecordedEncounter } from '@youyu/shared/contraception/encounters'
import { openClinic, type Clinic } from '../../../../../test/clinic.ts'
import { openOffice, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf, places } from '../../../../../test/register.ts'
import {
  condoms,
  now,
  openStore,
  openStores,
  residuals,
  takeIn,
  today,
  type Supplies,
} from '../../../../../test/supplies.ts'

let office: TestOffice
let clinic: Clinic
let stores: Supplies
beforeAll(async () => {
  office = await openOffice()
  office.setNow(now)
  clinic = await openClinic(office)
  stores = await openStores(office)
})
afterAll(() => office.close())

test('a visit that never was gives back what was handed out in it', async () => {
  const store = await openStore(stores.keeper, { kind: 'OUTLET', divisionCode: places.village })
  await takeIn(stores.keeper, store.id, { quantity: 50 })
  const client = await clinic.woman()
  const visit = {
    ...{ clientId: client.id, occurredOn: today },
    dispense: [{ storeId: store.id, itemCode: condoms, quantity: 10 }],
  }
  const { id } = bodyOf<RecordedEncounter>(await clinic.clinician.post('/api/v1/encounters', visit), 201)
  const stock = () => office.sql('select on_hand from supply_stocks where store_id = $1', [store.id])
  const linked = await office.sql(
    'select facility_id, client_id from dispensing_clients where encounter_id = $1',
    [id],
  )
  const given = await stock()

  const voided = await clinic.clinician.post(`/api/v1/encounters/${id}/void`, {
    reason: '录错人',
    withParts: true,
  })

  expect(linked).toEqual([{ facility_id: clinic.station.id, client_id: client.id }])
  expect(given).toEqual([{ on_hand: 40 }])
  expect(voided.status).toBe(201)
  expect(await stock()).toEqual([{ on_hand: 50 }])
  expect(await residuals(office)).toEqual([])
})
