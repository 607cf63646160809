import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LabBatch, LabOrder, LabOrderRow } from '@youyu/shared/birth-defects/laboratory'
import type { BloodSpot } from '@youyu/shared/birth-defects/newborn'
import type { PrenatalScreen, PrenatalScreenRow } from '@youyu/shared/birth-defects/prenatal'
import type { PositiveCaseRow } from '@youyu/shared/birth-defects/prenatal-cases'
import type { TorchTestRow } from '@youyu/shared/birth-defects/torch'
import type { Page } from '@youyu/shared/values'
import { chainsOf, gaveBirth, linkOf, plan, pregnantWoman } from '../../../../../test/chains.ts'
import { openLaboratory, type Laboratory } from '../../../../../test/laboratory.ts'
import { openOffice, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf } from '../../../../../test/register.ts'
import { newId } from '../../../../crypto/ids.ts'
import { transaction } from '../../../../database/transaction.ts'
import { systemAccess } from '../../../accounts/index.ts'
import { fileHeldOfNight } from './nights.ts'
import { fileBatch } from './service.ts'

let office: TestOffice
let site: Laboratory
const today = '2026-08-20'
const lines: string[] = []

beforeAll(async () => {
  office = await openOffice({ LOG_LEVEL: 'error' }, { log: { write: (line) => lines.push(line) } })
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  site = await openLaboratory(office, today)
})
afterAll(() => office.close())

const asked = async <Answer>(path: string) =>
  bodyOf<Answer>(await site.clinic.clinician.get(`/api/v1/${path}`), 200)
const listed = async <Row>(path: string) => (await asked<Page<Row>>(path)).items
const orderAgain = async ({ id }: LabOrder) => await asked<LabOrder>(`lab-orders/${id}`)
const spotsOf = async ({ client }: LabOrder) => await listed<BloodSpot>(`blood-spots?childId=${client.id}`)
const torchOf = async ({ client }: LabOrder) =>
  await listed<TorchTestRow>(`torch-tests?clientId=${client.id}`)
const answer = ({ barcode }: LabOrder, analyte: string, flag: string, given: object = {}) => ({
  ...{ barcode, analyte, flag },
  ...given,
})
const heldOf = async (reference: string) =>
  bodyOf<Page<LabBatch>>(await site.technician.get('/api/v1/lab-batches'), 200).items.find(
    (each) => each.reference === reference,
  )!.held
