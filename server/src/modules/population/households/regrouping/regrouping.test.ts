import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '@youyu/shared/errors'
import type { Household } from '@youyu/shared/population/households'
import type { ChangePreview, Person } from '@youyu/shared/population/persons'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import {
  bodyOf,
  furnishPlaces,
  keptCounts,
  openHousehold,
  places,
  recounted,
  register,
} from '../../../../../test/register.ts'

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
const person = async (id: string) => bodyOf<Person>(await officer.get(`/api/v1/persons/${id}`), 200)

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

describe('splitting a household', () => {
  test('founds a new one for those who leave, previewed before it is done', async () => {
    const { household, daughter } = await family()
    const url = `/api/v1/households/${household.id}/split`
    const body = {
      number: `S-${household.number}`,
      members: [{ personId: daughter.id, relation: '0' }],
      on: '2020-05-01',
    }

    await officer.post(
      `/api/v1/persons/${daughter.id}/corrections`,
      { set: { education: '20' }, reason: '补录' },
      { ifMatch: 1 },
    )
    const answer = await officer.post(`${url}?dryRun=true`, body, { ifMatch: household.version })

    const preview = bodyOf<ChangePreview>(answer, 200)
    expect(preview.changes).toContainEqual(
      expect.objectContaining({ field: 'household', before: household.number, after: body.number }),
    )
    expect((await read(household.id)).members).toBe(3)
    const founded = bodyOf<Household>(
      await officer.post(url, body, { ifMatch: household.version, key: body.number }),
      201,
    )
    const again = bodyOf<Household>(
      await officer.post(url, body, { ifMatch: household.version, key: body.number }),
      201,
    )
    expect(founded).toMatchObject({
      number: body.number,
      head: { id: daughter.id },
      members: 1,
      type: 'SINGLE',
    })
    expect(again).toEqual(founded)
    const old = await read(household.id)
    expect(old.members).toBe(2)
    expect(old.memberList.find(({ personId }) => personId === daughter.id)).toMatchObject({
      to: '2020-05-01',
    })
    expect(await person(daughter.id)).toMatchObject({
      householdId: founded.id,
      relationToHead: '0',
      householdNumber: founded.number,
    })
    expect(await keptCounts(office)).toEqual(await recounted(office))
  })

  test('keeps the head with those who stay, and wants one head among those who leave', async () => {
    const { household, father, mother, daughter } = await family()
    const split = async (members: object[]) => {
      const answer = await officer.post(
        `/api/v1/households/${household.id}/split`,
        { number: 'S-x', members, on: '2020-01-01' },
        { ifMatch: household.version },
      )
      return (answer.body as Problem).errors?.[0]?.code ?? (answer.body as Problem).code
    }

    expect(await split([{ personId: father.id, relation: '0' }])).toBe('head-must-remain')
    expect(await split([{ personId: mother.id, relation: '8' }])).toBe('invalid-value')
    expect(
      await split([
        { personId: mother.id, relation: '0' },
        { personId: daughter.id, relation: '0' },
      ]),
    ).toBe('invalid-value')
    expect(await split([{ personId: (await register(officer)).id, relation: '0' }])).toBe('not-a-member')
  })
})

describe('joining a household', () => {
  test('takes the person out of the one she was in', async () => {
    const [from, to] = [await family(), await family()]

    const joined = await officer.post(
      `/api/v1/households/${to.household.id}/members`,
      { personId: from.daughter.id, relation: '8', on: '2021-01-01' },
      { ifMatch: to.household.version },
    )

    expect(bodyOf<Household>(joined, 201).members).toBe(4)
    expect((await read(from.household.id)).members).toBe(2)
    const { facts } = (await officer.get(`/api/v1/persons/${from.daughter.id}/history`)).body as {
      facts: { kind: string; occurredOn: string }[]
    }
    expect(facts[0]).toMatchObject({ kind: 'household', occurredOn: '2021-01-01' })
  })

  test.each([
    [
      'a head leaves others behind',
      (all: Awaited<ReturnType<typeof family>>) => ({
        personId: all.father.id,
        relation: '8',
        on: '2021-01-01',
      }),
      'head-must-remain',
    ],
    [
      'the household has a head already',
      (all: Awaited<ReturnType<typeof family>>) => ({
        personId: all.daughter.id,
        relation: '0',
        on: '2021-01-01',
      }),
      'conflict',
    ],
    [
      'the day is to come',
      (all: Awaited<ReturnType<typeof family>>) => ({
        personId: all.daughter.id,
        relation: '8',
        on: '2999-01-01',
      }),
      'invalid-date',
    ],
  ])('is refused where %s', async (_, body, code) => {
    const [from, to] = [await family(), await family()]

    const answer = await officer.post(`/api/v1/households/${to.household.id}/members`, body(from), {
      ifMatch: to.household.version,
    })

    const problem = answer.body as Problem
    expect(problem.errors?.[0]?.code ?? problem.code).toBe(code)
  })

  test('makes a finding of a daughter who is older than the head', async () => {
    const { household } = await family()
    const older = await register(officer, { birthDate: '1950-01-01' })

    const answer = await officer.post(
      `/api/v1/households/${household.id}/members`,
      { personId: older.id, relation: '3', on: '2021-01-01' },
      { ifMatch: household.version },
    )

    expect(bodyOf<Household>(answer, 201).findings).toEqual(['F7'])
    expect((await person(older.id)).findings).toEqual(['F7'])
  })
})

describe('changing the head', () => {
  test('restates the relations to the new head', async () => {
    const { household, father, mother, daughter } = await family()

    const answer = await officer.post(
      `/api/v1/households/${household.id}/head`,
      { personId: daughter.id, on: '2022-01-01' },
      { ifMatch: household.version },
    )

    const changed = bodyOf<Household>(answer, 201)
    const present = Object.fromEntries(
      changed.memberList
        .filter(({ to }) => to === null)
        .map(({ personId, relation }) => [personId, relation]),
    )
    expect(present).toEqual({ [father.id]: '5', [mother.id]: '5', [daughter.id]: '0' })
    expect(changed.head?.id).toBe(daughter.id)
    expect((await person(father.id)).relationToHead).toBe('5')
  })

  test('refuses somebody who is no member, and an older version', async () => {
    const { household } = await family()
    const stranger = await register(officer)
    const change = (personId: string, ifMatch: number) =>
      officer.post(`/api/v1/households/${household.id}/head`, { personId, on: '2022-01-01' }, { ifMatch })

    expect(((await change(stranger.id, household.version)).body as Problem).code).toBe('not-a-member')
    expect((await change(stranger.id, household.version + 5)).status).toBe(412)
  })

  test('lets a household without a head be told apart', async () => {
    const { id } = await openHousehold(officer, { number: 'F6-1' })
    await register(officer, { householdId: id, relationToHead: '8' })

    expect((await read(id)).findings).toEqual(['F6'])
  })
})
