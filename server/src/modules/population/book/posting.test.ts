import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '@youyu/shared/population/persons'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, furnishPlaces, places, register, somebody } from '../../../../test/register.ts'

let office: TestOffice
let county: Officer
beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  county = await office.officer('county_population', places.county)
})
afterAll(() => office.close())

const today = () => new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10)

async function postingsOf(person: Person): Promise<string[]> {
  const rows = await office.sql<{ line: string }>(
    `select concat_ws(' ', occurred_on, division_code, kind, sum(residence), sum(registered)) as line from population_postings
     where person_id = $1 group by occurred_on, division_code, kind having sum(residence) <> 0 or sum(registered) <> 0 order by 1`,
    [person.id],
  )
  return rows.map(({ line }) => line)
}

describe('a person in the book', () => {
  test('who was born long ago belongs to its opening', async () => {
    const person = await register(county, { birthDate: '1990-05-17' })

    const start = `${Number(today().slice(0, 4)) - 11}-12-31`
    expect(await postingsOf(person)).toEqual([`${start} ${places.village} OPENING 1 1`])
  })

  test('who moved between villages left one and came to the other', async () => {
    const person = await register(county, { birthDate: '1990-05-17' })
    bodyOf(
      await county.post(
        `/api/v1/persons/${person.id}/residence-episodes`,
        { divisionCode: places.nextVillage, from: '2024-03-10', status: '1' },
        { ifMatch: person.version },
      ),
      201,
    )

    expect((await postingsOf(person)).slice(1)).toEqual([
      `2024-03-10 ${places.village} OUT -1 0`,
      `2024-03-10 ${places.nextVillage} IN 1 0`,
    ])
  })

  test('who is corrected leaves nothing behind', async () => {
    const person = await register(county, { birthDate: '2024-05-17' })
    expect(await postingsOf(person)).toEqual([`2024-05-17 ${places.village} ENTRY 1 1`])
    bodyOf(
      await county.post(
        `/api/v1/persons/${person.id}/corrections`,
        { set: { birthDate: '2024-06-01', hukouDivision: places.farVillage }, reason: '登记错误' },
        { ifMatch: person.version },
      ),
      201,
    )

    expect(await postingsOf(person)).toEqual([
      `2024-06-01 ${places.village} ENTRY 1 0`,
      `2024-06-01 ${places.farVillage} ENTRY 0 1`,
    ])
  })
})

describe('whoever is new', () => {
  const anyDay = fc
    .tuple(
      fc.oneof(fc.integer({ min: 2014, max: 2017 }), fc.integer({ min: 2020, max: 2025 })),
      fc.integer({ min: 1, max: 12 }),
      fc.constantFrom(1, 28),
    )
    .map(([year, month, day]) => [year, month, day].map((part) => String(part).padStart(2, '0')).join('-'))
  const anyPlace = fc.constantFrom(
    places.village,
    places.nextVillage,
    places.farVillage,
    places.otherCountyVillage,
  )
  const newcomer = fc.record({
    birthDate: anyDay,
    since: fc.option(fc.oneof(anyDay, fc.constant('birth'))),
    home: anyPlace,
    hukou: anyPlace,
    status: fc.constantFrom('1', '2', '3', '4', '5', '9'),
  })
  const newborn = fc.record({ occurredOn: anyDay, home: anyPlace, hukou: anyPlace })

  /** What the book says and what it would say if it read the facts again; and what it would post. */
  const differences = `with known as (
      select person_id, division_code, occurred_on, kind, residence, registered, sex, birth_month, fact_id from population_postings
      where person_id = any($1::uuid[])
    ), wanted as (
      select f.* from population_books b, app.people_in_book(b.county_code, $1::uuid[], b.starts_on) f where b.county_code = 371121
    )
    select (select count(*)::int from (table known except table wanted) a) as superfluous,
      (select count(*)::int from (table wanted except table known) a) as missing,
      (select count(*)::int from app.post_people(371121, $1::uuid[], now(), $2)) as posted`
  const none = { superfluous: 0, missing: 0, posted: 0 }

  test('is posted as her facts are read, wherever and whenever she came', async () => {
    await fc.assert(
      fc.asyncProperty(newcomer, async ({ birthDate, since, home, hukou, status }) => {
        const answer = await county.post(
          '/api/v1/persons',
          somebody({
            ...{ birthDate, residenceDivision: home, hukouDivision: hukou, residenceStatus: status as '1' },
            residenceSince: since === 'birth' ? birthDate : since,
          }),
        )
        if (answer.status !== 201) return
        const { id } = answer.body as Person
        expect(await office.sql(differences, [[id], id])).toEqual([none])
      }),
      { numRuns: 150 },
    )
  })

  test('is posted as her birth is read, however late it was recorded', async () => {
    await fc.assert(
      fc.asyncProperty(newborn, async ({ occurredOn, home, hukou }) => {
        const answer = await county.post('/api/v1/births', {
          ...{ occurredOn, sex: '2', place: 'HOSPITAL', divisionCode: home, hukouDivision: hukou, child: {} },
        })
        if (answer.status !== 201) return
        const { id } = (answer.body as { child: Person }).child
        expect(await office.sql(differences, [[id], id])).toEqual([none])
      }),
      { numRuns: 80 },
    )
  })
})

test('the sums kept of postings are their sums, and the closing is a recount of facts', async () => {
  const [sums] = await office.sql(
    `select
      (select count(*)::int from (
        select division_code, date_trunc('month', occurred_on)::date, kind, sum(residence)::int, sum(registered)::int from population_postings group by 1, 2, 3
        except select division_code, month, kind, residence, registered from village_months) a) as months,
      (select count(*)::int from (
        select rpad(left(division_code, 9), 12, '0'), date_trunc('month', occurred_on)::date, sex, birth_month, sum(residence)::int, sum(registered)::int
        from population_postings group by 1, 2, 3, 4 having sum(residence) <> 0 or sum(registered) <> 0
        except select division_code, month, sex, birth_month, residence, registered from structure_changes) b) as changes,
      (select count(*)::int from (
        select code, residence, registered from app.recount_people(371121, '371121', '371121:', current_date)
        except select division_code, sum(residence)::int, sum(registered)::int from population_postings group by 1) c) as closing`,
  )
  expect(sums).toEqual({ months: 0, changes: 0, closing: 0 })
})
