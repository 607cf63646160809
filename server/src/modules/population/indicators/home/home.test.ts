import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { getPopulationHome } from '@youyu/shared/population/indicators'
import type { z } from 'zod'
import type { Place } from '../../../../../test/county.ts'
import { furnishEvents } from '../../../../../test/furnished-county.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf, somebody } from '../../../../../test/register.ts'

type Home = z.output<(typeof getPopulationHome)['schema']['response'][200]>

let office: TestOffice
let place: Place
let county: Officer
const township = '371121101000'
const village = '371121101201'

beforeAll(async () => {
  office = await openOffice()
  place = await furnishEvents(office)
  county = await office.officer('county_population', place.county)
}, 60_000)
afterAll(() => office.close())

const homeOf = async (officer = county, division: string = place.county) =>
  bodyOf<Home>(await officer.get(`/api/v1/population-home?division=${division}`), 200)

/** As it stands, and as it stands when nobody remembers it. */
async function looked(division: string = place.county): Promise<Home> {
  const home = await homeOf(county, division)
  expect(await homeOf(county, division)).toEqual(home)
  return home
}

describe('the home of a county', () => {
  test.each(['371121000000', township, village])('of %s is what the facts say', async (division) => {
    const home = await looked(division)
    const like = `${division.replace(/0+$/, '')}%`
    const [people] = await office.sql<{ n: number }>(
      `select count(*)::int as n from persons where residence_division like $1 and residence_status in ('1', '3', '4') and status in ('ACTIVE', 'SUSPECT_DUP')`,
      [like],
    )
    const born = await office.sql<{ month: string; male: number; female: number }>(
      `select date_trunc('month', occurred_on)::date::text as month, count(*) filter (where sex = '1')::int as male, count(*) filter (where sex = '2')::int as female
       from births where division_code like $1 and voided_at is null and outcome = 'LIVE' and occurred_on >= '2024-09-01' group by 1`,
      [like],
    )
    const died = await office.sql<{ n: number }>(
      `select count(*)::int as n from deaths where division_code like $1 and voided_at is null and occurred_on >= '2024-09-01'`,
      [like],
    )
    expect(home.now).toBe(people!.n)
    expect(home.months).toHaveLength(24)
    const months = new Map(born.map(({ month, male, female }) => [month, [male, female]]))
    expect(
      home.months.map(({ month, birthsMale, birthsFemale }) => [month, birthsMale, birthsFemale]),
    ).toEqual(home.months.map(({ month }) => [month, ...(months.get(month) ?? [0, 0])]))
    expect(home.months.reduce((sum, { deaths }) => sum + deaths, 0)).toBe(died[0]!.n)
    expect(home.parts.reduce((sum, part) => sum + part.now, 0)).toBe(home.parts.length > 0 ? home.now : 0)
  })

  test('tells of a newcomer at the next look', async () => {
    const before = await looked()
    await county.post('/api/v1/persons', somebody({ hukouDivision: village, residenceDivision: village }))
    const after = await looked()
    expect(after.now).toBe(before.now + 1)
    expect(after.changeThisMonth).toBe(before.changeThisMonth)
    const now = ({ parts }: Home) => parts.find(({ code }) => code === township)!.now
    expect(now(after)).toBe(now(before) + 1)
  })

  test('tells of a birth and of its being void', async () => {
    const before = await looked()
    const birth = { occurredOn: '2026-08-02', sex: '2', place: 'HOSPITAL', child: { name: '张小' } }
    const { body } = await county.post('/api/v1/births', {
      ...birth,
      divisionCode: village,
      hukouDivision: village,
    })
    const born = await looked()
    expect(born.months.at(-1)!.birthsFemale).toBe(before.months.at(-1)!.birthsFemale + 1)
    const { id } = body as { id: string }
    const voided = await county.post(`/api/v1/births/${id}/void`, { reason: '重复登记' })
    expect(voided.status).toBeLessThan(300)
    const births = ({ months }: Home) => months.map((month) => month.births)
    expect(births(await looked())).toEqual(births(before))
  })

  test('tells of a month that has been closed', async () => {
    expect((await looked()).closedUntil).toBe(null)
    const month = '2023-02-01'
    const signed = await county.post('/api/v1/population-book/signatures/below', {
      month,
      division: place.county,
      whole: true,
    })
    expect(signed.status).toBeLessThan(300)
    expect((await looked()).closedUntil).not.toBe(null)
  })

  test('tells the present name of a township, and of the month that has begun', async () => {
    const before = await looked()
    await office.sql(`update divisions set name = '新街道' where code = $1`, [township])
    const renamed = await looked()
    expect(renamed.parts.find(({ code }) => code === township)!.name).toBe('新街道')
    office.setNow(new Date('2026-09-01T00:00:00+08:00'))
    county = await office.officer('county_population', place.county)
    const next = await looked()
    expect([before.month, next.month]).toEqual(['2026-08-01', '2026-09-01'])
  })

  test('of a county is seen by a township as far as it is hers, and of another not at all', async () => {
    const hers = await office.officer('township_worker', township)
    await looked()
    const seen = await homeOf(hers)
    expect(seen.parts.map(({ code }) => code)).toEqual([township])
    expect(await homeOf(hers)).toEqual(seen)
    const { status } = await hers.get('/api/v1/population-home?division=371121102000')
    expect(status).toBe(403)
  })
})
