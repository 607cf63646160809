import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '@youyu/shared/errors'
import type { EventPreview } from '@youyu/shared/population/event-preview'
import type { CountyTransfer, Move } from '@youyu/shared/population/moves'
import type { Person } from '@youyu/shared/population/persons'
import { bookDiffersFromFacts, postingsOf } from '../../../../../test/book.ts'
import { errorsOf, load, numberOf } from '../../../../../test/imports.ts'
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
let sender: Officer
let receiver: Officer

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date('2026-08-20T09:00:00+08:00'))
  await furnishPlaces(office)
  sender = await office.officer('county_population', places.county)
  receiver = await office.officer('county_population', places.otherCounty)
  // The other county keeps its register here.
  await register(receiver, {
    hukouDivision: places.otherCountyVillage,
    residenceDivision: places.otherCountyVillage,
  })
})
afterAll(async () => await office.close())

const transferOf = (personId: string, given: object = {}) => ({
  ...{ personId, toDivision: places.otherCountyVillage, occurredOn: '2026-05-01', reason: 'MARRIAGE' },
  ...given,
})
const send = async (personId: string, given: object = {}) =>
  bodyOf<CountyTransfer>(await sender.post('/api/v1/county-transfers', transferOf(personId, given)), 201)
const answer = (id: string, body: object, officer = receiver) =>
  officer.post(`/api/v1/county-transfers/${id}/acknowledgement`, body)
const rowsOf = (id: string) =>
  office.sql(
    'select county_code, status, hukou_division, residence_division, residence_status from persons where id = $1 order by county_code desc',
    [id],
  )
const closes = async () => {
  expect(await keptCounts(office)).toEqual(await recounted(office))
  expect(await bookDiffersFromFacts(office)).toEqual([])
}

