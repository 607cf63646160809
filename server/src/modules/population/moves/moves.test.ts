import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EventPreview } from '@youyu/shared/population/event-preview'
import type { Move, MoveRow } from '@youyu/shared/population/moves'
import { postingsOf } from '../../../../test/book.ts'
import { faultsOf, openBureau, type Bureau } from '../../../../test/bureau.ts'
import { bodyOf, places, register } from '../../../../test/register.ts'

let bureau: Bureau
beforeAll(async () => {
  bureau = await openBureau()
})
afterAll(() => bureau.close())

const record = (body: object, query = '', key?: string) =>
  bureau.officer.post(`/api/v1/migration-events${query}`, { reason: 'WORK', ...body }, key ? { key } : {})
const recorded = async (body: object) => bodyOf<Move>(await record(body), 201)
const voiding = (id: string, query = '') =>
  bureau.officer.post(`/api/v1/migration-events/${id}/void${query}`, { reason: '误录' })

describe('a flow', () => {
  test('out of the county begins a stay away, told first with its cells of the book', async () => {
    const person = await register(bureau.officer, { residenceSince: '2001-01-01' })
    const body = {
      personId: person.id,
      kind: 'FLOW_OUT',
      occurredOn: '2026-03-01',
      toDivision: places.capital,
    }

    const preview = bodyOf<EventPreview>(await record(body, '?dryRun=true'), 200)
    expect((await bureau.read(person.id)).residence.code).toBe(places.village)
    const move = await recorded(body)

    expect(preview.book.filter(({ kind }) => kind !== 'OPENING')).toEqual([
      expect.objectContaining({
        month: '2026-03-01',
        kind: 'OUT',
        residence: -1,
        registered: 0,
        isClosed: false,
      }),
    ])
    expect(move).toMatchObject({
      from: { code: places.village },
      distance: 'PROVINCE',
      acknowledgement: 'NONE',
      residence: { status: '2', from: '2026-03-01', to: null },
    })
    expect(await bureau.read(person.id)).toMatchObject({
      residence: { code: places.capital },
      residenceStatus: '2',
      status: 'ACTIVE',
    })
    await bureau.closes()
  })

  test('known late lasts until the next, and the return stays where it is', async () => {
    const person = await register(bureau.officer, { residenceSince: '2001-01-01' })
    const back = { fromDivision: places.capital, toDivision: places.village }
    await recorded({ personId: person.id, kind: 'RETURN', occurredOn: '2025-06-01', ...back })

    const out = await recorded({
      personId: person.id,
      kind: 'FLOW_OUT',
      occurredOn: '2024-03-01',
      toDivision: places.capital,
    })

    expect(out.residence).toMatchObject({ from: '2024-03-01', to: '2025-06-01' })
    expect((await bureau.read(person.id)).residence.code).toBe(places.village)
    expect((await postingsOf(bureau.office, person.id)).slice(1).map(({ day, kind }) => [day, kind])).toEqual(
      [
        ['2024-03-01', 'OUT'],
        ['2025-06-01', 'IN'],
      ],
    )
    await bureau.closes()
  })

  test('of a season changes no residence', async () => {
    const person = await register(bureau.officer)

    const move = await recorded({
      ...{ personId: person.id, kind: 'FLOW_OUT', occurredOn: '2026-03-01', toDivision: places.capital },
      expectedReturn: '2026-06-01',
    })

    expect(move.residence).toBeNull()
    expect((await bureau.read(person.id)).residence.code).toBe(places.village)
  })

  test('inside the county is one person in two villages of it', async () => {
    const person = await register(bureau.officer, { residenceSince: '2001-01-01' })

    await recorded({
      personId: person.id,
      kind: 'FLOW_IN',
      occurredOn: '2025-03-01',
      toDivision: places.farVillage,
    })

    expect(await bureau.read(person.id)).toMatchObject({
      ...{ residence: { code: places.farVillage }, hukou: { code: places.village }, residenceStatus: '3' },
    })
    await bureau.closes()
  })

  test('that is voided gives its time back', async () => {
    const person = await register(bureau.officer, { residenceSince: '2001-01-01' })
    const body = {
      personId: person.id,
      kind: 'FLOW_OUT',
      occurredOn: '2026-03-01',
      toDivision: places.capital,
    }
    const move = await recorded(body)
    await recorded({ ...body, kind: 'FLOW_IN', occurredOn: '2026-05-01', toDivision: places.nextVillage })

    bodyOf<EventPreview>(await voiding(move.id, '?dryRun=true'), 200)
    bodyOf<Move>(await voiding(move.id), 201)

    const postings = await postingsOf(bureau.office, person.id)
    expect(postings.slice(1).map(({ day, village, kind }) => [day, village, kind])).toEqual([
      ['2026-05-01', places.village, 'OUT'],
      ['2026-05-01', places.nextVillage, 'IN'],
    ])
    expect((await voiding(move.id)).status).toBe(409)
    await bureau.closes()
  })

  test('to the wrong place is corrected as one change', async () => {
    const person = await register(bureau.officer, { residenceSince: '2001-01-01' })
    const body = {
      personId: person.id,
      kind: 'FLOW_OUT',
      occurredOn: '2026-03-01',
      toDivision: places.capital,
    }
    const wrong = await recorded(body)
    const url = `/api/v1/migration-events/${wrong.id}/corrections`
    const correction = {
      set: { toDivision: places.farVillage, occurredOn: '2026-02-01' },
      reason: '实为县内',
    }

    const preview = bodyOf<EventPreview>(await bureau.officer.post(`${url}?dryRun=true`, correction), 200)
    const right = bodyOf<Move>(await bureau.officer.post(url, correction), 201)

    expect(preview.book.map(({ month, kind, residence }) => [month, kind, residence])).toEqual([
      ['2026-02-01', 'OUT', -1],
      ['2026-02-01', 'IN', 1],
      ['2026-03-01', 'OUT', 1],
    ])
    expect(right).toMatchObject({ replaces: wrong.id, to: { code: places.farVillage }, distance: 'TOWNSHIP' })
    expect((await bureau.read(person.id)).residence.code).toBe(places.farVillage)
    await bureau.closes()
  })
})

