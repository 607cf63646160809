import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '@youyu/shared/errors'
import type { Household, HouseholdRow } from '@youyu/shared/population/households'
import type { Person } from '@youyu/shared/population/persons'
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

let office: TestOffice
let officer: Officer
let serial = 0

beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  officer = await office.officer('county_population', places.county)
})
afterAll(async () => await office.close())

const read = async (id: string) => bodyOf<Household>(await officer.get(`/api/v1/households/${id}`), 200)

/** Father as head, mother, daughter. */
async function family(): Promise<{ household: Household; father: Person; mother: Person; daughter: Person }> {
  const father = await register(officer, { name: '赵父', sex: '1', birthDate: '1960-01-01' })
  const { id } = await openHousehold(officer, { number: `H-${(serial += 1)}`, headPersonId: father.id })
  const mother = await register(officer, {
    name: '赵母',
    birthDate: '1962-01-01',
    householdId: id,
    relationToHead: '1',
  })
  const daughter = await register(officer, {
    name: '赵女',
    birthDate: '1988-01-01',
    householdId: id,
    relationToHead: '3',
    motherId: mother.id,
  })
  return { household: await read(id), father, mother, daughter }
}

describe('a household', () => {
  test('is opened with its head, listed, found by number, and counted', async () => {
    const { household, father } = await family()

    const { body } = await officer.get(`/api/v1/households?number=${household.number}`)
    expect(household).toMatchObject({
      head: { id: father.id, name: '赵父' },
      members: 3,
      findings: [],
      division: { name: '洪凝社区' },
    })
    expect((body as { items: HouseholdRow[] }).items).toMatchObject([{ id: household.id, members: 3 }])
    expect(await keptCounts(office)).toEqual(await recounted(office))
  })

  test('pages through all of them once', async () => {
    for (let more = 0; more < 5; more += 1)
      await openHousehold(officer, { number: `P-${more}`, divisionCode: places.farVillage })

    const seen: string[] = []
    let next: string | null = ''
    while (next !== null) {
      const { body } = await officer.get(
        `/api/v1/households?limit=2&division=${places.otherTownship}${next && `&cursor=${next}`}`,
      )
      const page = body as { items: HouseholdRow[]; nextCursor: string | null }
      seen.push(...page.items.map(({ number }) => number))
      next = page.nextCursor
    }

    expect(seen.sort()).toEqual(['P-0', 'P-1', 'P-2', 'P-3', 'P-4'])
  })

  test('is changed against its version, and the count moves with it', async () => {
    const household = await openHousehold(officer, { number: 'C-1' })
    const patch = (ifMatch: number) =>
      officer.patch(
        `/api/v1/households/${household.id}`,
        { divisionCode: places.nextVillage, address: '新址' },
        { ifMatch },
      )

    expect(bodyOf<Household>(await patch(1), 200)).toMatchObject({
      division: { code: places.nextVillage },
      address: '新址',
      version: 2,
    })
    expect((await patch(1)).status).toBe(412)
    expect(await keptCounts(office)).toEqual(await recounted(office))
  })

  test.each([
    ['a number that is taken', { number: 'T-1' }, 409, 'household-number-taken', undefined],
    [
      'an unknown place',
      { number: 'T-2', divisionCode: '371121009009' },
      400,
      'invalid-request',
      '/divisionCode',
    ],
    [
      'a place outside the area',
      { number: 'T-3', divisionCode: places.otherCountyVillage },
      403,
      'out-of-area',
      '/divisionCode',
    ],
    ['a number with other signs', { number: '户一' }, 400, 'invalid-request', '/number'],
    [
      'an unknown head',
      { number: 'T-4', headPersonId: '018f0000-0000-7000-8000-00000000000c' },
      400,
      'invalid-request',
      '/headPersonId',
    ],
  ])('is refused for %s', async (_, given, status, code, pointer) => {
    await officer.post('/api/v1/households', { number: 'T-1', type: 'FAMILY', divisionCode: places.village })

    const answer = await officer.post('/api/v1/households', {
      type: 'FAMILY',
      divisionCode: places.village,
      ...given,
    })

    const problem = answer.body as Problem
    expect([answer.status, problem.code, problem.errors?.[0]?.pointer]).toEqual([status, code, pointer])
  })

  test('is invisible to the other township and the other county, and changed by nobody without the permission', async () => {
    const { household } = await family()
    const neighbours = [
      await office.officer('township_worker', places.otherTownship),
      await office.officer('county_population', places.otherCounty),
    ]
    const reader = await office.officer('county_mch', places.county)

    for (const neighbour of neighbours)
      expect((await neighbour.get(`/api/v1/households/${household.id}`)).status).toBe(404)
    expect(
      (
        await reader.patch(
          `/api/v1/households/${household.id}`,
          { number: 'X' },
          { ifMatch: household.version },
        )
      ).status,
    ).toBe(403)
  })
})
