import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Place } from '../../../../../test/county.ts'
import { furnishEvents } from '../../../../../test/furnished-county.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf } from '../../../../../test/register.ts'
import type { IndicatorRecord } from '@youyu/shared/population/indicators'
import type { IndicatorAnswer } from './service.ts'

let office: TestOffice
let place: Place
let county: Officer
let before: IndicatorAnswer
beforeAll(async () => {
  office = await openOffice()
  place = await furnishEvents(office)
  county = await office.officer('county_population', place.county)
  before = await ask('POP-02', { by: 'part' })
  const steward = await office.officer('sys_admin', null)
  // 东二村 goes from 东镇 to 西镇 in March 2026.
  bodyOf(
    await steward.post('/api/v1/division-changes', {
      kind: 'TRANSFER',
      from: ['371121101202'],
      to: [{ code: '371121102203', name: '东二村' }],
      effectiveOn: '2026-03-01',
      sourceDocument: '民政函〔2026〕1号',
    }),
    201,
  )
}, 60_000)
afterAll(() => office.close())

const period = { from: '2025-01-01', to: '2025-12-01' }

async function ask(
  code: string,
  query: Record<string, string> = {},
  officer = county,
): Promise<IndicatorAnswer> {
  const search = new URLSearchParams({ division: place.county, ...period, ...query })
  return bodyOf<IndicatorAnswer>(await officer.get(`/api/v1/indicators/${code}?${search.toString()}`), 200)
}

const figures = ({ values }: IndicatorAnswer) =>
  values.map(({ numerator, denominator }) => [numerator, denominator])

describe('after a village has gone to another township', () => {
  test('its past counts where it is today', async () => {
    const [moved] = await office.sql<{ births: number; people: number }>(
      `select (select count(*)::int from births where division_code = '371121101202' and voided_at is null and outcome = 'LIVE' and occurred_on between '2025-01-01' and '2025-12-31') as births,
        (select sum(residence)::float8 from population_postings where division_code = '371121101202' and occurred_on <= '2024-12-31') / 2
        + (select sum(residence)::float8 from population_postings where division_code = '371121101202' and occurred_on <= '2025-12-31') / 2 as people`,
    )
    const [east, west] = figures(before) as [[number, number], [number, number]]

    expect(moved!.births).toBeGreaterThan(0)
    expect(figures(await ask('POP-02', { by: 'part' }))).toEqual([
      [east[0] - moved!.births, east[1] - moved!.people],
      [west[0] + moved!.births, west[1] + moved!.people],
    ])
  })

  test('and where it was, by the boundary of the time', async () => {
    const answer = await ask('POP-02', { by: 'part', boundary: '2026-01-01' })

    expect(figures(answer)).toEqual(figures(before))
    expect(answer.values[0]?.boundaryDate).toBe('2026-01-01')
  })

  test('under the names of the time, when a township has been renamed since', async () => {
    const names = ({ values }: IndicatorAnswer) => values.map(({ division: { name } }) => name)
    const steward = await office.officer('sys_admin', null)
    const renaming = {
      ...{ kind: 'RENAME', from: [place.otherTownship], to: [{ code: place.otherTownship, name: '新西镇' }] },
      ...{ effectiveOn: '2026-03-02', sourceDocument: '民政函〔2026〕2号' },
    }
    bodyOf(await steward.post('/api/v1/division-changes', renaming), 201)

    expect(names(await ask('POP-02', { by: 'part' }))).toEqual(['东镇', '新西镇'])
    expect(names(await ask('POP-02', { by: 'part', boundary: '2026-03-02' }))).toEqual(['东镇', '新西镇'])
    expect(names(await ask('POP-02', { by: 'part', boundary: '2026-03-01' }))).toEqual(names(before))
  })

  test('the village itself keeps its past, with ages', async () => {
    const [now, then] = await Promise.all([
      ask('POP-08', { division: '371121102203' }),
      office.sql<{ births: number }>(
        `select count(*)::int as births from births where division_code = '371121101202' and voided_at is null and outcome = 'LIVE' and occurred_on between '2025-01-01' and '2025-12-31'`,
      ),
    ])

    expect(now.values[0]?.numerator).toBe(then[0]?.births)
    expect(now.values[0]?.denominator).toBeGreaterThan(0)
  })

  test('its township sees the records that came with it', async () => {
    const township = await office.officer('township_worker', place.otherTownship)
    const search = new URLSearchParams({ division: '371121102203', ...period, limit: '200' })
    const { items, total } = bodyOf<{ items: IndicatorRecord[]; total: number }>(
      await township.get(`/api/v1/indicators/POP-01/records?${search.toString()}`),
      200,
    )

    expect(items).toHaveLength(total)
    expect(total).toBe((await ask('POP-01', { division: '371121102203' }, township)).values[0]?.numerator)
    expect(new Set(items.map(({ division }) => division.code))).toEqual(new Set(['371121102203']))
  })

  test('the county is what it was', async () => {
    const [east, west] = figures(before) as [[number, number], [number, number]]

    expect(figures(await ask('POP-02'))[0]).toEqual([east[0] + west[0], east[1] + west[1]])
  })
})