describe('a result that a record cannot take', () => {
  test('is held alone, with the reason for both sides, and filed once the record is mended', async () => {
    const [recalled, other] = [await site.order('BLOOD_SPOT'), await site.order('BLOOD_SPOT')]
    await site.post([answer(recalled, 'PKU', 'NEG'), answer(recalled, 'CH', 'SUSPECT')])
    const [spot] = await spotsOf(recalled)
    const step = { to: 'RECALL', on: today }
    const url = `/api/v1/blood-spots/${spot!.id}`
    bodyOf(await site.clinic.clinician.post(`${url}/steps`, step, { ifMatch: spot!.version }), 201)

    const batch = await site.post([
      answer(recalled, 'CH', 'NEG', { correction: '复核' }),
      answer(other, 'PKU', 'NEG'),
      answer(other, 'CH', 'NEG'),
    ])

    const held = [{ barcode: recalled.barcode, code: 'sample-followed-up' }]
    expect(batch).toMatchObject({ accepted: 3, rejected: 0, held })
    expect(await heldOf(batch.reference)).toEqual(held)
    expect(await spotsOf(other)).toMatchObject([{ state: 'NEG' }])
    expect(await spotsOf(recalled)).toMatchObject([{ state: 'RECALL', flags: { CH: 'SUSPECT' } }])
    expect((await orderAgain(recalled)).results.filter(({ voidedAt }) => !voidedAt)).toMatchObject([
      { analyte: 'PKU', heldFor: 'sample-followed-up' },
      { analyte: 'CH', flag: 'NEG', heldFor: 'sample-followed-up' },
    ])
    expect((await listed<LabOrderRow>('lab-orders?held=true')).map(({ id }) => id)).toEqual([recalled.id])

    const again = `/api/v1/lab-orders/${recalled.id}/filings`
    expect((await site.clinic.neighbour.post(again)).status).toBe(404)
    expect(bodyOf<LabOrder>(await site.clinic.clinician.post(again), 201).isHeld).toBe(true)
    bodyOf(await site.clinic.clinician.post(`${url}/void`, { reason: '误召回' }), 201)
    const filed = bodyOf<LabOrder>(await site.clinic.clinician.post(again), 201)

    expect(filed.isHeld).toBe(false)
    expect(filed.results.every(({ heldFor }) => heldFor === null)).toBe(true)
    expect(await spotsOf(recalled)).toMatchObject([{ state: 'NEG', flags: { CH: 'NEG' } }])
    expect(await heldOf(batch.reference)).toEqual([])
  })

  test('of a man is no TORCH test; nor is one ordered, and the night files it when the register is set right', async () => {
    const { id: man } = await site.clinic.woman({ sex: '1' })
    const asking = { clientId: man, labId: site.lab.id, panelCode: 'TORCH', orderedOn: today }
    const refused = await site.clinic.clinician.post('/api/v1/lab-orders', asking)
    expect(refused.body).toMatchObject({ errors: [{ pointer: '/clientId', code: 'panel-not-for-client' }] })
    const [order, sound] = [await site.order('TORCH'), await site.order('TORCH')]
    const sexed = (sex: string) =>
      office.sql('update persons set sex = $2 where id = $1', [order.client.id, sex])
    await sexed('1')

    const batch = await site.post([answer(order, 'RUB_IGG', 'NEG'), answer(sound, 'RUB_IGG', 'POS')])
    await sexed('2')
    const sameDay = await fileHeldOfNight(office.office)
    office.setNow(new Date('2026-08-21T02:00:00+08:00'))
    const nights = [await fileHeldOfNight(office.office), await fileHeldOfNight(office.office)]
    office.setNow(new Date(`${today}T09:00:00+08:00`))

    expect(batch.held).toEqual([{ barcode: order.barcode, code: 'panel-not-for-client' }])
    expect(await torchOf(sound)).toHaveLength(1)
    expect([sameDay, nights]).toEqual([0, [1, 0]])
    expect(await torchOf(order)).toHaveLength(1)
    expect((await orderAgain(order)).isHeld).toBe(false)
  })

  test('is found among many of several panels; whatever is sound is filed once', async () => {
    const orders: LabOrder[] = []
    for (const panel of ['TORCH', 'TORCH', 'BLOOD_SPOT', 'TORCH', 'BLOOD_SPOT'])
      orders.push(await site.order(panel))
    const [bad, sound] = [
      [orders[1]!, orders[3]!],
      [orders[0]!, orders[2]!, orders[4]!],
    ]
    const clients = bad.map(({ client }) => client.id)
    await office.sql(`update persons set sex = '1' where id = any($1)`, [clients])

    const batch = await site.post(
      orders.map((order) => answer(order, order.panelCode === 'TORCH' ? 'RUB_IGG' : 'PKU', 'NEG')),
    )

    const held = bad.map(({ barcode }) => ({ barcode, code: 'panel-not-for-client' }))
    expect(batch.held).toHaveLength(2)
    expect(batch.held).toEqual(expect.arrayContaining(held))
    expect(await torchOf(sound[0]!)).toHaveLength(1)
    for (const order of sound.slice(1)) expect(await spotsOf(order)).toMatchObject([{ state: 'NEG' }])
    for (const order of sound) expect((await orderAgain(order)).isHeld).toBe(false)
  })
})

