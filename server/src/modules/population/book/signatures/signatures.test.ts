import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { getBook } from '@youyu/shared/population/book'
import type { z } from 'zod'
import { openOffice, type Answer, type Officer, type TestOffice } from '../../../../../test/office.ts'
import { expectProblem } from '../../../../../test/problems.ts'
import { bodyOf, codeOf, furnishPlaces, places, register } from '../../../../../test/register.ts'

type Book = z.output<(typeof getBook.schema.response)[200]>
type Below = { signed: number; left: { code: string }[] }

const [march, april, may, june, july] = [3, 4, 5, 6, 7].map((month) => `2026-0${month}-01`) as [
  string,
  string,
  string,
  string,
  string,
]
const neighbours = { hukouDivision: places.nextVillage, residenceDivision: places.nextVillage }
const farAway = { hukouDivision: places.farVillage, residenceDivision: places.farVillage }

let office: TestOffice
let county: Officer
let township: Officer
let village: Officer
let admin: Officer

async function openTown(): Promise<void> {
  office = await openOffice()
  await furnishPlaces(office)
  office.setNow(new Date('2026-08-10T09:00:00+08:00'))
  county = await office.officer('county_population', places.county)
  township = await office.officer('township_worker', places.street)
  village = await office.officer('village_worker', places.village)
  admin = await office.officer('sys_admin', null)
  for (const given of [{}, neighbours, farAway]) await register(county, given)
}

const url = '/api/v1/population-book/signatures'
const bookOf = async (division: string, month: string, more = ''): Promise<Book> =>
  bodyOf(await county.get(`/api/v1/population-book?division=${division}&month=${month}${more}`), 200)
const sign = (officer: Officer, division: string, month: string): Promise<Answer> =>
  officer.post(url, { division, month })
const close = async (month: string, division: string = places.county): Promise<Below> =>
  bodyOf(await county.post(`${url}/below`, { division, month, whole: true }), 201)
const withdraw = async (officer: Officer, division: string, month: string): Promise<Answer> => {
  const { signatures } = await bookOf(division, month)
  const { id } = signatures.find(({ withdrawnAt }) => withdrawnAt === null)!
  return await officer.post(`${url}/${id}/withdrawal`, { reason: '漏登一人' })
}

describe('a signature', () => {
  beforeAll(openTown)
  afterEach(() => office.sql('delete from book_signatures'))
  afterAll(() => office.close())

  test.each([
    ['village', places.village, () => village],
    ['township', places.street, () => township],
    ['county', places.county, () => county],
  ])('of a %s is taken back from the latest month backwards', async (_, division, officer) => {
    for (const month of [march, april, may]) await close(month, division)

    for (const month of [march, april]) {
      const refused = await withdraw(officer(), division, month)
      expectProblem(refused, 409, 'book-later-signed')
      expect(refused.body).toMatchObject({ detail: '2026-05' })
      expect(await bookOf(division, month)).toMatchObject({ laterSigned: may })
    }
    expect(await bookOf(division, may)).toMatchObject({ laterSigned: null })
    for (const month of [may, april, march]) bodyOf(await withdraw(officer(), division, month), 201)
    expect(await bookOf(division, march)).toMatchObject({ total: { state: 'OPEN' }, laterSigned: null })
  })

  test('is taken back while only units below have signed a later month', async () => {
    await close(april, places.street)
    bodyOf(await sign(village, places.village, may), 201)

    bodyOf(await withdraw(township, places.street, april), 201)

    expect(codeOf(await withdraw(village, places.village, april))).toBe('book-later-signed')
  })

  test('is not taken back below a higher one, which is itself kept by its later month', async () => {
    for (const month of [april, may]) await close(month)

    expect(codeOf(await withdraw(township, places.street, may))).toBe('book-higher-signed')
    expect(codeOf(await withdraw(township, places.street, april))).toBe('book-higher-signed')
    expect(codeOf(await withdraw(county, places.county, april))).toBe('book-later-signed')

    for (const month of [may, april]) bodyOf(await withdraw(county, places.county, month), 201)
    for (const month of [may, april]) bodyOf(await withdraw(township, places.street, month), 201)
  })

  test('that was taken back leaves its month open for the next one', async () => {
    for (const month of [march, april]) await close(month, places.village)
    bodyOf(await withdraw(village, places.village, april), 201)

    expectProblem(await sign(village, places.village, may), 409, 'book-earlier-open')
    bodyOf(await sign(village, places.village, april), 201)
    bodyOf(await sign(village, places.village, may), 201)
  })
})

