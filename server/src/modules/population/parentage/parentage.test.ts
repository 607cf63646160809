import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '@youyu/shared/errors'
import type { EventPreview } from '@youyu/shared/population/event-preview'
import type { Parentage, ParentageRow } from '@youyu/shared/population/parentage'
import type { Person } from '@youyu/shared/population/persons'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, furnishPlaces, places, register } from '../../../../test/register.ts'
import { parentageFindings } from './rules.ts'

let office: TestOffice
let officer: Officer

beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  officer = await office.officer('county_population', places.county)
})
afterAll(async () => await office.close())

const family = async () => {
  const mother = await register(officer, { name: '王芳', birthDate: '1990-01-01' })
  const adopter = await register(officer, { name: '李梅', birthDate: '1985-01-01' })
  const child = await register(officer, {
    name: '小宝',
    sex: '1',
    birthDate: '2018-05-01',
    motherId: mother.id,
  })
  return { mother, adopter, child }
}
const record = (body: object, query = '', key?: string) =>
  officer.post(`/api/v1/parentage-events${query}`, body, key ? { key } : {})
const recorded = async (body: object) => bodyOf<Parentage>(await record(body), 201)
const motherOf = async (id: string) =>
  bodyOf<Person>(await officer.get(`/api/v1/persons/${id}`), 200).mother?.name

describe('an adoption', () => {
  test('gives the child a parent, is told first, and gives back the one of birth when it is voided', async () => {
    const { adopter, child } = await family()
    const body = { childId: child.id, adultId: adopter.id, kind: 'ADOPTIVE', occurredOn: '2020-06-01' }

    const preview = bodyOf<EventPreview>(await record(body, '?dryRun=true'), 200)
    expect(await motherOf(child.id)).toBe('王芳')
    const adoption = await recorded(body)

    expect(preview.changes).toContainEqual(expect.objectContaining({ field: 'motherId', after: adopter.id }))
    expect(await motherOf(child.id)).toBe('李梅')
    const url = `/api/v1/parentage-events/${adoption.id}/void`
    const voided = bodyOf<Parentage>(await officer.post(url, { reason: '误录' }), 201)
    expect(voided.voidReason).toBe('误录')
    expect(await motherOf(child.id)).toBe('王芳')
    expect((await officer.post(url, { reason: '误录' })).status).toBe(409)
  })

  test('that has ended is corrected, and the parent of birth is back', async () => {
    const { adopter, child } = await family()
    const body = { childId: child.id, adultId: adopter.id, kind: 'ADOPTIVE', occurredOn: '2020-06-01' }
    const adoption = await recorded(body)

    const ended = bodyOf<Parentage>(
      await officer.post(`/api/v1/parentage-events/${adoption.id}/corrections`, {
        ...{ set: { endedOn: '2022-01-01' }, reason: '解除收养' },
      }),
      201,
    )

    expect(ended).toMatchObject({ replaces: adoption.id, endedOn: '2022-01-01' })
    expect(await motherOf(child.id)).toBe('王芳')
  })

  test('by a guardian changes no parent', async () => {
    const { adopter, child } = await family()

    await recorded({ childId: child.id, adultId: adopter.id, kind: 'GUARDIAN', occurredOn: '2020-06-01' })

    expect(await motherOf(child.id)).toBe('王芳')
    const { items } = bodyOf<{ items: ParentageRow[] }>(
      await officer.get(`/api/v1/parentage-events?childId=${child.id}`),
      200,
    )
    expect(items).toMatchObject([{ kind: 'GUARDIAN', adult: { name: '李梅' }, child: { name: '小宝' } }])
  })

  test.each([
    ['of a day to come', { occurredOn: '2999-01-01' }, '/occurredOn', 'invalid-date'],
    ['before the child was born', { occurredOn: '2001-01-01' }, '/occurredOn', 'invalid-date'],
    ['that ends before it begins', { endedOn: '2019-01-01' }, '/endedOn', 'invalid-date'],
    ['by nobody', { adultId: '01900000-0000-7000-8000-0000000000ff' }, '/adultId', 'not-found'],
  ])('%s is refused with its field', async (_, given, pointer, code) => {
    const { adopter, child } = await family()

    const answer = await record({
      ...{ childId: child.id, adultId: adopter.id },
      kind: 'STEP',
      occurredOn: '2020-06-01',
      ...given,
    })

    expect((answer.body as Problem).errors).toContainEqual(expect.objectContaining({ pointer, code }))
  })

  test('happens once for one key, needs the permission, and is invisible to another area', async () => {
    const { adopter, child } = await family()
    const body = { childId: child.id, adultId: adopter.id, kind: 'ADOPTIVE', occurredOn: '2020-06-01' }

    const first = await record(body, '', 'adopt-once')
    const second = await record(body, '', 'adopt-once')

    expect(second.body).toEqual(first.body)
    const { id } = bodyOf<Parentage>(first, 201)
    const viewer = await office.officer('county_assess', places.county)
    expect((await viewer.post('/api/v1/parentage-events', body)).status).toBe(403)
    const stranger = await office.officer('county_population', places.otherCounty)
    expect((await stranger.get(`/api/v1/parentage-events/${id}`)).status).toBe(404)
    expect((await stranger.post(`/api/v1/parentage-events/${id}/void`, { reason: '试' })).status).toBe(404)
  })
})

describe('an adult', () => {
  test.each([
    ['of another generation', 'ADOPTIVE', '2018-05-01', '1985-01-01', []],
    ['hardly older', 'ADOPTIVE', '2018-05-01', '2010-01-01', ['F7']],
    ['younger', 'GUARDIAN', '2018-05-01', '2019-01-01', ['F7']],
    ['of age enough to look after', 'GUARDIAN', '2018-05-01', '2008-01-01', []],
  ] as const)('%s is judged', (_, kind, child, adult, findings) => {
    expect(parentageFindings(kind, child, adult)).toEqual(findings)
  })
})
