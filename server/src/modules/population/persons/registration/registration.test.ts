import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '@youyu/shared/population/persons'
import type { Problem } from '@youyu/shared/errors'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import {
  bodyOf,
  furnishPlaces,
  idNumberFor,
  keptCounts,
  places,
  recounted,
  register,
  somebody,
} from '../../../../../test/register.ts'

let office: TestOffice
let officer: Officer

beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  officer = await office.officer('county_population', places.county)
})
afterAll(async () => await office.close())

describe('registering a person', () => {
  test('answers the person with numbers masked, and the page reads the same', async () => {
    const answer = await officer.post(
      '/api/v1/persons',
      somebody({ name: '张三', phone: '13800001234', residenceSince: '2001-02-03' }),
    )

    const person = bodyOf<Person>(answer, 201)
    expect(person).toMatchObject({
      name: '张三',
      residence: { code: places.village, name: '洪凝社区' },
      phone: '138****1234',
      version: 1,
      findings: [],
    })
    expect(person.idNumber).toMatch(/^991\d{3}\*{8}\d{3}[\dX]$/)
    const page = await officer.get(`/api/v1/persons/${person.id}`)
    expect(page.body).toEqual(person)
    expect(page.headers.etag).toBe('"1"')
  })

  test('keeps where she lives as an episode, the counts of the village, and who registered her', async () => {
    const person = await register(officer, { residenceDivision: places.capital, residenceStatus: '2' })

    const episodes = await office.sql(
      'select division_code, to_on, status from residence_episodes where person_id = $1',
      [person.id],
    )
    const log = await office.sql(
      `select action, entity from access_log where entity_id = $1 and action = 'create'`,
      [person.id],
    )
    expect(episodes).toEqual([{ division_code: places.capital, to_on: null, status: '2' }])
    expect(log).toEqual([{ action: 'create', entity: 'person' }])
    expect(await keptCounts(office)).toEqual(await recounted(office))
  })

  test('stores no plain number', async () => {
    const idNumber = idNumberFor('1991-01-01', '2')
    const person = await register(officer, { idNumber, birthDate: '1991-01-01', phone: '13911112222' })

    const [row] = await office.sql<{ kept: string }>('select p::text as kept from persons p where id = $1', [
      person.id,
    ])
    expect(row?.kept).not.toContain(idNumber)
    expect(row?.kept).not.toContain('13911112222')
  })

  test('takes numbers as people write them: old, spaced, full-width, small x', async () => {
    const old = '991121750612345'
    const first = await officer.post(
      '/api/v1/persons',
      somebody({ idNumber: old, birthDate: '1975-06-12', sex: '1' }),
    )
    const second = await officer.post(
      '/api/v1/persons',
      somebody({ idNumber: '９９1121 19750612 345 ', birthDate: '1975-06-12', sex: '1' }),
    )

    expect(bodyOf<Person>(first, 201).idNumber).toMatch(/^991121\*{8}/)
    expect(second.status).toBe(400)
  })

  test.each([
    ['a wrong check character', { idNumber: '991121199001010000' }, '/idNumber', 'invalid-id-number'],
    ['a day that never was', { idNumber: '991121199002300013' }, '/idNumber', 'invalid-id-number'],
    ['a birth to come', { birthDate: '2999-01-01', idNumber: null }, '/birthDate', 'invalid-date'],
    ['an unknown place', { residenceDivision: '371121001999' }, '/residenceDivision', 'unknown-division'],
    ['an unknown hukou', { hukouDivision: '371121001998' }, '/hukouDivision', 'unknown-division'],
    ['a code outside its set', { ethnicity: '77' }, '/ethnicity', 'invalid-value'],
    ['a stay before birth', { residenceSince: '1980-01-01' }, '/residenceSince', 'invalid-date'],
    ['a relation without a household', { relationToHead: '2' as const }, '/householdId', 'required'],
    ['an unknown mother', { motherId: '018f0000-0000-7000-8000-00000000000a' }, '/motherId', 'not-found'],
  ])('names the field of %s', async (_, given, pointer, code) => {
    const { status, body } = await officer.post('/api/v1/persons', somebody(given))

    expect(status).toBe(400)
    expect((body as Problem).errors).toContainEqual(expect.objectContaining({ pointer, code }))
  })

  test('makes a finding, not a refusal, of a number that tells another sex or birth date', async () => {
    const person = await register(officer, {
      sex: '1',
      birthDate: '1990-05-17',
      idNumber: idNumberFor('1990-05-18', '2'),
    })

    expect(person.findings).toEqual(['I2'])
  })

  test.each([
    ['of eleven', '1979-01-01', 400, 'mother-age-impossible'],
    ['of sixty-one', '1929-01-01', 400, 'mother-age-impossible'],
  ])('refuses a mother %s years', async (_, birthDate, status, code) => {
    const mother = await register(officer, { birthDate })

    const answer = await officer.post(
      '/api/v1/persons',
      somebody({ birthDate: '1990-06-01', motherId: mother.id }),
    )

    expect(answer.status).toBe(status)
    expect((answer.body as Problem).errors).toContainEqual(
      expect.objectContaining({ pointer: '/motherId', code }),
    )
  })

  test('makes a finding of a mother of fifty-eight', async () => {
    const mother = await register(officer, { birthDate: '1932-01-01' })

    const child = await register(officer, { birthDate: '1990-06-01', motherId: mother.id })

    expect(child.findings).toEqual(['F1'])
    expect(child.mother).toEqual({ id: mother.id, name: mother.name })
  })

  test('refuses a number that is registered already', async () => {
    const body = somebody()
    await officer.post('/api/v1/persons', body)

    const { status, body: problem } = await officer.post('/api/v1/persons', { ...body, name: '李四' })

    expect([status, (problem as Problem).code]).toEqual([409, 'id-number-taken'])
  })

  test('registers once, however often the same request arrives', async () => {
    const body = somebody()

    const first = await officer.post('/api/v1/persons', body, { key: 'once' })
    const second = await officer.post('/api/v1/persons', body, { key: 'once' })

    expect(second.status).toBe(201)
    expect(second.body).toEqual(first.body)
    expect(await keptCounts(office)).toEqual(await recounted(office))
  })

  test('registers once, however many ask at the same moment under one key', async () => {
    const body = somebody()

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => officer.post('/api/v1/persons', body, { key: 'burst' })),
    )

    const last = await officer.post('/api/v1/persons', body, { key: 'burst' })
    expect(last.status).toBe(201)
    for (const { status, body: answer } of answers) {
      if (status === 201) expect(answer).toEqual(last.body)
      else expect([status, (answer as Problem).code]).toEqual([409, 'idempotency-in-flight'])
    }
    expect(await keptCounts(office)).toEqual(await recounted(office))
  })

  test('keeps a key for one body, and leaves it free after a refusal', async () => {
    const nowhere = await officer.post('/api/v1/persons', somebody({ residenceDivision: '371121001999' }), {
      key: 'kept',
    })
    const first = await officer.post('/api/v1/persons', somebody(), { key: 'kept' })
    const other = await officer.post('/api/v1/persons', somebody(), { key: 'kept' })

    expect([nowhere.status, first.status]).toEqual([400, 201])
    expect([other.status, (other.body as Problem).code]).toEqual([422, 'idempotency-mismatch'])
  })

  test('leaves nothing behind when the number is taken', async () => {
    const body = somebody()
    await officer.post('/api/v1/persons', body)
    const before = await keptCounts(office)

    const taken = await officer.post('/api/v1/persons', { ...body, name: '李四' }, { key: 'taken' })
    const free = await officer.post('/api/v1/persons', somebody(), { key: 'taken' })

    expect([taken.status, free.status]).toEqual([409, 201])
    expect(before).not.toEqual(await keptCounts(office))
    expect(await keptCounts(office)).toEqual(await recounted(office))
  })

  test('needs the permission', async () => {
    const reader = await office.officer('county_mch', places.county)

    expect((await reader.post('/api/v1/persons', somebody())).status).toBe(403)
    expect((await office.stranger.post('/api/v1/persons', somebody())).status).toBe(401)
  })

  test('stays inside the own area, unless one of the two places is inside', async () => {
    const township = await office.officer('township_worker', places.street)

    const outside = await township.post(
      '/api/v1/persons',
      somebody({ hukouDivision: places.farVillage, residenceDivision: places.farVillage }),
    )
    const half = await township.post(
      '/api/v1/persons',
      somebody({ hukouDivision: places.farVillage, residenceStatus: '3' }),
    )

    expect([outside.status, (outside.body as Problem).code]).toEqual([403, 'out-of-area'])
    expect(half.status).toBe(201)
    expect(await keptCounts(office)).toEqual(await recounted(office))
  })

  test('is invisible to the other township and the other county', async () => {
    const person = await register(officer)
    const neighbours = [
      await office.officer('township_worker', places.otherTownship),
      await office.officer('county_population', places.otherCounty),
    ]

    for (const neighbour of neighbours) {
      expect((await neighbour.get(`/api/v1/persons/${person.id}`)).status).toBe(404)
      expect((await neighbour.get(`/api/v1/persons/${person.id}/history`)).status).toBe(404)
    }
  })
})
