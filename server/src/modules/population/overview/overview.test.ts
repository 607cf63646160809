import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import {
  bodyOf,
  furnishPlaces,
  keptCounts,
  openHousehold,
  places,
  recounted,
  register,
} from '../../../../test/register.ts'
import { adjustVillageCounts, villageDeltasOf } from './queries.ts'

type Overview = {
  counts: Record<string, number>
  parts: ({ code: string; name: string } & Record<string, number>)[]
  freshness: string | null
  villages: number
  villagesWithPeople: number
  division: { name: string; level: number }
}

let office: TestOffice
let officer: Officer

beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  officer = await office.officer('county_population', places.county)
})
afterAll(async () => await office.close())

const overview = async (by: Officer, query = '') =>
  bodyOf<Overview>(await by.get(`/api/v1/overview${query}`), 200)

describe('the overview', () => {
  test('is empty where nobody is registered', async () => {
    expect(await overview(officer)).toMatchObject({
      division: { name: '五莲县', level: 3 },
      counts: { residents: 0, households: 0 },
      parts: [{ code: places.street }, { code: places.otherTownship }],
      freshness: null,
      villages: 3,
      villagesWithPeople: 0,
    })
  })

  test('adds the villages up, part by part, each area for itself', async () => {
    await register(officer, { sex: '1' })
    await register(officer, { residenceDivision: places.farVillage, residenceStatus: '3' })
    await register(officer, { residenceDivision: places.capital, residenceStatus: '2' })
    await openHousehold(officer, { number: 'O-1', divisionCode: places.nextVillage })

    const county = await overview(officer)
    const township = await overview(await office.officer('township_worker', places.street))
    const village = await overview(officer, `?division=${places.village}`)

    expect(county.counts).toEqual({
      residents: 2,
      registered: 3,
      inflow: 1,
      away: 1,
      households: 1,
      male: 1,
      female: 1,
    })
    expect(county.parts.map(({ name, residents, registered }) => [name, residents, registered])).toEqual([
      ['洪凝街道', 1, 3],
      ['街头镇', 1, 0],
    ])
    expect(county.freshness).not.toBeNull()
    expect(township.counts).toMatchObject({ residents: 1, registered: 3, away: 1, households: 1 })
    expect(township.parts.map(({ name, residents }) => [name, residents])).toEqual([
      ['洪凝社区', 1],
      ['红泥崖村', 0],
    ])
    expect(village.parts).toEqual([])
    expect(village.counts).toMatchObject({ residents: 1, registered: 3 })
  })

  test('is not told of another area, nor without a permission', async () => {
    const township = await office.officer('township_worker', places.street)

    expect((await township.get(`/api/v1/overview?division=${places.otherTownship}`)).status).toBe(403)
    expect((await officer.get(`/api/v1/overview?division=371121009000`)).status).toBe(400)
    expect((await (await office.officer('pharmacist', places.county)).get('/api/v1/overview')).status).toBe(
      403,
    )
  })

  test('set-based deltas are the same sums as those of one person', async () => {
    await office.sql('delete from village_counts')

    const all =
      'select residence_division, hukou_division, residence_status, sex, status, 1 as weight from persons'
    await office.sql(adjustVillageCounts(villageDeltasOf(all, 371121), 371121, '$1'), [new Date()])
    await office.sql(
      'update village_counts v set households = n.count from (select division_code, count(*) from households group by 1) n where n.division_code = v.division_code',
    )
    await office.sql(
      `insert into village_counts select 371121, h.division_code, 0, 0, 0, 0, count(*), 0, 0, now() from households h where not exists (select from village_counts v where v.division_code = h.division_code) group by 2`,
    )

    expect(await keptCounts(office)).toEqual(await recounted(office))
  })
})
