import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tellsFetalSex } from '@youyu/shared/birth-defects/fetal-sex'
import type { LabOrder } from '@youyu/shared/birth-defects/laboratory'
import { openLaboratory, type Laboratory } from '../../../../test/laboratory.ts'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { bodyOf } from '../../../../test/register.ts'
import { dayOf, readBundle } from './rules-bundle.ts'
import { expressionOf } from './rules-resources.ts'

let office: TestOffice
let site: Laboratory
const today = '2026-08-20'
const url = '/api/v1/fhir'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  site = await openLaboratory(office, today)
})
afterAll(() => office.close())

type Outcome = {
  resourceType: string
  issue: { expression?: string[]; details: { coding: { code: string }[] } }[]
}

/** As a screening centre sends it. */
const send = (bundle: unknown) =>
  site.technician.post(url, bundle, {
    headers: { 'content-type': 'application/fhir+json', accept: 'application/fhir+json' },
  })

const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] })
const own = (code: string) => ({ coding: [{ system: 'urn:youyu:lab-analyte', code }] })
const observation = (id: string, given: object) => ({
  fullUrl: `urn:uuid:${id}`,
  resource: { resourceType: 'Observation', id, status: 'final', effectiveDateTime: today, ...given },
})
const interpreted = (code: string) => ({
  interpretation: [
    { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation', code }] },
  ],
})
/** A report on an order, and what it found. */
const bundleOf = (barcode: string, entries: ReturnType<typeof observation>[], given: object = {}) => ({
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [
    {
      fullUrl: 'urn:uuid:order',
      resource: {
        resourceType: 'ServiceRequest',
        identifier: [{ system: 'urn:youyu:lab-barcode', value: barcode }],
      },
    },
    {
      resource: {
        resourceType: 'DiagnosticReport',
        status: 'final',
        basedOn: [{ reference: 'urn:uuid:order' }],
        result: entries.map(({ fullUrl }) => ({ reference: fullUrl })),
      },
    },
    ...entries,
  ],
  ...given,
})
const read = async ({ id }: LabOrder) =>
  bodyOf<LabOrder>(await site.clinic.clinician.get(`/api/v1/lab-orders/${id}`), 200)

describe('a FHIR bundle', () => {
  test('of a report is filed under its barcode, by LOINC or by our codes', async () => {
    const order = await site.order('TORCH')

    const answer = await send(
      bundleOf(order.barcode, [
        observation('a', {
          code: loinc('5334-8'),
          ...interpreted('POS'),
          valueQuantity: { value: 41, unit: 'IU/mL' },
        }),
        observation('b', { code: loinc('5335-5'), ...interpreted('NEG') }),
        observation('c', { code: own('TOX_IGG'), ...interpreted('IND'), issued: '2026-08-19T23:30:00Z' }),
      ]),
    )

    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      type: 'transaction-response',
      entry: [{}, {}, { response: { status: '201' } }, {}, {}],
    })
    const { results } = await read(order)
    expect(results).toMatchObject([
      { analyte: 'TOX_IGG', flag: 'GREY' },
      { analyte: 'RUB_IGG', flag: 'POS', number: 41, unit: 'IU/mL' },
      { analyte: 'RUB_IGM', flag: 'NEG' },
    ])

    const search = await site.technician.get(`${url}/Observation?identifier=${order.barcode}`)
    expect(search.body).toMatchObject({ resourceType: 'Bundle', type: 'searchset' })
    expect((search.body as { entry: [] }).entry).toHaveLength(3)
    const report = await site.technician.get(`${url}/DiagnosticReport/${order.id}`)
    expect(report.body).toMatchObject({ status: 'partial', result: [{}, {}, {}] })
    const request = await site.technician.get(`${url}/ServiceRequest/${order.id}`)
    expect(request.body).toMatchObject({ status: 'active', identifier: [{ value: order.barcode }] })
    expect(request.text).not.toContain(order.client.id)
    const one = await site.technician.get(`${url}/Observation/${results[1]!.id}`)
    expect(one.body).toMatchObject({
      valueQuantity: { value: 41 },
      code: { coding: [{ code: 'RUB_IGG' }, { code: '5334-8' }] },
    })
    expect((await site.otherTechnician.get(`${url}/DiagnosticReport/${order.id}`)).status).toBe(404)
  })

  test('with one wrong entry files nothing and names the entry', async () => {
    const order = await site.order('TORCH')

    const answer = await send(
      bundleOf(order.barcode, [
        observation('a', { code: own('RUB_IGG'), ...interpreted('POS') }),
        observation('b', { code: own('PKU'), ...interpreted('POS') }),
      ]),
    )

    expect(answer.status).toBe(400)
    const outcome = answer.body as Outcome
    expect(outcome.resourceType).toBe('OperationOutcome')
    expect(outcome.issue[0]!.expression).toEqual(['Bundle.entry[3].resource.code'])
    expect((await read(order)).results).toEqual([])
  })

  test('of type batch files what is sound', async () => {
    const order = await site.order('TORCH')
    const entries = [
      observation('a', { code: own('RUB_IGG'), ...interpreted('POS') }),
      observation('b', { code: own('RUB_IGM'), status: 'preliminary', ...interpreted('POS') }),
      observation('c', { code: loinc('99999-9'), ...interpreted('POS') }),
    ]
    const bundle = bundleOf(order.barcode, entries, { type: 'batch', identifier: { value: 'NS-1' } })

    const [first, second] = [await send(bundle), await send(bundle)]

    const statuses = (first.body as { entry: { response: { status: string } }[] }).entry.map(
      ({ response }) => response.status,
    )
    expect(statuses).toEqual(['200', '200', '201', '422', '422'])
    expect(second.body).toEqual(first.body)
    expect((await read(order)).results).toHaveLength(1)
  })

  test('says nothing of sex chromosomes, whatever it was sent (E7)', async () => {
    const order = await site.order('NIPT')
    const entries = [
      observation('a', { code: own('T21'), ...interpreted('L'), note: [{ text: '46,XY。建议随访' }] }),
      observation('b', { code: { ...loinc('11882-8'), text: 'Fetal sex' }, valueString: 'male' }),
      observation('c', { code: { coding: [{ code: 'SCA', display: '性染色体' }] }, ...interpreted('H') }),
    ]

    const answer = await send(bundleOf(order.barcode, entries))

    expect(answer.status).toBe(200)
    expect(answer.text.match(/fetal-sex-removed/g)).toHaveLength(3)
    const { results } = await read(order)
    expect(results).toMatchObject([{ analyte: 'T21', note: '建议随访' }])
    expect(JSON.stringify(results)).not.toMatch(/XY|male|SCA/)
  })

  test.each([
    ['an unknown resource', { resourceType: 'Claim' }],
    [
      'a modifier',
      { resourceType: 'Observation', status: 'final', code: own('RUB_IGG'), modifierExtension: [] },
    ],
    ['components', { resourceType: 'Observation', status: 'final', code: own('RUB_IGG'), component: [] }],
  ])('with %s is refused, for it might mean something else', (_, resource) => {
    const bundle = { resourceType: 'Bundle' as const, type: 'transaction' as const, entry: [{ resource }] }

    expect(readBundle(bundle, new Map()).faults).toMatchObject([{ entry: 0, code: 'fhir-unsupported' }])
  })

  test('that is garbage is an OperationOutcome and never our failure', async () => {
    const { barcode, ...order } = await site.order('TORCH')
    const junk = fc.oneof(fc.string(), fc.integer(), fc.constantFrom(null, [], {}, true, 'final', barcode))
    const resource = fc.record(
      {
        resourceType: fc.constantFrom('Observation', 'DiagnosticReport', 'ServiceRequest', 'Patient', ''),
        ...{ status: junk, code: fc.oneof(junk, fc.constant(own('RUB_IGG'))), basedOn: junk, result: junk },
        ...{
          effectiveDateTime: junk,
          valueQuantity: junk,
          interpretation: junk,
          note: junk,
          identifier: junk,
        },
      },
      { requiredKeys: ['resourceType'] },
    )
    const bundles = fc.oneof(
      junk,
      fc.record({
        resourceType: fc.constantFrom('Bundle', 'Parameters'),
        type: fc.constantFrom('transaction', 'batch', 'message', 'history'),
        entry: fc.array(fc.record({ resource: fc.oneof(resource, junk) }), { maxLength: 4 }),
      }),
    )

    await fc.assert(
      fc.asyncProperty(bundles, async (bundle) => {
        const { status, body } = await send(bundle)
        expect(status).toBeLessThan(500)
        if (status >= 400) expect((body as Outcome).resourceType).toBe('OperationOutcome')
      }),
      { numRuns: 30 },
    )
    expect((await read(order as LabOrder)).results).toEqual([])
  })
})

