import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '@youyu/shared/errors'
import type { EventPreview } from '@youyu/shared/population/event-preview'
import type { Marriage, MarriageRow } from '@youyu/shared/population/marriages'
import type { Person } from '@youyu/shared/population/persons'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, furnishPlaces, places, register } from '../../../../test/register.ts'

let office: TestOffice
let officer: Officer

beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  officer = await office.officer('county_population', places.county)
})
afterAll(async () => await office.close())

const couple = async (given: object = {}) => {
  const wife = await register(officer, { name: '王芳', sex: '2', birthDate: '1990-01-01', ...given })
  const husband = await register(officer, { name: '李强', sex: '1', birthDate: '1988-01-01' })
  return { wife: wife.id, husband: husband.id }
}
const record = (body: object, query = '', key?: string) =>
  officer.post(`/api/v1/marriages${query}`, body, key ? { key } : {})
const recorded = async (body: object) => bodyOf<Marriage>(await record(body), 201)
const statusOf = async (id: string) =>
  bodyOf<Person>(await officer.get(`/api/v1/persons/${id}`), 200).maritalStatus
const faultsOf = ({ body }: { body: unknown }) =>
  ((body as Problem).errors ?? []).map(({ pointer, code }) => [pointer, code])

describe('a marriage', () => {
  test('makes both parties married, told first and told by nobody before it is done', async () => {
    const { wife, husband } = await couple()
    const body = { event: 'MARRY', occurredOn: '2015-05-20', partyA: wife, partyB: husband }

    const preview = bodyOf<EventPreview>(await record(body, '?dryRun=true'), 200)
    const before = await statusOf(wife)
    const marriage = await recorded(body)

    expect(preview.changes).toContainEqual(
      expect.objectContaining({ entity: 'person', id: husband, field: 'maritalStatus', after: '21' }),
    )
    expect(before).toBeNull()
    expect(marriage).toMatchObject({
      partyA: { name: '王芳', age: 25, order: 'FIRST', division: { name: '洪凝社区' } },
      partyB: { id: husband, age: 27, order: 'FIRST' },
      findings: [],
    })
    expect([await statusOf(wife), await statusOf(husband)]).toEqual(['21', '21'])
  })

  test('known late takes its place in the order of days', async () => {
    const { wife, husband } = await couple()
    await recorded({ event: 'DIVORCE', occurredOn: '2018-01-01', partyA: wife, partyB: husband })
    await recorded({ event: 'REMARRY', occurredOn: '2020-01-01', partyA: wife, partyB: husband })
    expect(await statusOf(wife)).toBe('22')

    const late = await recorded({ event: 'MARRY', occurredOn: '2015-05-20', partyA: wife, partyB: husband })

    expect(late.partyA.order).toBe('FIRST')
    expect([await statusOf(wife), await statusOf(husband)]).toEqual(['23', '23'])
    const { items } = bodyOf<{ items: MarriageRow[] }>(await officer.get('/api/v1/marriages?limit=3'), 200)
    expect(
      items.filter(({ partyA }) => partyA.id === wife).map(({ event, findings }) => [event, findings]),
    ).toEqual([
      ['REMARRY', []],
      ['DIVORCE', []],
      ['MARRY', []],
    ])
  })

  test('ends with the spouse whom the events know, and of a widowhood for the survivor alone', async () => {
    const { wife, husband } = await couple()
    await recorded({ event: 'MARRY', occurredOn: '2015-05-20', partyA: wife, partyB: husband })

    const widowed = await recorded({ event: 'WIDOWED', occurredOn: '2019-01-01', partyA: wife })

    expect(widowed.partyB.id).toBe(husband)
    expect([await statusOf(wife), await statusOf(husband)]).toEqual(['30', '21'])
  })

  test('that never was is voided, and both are what they were', async () => {
    const { wife, husband } = await couple({ maritalStatus: '10' })
    const marriage = await recorded({
      event: 'MARRY',
      occurredOn: '2015-05-20',
      partyA: wife,
      partyB: husband,
    })
    const url = `/api/v1/marriages/${marriage.id}/void`

    bodyOf<EventPreview>(await officer.post(`${url}?dryRun=true`, { reason: '误录' }), 200)
    expect(await statusOf(wife)).toBe('21')
    const voided = bodyOf<Marriage>(await officer.post(url, { reason: '误录' }), 201)

    expect(voided.voidReason).toBe('误录')
    expect([await statusOf(wife), await statusOf(husband)]).toEqual(['10', null])
    expect((await officer.post(url, { reason: '误录' })).status).toBe(409)
  })

  test('with the wrong partner is corrected: the wrong one is free again', async () => {
    const { wife, husband } = await couple()
    const other = await couple()
    const wrong = await recorded({
      event: 'MARRY',
      occurredOn: '2015-05-20',
      partyA: wife,
      partyB: other.husband,
    })

    const right = bodyOf<Marriage>(
      await officer.post(`/api/v1/marriages/${wrong.id}/corrections`, {
        set: { partyB: husband, occurredOn: '2015-05-21' },
        reason: '同名',
      }),
      201,
    )

    expect(right).toMatchObject({ replaces: wrong.id, occurredOn: '2015-05-21', partyB: { id: husband } })
    const former = bodyOf<Marriage>(await officer.get(`/api/v1/marriages/${wrong.id}`), 200)
    expect(former).toMatchObject({ voidReason: '同名', replacedBy: right.id })
    expect([await statusOf(wife), await statusOf(husband), await statusOf(other.husband)]).toEqual([
      '21',
      '21',
      null,
    ])
  })

  test('that is odd is a finding: too young, of one sex, while another holds', async () => {
    const { wife } = await couple({ birthDate: '2005-01-01' })
    const { husband } = await couple()
    const friend = await register(officer, { sex: '2', birthDate: '2000-01-01' })

    const early = await recorded({ event: 'MARRY', occurredOn: '2023-05-20', partyA: wife, partyB: husband })
    const second = await recorded({
      event: 'MARRY',
      occurredOn: '2025-05-20',
      partyA: friend.id,
      partyB: wife,
    })

    expect(early.findings).toEqual(['F3'])
    expect(second.findings).toEqual(['F5', 'F9'])
  })

  test.each([
    ['of a day to come', { occurredOn: '2999-01-01' }, '/occurredOn', 'invalid-date'],
    ['before she was born', { occurredOn: '1980-01-01' }, '/occurredOn', 'invalid-date'],
    ['with nobody', { partyBName: null }, '/partyB', 'required'],
    [
      'with somebody unknown',
      { partyBName: null, partyB: '01900000-0000-7000-8000-0000000000ff' },
      '/partyB',
      'not-found',
    ],
    [
      'at no known office',
      { registryId: '01900000-0000-7000-8000-0000000000ff' },
      '/registryId',
      'not-found',
    ],
  ])('%s is refused with its field', async (_, given, pointer, code) => {
    const { wife } = await couple()

    const answer = await record({
      event: 'MARRY',
      occurredOn: '2015-05-20',
      partyA: wife,
      partyBName: '外地人',
      ...given,
    })

    expect(answer.status).toBe(400)
    expect(faultsOf(answer)).toContainEqual([pointer, code])
  })

  test('with oneself or after death is refused', async () => {
    const { wife } = await couple()
    const oneself = await record({ event: 'MARRY', occurredOn: '2015-05-20', partyA: wife, partyB: wife })
    expect(faultsOf(oneself)).toContainEqual(['/partyB', 'same-person'])

    await office.sql(
      `insert into deaths (county_code, id, person_id, occurred_on, place, maternal, reporter, sex, birth_date, age_days, division_code, hukou_division, recorded_at, source)
       values (371121, gen_random_uuid(), $1, '2014-01-01', 'HOME', 'NO', 'VILLAGE', '2', '1990-01-01', 8766, $2, $2, now(), 'MANUAL')`,
      [wife, places.village],
    )
    const late = await record({
      event: 'MARRY',
      occurredOn: '2015-05-20',
      partyA: wife,
      partyBName: '外地人',
    })
    expect(faultsOf(late)).toContainEqual(['/occurredOn', 'invalid-date'])
  })

  test('happens once for one key, needs the permission, and is invisible to another area', async () => {
    const { wife, husband } = await couple()
    const body = { event: 'MARRY', occurredOn: '2015-05-20', partyA: wife, partyB: husband }

    const first = await record(body, '', 'marry-once')
    const second = await record(body, '', 'marry-once')

    expect(second.body).toEqual(first.body)
    expect(first.status).toBe(201)
    const { id } = first.body as Marriage
    const viewer = await office.officer('county_assess', places.county)
    expect((await viewer.post('/api/v1/marriages', body)).status).toBe(403)
    const stranger = await office.officer('county_population', places.otherCounty)
    expect((await stranger.get(`/api/v1/marriages/${id}`)).status).toBe(404)
    expect((await stranger.post(`/api/v1/marriages/${id}/void`, { reason: '试' })).status).toBe(404)
    expect(faultsOf(await stranger.post('/api/v1/marriages', body))).toContainEqual(['/partyA', 'not-found'])
    const township = await office.officer('township_worker', places.otherTownship)
    expect(bodyOf<{ items: unknown[] }>(await township.get('/api/v1/marriages'), 200).items).toEqual([])
  })

  test('across townships follows for both when one township records its end', async () => {
    const wife = await register(officer, { sex: '2', birthDate: '1990-01-01' })
    const husband = await register(officer, {
      ...{ sex: '1', birthDate: '1988-01-01', name: '赵大山' },
      ...{ hukouDivision: places.farVillage, residenceDivision: places.farVillage },
    })
    await recorded({ event: 'MARRY', occurredOn: '2015-05-20', partyA: wife.id, partyB: husband.id })
    const township = await office.officer('township_worker', places.street)

    const divorce = await township.post('/api/v1/marriages', {
      event: 'DIVORCE',
      occurredOn: '2020-01-01',
      partyA: wife.id,
    })

    const body = bodyOf<Marriage>(divorce, 201)
    expect(body.partyB).toMatchObject({ id: husband.id, name: null })
    expect([await statusOf(wife.id), await statusOf(husband.id)]).toEqual(['40', '40'])
  })
})
