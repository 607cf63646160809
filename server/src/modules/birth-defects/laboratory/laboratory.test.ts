import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LabBatch, LabOrder, LabWork, LabWorkWhole } from '@youyu/shared/birth-defects/laboratory'
import type { Page } from '@youyu/shared/values'
import { openLaboratory, type Laboratory } from '../../../../test/laboratory.ts'
import { officerAt, openOffice, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, places } from '../../../../test/register.ts'
import { barcodeOf, checkDigit } from './orders/rules.ts'

let office: TestOffice
let site: Laboratory
const today = '2026-08-20'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  site = await openLaboratory(office, today)
})
afterAll(() => office.close())

const read = async ({ id }: LabOrder) =>
  bodyOf<LabOrder>(await site.clinic.clinician.get(`/api/v1/lab-orders/${id}`), 200)
const spot = (barcode: string, analyte: string, given: object = {}) => ({
  ...{ barcode, analyte, measuredOn: today, flag: 'NEG' },
  ...given,
})
const codes = ({ problems }: LabBatch) => problems.map(({ row, code }) => [row, code])

describe('a laboratory order', () => {
  test('has a barcode, is received under it, and is seen by the two who take part', async () => {
    const order = await site.order('BLOOD_SPOT', { note: '早产' })
    const { barcode } = order

    const received = bodyOf<LabWork>(
      await site.technician.post('/api/v1/lab-receipts', { barcode: barcode.toLowerCase() }),
      201,
    )

    expect(barcode).toMatch(/^\d{11}$/)
    expect(received).toMatchObject({ state: 'RECEIVED', receivedOn: today, name: '王*', birthYear: 2026 })
    expect(JSON.stringify(received)).not.toContain('早产')
    expect(await read(order)).toMatchObject({ state: 'RECEIVED', note: '早产', results: [] })
    const list = bodyOf<Page<LabWork>>(await site.technician.get(`/api/v1/lab-work?on=${today}`), 200)
    expect(list.items.map((each) => each.barcode)).toContain(barcode)
    expect((await site.otherTechnician.get(`/api/v1/lab-work/${barcode}`)).status).toBe(404)
    expect((await site.clinic.neighbour.get(`/api/v1/lab-orders/${order.id}`)).status).toBe(404)
    expect((await site.technician.get(`/api/v1/lab-orders/${order.id}`)).status).toBe(403)
  })

  test('of an unsatisfactory sample is rejected with the reason, and takes no answer', async () => {
    const { barcode, id } = await site.order('TORCH')
    const reject = () => site.technician.post('/api/v1/lab-rejections', { barcode, reason: 'HAEMOLYSED' })

    expect(bodyOf<LabWork>(await reject(), 201)).toMatchObject({ state: 'REJECTED' })
    expect((await reject()).status).toBe(201)

    const batch = await site.post([{ barcode, analyte: 'RUB_IGG', flag: 'POS' }])
    expect(codes(batch)).toEqual([[0, 'order-closed']])
    const whole = bodyOf<LabOrder>(await site.clinic.clinician.get(`/api/v1/lab-orders/${id}`), 200)
    expect(whole).toMatchObject({ rejectReason: 'HAEMOLYSED', results: [] })
  })

  test('names what is wrong with it, and is cancelled while nothing was measured', async () => {
    const { id: clientId } = await site.clinic.woman()
    const fault = async (given: object) => {
      const body = { clientId, labId: site.lab.id, panelCode: 'OGTT', orderedOn: today, ...given }
      const { body: answer } = await site.clinic.clinician.post('/api/v1/lab-orders', body)
      return (answer as { errors: { pointer: string; code: string }[] }).errors[0]
    }

    expect(await fault({ labId: site.clinic.farStation.id })).toMatchObject({ pointer: '/labId' })
    expect(await fault({ orderedOn: '2026-08-21' })).toMatchObject({ pointer: '/orderedOn' })
    expect(await fault({ panelCode: 'BLOOD_SPOT' })).toMatchObject({ pointer: '/clientId' })
    expect(await fault({ note: '胎儿是男孩' })).toMatchObject({ pointer: '/note', code: 'fetal-sex' })
    const { barcode, ...order } = await site.order('OGTT')
    expect(
      (
        await site.clinic.clinician.post('/api/v1/lab-orders', {
          ...{ clientId, labId: site.lab.id, panelCode: 'OGTT', orderedOn: today, barcode },
        })
      ).status,
    ).toBe(409)
    const cancelled = await site.clinic.clinician.patch(
      `/api/v1/lab-orders/${order.id}`,
      { state: 'CANCELLED' },
      { ifMatch: order.version },
    )
    expect(bodyOf<LabOrder>(cancelled, 200).state).toBe('CANCELLED')
  })

  test.each([
    ['7992739871', '3'],
    ['0000000000', '0'],
  ])('of the digits %s ends in %s', (digits, check) => {
    expect(checkDigit(digits)).toBe(check)
    expect(barcodeOf('01890000-0000-7000-8000-000000000001')).toHaveLength(11)
  })
})

