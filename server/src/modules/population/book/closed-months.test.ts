import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BookPosting, getBook } from '@youyu/shared/population/book'
import type { Birth } from '@youyu/shared/population/births'
import type { Page } from '@youyu/shared/values'
import type { z } from 'zod'
import { openEnds } from '../../../../test/book.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, codeOf, furnishPlaces, places, register } from '../../../../test/register.ts'

type Book = z.output<(typeof getBook.schema.response)[200]>

let office: TestOffice
let county: Officer
let admin: Officer

/** Another morning at the counter: yesterday's sessions have ended. */
async function comeIn(day: string): Promise<void> {
  office.setNow(new Date(`${day}T09:00:00+08:00`))
  county = await office.officer('county_population', places.county)
  admin = await office.officer('sys_admin', null)
}

beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
})
afterAll(() => office.close())

const bookOf = async (division: string, month: string, asOf?: string): Promise<Book> =>
  bodyOf(
    await county.get(
      `/api/v1/population-book?division=${division}&month=${month}${asOf ? `&asOf=${asOf}` : ''}`,
    ),
    200,
  )
const postingsOf = async (division: string, month: string, asOf?: string): Promise<unknown[]> => {
  const url = `/api/v1/population-book/postings?division=${division}&month=${month}${asOf ? `&asOf=${asOf}` : ''}`
  const { items } = bodyOf<Page<BookPosting>>(await county.get(url), 200)
  return items.map(({ id, divisionName, kind, isAmendment }) => [id, divisionName, kind, isAmendment])
}
const close = async (month: string) =>
  bodyOf<{ signed: number; left: unknown[] }>(
    await county.post('/api/v1/population-book/signatures/below', {
      ...{ division: places.county, month, whole: true },
    }),
    201,
  )

describe('a closed month', () => {
  const months = ['2026-02-01', '2026-03-01', '2026-04-01']
  const areas = [places.county, places.street, places.otherTownship, places.farVillage]
  const seen: { at: string; books: unknown }[] = []

  /** What a book says; a part without anything is left out, as it was before anything was posted there. */
  const said = ({ total, parts, signatures, signed, amendments }: Book) => ({
    ...{
      signatures,
      signed,
      amendments,
      total: { name: total.division.name, state: total.state, figures: total.figures },
    },
    parts: parts
      .filter(({ figures }) => Object.values(figures).some((figure) => figure !== 0))
      .map(({ division: { code, name }, state, figures }) => ({ code, name, state, figures })),
  })
  const booksAsOf = async (at?: string) => {
    const books: unknown[] = []
    for (const area of areas)
      for (const month of months)
        books.push([area, month, said(await bookOf(area, month, at)), await postingsOf(area, month, at)])
    return books
  }
  const look = async () => {
    expect(await openEnds(office)).toEqual([])
    const at = office.office.now()
    seen.push({ at: at.toISOString(), books: await booksAsOf() })
    office.setNow(new Date(at.getTime() + 60_000))
  }
  const flows = async (division: string, month: string) => (await bookOf(division, month)).total.figures

  test('takes a late birth, its correction over the border of a township and a merged village as amendments', async () => {
    await comeIn('2026-03-02')
    const mother = await register(county, { birthDate: '1995-04-05', residenceSince: '2015-01-01' })
    const neighbour = await register(county, {
      residenceDivision: places.nextVillage,
      hukouDivision: places.nextVillage,
    })
    await register(county, { residenceDivision: places.farVillage, hukouDivision: places.farVillage })
    await look()
    await close('2026-02-01')
    await comeIn('2026-04-01')
    await close('2026-03-01')
    await look()

    await comeIn('2026-04-12')
    const body = { motherId: mother.id, sex: '1', place: 'HOSPITAL', occurredOn: '2026-02-20', child: {} }
    const birth = bodyOf<Birth>(await county.post('/api/v1/births', body), 201)
    await look()
    await comeIn('2026-05-04')
    expect(await close('2026-04-01')).toMatchObject({ left: [] })
    await look()

    await comeIn('2026-05-10')
    const set = { occurredOn: '2026-03-20', divisionCode: places.farVillage }
    const corrected = bodyOf<Birth>(
      await county.post(`/api/v1/births/${birth.id}/corrections`, { set, reason: '与证明核对' }),
      201,
    )
    await look()
    expect(await flows(places.street, '2026-02-01')).toMatchObject({ births: 0 })
    expect(await flows(places.otherTownship, '2026-03-01')).toMatchObject({ births: 1 })

    await comeIn('2026-05-20')
    const merger = {
      ...{ kind: 'MERGE', from: [places.village, places.nextVillage], effectiveOn: '2026-04-15' },
      ...{ to: [{ code: places.village, name: '洪凝新社区' }], sourceDocument: '区划调整文件' },
    }
    bodyOf(await admin.post('/api/v1/division-changes', merger), 201)
    await look()
    const { total, parts } = await bookOf(places.street, '2026-04-01')
    expect([total, ...parts].map(({ figures: { boundary, movesIn } }) => [boundary, movesIn])).toEqual([
      [0, 0],
      [1, 0],
      [-1, 0],
    ])

    await comeIn('2026-05-21')
    bodyOf(await county.post(`/api/v1/births/${corrected.id}/void`, { reason: '误录', withChild: true }), 201)
    const dead = { personId: neighbour.id, occurredOn: '2026-03-09', place: 'HOME', reporter: 'VILLAGE' }
    bodyOf(await county.post('/api/v1/deaths', dead), 201)
    await look()
  })

  test('and everything else is told as of each moment as it was told then: figures, states, signatures, amendments, postings', async () => {
    await comeIn('2026-05-25')
    expect(seen).toHaveLength(7)

    for (const { at, books } of seen) expect(await booksAsOf(at), at).toEqual(books)
  })
})

test('a village of which the book says nothing is not told to explain a difference, and hinders nobody', async () => {
  const body = { division: places.otherCountyVillage, month: '2026-04-01' }
  await comeIn('2026-05-26')
  const secondVillage = '370321001002'
  await office.sql(
    `insert into divisions (code, valid_from, name, pinyin, initials, level, parent_code, recorded_at)
     values ($1, '2020-01-01', '李桥村', '', '', 5, '370321001000', now())`,
    [secondVillage],
  )
  const other = await office.officer('county_population', places.otherCounty)
  await register(other, {
    hukouDivision: secondVillage,
    residenceDivision: secondVillage,
    residenceSince: '2015-01-01',
  })

  const refused = await other.post('/api/v1/population-book/signatures', body)

  expect([refused.status, codeOf(refused)]).toEqual([409, 'book-not-kept'])
  const closing = { division: places.otherCounty, month: body.month, whole: true }
  expect(bodyOf(await other.post('/api/v1/population-book/signatures/below', closing), 201)).toMatchObject({
    left: [],
  })
})