describe('the capability statement', () => {
  test('is public and says what is spoken', async () => {
    const { status, body } = await office.stranger.get(`${url}/metadata`)

    expect(status).toBe(200)
    expect(body).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' })
  })
})

describe('of FHIR', () => {
  test.each([
    ['2026-08-20', '2026-08-20'],
    ['2026-08-19T23:30:00Z', '2026-08-20'],
    ['2026-08-20T00:10:00+08:00', '2026-08-20'],
    ['2026-08', undefined],
    ['2026-13-01T00:00:00Z', undefined],
    ['yesterday', undefined],
  ])('the moment %s is the day %s here', (moment, day) => {
    expect(dayOf(moment)).toBe(day)
  })

  test('the path of an entry is an expression', () => {
    expect(expressionOf('/entry/3/resource/valueQuantity/value')).toBe(
      'Bundle.entry[3].resource.valueQuantity.value',
    )
  })
})

describe('a file that goes out', () => {
  test('tells no fetal sex that a laboratory has written: what was said beside it is there', async () => {
    const wordings = ['胎儿为男性', '龙凤胎', 'It is a boy', 'XY', 'fetal sex: female']
    const orders = await Promise.all(wordings.map(() => site.order('NIPT')))
    await site.post(
      orders.map(({ barcode }, index) => ({
        ...{ barcode, analyte: 'T21', flag: 'LOW', note: `${wordings[index]}。建议四周后复查` },
      })),
    )
    const bureau = await office.officer('county_mch', '371121000000')
    const months = 'division=371121000000&from=2026-01-01&to=2026-08-01'

    const bundles = await Promise.all(
      orders.map(async ({ barcode }) => {
        return (await site.technician.get(`${url}/Observation?identifier=${barcode}`)).text
      }),
    )
    const tables = await Promise.all(
      ['birth-defect-indicator-tables', 'birth-defect-cascade-tables'].map(
        async (table) => await bureau.get(`/api/v1/${table}?${months}&format=csv`),
      ),
    )

    expect(bundles.filter((text) => text.includes('建议四周后复查'))).toHaveLength(wordings.length)
    expect(tables.map(({ status }) => status)).toEqual([200, 200])
    for (const text of [...bundles, ...tables.map((table) => table.text)]) {
      for (const said of wordings) expect(text).not.toContain(said)
      expect(tellsFetalSex(text)).toBe(false)
    }
  })
})
