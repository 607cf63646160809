import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Household } from '@youyu/shared/population/households'
import type { Person, PersonMerge } from '@youyu/shared/population/persons'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, furnishPlaces, keptCounts, places, recounted, register } from '../../../../test/register.ts'

let office: TestOffice
let officer: Officer

beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  officer = await office.officer('county_population', places.county)
})
afterAll(async () => await office.close())

describe('the kept counts', () => {
  const place = fc.constantFrom(
    places.village,
    places.nextVillage,
    places.farVillage,
    places.capital,
    places.otherCountyVillage,
  )
  const home = fc.constantFrom(places.village, places.nextVillage, places.farVillage)
  const status = fc.constantFrom('1', '2', '3', '4', '5', '9')
  const who = fc.nat(30)
  const deed = fc.oneof(
    fc.record({
      deed: fc.constant('create' as const),
      residenceDivision: place,
      hukouDivision: home,
      residenceStatus: status,
      sex: fc.constantFrom('1', '2', '9'),
    }),
    fc.record({
      deed: fc.constant('correct' as const),
      who,
      hukouDivision: home,
      sex: fc.constantFrom('1', '2'),
    }),
    fc.record({
      deed: fc.constant('move' as const),
      who,
      place,
      status,
      from: fc.constantFrom('2001-01-01', '2005-01-01', '2010-01-01', '2015-01-01'),
    }),
    fc.record({ deed: fc.constant('void' as const), who, which: fc.nat(3) }),
    fc.record({ deed: fc.constant('merge' as const), who, other: who }),
    fc.record({ deed: fc.constant('undo' as const), which: who }),
    fc.record({ deed: fc.constant('open' as const), who, home }),
    fc.record({ deed: fc.constant('split' as const), who, home }),
  )

  test('equal a recount, and nobody lives in two places, after whatever happens in whatever order', async () => {
    let number = 0
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 8, maxLength: 16 }), async (deeds) => {
        const people: string[] = [(await register(officer)).id, (await register(officer)).id]
        const merges: string[] = []
        for (const each of deeds) await happen(each, people, merges)

        expect(await keptCounts(office)).toEqual(await recounted(office))
        const astray = await office.sql(
          `select p.id from persons p where (select count(*) from residence_episodes e where e.person_id = p.id and e.voided_at is null and e.to_on is null
             and e.division_code = p.residence_division and e.status = p.residence_status and e.from_on is not distinct from p.residence_since) <> 1
           union all
           select m.id from persons p full join (select * from household_members where to_on is null and voided_at is null) m on m.person_id = p.id
           where p.household_id is distinct from m.household_id or p.relation_to_head is distinct from m.relation
           union all
           select h.id from households h join persons p on p.id = h.head_person_id where p.household_id <> h.id or p.relation_to_head <> '0'`,
        )
        expect(astray).toEqual([])
      }),
      { numRuns: 12 },
    )

    async function happen(
      each: typeof deed extends fc.Arbitrary<infer Deed> ? Deed : never,
      people: string[],
      merges: string[],
    ): Promise<void> {
      const id = 'who' in each ? (people[each.who % people.length] as string) : ''
      const person = id && bodyOf<Person>(await officer.get(`/api/v1/persons/${id}`), 200)
      const ifMatch = person ? person.version : 0
      switch (each.deed) {
        case 'create': {
          const { deed: _, ...given } = each
          people.push((await register(officer, { ...given, idNumber: null })).id)
          return
        }
        case 'correct':
          await officer.post(
            `/api/v1/persons/${id}/corrections`,
            { set: { hukouDivision: each.hukouDivision, sex: each.sex }, reason: '试' },
            { ifMatch },
          )
          return
        case 'move':
          await officer.post(
            `/api/v1/persons/${id}/residence-episodes`,
            { divisionCode: each.place, status: each.status, from: each.from },
            { ifMatch },
          )
          return
        case 'void': {
          const { residence } = (await officer.get(`/api/v1/persons/${id}/history`)).body as {
            residence: { id: string }[]
          }
          await officer.post(
            `/api/v1/persons/${id}/residence-episodes/${residence[each.which % residence.length]?.id}/void`,
            { reason: '试' },
            { ifMatch },
          )
          return
        }
        case 'merge': {
          const { status: code, body } = await officer.post('/api/v1/person-merges', {
            keepId: id,
            mergeId: people[each.other % people.length],
            reason: '试',
          })
          if (code === 201) merges.push((body as PersonMerge).id)
          expect(code).toBeLessThan(500)
          return
        }
        case 'undo':
          if (merges.length > 0)
            await officer.post(`/api/v1/person-merges/${merges[each.which % merges.length]}/undo`, {
              reason: '试',
            })
          return
        case 'open':
          await officer.post('/api/v1/households', {
            number: `R-${(number += 1)}`,
            type: 'FAMILY',
            divisionCode: each.home,
            headPersonId: id,
          })
          return
        case 'split': {
          if (!person || !person.householdId) return
          const household = bodyOf<Household>(
            await officer.get(`/api/v1/households/${person.householdId}`),
            200,
          )
          const body = {
            number: `R-${(number += 1)}`,
            divisionCode: each.home,
            members: [{ personId: id, relation: '0' }],
            on: '2026-01-01',
          }
          await officer.post(`/api/v1/households/${household.id}/split`, body, { ifMatch: household.version })
        }
      }
    }
  }, 120_000)
})
