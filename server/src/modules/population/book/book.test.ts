import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BookFigures, BookPosting, BookSignature } from '@youyu/shared/population/book'
import type { Person } from '@youyu/shared/population/persons'
import type { Page } from '@youyu/shared/values'
import { openOffice, type Answer, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, furnishPlaces, places, register } from '../../../../test/register.ts'

type Row = {
  division: { code: string }
  state: string
  figures: BookFigures
  recounted: number
  residual: number
}
type Book = {
  total: Row
  parts: Row[]
  signatures: BookSignature[]
  signed: BookFigures | null
  amendments: number
  obstacles: { code: string; division: { code: string } | null }[]
}

let office: TestOffice
let county: Officer
let township: Officer
let village: Officer
const month = '2026-03-01'

/** Another day at the counter: yesterday's sessions have ended. */
async function comeIn(day: string): Promise<void> {
  office.setNow(new Date(`${day}T02:00:00Z`))
  county = await office.officer('county_population', places.county)
  township = await office.officer('township_worker', places.street)
  village = await office.officer('village_worker', places.village)
}

beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  await comeIn('2026-04-10')
  await register(county)
  await register(county, { birthDate: '2026-03-05' })
  await register(county, { residenceDivision: places.nextVillage })
  await register(county, { residenceDivision: places.farVillage, hukouDivision: places.farVillage })
})
afterAll(() => office.close())

const bookOf = async (officer: Officer, division: string, query = ''): Promise<Book> =>
  bodyOf<Book>(await officer.get(`/api/v1/population-book?division=${division}&month=${month}${query}`), 200)
const sign = (officer: Officer, division: string, given: object = {}): Promise<Answer> =>
  officer.post('/api/v1/population-book/signatures', { division, month, ...given })
const codeOf = (answer: Answer) => (answer.body as { code?: string }).code

describe('the book of a month', () => {
  test('tells opening, flows and closing of a division and its parts, and they add up', async () => {
    const { total, parts } = await bookOf(county, places.county)

    expect(total.figures).toMatchObject({ opening: 3, entries: 1, closing: 4 })
    expect([total.recounted, total.residual]).toEqual([4, 0])
    expect(parts.map(({ division: { code }, figures }) => [code, figures.closing])).toEqual([
      [places.street, 3],
      [places.otherTownship, 1],
    ])
  })

  test('counts hukou apart from residence', async () => {
    const { total } = await bookOf(county, places.village, '&basis=registered')

    expect(total.figures).toMatchObject({ opening: 2, entries: 1, closing: 3 })
    expect(total.residual).toBe(0)
  })

  test('names the facts behind a cell, masked as in any list', async () => {
    const { items } = bodyOf<Page<BookPosting>>(
      await county.get(
        `/api/v1/population-book/postings?division=${places.county}&month=${month}&kind=ENTRY`,
      ),
      200,
    )

    expect(items).toMatchObject([{ division: places.village, occurredOn: '2026-03-05', quantity: 1 }])
  })

  test('pages through postings without losing one', async () => {
    const url = `/api/v1/population-book/postings?division=${places.county}&month=2015-12-01&limit=1`
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Page<BookPosting> = bodyOf(await county.get(`${url}${cursor && `&cursor=${cursor}`}`), 200)
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(new Set(seen).size).toBe(3)
    expect(seen).toHaveLength(3)
  })

  test('lists the months, newest first', async () => {
    const { items } = bodyOf<Page<{ month: string; state: string; figures: BookFigures }>>(
      await county.get(`/api/v1/population-book/months?division=${places.county}&limit=2`),
      200,
    )
    expect(items.map(({ month: each, figures }) => [each, figures.opening, figures.closing])).toEqual([
      ['2026-04-01', 4, 4],
      ['2026-03-01', 3, 4],
    ])
  })

  test('is invisible to another area and needs the permission', async () => {
    const stranger = await office.officer('township_worker', '370321001000')
    const clinician = await office.officer('station_clinician', places.street)
    const url = `/api/v1/population-book?division=${places.village}&month=${month}`

    expect((await stranger.get(url)).status).toBe(403)
    expect((await clinician.get(url)).status).toBe(403)
    expect(
      (await village.get(`/api/v1/population-book?division=${places.nextVillage}&month=${month}`)).status,
    ).toBe(403)
  })

  test('names the wrong field', async () => {
    const answer = await county.get(`/api/v1/population-book?division=${places.county}&month=2026-03-02`)
    expect([answer.status, (answer.body as { errors: { pointer: string }[] }).errors[0]?.pointer]).toEqual([
      400,
      '?month',
    ])
  })
})

