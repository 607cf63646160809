import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Beneficiary, BeneficiaryRow, EntitlementPreview } from '@youyu/shared/subsidies/beneficiaries'
import type { Person } from '@youyu/shared/population/persons'
import { beneficiariesOf, confirmed, countyAccess, paid } from '../../../../test/beneficiaries.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, furnishPlaces, places, register } from '../../../../test/register.ts'
import { transaction } from '../../../database/transaction.ts'
import { activateBeneficiaries } from './index.ts'

let office: TestOffice
let clerk: Officer
let recorder: Officer

beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  office.setNow(new Date('2026-06-10T03:00:00Z'))
  clerk = await office.officer('county_subsidy', places.county)
  recorder = await office.officer('county_population', places.county)
})
afterAll(() => office.close())

const read = async (id: string) => bodyOf<Beneficiary>(await clerk.get(`/api/v1/beneficiaries/${id}`), 200)
const take = async (id: string, path: string, body: object) => {
  const { version } = await read(id)
  return await clerk.post(`/api/v1/beneficiaries/${id}/${path}`, body, { ifMatch: version })
}
async function elder(): Promise<{ person: Person; id: string }> {
  const person = await register(recorder, { name: '王秀英', birthDate: '1960-05-05' })
  const [id] = await beneficiariesOf(office, [
    { programme: 'P02', person, level: 'A_DEATH', on: '2025-12-10' },
  ])
  return { person, id: id! }
}
const entitled = async (id: string) =>
  (
    await office.sql<{ month: string; fen: number; reason: string }>(
      `select to_char(month, 'YYYY-MM') as month, amount_fen::int as fen, reason from entitlement_months where beneficiary_id = $1 order by 1`,
      [id],
    )
  ).map(({ month, fen, reason }) => `${month} ${fen} ${reason}`)

