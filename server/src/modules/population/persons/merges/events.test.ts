import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '@youyu/shared/errors'
import type { Birth } from '@youyu/shared/population/births'
import type { Person, PersonMerge } from '@youyu/shared/population/persons'
import { bookDiffersFromFacts, postingsOf } from '../../../../../test/book.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import {
  bodyOf,
  furnishPlaces,
  keptCounts,
  places,
  recounted,
  register,
} from '../../../../../test/register.ts'

let office: TestOffice
let officer: Officer

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date('2026-08-20T09:00:00+08:00'))
  await furnishPlaces(office)
  officer = await office.officer('county_population', places.county)
})
afterAll(async () => await office.close())

const merge = (keepId: string, mergeId: string) =>
  officer.post('/api/v1/person-merges', { keepId, mergeId, reason: '同一人' })
const undo = (id: string) => officer.post(`/api/v1/person-merges/${id}/undo`, { reason: '弄错了' })
const read = async (id: string) => bodyOf<Person>(await officer.get(`/api/v1/persons/${id}`), 200)
const readBirth = async (id: string) => bodyOf<Birth>(await officer.get(`/api/v1/births/${id}`), 200)
const bear = async (given: object) =>
  bodyOf<Birth>(
    await officer.post('/api/v1/births', {
      ...{ occurredOn: '2026-08-01', sex: '1', place: 'HOSPITAL', child: {} },
      ...given,
    }),
    201,
  )
const die = async (personId: string) =>
  bodyOf<{ id: string }>(
    await officer.post('/api/v1/deaths', {
      ...{ personId, occurredOn: '2026-08-10', place: 'HOME', reporter: 'VILLAGE' },
    }),
    201,
  )
const closes = async () => {
  expect(await keptCounts(office)).toEqual(await recounted(office))
  expect(await bookDiffersFromFacts(office)).toEqual([])
}

describe('the events of a record that goes', () => {
  test('go over to the one that stays, and come back when the merge is undone', async () => {
    const [kept, merged] = [
      await register(officer, { name: '周兰' }),
      await register(officer, { name: '周岚' }),
    ]
    const birth = await bear({ motherId: merged.id })

    const done = bodyOf<PersonMerge>(await merge(kept.id, merged.id), 201)
    const after = await readBirth(birth.id)
    await closes()
    bodyOf(await undo(done.id), 201)

    expect(after.mother?.id).toBe(kept.id)
    expect((await readBirth(birth.id)).mother?.id).toBe(merged.id)
    expect((await read(birth.child!.id)).mother?.id).toBe(merged.id)
    await closes()
  })

  test('make a birth of an entry, and of the living who died', async () => {
    const [kept, merged] = [
      await register(officer, { birthDate: '2026-08-01', sex: '1', idNumber: null }),
      await register(officer, { birthDate: '2026-08-01', sex: '1', idNumber: null }),
    ]
    await bear({ childId: merged.id, child: undefined, divisionCode: places.village })
    await die(merged.id)

    const done = bodyOf<PersonMerge>(await merge(kept.id, merged.id), 201)
    const one = await read(kept.id)
    const posted = await postingsOf(office, kept.id)
    const gone = await postingsOf(office, merged.id)
    await closes()
    bodyOf(await undo(done.id), 201)

    expect(one.status).toBe('DECEASED')
    expect(posted.map(({ kind, residence }) => [kind, residence])).toEqual([
      ['BIRTH', 1],
      ['DEATH', -1],
    ])
    expect(gone).toEqual([])
    expect([(await read(kept.id)).status, (await read(merged.id)).status]).toEqual(['ACTIVE', 'DECEASED'])
    await closes()
  })

  test('hinder it where one person cannot have both', async () => {
    const people = await Promise.all([0, 1].map(() => register(officer, { birthDate: '1930-01-01' })))
    const [a, b] = people as [Person, Person]
    await die(a.id)
    await die(b.id)

    const answer = await merge(a.id, b.id)

    expect(answer.body as Problem).toMatchObject({
      code: 'not-mergeable',
      errors: [{ pointer: '/mergeId', detail: 'deaths' }],
    })
  })

  test('keep a merge from being undone once they were corrected', async () => {
    const [kept, merged] = [await register(officer), await register(officer)]
    const birth = await bear({ motherId: merged.id })
    const done = bodyOf<PersonMerge>(await merge(kept.id, merged.id), 201)
    bodyOf(
      await officer.post(`/api/v1/births/${birth.id}/corrections`, {
        set: { weightGrams: 3200 },
        reason: '补录',
      }),
      201,
    )

    expect(((await undo(done.id)).body as Problem).code).toBe('merge-changed-since')
  })
})