describe('signing a month', () => {
  test('goes from the village over the township to the county, and refuses what is not ready', async () => {
    expect(codeOf(await sign(county, places.county))).toBe('book-lower-open')
    expect(codeOf(await sign(township, places.street))).toBe('book-lower-open')
    expect(codeOf(await sign(village, places.nextVillage))).toBe('out-of-area')
    expect(codeOf(await sign(village, places.village, { month: '2026-04-01' }))).toBe('book-month-not-over')

    const confirmed = bodyOf<BookSignature>(await sign(village, places.village, { note: '核对无误' }), 201)
    expect(confirmed).toMatchObject({ act: 'CONFIRM', note: '核对无误' })
    expect(codeOf(await sign(village, places.village))).toBe('already-exists')
    expect((await bookOf(township, places.street)).obstacles).toMatchObject([
      { code: 'lower-open', division: { code: places.nextVillage } },
    ])

    const below = await township.post('/api/v1/population-book/signatures/below', {
      division: places.street,
      month,
    })
    expect(bodyOf(below, 201)).toEqual({ signed: 1, left: [] })
    bodyOf(await sign(township, places.street), 201)
    const all = await county.post('/api/v1/population-book/signatures/below', {
      division: places.county,
      month,
      level: 5,
    })
    expect(bodyOf(all, 201)).toMatchObject({ signed: 1 })
    bodyOf(
      await county.post('/api/v1/population-book/signatures/below', { division: places.county, month }),
      201,
    )
    bodyOf(await sign(county, places.county), 201)
    expect(await bookOf(county, places.county)).toMatchObject({
      total: { state: 'CLOSED' },
      obstacles: [],
      signed: null,
    })
  })

  test('a fact that comes later is an amendment; the month stays as it stood', async () => {
    await comeIn('2026-05-20')
    const late = await register(county, { birthDate: '2026-03-20' })

    const book = await bookOf(county, places.county)
    expect(book.total.figures.closing).toBe(5)
    expect(book.signed).toMatchObject({ closing: 4 })
    expect(book.amendments).toBe(1)
    expect(book.total.residual).toBe(0)
    const { items } = bodyOf<Page<BookPosting>>(
      await county.get(
        `/api/v1/population-book/postings?division=${places.county}&month=${month}&amendments=true`,
      ),
      200,
    )
    expect(items).toMatchObject([{ personId: late.id, isAmendment: true }])
    const then = await bookOf(county, places.county, `&asOf=2026-05-01T00:00:00Z`)
    expect(then.total.figures).toEqual(book.signed)
  })

  test('months follow each other', async () => {
    expect(codeOf(await sign(village, places.village, { month: '2026-05-01' }))).toBe('book-month-not-over')
    await comeIn('2026-06-20')
    expect(codeOf(await sign(village, places.village, { month: '2026-05-01' }))).toBe('book-earlier-open')
    bodyOf(await sign(village, places.village, { month: '2026-04-01' }), 201)
  })

  test('is taken back only while nobody above has signed, with a reason', async () => {
    const { signatures } = bodyOf<Book>(
      await village.get(`/api/v1/population-book?division=${places.village}&month=2026-04-01`),
      200,
    )
    const url = (id: string) => `/api/v1/population-book/signatures/${id}/withdrawal`
    const [own] = signatures
    expect((await village.post(url(own!.id), {})).status).toBe(400)
    const done = bodyOf<BookSignature>(await village.post(url(own!.id), { reason: '漏登一人' }), 201)
    expect(done.withdrawReason).toBe('漏登一人')
    expect(codeOf(await village.post(url(own!.id), { reason: '再次' }))).toBe('already-decided')

    const march = await bookOf(village, places.village)
    expect(codeOf(await village.post(url(march.signatures[0]!.id), { reason: '撤回' }))).toBe(
      'book-higher-signed',
    )
  })

  test('is refused while the book and the facts differ', async () => {
    const stray = await register(county, { birthDate: '1980-01-01' })
    await office.sql(`update residence_episodes set division_code = $2 where person_id = $1`, [
      stray.id,
      places.nextVillage,
    ])
    const answer = await sign(village, places.village, { month: '2026-04-01' })

    expect(codeOf(answer)).toBe('book-residual')
    const { total, obstacles } = bodyOf<Book>(
      await village.get(`/api/v1/population-book?division=${places.village}&month=2026-04-01`),
      200,
    )
    expect([total.residual, obstacles.map(({ code }) => code)]).toEqual([-1, ['residual']])
    await office.sql(`select app.post_people(371121, array[$1::uuid], now(), null)`, [stray.id])
    bodyOf(await sign(village, places.village, { month: '2026-04-01' }), 201)
  })

  test('a recount stands with its moment until the book changes or somebody asks again', async () => {
    const url = `/api/v1/population-book?division=${places.county}&month=2026-04-01`
    const look = async (more = '') =>
      bodyOf<Book & { recountedAt: string }>(await county.get(`${url}${more}`), 200)
    const first = await look()
    const second = await look()
    const person = await register(county, { birthDate: '1990-01-01' })
    const moveTo = (village: string) =>
      office.sql(`update residence_episodes set division_code = $2 where person_id = $1`, [
        person.id,
        village,
      ])
    await moveTo(places.farVillage)
    const changed = await look()
    await moveTo(places.village)
    const remembered = await look()
    const asked = await look('&recount=true')

    expect(second.recountedAt).toBe(first.recountedAt)
    expect([changed, remembered, asked].map(({ parts }) => parts.map(({ residual }) => residual))).toEqual(
      [changed, changed, first].map(({ parts }) => parts.map(({ residual }) => residual)),
    )
    expect(changed.total.figures.closing).toBe(first.total.figures.closing + 1)
    expect(remembered).toEqual(changed)
    expect(changed.parts.some(({ residual }) => residual !== 0)).toBe(true)
    // Only the part that the book says something else of was counted again.
    expect(changed.parts.filter(({ residual }) => residual !== 0)).toHaveLength(1)
    expect(asked.recountedAt >= changed.recountedAt).toBe(true)
  })

  test('the same request twice signs once', async () => {
    const body = { division: places.nextVillage, month: '2026-04-01' }
    const first = await township.post('/api/v1/population-book/signatures', body, { key: 'sign-april' })
    const second = await township.post('/api/v1/population-book/signatures', body, { key: 'sign-april' })

    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.body).toEqual(first.body)
  })

  test('closes the whole county level by level, and stops above what is unexplained', async () => {
    const url = '/api/v1/population-book/signatures/below'
    const april = { division: places.county, month: '2026-04-01', whole: true }
    const far = { residenceDivision: places.farVillage, hukouDivision: places.farVillage }
    const stray = await register(county, { birthDate: '1981-01-01', ...far })
    await office.sql(`update residence_episodes set division_code = $2 where person_id = $1`, [
      stray.id,
      places.village,
    ])
    const hindered = bodyOf<{ signed: number; left: { code: string }[] }>(await county.post(url, april), 201)
    expect(hindered.signed).toBe(0)
    expect(hindered.left.map(({ code }) => code).toSorted()).toEqual(
      [places.farVillage, places.street, places.otherTownship, places.county].toSorted(),
    )

    await office.sql(`select app.post_people(371121, array[$1::uuid], now(), null)`, [stray.id])
    expect(bodyOf(await county.post(url, april), 201)).toEqual({ signed: 4, left: [] })
    expect(codeOf(await sign(county, places.county, { month: '2026-04-01' }))).toBe('already-exists')
    expect((await county.post(url, { ...april, level: 5 })).status).toBe(400)
  })
})

test('the first signature of a new year opens it: its start is what was posted before', async () => {
  await comeIn('2027-01-05')
  bodyOf(await sign(village, places.village, { month: '2026-05-01' }), 201)
  await register(county, { birthDate: '2026-08-09' })

  const [opened] = await office.sql(
    `select b.structured_until as until, (select sum(residence)::int from structures where year = 2027) as started,
       (select sum(residence)::int from population_postings where occurred_on < '2027-01-01') as posted
     from population_books b where b.county_code = 371121`,
  )
  expect(opened).toMatchObject({ until: 2027, started: (opened as { posted: number }).posted })
})

test('an earlier signature hides no posting whose writer had an earlier clock', async () => {
  await comeIn('2026-04-15')
  const person: Person = await register(county, { birthDate: '2026-03-28' })
  const [row] = await office.sql<{ later: boolean }>(
    `select bool_and(recorded_at > (select max(recorded_at) from book_signatures)) as later from population_postings where person_id = $1`,
    [person.id],
  )
  expect(row?.later).toBe(true)
})
