import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BirthRegistration } from '@youyu/shared/population/birth-registrations'
import { accessTo } from '../../../../test/accesses.ts'
import { aBirth, openBirthDesk, type BirthDesk } from '../../../../test/births.ts'
import { bodyOf, places, register } from '../../../../test/register.ts'
import { reading } from '../../../database/transaction.ts'
import { findAround } from './queries-circumstances.ts'

let desk: BirthDesk
const far = { residenceDivision: places.farVillage, hukouDivision: places.farVillage }
let people: { mother: string; father: string; child: string }

beforeAll(async () => {
  desk = await openBirthDesk()
  const { officer } = desk
  const [mother, father] = [
    await desk.aWoman(),
    await register(officer, { name: '李强', sex: '1', birthDate: '1990-01-01', ...far }),
  ]
  const parents = { motherId: mother.id, fatherId: father.id }
  const counted = { divisionCode: places.farVillage, hukouDivision: places.farVillage }
  await desk.recorded({ ...parents, occurredOn: '2018-01-10' })
  await desk.recorded({ ...parents, occurredOn: '2020-02-10', ...counted })
  await desk.recorded({ ...parents, occurredOn: '2022-03-10', outcome: 'STILLBIRTH', child: undefined })
  const born = await desk.recorded({ ...parents, occurredOn: '2024-04-10' })
  await register(officer, { name: '李明', birthDate: '2014-01-01', motherId: mother.id, ...far })
  await register(officer, { name: '李亮', birthDate: '2016-01-01', motherId: mother.id })
  people = { mother: mother.id, father: father.id, child: born.child!.id }
})
afterAll(() => desk.close())

const areas = [
  [places.village],
  [places.nextVillage],
  [places.street.slice(0, 9)],
  [places.otherTownship.slice(0, 9)],
  [places.farVillage],
  [places.village, places.farVillage],
  ['371121'],
  ['370321'],
  [],
]

describe('what a birth is judged by', () => {
  test.each(areas.map((area) => [area]))('is what row-level security shows to the area %j', async (area) => {
    const access = { ...accessTo(...area), county: 371121 }
    const { mother, father, child } = people
    const asked = { childId: child, motherId: mother, fatherId: father, on: '2026-08-01' }

    const shown = await reading(desk.office.db, access, async (tx) => {
      const { rows } = await tx.execute<{ id: string }>(
        sql`select id from persons where county_code = 371121 and id in (${mother}, ${father}, ${child}) order by 1`,
      )
      const others = await tx.execute<{ day: string }>(sql`
        select occurred_on::text as day from births where county_code = 371121 and mother_id = ${mother} and voided_at is null
        union all select p.birth_date::text from persons p where p.county_code = 371121 and p.mother_id = ${mother}
          and not exists (select from births b where b.county_code = 371121 and b.child_id = p.id and b.voided_at is null)
        order by 1`)
      return { people: rows.map(({ id }) => id), siblings: others.rows.map(({ day }) => day) }
    })
    const around = await reading(desk.office.db, access, (tx) => findAround(tx, access, asked))

    expect([...around.people.keys()].sort()).toEqual(shown.people)
    expect(around.siblings.map(({ occurredOn }) => occurredOn).sort()).toEqual(shown.siblings)
  })

  test('is nothing of another county, whatever the area', async () => {
    const access = { ...accessTo('371121'), county: 370321 }
    const { mother, father, child } = people
    const asked = { childId: child, motherId: mother, fatherId: father, on: '2026-08-01' }

    const around = await reading(desk.office.db, access, (tx) => findAround(tx, access, asked))

    expect(around).toEqual({ people: new Map(), siblings: [] })
  })
})

test('a registration that the area does not see is joined by who sees it', async () => {
  const [mother, father] = [
    await desk.aWoman(),
    await register(desk.officer, { name: '李刚', sex: '1', birthDate: '1990-01-01', ...far }),
  ]
  const url = '/api/v1/birth-registrations'
  const announced = bodyOf<BirthRegistration>(
    await desk.officer.post(url, {
      ...{ registrantId: father.id, partnerId: mother.id, divisionCode: places.farVillage },
      ...{ purpose: 'PREGNANT', expectedOn: '2026-08-03', channel: 'SELF_ONLINE' },
    }),
    201,
  )
  const read = async () => bodyOf<BirthRegistration>(await desk.officer.get(`${url}/${announced.id}`), 200)
  const villager = await desk.office.officer('village_worker', places.village)

  bodyOf(await villager.post('/api/v1/births', aBirth({ motherId: mother.id })), 201)
  expect(await read()).toMatchObject({ status: 'REGISTERED', birthId: null })
  const twin = aBirth({ motherId: mother.id, plurality: 2, sequence: 2 })
  const { id } = bodyOf<{ id: string }>(await desk.officer.post('/api/v1/births', twin), 201)
  expect(await read()).toMatchObject({ status: 'LINKED_TO_BIRTH', birthId: id })
})