describe('a transfer to another county', () => {
  test('is told first, sent, seen by the other county alone, and accepted as two facts under one identity', async () => {
    const person = await register(sender, {
      name: '孙小妹',
      residenceSince: '2001-01-01',
      phone: '13900000000',
    })

    const preview = bodyOf<EventPreview>(
      await sender.post('/api/v1/county-transfers?dryRun=true', transferOf(person.id)),
      200,
    )
    const transfer = await send(person.id)
    expect(preview.changes).toContainEqual(expect.objectContaining({ field: 'status', after: 'MOVED_OUT' }))
    expect(transfer).toMatchObject({ state: 'SENT', direction: 'OUT' })
    const waiting = bodyOf<{ items: CountyTransfer[] }>(
      await receiver.get('/api/v1/county-transfers?state=SENT'),
      200,
    )
    expect(waiting.items).toMatchObject([
      {
        id: transfer.id,
        direction: 'IN',
        person: { name: '孙小妹', idNumber: expect.stringContaining('****') },
      },
    ])
    expect((await receiver.get(`/api/v1/persons/${person.id}`)).status).toBe(404)
    const accepted = bodyOf<CountyTransfer>(await answer(transfer.id, { accept: true }), 201)

    expect(accepted.state).toBe('CONFIRMED')
    expect(await rowsOf(person.id)).toMatchObject([
      { county_code: 371121, status: 'MOVED_OUT', hukou_division: places.otherCountyVillage },
      {
        ...{ county_code: 370321, status: 'ACTIVE', residence_status: '1' },
        ...{ hukou_division: places.otherCountyVillage, residence_division: places.otherCountyVillage },
      },
    ])
    const departure = bodyOf<Move>(await sender.get(`/api/v1/migration-events/${transfer.departureId}`), 200)
    const arrival = bodyOf<Move>(await receiver.get(`/api/v1/migration-events/${accepted.arrivalId}`), 200)
    expect(departure).toMatchObject({
      kind: 'HUKOU_OUT',
      acknowledgement: 'CONFIRMED',
      transferId: transfer.id,
    })
    expect(arrival).toMatchObject({ kind: 'HUKOU_IN', acknowledgement: 'CONFIRMED', transferId: transfer.id })
    const there = bodyOf<Person>(await receiver.get(`/api/v1/persons/${person.id}`), 200)
    expect(there).toMatchObject({ name: '孙小妹', idNumber: person.idNumber, phone: person.phone })
    const found = bodyOf<{ items: Person[] }>(await receiver.get('/api/v1/persons/search?q=13900000000'), 200)
    expect(found.items.map(({ id }) => id)).toContain(person.id)
    expect(
      (await postingsOf(office, person.id)).map(({ day, village, kind }) => [day, village, kind]),
    ).toEqual(
      expect.arrayContaining([
        ['2026-05-01', places.village, 'OUT'],
        ['2026-05-01', places.otherCountyVillage, 'IN'],
      ]),
    )
    await closes()
  })

  test('leaves the history readable where she came from, by the county alone', async () => {
    const person = await register(sender, { residenceSince: '2001-01-01' })
    const { id } = await send(person.id)
    bodyOf(await answer(id, { accept: true }), 201)
    const township = await office.officer('township_worker', places.street)

    expect(bodyOf<Person>(await sender.get(`/api/v1/persons/${person.id}`), 200).status).toBe('MOVED_OUT')
    expect((await sender.get(`/api/v1/persons/${person.id}/history`)).status).toBe(200)
    const { items } = bodyOf<{ items: { kind: string }[] }>(
      await sender.get(`/api/v1/persons/${person.id}/events`),
      200,
    )
    expect(items.map(({ kind }) => kind)).toContain('MOVE')
    expect((await township.get(`/api/v1/persons/${person.id}`)).status).toBe(404)
  })

  test('has its number enciphered anew: it opens in the county where she stands', async () => {
    const person = await register(sender, { residenceSince: '2001-01-01' })
    const { id } = await send(person.id)
    bodyOf(await answer(id, { accept: true }), 201)
    const manager = await office.officer('county_manager', places.otherCounty)

    const revealed = await manager.post(`/api/v1/persons/${person.id}/reveal`, {
      ...{ fields: ['idNumber'], purpose: 'REGISTER', reason: '核对' },
    })

    const { values } = bodyOf<{ values: { idNumber: string } }>(revealed, 200)
    expect(values.idNumber).toMatch(/^99\d{15}[\dX]$/)
  })

  test('that is refused is voided with the reason, and everything is as before', async () => {
    const person = await register(sender, { residenceSince: '2001-01-01' })
    const before = await rowsOf(person.id)
    const transfer = await send(person.id)

    const refused = bodyOf<CountyTransfer>(
      await answer(transfer.id, { accept: false, reason: '查无此人' }),
      201,
    )

    expect(refused).toMatchObject({ state: 'REFUSED', answer: '查无此人' })
    expect(await rowsOf(person.id)).toEqual(before)
    const departure = bodyOf<Move>(await sender.get(`/api/v1/migration-events/${transfer.departureId}`), 200)
    expect(departure).toMatchObject({ acknowledgement: 'REFUSED', voidReason: '查无此人' })
    expect((await answer(transfer.id, { accept: true })).status).toBe(409)
    await closes()
  })

  test('of the hukou alone leaves her living here, and known there as away', async () => {
    const person = await register(sender, { residenceSince: '2001-01-01' })
    const { id } = await send(person.id, { withResidence: false })

    bodyOf(await answer(id, { accept: true }), 201)

    expect(await rowsOf(person.id)).toMatchObject([
      { county_code: 371121, status: 'ACTIVE', residence_division: places.village, residence_status: '3' },
      { county_code: 370321, status: 'ACTIVE', residence_division: places.village, residence_status: '2' },
    ])
    await closes()
  })

  test('of somebody who lives there already arrives on the record that stands there', async () => {
    const person = await register(sender, { residenceSince: '2001-01-01' })
    const [{ hash } = { hash: null }] = await office.sql<{ hash: Buffer }>(
      'select id_number_hash as hash from persons where id = $1',
      [person.id],
    )
    const known = await register(receiver, {
      ...{
        hukouDivision: places.village,
        residenceDivision: places.otherCountyVillage,
        residenceStatus: '3',
      },
    })
    await office.sql('update persons set id_number_hash = $2 where id = $1', [known.id, hash])
    const { id } = await send(person.id)

    bodyOf(await answer(id, { accept: true }), 201)

    expect(await rowsOf(known.id)).toMatchObject([
      { status: 'ACTIVE', hukou_division: places.otherCountyVillage, residence_status: '1' },
    ])
    expect((await rowsOf(person.id)).length).toBe(1)
    await closes()
  })

  test('and back stands on the record that was left', async () => {
    const person = await register(sender, { residenceSince: '2001-01-01' })
    bodyOf(await answer((await send(person.id)).id, { accept: true }), 201)
    const back = bodyOf<CountyTransfer>(
      await receiver.post(
        '/api/v1/county-transfers',
        transferOf(person.id, { toDivision: places.nextVillage, occurredOn: '2026-07-01' }),
      ),
      201,
    )

    bodyOf(await answer(back.id, { accept: true }, sender), 201)

    expect(await rowsOf(person.id)).toMatchObject([
      { county_code: 371121, status: 'ACTIVE', hukou_division: places.nextVillage },
      { county_code: 370321, status: 'MOVED_OUT' },
    ])
    await closes()
  })

  test('is withdrawn by voiding the departure, but not once it was accepted', async () => {
    const person = await register(sender, { residenceSince: '2001-01-01' })
    const first = await send(person.id)
    const voiding = (id: string) => sender.post(`/api/v1/migration-events/${id}/void`, { reason: '误发' })

    bodyOf(await voiding(first.departureId), 201)
    expect((await answer(first.id, { accept: true })).status).toBe(409)
    const second = await send(person.id)
    expect(
      (await sender.post('/api/v1/county-transfers', transferOf(person.id, { toDivision: '370321001000' })))
        .status,
    ).toBeGreaterThanOrEqual(400)
    bodyOf(await answer(second.id, { accept: true }), 201)

    expect((await voiding(second.departureId)).status).toBe(409)
  })

  test('to a county that keeps its register elsewhere waits for nobody', async () => {
    const person = await register(sender, { residenceSince: '2001-01-01' })

    const transfer = await send(person.id, { toDivision: places.capital })

    expect(transfer).toMatchObject({ state: 'NONE', direction: 'OUT' })
    await closes()
  })

  test('is opened by a departure in an imported file as by one entered by hand, and accepted like it', async () => {
    const idNumber = numberOf('1991-02-03', 62)
    const away = await register(sender, { residenceSince: '2001-01-01', birthDate: '1991-02-03', idNumber })
    const rows = ['idNumber,kind,date,toDivision,reason']
    const row = (kind: string, day: string, to: string) => `${idNumber},${kind},${day},${to},MARRIAGE`
    rows.push(row('HUKOU_OUT', '2019-05-01', places.otherCountyVillage))
    rows.push(row('HUKOU_IN', '2021-05-01', places.village))
    rows.push(row('HUKOU_OUT', '2026-05-01', places.otherCountyVillage), '')

    const { job } = await load(office, sender, { kind: 'moves' }, rows.join('\n'))

    expect(job).toMatchObject({ state: 'succeeded', rowsAccepted: 3, rowsRejected: 0 })
    const opened = await office.sql(
      `select id, state, occurred_on::text as day from county_transfers where person_id = $1 order by occurred_on`,
      [away.id],
    )
    expect(opened).toMatchObject([
      { state: 'NONE', day: '2019-05-01' },
      { state: 'SENT', day: '2026-05-01' },
    ])
    const again = row('HUKOU_OUT', '2026-06-01', places.otherCounty)
    const { import: refused } = await load(office, sender, { kind: 'moves' }, `${rows[0]}\n${again}\n`)
    expect(await errorsOf(sender, refused)).toMatchObject([{ row: 2, column: 'kind', code: 'conflict' }])
    const accepted = bodyOf<CountyTransfer>(await answer(String(opened[1]!.id), { accept: true }), 201)
    expect(accepted.state).toBe('CONFIRMED')
    await closes()
  })

  test('names its wrong field, needs the permission, happens once for one key and is answered by its county alone', async () => {
    const person = await register(sender, { residenceSince: '2001-01-01' })
    const inside = await sender.post(
      '/api/v1/county-transfers',
      transferOf(person.id, { toDivision: places.nextVillage }),
    )
    const viewer = await office.officer('county_assess', places.county)
    const first = await sender.post('/api/v1/county-transfers', transferOf(person.id), { key: 'send-once' })
    const second = await sender.post('/api/v1/county-transfers', transferOf(person.id), { key: 'send-once' })
    const { id } = bodyOf<CountyTransfer>(first, 201)

    expect((inside.body as Problem).errors).toMatchObject([{ pointer: '/toDivision' }])
    expect((await viewer.post('/api/v1/county-transfers', transferOf(person.id))).status).toBe(403)
    expect(second.body).toEqual(first.body)
    expect((await answer(id, { accept: true }, sender)).status).toBe(404)
    expect((await answer(id, { accept: false })).status).toBe(400)
    const township = await office.officer('township_worker', places.otherTownship)
    expect((await township.get(`/api/v1/county-transfers/${id}`)).status).toBe(404)
    expect(bodyOf<CountyTransfer>(await receiver.get(`/api/v1/county-transfers/${id}`), 200).direction).toBe(
      'IN',
    )
  })
})