describe('a failure that no order is the reason of', () => {
  test('is an error of ours: it is thrown, and logged as what it was', async () => {
    const { id: facility } = site.clinic.station
    const access = { ...systemAccess, county: 371121, prefixes: ['371121'], facility }
    const filed = [{ facility, panels: ['TORCH'] }]
    const file = () =>
      transaction(office.db, access, (tx) =>
        fileBatch(tx, office.office, access, newId(), filed, office.office.now()),
      )
    expect(await file()).toEqual([])
    await office.sql('alter table torch_tests rename to torch_tests_away')

    await expect(file()).rejects.toMatchObject({ code: 'internal' })
    await office.sql('alter table torch_tests_away rename to torch_tests')

    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { msg: 'results of no order could not be filed', failure: { sqlstate: '42P01' } },
    ])
  })
})

describe('what a laboratory answers', () => {
  test('fills in the screen that waits for it, and a positive one is followed up', async () => {
    const { womanId } = await pregnantWoman(site.clinic, '2026-04-02', '2026-06-01')
    const offer = { womanId, kind: 'NIPT', offeredOn: '2026-08-18', counsellor: '李医生', understood: true }
    const taken = { ...offer, decision: 'AGREED', takenOn: '2026-08-19' }
    const waiting = bodyOf<PrenatalScreen>(
      await site.clinic.clinician.post('/api/v1/prenatal-screens', taken),
      201,
    )
    const nipt = await site.order('NIPT', { clientId: womanId })
    const ogtt = await site.order('OGTT', { clientId: womanId })

    await site.post([
      answer(nipt, 'T21', 'HIGH'),
      answer(nipt, 'T18', 'LOW'),
      { barcode: ogtt.barcode, analyte: 'GLU_0H', number: 5.3 },
    ])

    const screens = await listed<PrenatalScreenRow>(`prenatal-screens?womanId=${womanId}`)
    const kinds = Object.fromEntries(screens.map((each) => [each.kind, each]))
    expect(screens).toHaveLength(2)
    expect(kinds['NIPT']).toMatchObject({ id: waiting.id, result: 'HIGH', takenOn: '2026-08-19' })
    expect(kinds['OGTT']).toMatchObject({ result: 'HIGH', takenOn: today })
    expect(await asked(`prenatal-screens/${waiting.id}`)).toMatchObject({ flagged: ['T21'], inWindow: true })
    expect(await listed<PositiveCaseRow>(`screen-positives?womanId=${womanId}`)).toMatchObject([
      { state: 'RESULT_HIGH' },
    ])
    const [chain] = await chainsOf(site.clinic.clinician, womanId)
    expect(linkOf(chain, 'NIPT')).toMatchObject({ state: 'DONE', positiveOn: today })
  })

  test('of blood spots is set right for many at once: states, days of recall and chains follow', async () => {
    const { womanId } = await pregnantWoman(site.clinic, '2025-11-01', '2026-01-10')
    const childId = await gaveBirth(site.clinic.clerk, womanId, '2026-08-10')
    await plan(office, today)
    const orders = [await site.order('BLOOD_SPOT', { clientId: childId }), await site.order('BLOOD_SPOT')]
    const all = (pku: string, given: object = {}) =>
      orders.flatMap((order) => [answer(order, 'PKU', pku, given), answer(order, 'CH', 'NEG')])
    const link = async () => linkOf((await chainsOf(site.clinic.clinician, womanId))[0], 'BLOOD_SPOT')

    await site.post(all('SUSPECT'))
    const before = await link()
    const batch = await site.post(all('NEG', { correction: '复核' }))

    expect(batch).toMatchObject({ accepted: 2, duplicates: 2, held: [] })
    expect(before).toMatchObject({ state: 'DONE', positiveOn: today })
    for (const order of orders)
      expect(await spotsOf(order)).toMatchObject([{ state: 'NEG', dueBy: null, flags: { PKU: 'NEG' } }])
    expect(await link()).toMatchObject({ state: 'DONE', positiveOn: null })
    expect((await orderAgain(orders[0]!)).results).toMatchObject([
      { analyte: 'PKU', flag: 'SUSPECT', voidReason: '复核' },
      { analyte: 'PKU', flag: 'NEG', revision: 2 },
      { analyte: 'CH', flag: 'NEG' },
    ])
  })
})
