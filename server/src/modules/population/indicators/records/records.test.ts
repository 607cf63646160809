import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IndicatorRecord } from '@youyu/shared/population/indicators'
import type { Place } from '../../../../../test/county.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf } from '../../../../../test/register.ts'
import { definitions } from '../catalogue/rules.ts'
import { furnishEvents } from '../../../../../test/furnished-county.ts'
import type { IndicatorAnswer } from '../values/service.ts'

let office: TestOffice
let place: Place
let county: Officer
beforeAll(async () => {
  office = await openOffice()
  place = await furnishEvents(office)
  county = await office.officer('county_population', place.county)
}, 60_000)
afterAll(() => office.close())

type Listed = { items: IndicatorRecord[]; nextCursor: string | null; total: number }
type Query = Record<string, string>

const period = { from: '2025-01-01', to: '2025-12-01' }
const search = (query: Query) =>
  new URLSearchParams({ division: place.county, ...period, ...query }).toString()

async function list(code: string, query: Query = {}, officer = county): Promise<Listed> {
  return bodyOf<Listed>(await officer.get(`/api/v1/indicators/${code}/records?${search(query)}`), 200)
}

async function listAll(code: string, query: Query = {}): Promise<IndicatorRecord[]> {
  const items: IndicatorRecord[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = await list(code, { ...query, limit: '60', ...(cursor && { cursor }) })
    items.push(...page.items)
    cursor = page.nextCursor
  }
  return items
}

/** What is no count of records: places are summed, growth is a difference. */
const notCounts = ['POP-27', 'POP-04']

describe('the records behind a number', () => {
  test.each(['residence', 'hukou'])('are as many as the number says, by %s', async (population) => {
    const wrong: unknown[] = []
    for (const { code } of definitions) {
      if (notCounts.includes(code)) continue
      const { values } = bodyOf<IndicatorAnswer>(
        await county.get(`/api/v1/indicators/${code}?${search({ population, division: place.township })}`),
        200,
      )
      for (const { component, numerator, denominator } of values) {
        const query = { population, division: place.township, limit: '1', ...(component && { component }) }
        const { total } = await list(code, query)
        if (total !== numerator) wrong.push({ code, component, numerator, total })
        if (
          denominator === null ||
          ['POP-02', 'POP-03', 'POP-08', 'POP-09', 'POP-10', 'POP-12', 'POP-18', 'POP-28'].includes(code)
        )
          continue
        const whole = await list(code, { ...query, part: 'denominator' })
        if (whole.total !== denominator) wrong.push({ code, component, denominator, total: whole.total })
      }
    }

    expect(wrong).toEqual([])
  })

  test('of a rate’s denominator are the people of those ages now', async () => {
    const [{ n }] = (await office.sql<{ n: number }>(
      `select count(*)::int as n from persons where status = 'ACTIVE' and residence_status in ('1', '3', '4') and sex = '2'
       and extract(year from age(date '2025-12-31', birth_date)) between 15 and 49`,
    )) as [{ n: number }]

    expect((await list('POP-08', { part: 'denominator', limit: '1' })).total).toBe(n)
    expect((await list('POP-02', { part: 'denominator', limit: '1' })).items).toHaveLength(1)
  })

  test('come page by page, the latest first, each once', async () => {
    const items = await listAll('POP-01')
    const days = items.map(({ occurredOn }) => occurredOn ?? '')

    expect(new Set(items.map(({ factId }) => factId)).size).toBe((await list('POP-01')).total)
    expect(days).toEqual(days.toSorted().reverse())
    expect(items[0]).toMatchObject({
      kind: 'birth',
      division: { code: expect.stringMatching(/^371121/) as string },
    })
  })

  test('hold only what lies in the area', async () => {
    const township = await office.officer('township_worker', place.township)
    const own = await list('POP-01', { limit: '200' }, township)

    expect(own.total).toBe((await list('POP-01', { division: place.township })).total)
    expect(own.items.every(({ division }) => division.code.startsWith('371121101'))).toBe(true)
    const { status } = await township.get(
      `/api/v1/indicators/POP-01/records?${search({ division: place.otherTownship })}`,
    )
    expect(status).toBe(403)
  })

  test('are not for who may see counts alone', async () => {
    const assessor = await office.officer('county_assess', place.county)

    expect((await assessor.get(`/api/v1/indicators/POP-01?${search({})}`)).status).toBe(200)
    expect((await assessor.get(`/api/v1/indicators/POP-01/records?${search({})}`)).status).toBe(403)
  })

  test('of a component that there is not are refused by name', async () => {
    const { status, body } = await county.get(
      `/api/v1/indicators/POP-01/records?${search({ component: 'third' })}`,
    )

    expect(status).toBe(400)
    expect((body as { errors: { pointer: string }[] }).errors[0]?.pointer).toBe('?component')
  })

  test('of places are institutions, of rooms their sites', async () => {
    const [places, rooms] = await Promise.all([list('POP-27'), list('POP-29')])

    expect(places.items[0]).toMatchObject({
      kind: 'institution',
      personId: null,
      name: expect.stringContaining('托育') as string,
    })
    expect(rooms.items[0]).toMatchObject({ kind: 'room', name: expect.stringContaining('商场') as string })
  })
})