describe('a batch of results', () => {
  test('takes what is sound, names the rest by row, and reads a number by the ranges', async () => {
    const [one, other] = [await site.order('BLOOD_SPOT'), await site.order('BLOOD_SPOT')]

    const batch = await site.post([
      spot(one.barcode, 'CH', { flag: undefined, number: 21.4, unit: 'mIU/L' }),
      spot(one.barcode, 'PKU', { flag: undefined, number: 120 }),
      spot('99999999999', 'PKU'),
      spot(other.barcode, 'RUB_IGG', { flag: 'POS' }),
      spot(other.barcode, 'PKU', { flag: 'HIGH' }),
      spot(other.barcode, 'CH', { flag: undefined, number: 3, unit: 'g' }),
      spot(other.barcode, 'CAH', { flag: undefined, number: 3 }),
      spot(other.barcode, 'G6PD', { measuredOn: '2026-08-19' }),
      spot(other.barcode, 'CAH', { flag: undefined }),
      spot(other.barcode, 'SEX'),
    ])

    expect(batch).toMatchObject({ accepted: 2, duplicates: 0, rejected: 8 })
    expect(batch.problems).toMatchObject([
      { row: 2, pointer: '/rows/2/barcode', code: 'unknown-barcode' },
      { row: 3, code: 'unknown-analyte' },
      { row: 4, code: 'flag-not-allowed' },
      { row: 5, pointer: '/rows/5/unit', code: 'unit-differs' },
      { row: 6, code: 'flag-required' },
      { row: 7, pointer: '/rows/7/measuredOn', code: 'invalid-date' },
      { row: 8, code: 'required' },
      { row: 9, code: 'fetal-sex' },
    ])
    const { state, results } = await read(one)
    expect(state).toBe('RESULTED')
    expect(results).toMatchObject([
      { analyte: 'PKU', flag: 'NEG', number: 120, isDerived: true },
      { analyte: 'CH', flag: 'SUSPECT', number: 21.4, unit: 'mIU/L' },
    ])
    expect((await read(other)).results).toEqual([])
    const [kept] = await office.sql<{ plain: boolean }>(
      `select bool_or(position('21.4' in encode(value_cipher, 'escape')) > 0) as plain from lab_results where order_id = $1`,
      [one.id],
    )
    expect(kept).toEqual({ plain: false })
  })

  test('sent again is answered again; its number on other rows is refused', async () => {
    const { barcode, ...order } = await site.order('BLOOD_SPOT')
    const body = { reference: 'LIS-77', rows: [spot(barcode, 'PKU'), spot(barcode, 'CH')] }
    const send = (given: object = {}) => site.technician.post('/api/v1/lab-batches', { ...body, ...given })

    const answers = await Promise.all(Array.from({ length: 8 }, () => send()))

    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers[0]!.body).toMatchObject({ accepted: 2, duplicates: 0 })
    expect((await read(order as LabOrder)).results).toHaveLength(2)
    expect((await send({ rows: body.rows.slice(1) })).body).toMatchObject({ code: 'batch-differs' })
    expect(await site.post(body.rows)).toMatchObject({ accepted: 0, duplicates: 2, rejected: 0 })
  })

  test('corrects by version and never overwrites', async () => {
    const { barcode, ...order } = await site.order('BLOOD_SPOT')
    await site.post([spot(barcode, 'PKU')])

    const different = await site.post([spot(barcode, 'PKU', { flag: 'SUSPECT' })])
    const corrected = await site.post([spot(barcode, 'PKU', { flag: 'SUSPECT', correction: '复核' })])

    expect(codes(different)).toEqual([[0, 'result-differs']])
    expect(corrected.accepted).toBe(1)
    expect((await read(order as LabOrder)).results).toMatchObject([
      { flag: 'NEG', revision: 1, voidReason: '复核' },
      { flag: 'SUSPECT', revision: 2, voidedAt: null },
    ])
  })

  test('as a whole takes nothing where one row is wrong', async () => {
    const { barcode, ...order } = await site.order('BLOOD_SPOT')
    const rows = [spot(barcode, 'PKU'), spot(barcode, 'XX1')]
    const send = (given: object[]) =>
      site.technician.post('/api/v1/lab-batches', { reference: 'W-1', mode: 'WHOLE', rows: given })

    const refused = await send(rows)

    expect(refused.status).toBe(400)
    expect(refused.body).toMatchObject({ errors: [{ pointer: '/rows/1/analyte' }] })
    expect((await read(order as LabOrder)).results).toEqual([])
    expect((await send(rows.slice(0, 1))).status).toBe(201)
  })

  test('drops words about the sex of a fetus and says so', async () => {
    const { barcode, ...order } = await site.order('NIPT')

    const batch = await site.post([{ barcode, analyte: 'T21', flag: 'LOW', note: '胎儿为男性。建议复查' }])

    expect(batch).toMatchObject({ accepted: 1, problems: [{ row: 0, code: 'fetal-sex-removed' }] })
    expect((await read(order as LabOrder)).results[0]!.note).toBe('建议复查')
  })

  test('is judged by the laboratory’s own ranges from their day on', async () => {
    const state = (given: object) =>
      site.technician.post('/api/v1/lab-cut-offs', {
        ...{ panelCode: 'BLOOD_SPOT', analyteCode: 'CH', validFrom: today, source: 'SOP 3' },
        ranges: [
          { range: '[0,20)', flag: 'NEG' },
          { range: '[20,)', flag: 'SUSPECT' },
        ],
        ...given,
      })
    const overlapping = [
      { range: '[0,20]', flag: 'NEG' },
      { range: '[20,)', flag: 'SUSPECT' },
    ]

    expect((await state({ ranges: overlapping })).body).toMatchObject({
      errors: [{ code: 'ranges-overlap' }],
    })
    expect((await state({ ranges: [{ range: '[9,1]', flag: 'NEG' }] })).status).toBe(400)
    expect((await state({})).status).toBe(201)

    const { barcode, ...order } = await site.order('BLOOD_SPOT', { collectedOn: '2026-08-10' })
    const other = await site.order('BLOOD_SPOT', { collectedOn: '2026-08-10' })
    const before = { measuredOn: '2026-08-19' }
    await site.post([
      spot(barcode, 'CH', { flag: undefined, number: 12 }),
      spot(other.barcode, 'CH', { flag: undefined, number: 12, ...before }),
    ])
    expect((await read(order as LabOrder)).results[0]!.flag).toBe('NEG')
    expect((await read(other)).results[0]!.flag).toBe('SUSPECT')
  })

  test('is posted by a machine that works for the laboratory, and by no other', async () => {
    const admin = await office.officer('sys_admin', places.county)
    const machine = async (organisationId: string | null) => {
      const asked = {
        ...{ name: `LIS ${String(organisationId)}`, scopes: ['care.lab'], purposes: ['SERVICE'] },
        ...{ divisionPrefix: places.county.slice(0, 6), organisationId },
      }
      const registered = bodyOf<{ client: { id: string }; secret: string }>(
        await admin.post('/api/v1/api-clients', asked),
        201,
      )
      const form = { grant_type: 'client_credentials', client_id: registered.client.id }
      const response = await office.app.inject({
        method: 'POST',
        url: '/oauth/token',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({ ...form, client_secret: registered.secret }).toString(),
      })
      return officerAt(office.app, 'LIS', response.json<{ access_token: string }>().access_token)
    }
    const { barcode } = await site.order('BLOOD_SPOT')
    const body = { reference: 'API-1', rows: [spot(barcode, 'PKU')] }

    const posted = await (await machine(site.lab.id)).post('/api/v1/lab-batches', body)

    expect(posted.body).toMatchObject({ accepted: 1, channel: 'API' })
    expect((await (await machine(null)).post('/api/v1/lab-batches', body)).body).toMatchObject({
      code: 'no-facility',
    })
    const far = bodyOf<{ errors: object[] }>(
      await admin.post('/api/v1/api-clients', {
        ...{ name: 'x', scopes: ['care.lab'], divisionPrefix: places.county.slice(0, 6) },
        organisationId: site.clinic.farStation.id,
      }),
      400,
    )
    expect(far.errors[0]).toMatchObject({ pointer: '/organisationId' })
  })

  test('reaches the record of who ordered', async () => {
    const torch = await site.order('TORCH')
    const nipt = await site.order('NIPT')
    const { barcode, client } = await site.order('BLOOD_SPOT')
    const agents = ['TOX', 'RUB', 'CMV', 'HSV']
    const serology = agents.flatMap((agent) => [
      { barcode: torch.barcode, analyte: `${agent}_IGG`, flag: 'NEG' },
      { barcode: torch.barcode, analyte: `${agent}_IGM`, flag: agent === 'RUB' ? 'POS' : 'NEG' },
    ])
    const spots = [spot(barcode, 'PKU'), spot(barcode, 'CH', { flag: 'SUSPECT' })]

    const batch = await site.post([
      ...serology,
      ...spots,
      { barcode: nipt.barcode, analyte: 'T21', flag: 'HIGH' },
    ])

    expect(batch).toMatchObject({ accepted: 11 })
    const filed = await office.sql<{ what: string }>(
      `select 'torch' as what from torch_tests where client_id = $1 and facility_id = $4
       union all select 'nipt ' || result from prenatal_screens where woman_id = $2 and facility_id = $4
       union all select 'spot ' || state from blood_spots where child_id = $3 and facility_id = $4
       union all select state || ' ' || count(*) from lab_results where batch_id = $5 group by state`,
      [torch.client.id, nipt.client.id, client.id, site.clinic.station.id, batch.id],
    )
    expect(filed.map(({ what }) => what)).toEqual(['torch', 'nipt HIGH', 'spot SUSPECT', 'APPLIED 11'])
  })

  test('sets many screens right at once: screens, cases and chains follow', async () => {
    const { client } = await site.order('SERUM')
    const orders = [
      await site.order('NIPT'),
      await site.order('NIPT'),
      // Two of one woman.
      await site.order('NIPT', { clientId: client.id }),
      await site.order('SERUM', { clientId: client.id }),
    ]
    const answers = (flag: string, given: object = {}) =>
      orders.map(({ barcode }) => ({ barcode, analyte: 'T21', flag, ...given }))
    const standing = async () =>
      await office.sql<{ what: string }>(
        `select s.result || ' ' || count(*) || ' ' || count(c.id) || ' ' || count(l.positive_on) as what
         from prenatal_screens s left join screen_positives c on c.screen_id = s.id and c.voided_at is null
         left join chain_links l on l.chain_id = s.chain_id and l.item = s.kind
         where s.lab_order_id = any($1) and s.voided_at is null group by s.result`,
        [orders.map(({ id }) => id)],
      )

    await site.post(answers('HIGH'))
    const before = await standing()
    await site.post(answers('LOW', { correction: '复核' }))

    expect(before).toEqual([{ what: 'HIGH 4 4 4' }])
    expect(await standing()).toEqual([{ what: 'LOW 4 0 0' }])
  })

  test('that is garbage is refused or named, never half taken and never our failure', async () => {
    const { barcode, ...order } = await site.order('PREMARITAL')
    const junk = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.double(),
      fc.constantFrom(
        null,
        true,
        [],
        {},
        'HBSAG',
        'HIV',
        'POS',
        'NEG',
        'UNSAT_SAMPLE',
        barcode,
        today,
        '2026-02-30',
      ),
    )
    const row = fc.record(
      { barcode: junk, analyte: junk, flag: junk, number: junk, unit: junk, measuredOn: junk, note: junk },
      { requiredKeys: [] },
    )
    const rows = fc.array(
      fc.oneof(
        row,
        row.map((given) => ({ ...spot(barcode, 'HBSAG'), ...given })),
      ),
      {
        maxLength: 6,
      },
    )
    let sent = 0

    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom('ROWS', 'WHOLE', 'x'), async (given, mode) => {
        const before = (await read(order as LabOrder)).results.length
        const { status, body } = await site.technician.post('/api/v1/lab-batches', {
          ...{ reference: `J-${(sent += 1)}`, mode, rows: given },
        })
        const after = (await read(order as LabOrder)).results.length
        expect(status).toBeLessThan(500)
        expect(after - before).toBe(status === 201 ? (body as LabBatch).accepted : 0)
      }),
      { numRuns: 30 },
    )
  })
})

describe('the list of a laboratory', () => {
  test('shows the answers of a barcode to who measured them', async () => {
    const { barcode } = await site.order('OGTT')
    await site.post([{ barcode, analyte: 'GLU_0H', number: 5.1 }])

    const work = bodyOf<LabWorkWhole>(await site.technician.get(`/api/v1/lab-work/${barcode}`), 200)

    expect(work).toMatchObject({ state: 'RECEIVED', results: [{ flag: 'ABNORMAL', number: 5.1 }] })
    expect((await site.clinic.clinician.get('/api/v1/lab-work')).status).toBe(403)
  })
})
