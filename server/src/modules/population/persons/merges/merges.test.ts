import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '@youyu/shared/errors'
import type { Household } from '@youyu/shared/population/households'
import type { ChangePreview, Person, PersonMerge } from '@youyu/shared/population/persons'
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

beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  officer = await office.officer('county_population', places.county)
})
afterAll(async () => await office.close())

const merge = (body: object, query = '') =>
  officer.post(`/api/v1/person-merges${query}`, { reason: '同一人', ...body })
const read = async (id: string) => bodyOf<Person>(await officer.get(`/api/v1/persons/${id}`), 200)

describe('merging two records', () => {
  test('leaves one person who took what was asked, and undoing gives both back as they were', async () => {
    const kept = await register(officer, { name: '王小一', idNumber: null })
    const merged = await register(officer, {
      name: '王晓一',
      phone: '13611110000',
      hukouDivision: places.farVillage,
    })
    const asked = { keepId: kept.id, mergeId: merged.id, take: ['idNumber', 'phone', 'name'] }

    const preview = bodyOf<ChangePreview>(await merge(asked, '?dryRun=true'), 200)
    const done = bodyOf<PersonMerge>(await merge(asked), 201)
    const one = await read(kept.id)
    const gone = await read(merged.id)
    const counted = [await keptCounts(office), await recounted(office)]
    bodyOf<PersonMerge>(
      await officer.post(`/api/v1/person-merges/${done.id}/undo`, { reason: '弄错了' }),
      201,
    )

    expect(preview.changes).toContainEqual(
      expect.objectContaining({ id: kept.id, field: 'name', before: '王小一', after: '王晓一' }),
    )
    expect(one).toMatchObject({ name: '王晓一', phone: merged.phone, idNumber: merged.idNumber })
    expect(gone).toMatchObject({ status: 'MERGED', mergedInto: kept.id, idNumber: merged.idNumber })
    expect(counted[0]).toEqual(counted[1])
    const [again, back] = [await read(kept.id), await read(merged.id)]
    expect({ ...again, version: 1, updatedAt: kept.updatedAt }).toEqual(kept)
    expect({ ...back, version: 1, updatedAt: merged.updatedAt }).toEqual(merged)
    expect(await keptCounts(office)).toEqual(await recounted(office))
    const revealed = await officer.post(`/api/v1/persons/${merged.id}/reveal`, {
      fields: ['phone'],
      purpose: 'REGISTER',
      reason: '核对',
    })
    expect(revealed.body).toMatchObject({ values: { phone: '13611110000' } })
  })

  test('takes over the household, its head and the children, and gives them back', async () => {
    const merged = await register(officer, { name: '李大', birthDate: '1960-01-01' })
    const household = await openHousehold(officer, { number: 'H-merge-1', headPersonId: merged.id })
    const child = await register(officer, {
      name: '李小',
      birthDate: '1985-01-01',
      motherId: merged.id,
      householdId: household.id,
      relationToHead: '3',
    })
    const kept = await register(officer, { name: '李大', birthDate: '1960-01-01', idNumber: null })

    const done = bodyOf<PersonMerge>(await merge({ keepId: kept.id, mergeId: merged.id }), 201)
    const [home, one, daughter] = [
      bodyOf<Household>(await officer.get(`/api/v1/households/${household.id}`), 200),
      await read(kept.id),
      await read(child.id),
    ]
    bodyOf(await officer.post(`/api/v1/person-merges/${done.id}/undo`, { reason: '弄错了' }), 201)
    const homeAgain = bodyOf<Household>(await officer.get(`/api/v1/households/${household.id}`), 200)

    expect(home.head?.id).toBe(kept.id)
    expect(home.members).toBe(2)
    expect(one).toMatchObject({ householdId: household.id, relationToHead: '0' })
    expect(daughter.mother?.id).toBe(kept.id)
    expect(homeAgain.head?.id).toBe(merged.id)
    expect((await read(child.id)).mother?.id).toBe(merged.id)
    expect((await read(kept.id)).householdId).toBeNull()
  })

  test('shows under the record that stays what was recorded of either', async () => {
    const kept = await register(officer)
    const merged = await register(officer, {
      residenceDivision: places.nextVillage,
      residenceSince: '2011-11-11',
    })
    await merge({ keepId: kept.id, mergeId: merged.id })

    const { body } = await officer.get(`/api/v1/persons/${kept.id}/history`)

    expect((body as { residence: { from: string | null }[] }).residence.map(({ from }) => from)).toContain(
      '2011-11-11',
    )
    const merges = await officer.get(`/api/v1/persons/${merged.id}/merges`)
    expect((merges.body as { items: PersonMerge[] }).items).toMatchObject([
      { keptId: kept.id, mergedId: merged.id, undoneAt: null },
    ])
  })

  test('frees the number for the one that stays and for nobody else', async () => {
    const kept = await register(officer, { idNumber: null })
    const merged = await register(officer)
    bodyOf(await merge({ keepId: kept.id, mergeId: merged.id, take: ['idNumber'] }), 201)

    const rows = await office.sql(
      `select status from persons where id_number_hash = (select id_number_hash from persons where id = $1) order by status`,
      [merged.id],
    )

    expect(rows).toEqual([{ status: 'ACTIVE' }, { status: 'MERGED' }])
  })

  test('cannot be undone after the record changed, nor twice', async () => {
    const [kept, merged] = [await register(officer), await register(officer)]
    const done = bodyOf<PersonMerge>(await merge({ keepId: kept.id, mergeId: merged.id }), 201)
    const undo = () => officer.post(`/api/v1/person-merges/${done.id}/undo`, { reason: '试' })

    await officer.post(
      `/api/v1/persons/${kept.id}/corrections`,
      { set: { education: '20' }, reason: '补录' },
      { ifMatch: 2 },
    )
    const changed = await undo()
    const [a, b] = [await register(officer), await register(officer)]
    const second = bodyOf<PersonMerge>(await merge({ keepId: a.id, mergeId: b.id }), 201)
    const answers = [
      await officer.post(`/api/v1/person-merges/${second.id}/undo`, { reason: '试' }),
      await officer.post(`/api/v1/person-merges/${second.id}/undo`, { reason: '试' }),
    ]

    expect((changed.body as Problem).code).toBe('merge-changed-since')
    expect(answers.map(({ status }) => status)).toEqual([201, 409])
  })

  test.each([
    ['a record with itself', (a: Person) => ({ keepId: a.id, mergeId: a.id }), 409, 'same-person'],
    [
      'an unknown record',
      (a: Person) => ({ keepId: a.id, mergeId: '018f0000-0000-7000-8000-00000000000b' }),
      404,
      'not-found',
    ],
  ])('is refused for %s', async (_, asked, status, code) => {
    const answer = await merge(asked(await register(officer)))

    expect([answer.status, (answer.body as Problem).code]).toEqual([status, code])
  })

  test('is refused for a record that went already, and for mother and child', async () => {
    const [a, b, c] = [await register(officer), await register(officer), await register(officer)]
    await merge({ keepId: a.id, mergeId: b.id })
    const mother = await register(officer, { birthDate: '1960-01-01' })
    const child = await register(officer, { birthDate: '1985-01-01', motherId: mother.id })

    expect(((await merge({ keepId: c.id, mergeId: b.id })).body as Problem).code).toBe('not-mergeable')
    expect(((await merge({ keepId: child.id, mergeId: mother.id })).body as Problem).code).toBe(
      'not-mergeable',
    )
  })

  test('happens once for one key, needs the permission and both records inside the area', async () => {
    const [a, b] = [
      await register(officer),
      await register(officer, { hukouDivision: places.farVillage, residenceDivision: places.farVillage }),
    ]
    const body = { keepId: a.id, mergeId: b.id, reason: '同一人' }
    const township = await office.officer('data_steward', places.street)

    expect(
      (await (await office.officer('township_worker', places.street)).post('/api/v1/person-merges', body))
        .status,
    ).toBe(403)
    expect((await township.post('/api/v1/person-merges', body)).status).toBe(404)
    const first = await officer.post('/api/v1/person-merges', body, { key: 'merge-once' })
    const second = await officer.post('/api/v1/person-merges', body, { key: 'merge-once' })
    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.body).toEqual(first.body)
  })
})