describe('a hukou', () => {
  test('moves alone: who lives where she lived is now in-flow there', async () => {
    const person = await register(bureau.officer, { residenceSince: '2001-01-01' })

    const move = await recorded({
      ...{ personId: person.id, kind: 'HUKOU_OUT', occurredOn: '2026-03-01', toDivision: places.farVillage },
    })

    expect(move.from.code).toBe(places.village)
    expect(await bureau.read(person.id)).toMatchObject({
      ...{ hukou: { code: places.farVillage }, residence: { code: places.village }, residenceStatus: '3' },
    })
    expect((await postingsOf(bureau.office, person.id)).slice(1)).toEqual([
      expect.objectContaining({ village: places.village, kind: 'OUT', residence: 0, registered: -1 }),
      expect.objectContaining({ village: places.farVillage, kind: 'IN', residence: 0, registered: 1 }),
    ])
    bodyOf<Move>(await voiding(move.id), 201)
    expect(await bureau.read(person.id)).toMatchObject({
      hukou: { code: places.village },
      residenceStatus: '1',
    })
    await bureau.closes()
  })

  test('goes with the residence out of the county for good, and comes back', async () => {
    const person = await register(bureau.officer, { residenceSince: '2001-01-01' })
    const body = { personId: person.id, withResidence: true }

    const out = await recorded({
      ...body,
      kind: 'HUKOU_OUT',
      occurredOn: '2026-03-01',
      toDivision: places.capital,
    })
    const [gone] = await bureau.office.sql('select status, hukou_division from persons where id = $1', [
      person.id,
    ])
    await bureau.closes()
    const back = { fromDivision: places.capital, toDivision: places.nextVillage }
    await recorded({ ...body, kind: 'HUKOU_IN', occurredOn: '2026-06-01', ...back })

    expect(out.acknowledgement).toBe('NONE')
    expect(gone).toEqual({ status: 'MOVED_OUT', hukou_division: places.capital })
    expect(await bureau.read(person.id)).toMatchObject({
      ...{ status: 'ACTIVE', hukou: { code: places.nextVillage }, residence: { code: places.nextVillage } },
    })
    await bureau.closes()
  })

  test('that jumps is a finding of both moves', async () => {
    const person = await register(bureau.officer)
    const body = { personId: person.id, kind: 'HUKOU_IN' }
    const first = await recorded({ ...body, occurredOn: '2020-03-01', toDivision: places.nextVillage })

    const torn = await recorded({
      ...{ ...body, occurredOn: '2022-03-01' },
      ...{ fromDivision: places.capital, toDivision: places.farVillage },
    })

    expect(torn.findings).toEqual(['F8'])
    expect(
      bodyOf<Move>(await bureau.officer.get(`/api/v1/migration-events/${first.id}`), 200).findings,
    ).toEqual(['F8'])
  })
})

