import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RecordedEncounter } from '@youyu/shared/contraception/encounters'
import type { OperatorLicence } from '@youyu/shared/contraception/operator-licences'
import type { Problem } from '@youyu/shared/errors'
import type { SupplyStore } from '@youyu/shared/contraception/supplies'
import { openClinic, type Clinic } from '../../../../test/clinic.ts'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, places } from '../../../../test/register.ts'
import { condoms, now, openStore, openStores, takeIn, today } from '../../../../test/supplies.ts'
import { insertion, licenseOperator } from '../../../../test/visits.ts'

let office: TestOffice
let clinic: Clinic
let operator: OperatorLicence
let store: SupplyStore

beforeAll(async () => {
  office = await openOffice()
  office.setNow(now)
  clinic = await openClinic(office)
  operator = await licenseOperator(office, clinic.station.id)
  const stores = await openStores(office)
  store = await openStore(stores.keeper, { kind: 'OUTLET', divisionCode: places.village })
  await takeIn(stores.keeper, store.id, { quantity: 50, expiresOn: '2028-01-31' })
})
afterAll(() => office.close())

const visit = (body: object) => clinic.clinician.post('/api/v1/encounters', body)
const onShelf = async () => {
  const [row] = await office.sql<{ n: number }>(
    'select sum(on_hand)::int as n from supply_stocks where store_id = $1',
    [store.id],
  )
  return row!.n
}

describe('a visit', () => {
  test('answers its follow-up, hands out supplies and checks her, in one go', async () => {
    const client = await clinic.woman()
    bodyOf(await visit(insertion(client.id, '2026-08-10', operator.id)), 201)
    const [task] = await office.sql<{ id: string }>(
      'select id from follow_up_tasks where client_id = $1 order by due_from, id limit 1',
      [client.id],
    )
    const before = await onShelf()

    const encounter = bodyOf<RecordedEncounter>(
      await visit({
        ...{ clientId: client.id, occurredOn: today },
        followUp: { taskId: task!.id, result: {} },
        dispense: [{ storeId: store.id, itemCode: condoms, quantity: 10 }],
        check: { items: ['GYN'] },
      }),
      201,
    )

    expect(encounter.parts).toMatchObject({ taskId: task!.id, checkId: expect.any(String) as string })
    expect(encounter.parts.dispensingIds).toHaveLength(1)
    expect(encounter.changes.map(({ entity }) => entity)).toEqual([
      'encounter',
      'task',
      'check',
      'dispensing',
    ])
    expect(await onShelf()).toBe(before - 10)
    const [done] = await office.sql<{ status: string }>('select status from follow_up_tasks where id = $1', [
      task!.id,
    ])
    expect(done!.status).toBe('DONE')
  })

  test('takes nothing from the shelf where another part is refused, and names the part', async () => {
    const client = await clinic.woman()
    const before = await onShelf()
    const handed = { storeId: store.id, itemCode: condoms, quantity: 10 }

    const unfounded = await visit({
      ...insertion(client.id, today, operator.id, { method: 'M40' }),
      dispense: [handed],
    })
    const empty = await visit({
      ...{ clientId: client.id, occurredOn: today, episode: { do: 'START', method: 'M70' } },
      dispense: [handed, { ...handed, quantity: 500 }],
    })

    expect(unfounded.status).toBe(400)
    expect((empty.body as Problem).errors).toMatchObject([
      { pointer: '/dispense/1/quantity', code: 'out-of-stock' },
    ])
    expect(await onShelf()).toBe(before)
    const episodes = await office.sql('select from method_episodes where client_id = $1', [client.id])
    expect(episodes).toEqual([])
  })
})
