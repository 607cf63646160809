import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '@youyu/shared/errors'
import type { ChangePreview, Person, PersonFact, ResidenceEpisode } from '@youyu/shared/population/persons'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import {
  bodyOf,
  furnishPlaces,
  idNumberFor,
  keptCounts,
  places,
  recounted,
  register,
} from '../../../../../test/register.ts'

type History = { facts: PersonFact[]; residence: ResidenceEpisode[] }

let office: TestOffice
let officer: Officer

beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  officer = await office.officer('county_population', places.county)
})
afterAll(async () => await office.close())

const correct = (id: string, set: object, ifMatch: number | undefined, query = '') =>
  officer.post(
    `/api/v1/persons/${id}/corrections${query}`,
    { set, reason: '录入错误' },
    ifMatch === undefined ? {} : { ifMatch },
  )

describe('correcting a person', () => {
  test('tells what it would do, and does it only when asked', async () => {
    const person = await register(officer, { name: '单田', sex: '1' })

    const preview = bodyOf<ChangePreview>(
      await correct(person.id, { name: '单田芳', sex: '2' }, 1, '?dryRun=true'),
      200,
    )
    const untouched = bodyOf<Person>(await officer.get(`/api/v1/persons/${person.id}`), 200)
    const corrected = bodyOf<Person>(await correct(person.id, { name: '单田芳', sex: '2' }, 1), 201)

    expect(preview.changes.map(({ field, before, after }) => [field, before, after])).toEqual([
      ['name', '单田', '单田芳'],
      ['sex', '1', '2'],
    ])
    expect(preview.findings).toEqual(['I2'])
    expect(untouched).toEqual(person)
    expect(corrected).toMatchObject({ name: '单田芳', sex: '2', version: 2, findings: ['I2'] })
    expect(await keptCounts(office)).toEqual(await recounted(office))
  })

  test('moves the hukou, and the counts follow', async () => {
    const person = await register(officer)

    await correct(person.id, { hukouDivision: places.farVillage }, 1)

    expect(await keptCounts(office)).toEqual(await recounted(office))
  })

  test('is found under the new name and number, not under the old', async () => {
    const person = await register(officer, { name: '仇英' })
    const idNumber = idNumberFor('1990-05-17', '2')

    bodyOf(await correct(person.id, { name: '查良镛', idNumber, phone: '13700000001' }, 1), 201)

    const hits = async (q: string) =>
      (
        (await officer.get(`/api/v1/persons/search?q=${encodeURIComponent(q)}`)).body as { items: Person[] }
      ).items.map(({ id }) => id)
    expect(await hits(idNumber)).toEqual([person.id])
    expect(await hits('13700000001')).toEqual([person.id])
    expect(await hits('chaliang')).toEqual([person.id])
    expect(await hits('qiuying')).toEqual([])
  })

  test('voids the correction that it overtakes and keeps both in the history', async () => {
    const person = await register(officer, { education: '70' })
    await correct(person.id, { education: '60' }, 1)
    await correct(person.id, { education: '20' }, 2)

    const { facts } = bodyOf<History>(await officer.get(`/api/v1/persons/${person.id}/history`), 200)

    expect(facts.map(({ kind, voidedAt, changes }) => [kind, voidedAt !== null, changes[0]?.after])).toEqual([
      ['corrected', false, '20'],
      ['corrected', true, '60'],
      ['registered', false, undefined],
    ])
    expect(facts[0]?.recordedBy).toBe('人口监测岗')
  })

  test('leaves readable what was known at any earlier moment', async () => {
    const start = new Date('2026-03-01T00:00:00Z')
    office.setNow(start)
    const person = await register(officer, { name: '甲' })
    office.setNow(new Date('2026-04-01T00:00:00Z'))
    await correct(person.id, { name: '乙', hukouDivision: places.nextVillage }, 1)
    office.setNow(new Date('2026-05-01T00:00:00Z'))
    await correct(person.id, { name: '丙' }, 2)
    office.setNow(null)

    const asOf = async (moment: string) =>
      (await officer.get(`/api/v1/persons/${person.id}?asOf=${moment}`)).body as Person
    expect(await asOf('2026-03-15T00:00:00Z')).toMatchObject({ name: '甲', hukou: { name: '洪凝社区' } })
    expect(await asOf('2026-04-15T00:00:00Z')).toMatchObject({
      name: '乙',
      hukou: { name: '红泥崖村' },
      updatedAt: '2026-04-01T00:00:00.000Z',
    })
    expect(await asOf('2026-05-15T00:00:00Z')).toMatchObject({ name: '丙' })
    expect((await officer.get(`/api/v1/persons/${person.id}?asOf=2026-01-01T00:00:00Z`)).status).toBe(404)
  })

  test.each([
    [
      'without the version it was made against',
      undefined,
      { name: '丁' },
      428,
      'precondition-required',
      undefined,
    ],
    ['against an older version', 7, { name: '丁' }, 412, 'precondition-failed', undefined],
    ['with a wrong number', 1, { idNumber: '991121199001010000' }, 400, 'invalid-request', '/set/idNumber'],
    [
      'with an unknown place',
      1,
      { hukouDivision: '371121009999' },
      400,
      'invalid-request',
      '/set/hukouDivision',
    ],
    ['with nothing to correct', 1, {}, 400, 'invalid-request', '/set'],
  ])('is refused %s', async (_, ifMatch, set, status, code, pointer) => {
    const person = await register(officer)

    const answer = await correct(person.id, set, ifMatch)

    const problem = answer.body as Problem
    expect([answer.status, problem.code, problem.errors?.[0]?.pointer]).toEqual([status, code, pointer])
  })

  test('is refused where it makes a mother of nine', async () => {
    const mother = await register(officer, { birthDate: '1960-01-01' })
    await register(officer, { birthDate: '1985-01-01', motherId: mother.id })

    const { body } = await correct(mother.id, { birthDate: '1976-01-01', idNumber: null }, 1)

    expect((body as Problem).errors).toContainEqual(
      expect.objectContaining({ pointer: '/set/birthDate', code: 'mother-age-impossible' }),
    )
  })

  test('happens once for one key, and one of two officers at once', async () => {
    const person = await register(officer)
    const body = { set: { education: '20' }, reason: '补录' }
    const url = `/api/v1/persons/${person.id}/corrections`

    const first = await officer.post(url, body, { key: 'correct-once', ifMatch: 1 })
    const second = await officer.post(url, body, { key: 'correct-once', ifMatch: 1 })
    const race = await Promise.all(
      ['10', '30', '40'].map((education) => correct(person.id, { education }, 2)),
    )

    expect(second.body).toEqual(first.body)
    expect(race.map(({ status }) => status).sort()).toEqual([201, 412, 412])
  })

  test('needs the permission, and a person inside the area', async () => {
    const person = await register(officer)
    const body = { set: { name: '丁' }, reason: '试' }
    const url = `/api/v1/persons/${person.id}/corrections`
    const reader = await office.officer('county_mch', places.county)
    const neighbour = await office.officer('township_worker', places.otherTownship)

    expect((await reader.post(url, body, { ifMatch: 1 })).status).toBe(403)
    expect((await neighbour.post(url, body, { ifMatch: 1 })).status).toBe(404)
  })
})