describe('a division that has ended', () => {
  beforeEach(openTown)
  afterEach(() => office.close())

  const change = async (given: object) =>
    bodyOf(await admin.post('/api/v1/division-changes', { ...given, sourceDocument: '区划调整文件' }), 201)
  const merge = (effectiveOn: string) =>
    change({
      ...{ kind: 'MERGE', from: [places.village, places.nextVillage], effectiveOn },
      to: [{ code: places.village, name: '洪凝社区' }],
    })
  const recode = (from: string, code: string, effectiveOn: string) =>
    change({ kind: 'RECODE', from: [from], to: [{ code, name: '新名' }], effectiveOn })
  const partsOf = async (division: string, month: string) =>
    (await bookOf(division, month)).parts.map(({ division: { code } }) => code)

  test('is still signed for in the month of its end, and by nobody afterwards', async () => {
    await close(april)
    await merge('2026-05-15')

    expect(await partsOf(places.street, may)).toEqual([places.village, places.nextVillage])
    bodyOf(await sign(village, places.village, may), 201)
    const refused = await sign(township, places.street, may)
    expectProblem(refused, 409, 'book-lower-open')
    expect(refused.body).toMatchObject({ detail: '红泥崖村' })
    const below = await township.post(`${url}/below`, { division: places.street, month: may })
    expect(bodyOf(below, 201)).toEqual({ signed: 1, left: [] })
    bodyOf(await sign(township, places.street, may), 201)

    expect(await partsOf(places.street, june)).toEqual([places.village])
    bodyOf(await sign(village, places.village, june), 201)
    expect((await bookOf(places.street, june)).obstacles).toEqual([])
    bodyOf(await sign(township, places.street, june), 201)
    await close(may)
    expect(await close(june)).toEqual({ signed: 3, left: [] })
  })

  test('on the first day of a month has that month as its last', async () => {
    await merge('2026-05-01')

    expect(await partsOf(places.street, may)).toEqual([places.village, places.nextVillage])
    expect(await partsOf(places.street, june)).toEqual([places.village])
  })

  test('as a township is not waited for by its county', async () => {
    const newTownship = '371121103000'
    await recode(places.otherTownship, newTownship, '2026-05-15')

    expect(await partsOf(places.county, may)).toEqual([places.street, places.otherTownship, newTownship])
    expect(await partsOf(places.county, june)).toEqual([places.street, newTownship])
    expect(await close(june)).toEqual({ signed: 6, left: [] })
  })

  test('and begins again goes on signing without the months between', async () => {
    const newCode = '371121102299'
    await recode(places.farVillage, newCode, '2026-05-10')
    for (const month of [april, may]) expect(await close(month)).toMatchObject({ left: [] })
    await recode(newCode, places.farVillage, '2026-07-05')

    expect(await partsOf(places.otherTownship, june)).toEqual([newCode])
    expect(await close(june)).toMatchObject({ left: [] })
    expect((await bookOf(places.farVillage, july)).obstacles).toEqual([])
    expect(await close(july)).toMatchObject({ left: [] })
  })

  test('unlike one that only has nobody any more, which goes on signing', async () => {
    const { items } = bodyOf<{ items: { id: string }[] }>(
      await county.get(`/api/v1/persons?division=${places.nextVillage}`),
      200,
    )
    const death = { personId: items[0]!.id, occurredOn: '2026-05-09', place: 'HOME', reporter: 'VILLAGE' }
    bodyOf(await county.post('/api/v1/deaths', death), 201)

    const { parts, obstacles } = await bookOf(places.street, june)

    expect(parts.map(({ figures }) => figures.closing)).toEqual([1, 0])
    expect(obstacles.map(({ division }) => division?.code)).toEqual([places.village, places.nextVillage])
  })
})