describe('a move', () => {
  test.each([
    ['to an unknown place', { toDivision: '371121008888' }, '/toDivision', 'unknown-division'],
    ['to where she is', { toDivision: places.village }, '/toDivision', 'conflict'],
    ['of a day to come', { occurredOn: '2999-01-01' }, '/occurredOn', 'invalid-date'],
    ['before she was born', { occurredOn: '1980-01-01' }, '/occurredOn', 'invalid-date'],
    ['with a return before it', { expectedReturn: '2020-01-01' }, '/expectedReturn', 'invalid-date'],
    ['into another county', { kind: 'HUKOU_IN', toDivision: places.capital }, '/toDivision', 'out-of-area'],
    [
      'from another county',
      { fromDivision: places.capital, toDivision: places.village },
      '/fromDivision',
      'out-of-area',
    ],
    ['of nobody', { personId: '01900000-0000-7000-8000-0000000000ff' }, '/personId', 'not-found'],
  ])('%s is refused with its field', async (_, given, pointer, code) => {
    const person = await register(bureau.officer)
    const body = {
      personId: person.id,
      kind: 'FLOW_OUT',
      occurredOn: '2026-03-01',
      toDivision: places.capital,
    }

    const answer = await record({ ...body, ...given })

    expect(answer.status).toBe(400)
    expect(faultsOf(answer)).toContainEqual([pointer, code])
  })

  test('happens once for one key, needs the permission, and is invisible to another area', async () => {
    const person = await register(bureau.officer, { residenceSince: '2001-01-01' })
    const body = {
      personId: person.id,
      kind: 'FLOW_OUT',
      occurredOn: '2026-03-01',
      toDivision: places.capital,
    }

    const first = await record(body, '', 'move-once')
    const second = await record(body, '', 'move-once')

    expect(first.status).toBe(201)
    expect(second.body).toEqual(first.body)
    const { id } = first.body as Move
    const viewer = await bureau.office.officer('county_assess', places.county)
    expect((await viewer.post('/api/v1/migration-events', { ...body, reason: 'WORK' })).status).toBe(403)
    const stranger = await bureau.office.officer('county_population', places.otherCounty)
    expect((await stranger.get(`/api/v1/migration-events/${id}`)).status).toBe(404)
    expect((await stranger.post(`/api/v1/migration-events/${id}/void`, { reason: '试' })).status).toBe(404)
    const township = await bureau.office.officer('township_worker', places.otherTownship)
    expect((await township.get(`/api/v1/migration-events/${id}`)).status).toBe(404)
  })

  test('out of a village is for its own worker to record, and listed where it leaves and where it leads', async () => {
    const person = await register(bureau.officer, { residenceSince: '2001-01-01' })
    const villager = await bureau.office.officer('village_worker', places.village)

    const move = await villager.post('/api/v1/migration-events', {
      ...{ personId: person.id, kind: 'HUKOU_OUT', occurredOn: '2026-04-01', toDivision: places.farVillage },
      ...{ reason: 'MARRIAGE', withResidence: true },
    })

    const { id } = bodyOf<Move>(move, 201)
    const far = await bureau.office.officer('village_worker', places.farVillage)
    const { items } = bodyOf<{ items: MoveRow[] }>(await far.get('/api/v1/migration-events'), 200)
    expect(items.map((item) => item.id)).toContain(id)
    expect((await villager.get(`/api/v1/persons/${person.id}`)).status).toBe(404)
    await bureau.closes()
  })
})