describe('revealing', () => {
  test('shows full values, says how often she still may, and is logged with its fields', async () => {
    const idNumber = idNumberFor('2020-02-02', '1')
    const child = await register(officer, {
      idNumber,
      birthDate: '2020-02-02',
      sex: '1',
      phone: '13800001111',
    })

    const answer = await officer.post(`/api/v1/persons/${child.id}/reveal`, {
      fields: ['idNumber', 'phone', 'name'],
      purpose: 'REGISTER',
      reason: '核对',
    })

    expect(answer.body).toMatchObject({ values: { idNumber, phone: '13800001111', name: child.name } })
    const log = await office.sql(
      `select fields, purpose, reason from access_log where entity_id = $1 and action = 'reveal'`,
      [child.id],
    )
    expect(log).toEqual([{ fields: ['idNumber', 'phone', 'name'], purpose: 'REGISTER', reason: '核对' }])
  })

  test('is refused for a purpose that the officer does not have', async () => {
    const person = await register(officer)

    const { status, body } = await officer.post(`/api/v1/persons/${person.id}/reveal`, {
      fields: ['idNumber'],
      purpose: 'PAYMENT',
      reason: '看看',
    })

    expect([status, (body as Problem).code]).toEqual([403, 'purpose-required'])
  })

  test('ends with the day’s number, also when many ask at once', async () => {
    const limited = await openOffice({ REVEALS_PER_DAY: '3' })
    await furnishPlaces(limited)
    const clerk = await limited.officer('county_population', places.county)
    const person = await register(clerk)
    const ask = () =>
      clerk.post(`/api/v1/persons/${person.id}/reveal`, {
        fields: ['idNumber'],
        purpose: 'REGISTER',
        reason: '核对',
      })

    const answers = await Promise.all([ask(), ask(), ask(), ask(), ask()])
    await limited.close()

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429, 429])
  })

  test('is not for the village, the other township or those without a session', async () => {
    const person = await register(officer)
    const url = `/api/v1/persons/${person.id}/reveal`
    const body = { fields: ['idNumber'], purpose: 'REGISTER', reason: '核对' }

    expect((await (await office.officer('village_worker', places.village)).post(url, body)).status).toBe(403)
    expect(
      (await (await office.officer('township_worker', places.otherTownship)).post(url, body)).status,
    ).toBe(404)
    expect((await office.stranger.post(url, body)).status).toBe(401)
  })
})