describe('a beneficiary', () => {
  test('is listed with a masked name, and shown by name to who may see her', async () => {
    const { id } = await elder()

    const { items } = bodyOf<{ items: BeneficiaryRow[] }>(
      await clerk.get('/api/v1/beneficiaries?programme=P02&name=王秀'),
      200,
    )

    expect(items.find((row) => row.id === id)).toMatchObject({ person: { name: '王*英' }, monthFen: 59000 })
    expect(await read(id)).toMatchObject({ person: { name: '王秀英' }, sums: { dueFen: 6 * 59000 } })
  })

  test('is invisible to another township, and nobody’s to change without the permission', async () => {
    const { id } = await elder()
    const far = await office.officer('township_worker', places.otherTownship)
    const viewer = await office.officer('county_manager', places.county)

    expect((await far.get(`/api/v1/beneficiaries/${id}`)).status).toBe(404)
    const stop = { lastMonth: '2026-05-01', reason: 'WITHDRAWN', document: '书面申请' }
    expect((await viewer.post(`/api/v1/beneficiaries/${id}/stops`, stop, { ifMatch: 1 })).status).toBe(403)
  })

  test('is suspended after a look at what that changes, and paid the arrears once resumed', async () => {
    const { id } = await elder()
    const { version } = await read(id)
    const body = { fromMonth: '2026-04-01', reason: 'NOT_VERIFIED' }

    const preview = bodyOf<EntitlementPreview>(
      await clerk.post(`/api/v1/beneficiaries/${id}/suspensions?dryRun=true`, body, { ifMatch: version }),
      200,
    )
    expect(preview).toMatchObject({
      state: 'SUSPENDED',
      monthsChanged: 9,
      fallenFen: 9 * 59000,
      dueFen: 3 * 59000,
    })
    expect(await read(id)).toMatchObject({ state: 'ACTIVE', version })

    bodyOf(await take(id, 'suspensions', body), 201)
    expect((await entitled(id))[3]).toBe('2026-04 0 SUSPENDED')
    expect(bodyOf(await take(id, 'resumptions', { document: '补审表' }), 201)).toMatchObject({
      ...{ state: 'ACTIVE', sums: { dueFen: 6 * 59000, overFen: 0 } },
    })
    expect((await take(id, 'resumptions', {})).body).toMatchObject({ code: 'beneficiary-not-standing' })
  })

  test('is stopped by a decision, which can be taken back', async () => {
    const { id } = await elder()

    bodyOf(
      await take(id, 'stops', { lastMonth: '2026-03-01', reason: 'WITHDRAWN', document: '书面申请' }),
      201,
    )
    expect((await entitled(id)).slice(2, 4)).toEqual(['2026-03 59000 ENTITLED', '2026-04 0 WITHDRAWN'])

    bodyOf(await take(id, 'reinstatements', { document: '本人撤回' }), 201)
    expect(await read(id)).toMatchObject({ state: 'ACTIVE', toMonth: null, sums: { dueFen: 6 * 59000 } })
  })

  test('has another level from a month on', async () => {
    const { id } = await elder()

    bodyOf(
      await take(id, 'levels', { level: 'B_DISABILITY', fromMonth: '2026-05-01', document: '残疾评定' }),
      201,
    )

    expect((await entitled(id)).slice(3, 5)).toEqual(['2026-04 59000 ENTITLED', '2026-05 46000 ENTITLED'])
    expect(await read(id)).toMatchObject({ level: 'B_DISABILITY' })
  })

  test('leaves what was due and unpaid to the estate, once', async () => {
    const { person, id } = await elder()
    const heir = await register(recorder, { name: '李小军', sex: '1', birthDate: '1985-01-01' })
    const claim = { payeeId: heir.id, relation: '儿子', document: '公证书' }
    await paid(office, id, '2026-02-01')
    expect((await take(id, 'estate-claims', claim)).body).toMatchObject({ code: 'beneficiary-not-standing' })
    const death = { personId: person.id, occurredOn: '2026-04-20', place: 'HOME', reporter: 'VILLAGE' }
    bodyOf(await recorder.post('/api/v1/deaths', death), 201)

    expect(bodyOf(await take(id, 'estate-claims', claim), 201)).toMatchObject({
      ...{ payee: { name: '李小军' }, sums: { dueFen: 2 * 59000 } },
    })
    const again = await register(recorder, { name: '李小红', birthDate: '1987-01-01' })
    expect((await take(id, 'estate-claims', { ...claim, payeeId: again.id })).body).toMatchObject({
      code: 'already-decided',
    })
  })

  test('is suspended by a hukou that moved away, and transferred once the other county accepts', async () => {
    const { person, id } = await elder()
    const move = {
      personId: person.id,
      kind: 'HUKOU_OUT',
      occurredOn: '2026-05-10',
      toDivision: places.otherCountyVillage,
      reason: 'FAMILY',
    }
    bodyOf(await recorder.post('/api/v1/migration-events', move), 201)
    expect(await read(id)).toMatchObject({
      state: 'SUSPENDED',
      suspendReason: 'HUKOU_OUT',
      suspendedFrom: '2026-06-01',
    })

    bodyOf(
      await take(id, 'transfers', { toCounty: 370321, lastMonth: '2026-05-01', document: '转移函' }),
      201,
    )
    bodyOf(await take(id, 'transfer-answers', { accept: true, document: '接收函' }), 201)

    expect(await read(id)).toMatchObject({ state: 'TRANSFERRED', toMonth: '2026-05-01' })
    expect((await entitled(id)).slice(4, 6)).toEqual(['2026-05 59000 ENTITLED', '2026-06 0 TRANSFERRED'])
  })

  test('is looked at after a new birth, and not suspended again by what was looked at', async () => {
    const { person, id } = await elder()
    await office.sql(`update persons set birth_date = '1985-05-05' where id = $1`, [person.id])
    const birth = {
      outcome: 'LIVE',
      motherId: person.id,
      occurredOn: '2026-03-03',
      sex: '1',
      child: {},
      place: 'HOSPITAL',
      plurality: 1,
      sequence: 1,
    }
    const born = await recorder.post('/api/v1/births', birth)
    expect(born.status, born.text).toBe(201)
    expect(await read(id)).toMatchObject({
      state: 'SUSPENDED',
      suspendReason: 'NEW_CHILD_REVIEW',
      suspendedFrom: '2026-04-01',
    })

    bodyOf(await take(id, 'resumptions', { document: '复核意见' }), 201)
    await transaction(office.db, countyAccess, (tx) =>
      tx.client.query(
        `select app.settle_beneficiaries(371121, null, 'FACTS', gen_random_uuid(), '2026-06-10', null, now())`,
      ),
    )

    expect(await read(id)).toMatchObject({ state: 'ACTIVE' })
  })

  test('of a one-off programme is an amount, once for an application', async () => {
    const person = await register(recorder, { birthDate: '1960-05-05' })
    const ids = await confirmed(office, [{ programme: 'P07', person, level: 'DEATH', on: '2026-06-01' }])
    const activate = () =>
      transaction(office.db, countyAccess, (tx) =>
        activateBeneficiaries(tx, countyAccess, ids, '2026-06-01', office.office.now()),
      )

    expect(await activate()).toMatchObject({ events: 1, activated: 0 })
    expect(await activate()).toMatchObject({ events: 0, activated: 0 })
    expect(bodyOf(await clerk.get(`/api/v1/event-entitlements?personId=${person.id}`), 200)).toMatchObject({
      items: [{ programme: 'P07', amountFen: 1000000, allocatedFen: 0 }],
    })
  })
})
