import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '@youyu/shared/errors'
import type { ChangePreview, Person, ResidenceEpisode } from '@youyu/shared/population/persons'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import {
  bodyOf,
  furnishPlaces,
  keptCounts,
  places,
  recounted,
  register,
} from '../../../../../test/register.ts'

let office: TestOffice
let officer: Officer

beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  officer = await office.officer('county_population', places.county)
})
afterAll(async () => await office.close())

const move = (id: string, body: object, ifMatch: number, query = '', key?: string) =>
  officer.post(
    `/api/v1/persons/${id}/residence-episodes${query}`,
    { status: '1', ...body },
    { ifMatch, ...(key && { key }) },
  )
const episodes = async (id: string) => {
  const { residence } = (await officer.get(`/api/v1/persons/${id}/history`)).body as {
    residence: ResidenceEpisode[]
  }
  return residence.filter(({ voidedAt }) => voidedAt === null)
}

describe('a move', () => {
  test('is told first, then ends the stay before it, and the counts follow', async () => {
    const person = await register(officer, { residenceSince: '2001-01-01' })
    const body = { divisionCode: places.farVillage, from: '2015-03-01' }

    const preview = bodyOf<ChangePreview>(await move(person.id, body, 1, '?dryRun=true'), 200)
    const moved = bodyOf<Person>(await move(person.id, body, 1), 201)

    expect(preview.changes.map(({ entity }) => entity)).toEqual([
      'residence',
      'residence',
      'residence',
      'person',
      'person',
    ])
    expect(moved).toMatchObject({
      residence: { code: places.farVillage, name: '街头村' },
      residenceSince: '2015-03-01',
      version: 2,
    })
    expect((await episodes(person.id)).map(({ from, to }) => [from, to])).toEqual([
      ['2015-03-01', null],
      ['2001-01-01', '2015-03-01'],
    ])
    expect(await keptCounts(office)).toEqual(await recounted(office))
  })

  test('entered late keeps its true date and undoes nothing', async () => {
    const person = await register(officer, { residenceSince: '2001-01-01' })
    await move(person.id, { divisionCode: places.capital, from: '2018-01-01', status: '2' }, 1)

    const moved = bodyOf<Person>(
      await move(person.id, { divisionCode: places.nextVillage, from: '2010-01-01' }, 2),
      201,
    )

    expect(moved.residence.code).toBe(places.capital)
    expect((await episodes(person.id)).map(({ division, from }) => [division.code, from])).toEqual([
      [places.capital, '2018-01-01'],
      [places.nextVillage, '2010-01-01'],
      [places.village, '2001-01-01'],
    ])
  })

  test('that is voided gives its time back, with the reason kept', async () => {
    const person = await register(officer, { residenceSince: '2001-01-01' })
    await move(person.id, { divisionCode: places.capital, from: '2018-01-01', status: '2' }, 1)
    const [away] = await episodes(person.id)
    const url = `/api/v1/persons/${person.id}/residence-episodes/${away?.id}/void`

    bodyOf<ChangePreview>(
      await officer.post(`${url}?dryRun=true`, { reason: '没有外出' }, { ifMatch: 2 }),
      200,
    )
    const back = bodyOf<Person>(await officer.post(url, { reason: '没有外出' }, { ifMatch: 2 }), 201)

    expect(back).toMatchObject({
      residence: { code: places.village },
      residenceStatus: '1',
      residenceSince: '2001-01-01',
    })
    const voided = await office.sql('select void_reason from residence_episodes where id = $1', [away?.id])
    expect(voided).toEqual([{ void_reason: '没有外出' }])
    const [only] = await episodes(person.id)
    expect(
      (
        await officer.post(
          `/api/v1/persons/${person.id}/residence-episodes/${only?.id}/void`,
          { reason: '试' },
          { ifMatch: 3 },
        )
      ).status,
    ).toBe(409)
    expect(await keptCounts(office)).toEqual(await recounted(office))
  })

  test.each([
    [
      'to an unknown place',
      { divisionCode: '371121008888', from: '2015-03-01' },
      '/divisionCode',
      'unknown-division',
    ],
    ['of a day to come', { divisionCode: places.farVillage, from: '2999-01-01' }, '/from', 'invalid-date'],
    ['before she was born', { divisionCode: places.farVillage, from: '1950-01-01' }, '/from', 'invalid-date'],
    [
      'that ends before it begins',
      { divisionCode: places.farVillage, from: '2015-03-01', to: '2014-01-01' },
      '/to',
      'invalid-date',
    ],
  ])('%s is refused with its field', async (_, body, pointer, code) => {
    const person = await register(officer)

    const answer = await move(person.id, body, 1)

    expect((answer.body as Problem).errors).toContainEqual(expect.objectContaining({ pointer, code }))
  })

  test('out of the area is for those whose hukou stays inside', async () => {
    const township = await office.officer('township_worker', places.street)
    const own = await register(officer)
    const guest = await register(officer, { hukouDivision: places.farVillage, residenceStatus: '3' })
    const away = { divisionCode: places.farVillage, from: '2019-01-01', status: '2' }

    expect(
      (await township.post(`/api/v1/persons/${own.id}/residence-episodes`, away, { ifMatch: 1 })).status,
    ).toBe(201)
    expect(
      (await township.post(`/api/v1/persons/${guest.id}/residence-episodes`, away, { ifMatch: 1 })).status,
    ).toBe(403)
    expect(await keptCounts(office)).toEqual(await recounted(office))
  })

  test('happens once for one key, needs the version, the permission and the area', async () => {
    const person = await register(officer, { residenceSince: '2001-01-01' })
    const body = { divisionCode: places.farVillage, from: '2015-03-01' }

    const first = await move(person.id, body, 1, '', 'move-once')
    const second = await move(person.id, body, 1, '', 'move-once')

    expect(second.body).toEqual(first.body)
    expect((await episodes(person.id)).length).toBe(2)
    expect((await move(person.id, body, 1)).status).toBe(412)
    const url = `/api/v1/persons/${person.id}/residence-episodes`
    expect(
      (
        await (
          await office.officer('county_mch', places.county)
        ).post(url, { ...body, status: '1' }, { ifMatch: 2 })
      ).status,
    ).toBe(403)
    expect(
      (
        await (
          await office.officer('county_population', places.otherCounty)
        ).post(url, { ...body, status: '1' }, { ifMatch: 2 })
      ).status,
    ).toBe(404)
  })
})
