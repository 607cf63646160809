import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CareRecord } from '@youyu/shared/contraception/care-record'
import type { ClientRow, ClientSummary } from '@youyu/shared/contraception/clients'
import { openClinic, type Clinic } from '../../../../test/clinic.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, idNumberFor } from '../../../../test/register.ts'
import { askRemoval } from '../../../../test/visits.ts'
import { ageOn, consentAgeOn, questionOf } from './rules.ts'

let office: TestOffice
let clinic: Clinic
const today = '2026-08-20'
const url = '/api/v1/clients'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  clinic = await openClinic(office)
})
afterAll(() => office.close())

const found = async (officer: Officer, q: string, more = '') =>
  bodyOf<{ items: (ClientRow & { match: string })[] }>(
    await officer.get(`${url}?q=${encodeURIComponent(q)}${more}`),
    200,
  ).items
const visit = (officer: Officer, clientId: string, given: object = {}) =>
  officer.post('/api/v1/encounters', { clientId, occurredOn: today, ...given })

describe('searching a client', () => {
  test('finds anybody of the county by number, phone, or full name and birth date, and nobody by less', async () => {
    const idNumber = idNumberFor('1994-03-08', '2')
    const who = { name: '欧阳秀英', birthDate: '1994-03-08', idNumber, phone: '13812345678' }
    const far = { residenceDivision: '371121102201', hukouDivision: '371121102201' }
    const client = await clinic.woman({ ...who, ...far })

    const matches = []
    for (const q of [idNumber, '138 1234 5678', '欧阳秀英 1994-03-08'])
      matches.push((await found(clinic.clinician, q)).map(({ id, match }) => [id, match]))
    const byDate = await found(clinic.clinician, '欧阳秀英', '&birthDate=1994-03-08')

    expect(matches).toEqual([
      [[client.id, 'id-number']],
      [[client.id, 'phone']],
      [[client.id, 'name-and-birth-date']],
    ])
    expect(byDate[0]).toMatchObject({ name: '欧阳秀英', age: 32, isMine: false, lastSeenOn: null })
    expect(byDate[0]!.idNumber).toContain('*')
    for (const less of ['欧阳', '欧阳秀英', 'ouyang', '欧阳秀英 1994-03-09', '138123', idNumber.slice(0, 14)])
      expect(await found(clinic.clinician, less)).toEqual([])
    expect(await found(clinic.stranger, idNumber)).toEqual([])
  })

  test('finds my own by a part of the name or its sound', async () => {
    const client = await clinic.woman({ name: '诸葛小妹' })
    await visit(clinic.clinician, client.id)

    for (const q of ['诸葛', 'zhuge', 'zgxm'])
      expect((await found(clinic.clinician, q)).map(({ id, isMine }) => [id, isMine])).toEqual([
        [client.id, true],
      ])
    expect(await found(clinic.neighbour, '诸葛')).toEqual([])
  })

  test.each([
    ['99100019900517002X', 'id-number'],
    ['138-1234-5678', 'phone'],
    ['+86 13812345678', 'phone'],
    ['王秀英1992-03-05', 'name-and-birth-date'],
    ['王秀', 'name'],
    ['Wang Xiuying', 'pinyin'],
  ])('reads %s as %s', (typed, by) => {
    expect(questionOf(typed).by).toBe(by)
  })
})

describe('a client at a glance', () => {
  test('shows what she uses, what is open, and that she was seen', async () => {
    const client = await clinic.woman()
    await visit(clinic.clinician, client.id, { episode: { do: 'START', method: 'M60' } })
    await askRemoval(clinic.clinician, client.id, today)

    const summary = bodyOf<ClientSummary>(await clinic.clinician.get(`${url}/${client.id}`), 200)

    expect(summary).toMatchObject({
      ...{ id: client.id, isMine: true, lastSeenOn: today, consentAge: 'ADULT', isShared: false },
      currentMethods: [{ method: 'M60', startedOn: today, isDual: false }],
      openProcedures: [{ type: 'P02', status: 'REQUESTED', scheduledOn: '2026-08-27' }],
      lastEncounters: [{ occurredOn: today, place: 'STATION' }],
    })
  })

  test('shows another facility who she is and nothing of what she uses', async () => {
    const client = await clinic.woman()
    await visit(clinic.clinician, client.id, { episode: { do: 'START', method: 'M60' } })

    const summary = bodyOf<ClientSummary>(await clinic.neighbour.get(`${url}/${client.id}`), 200)

    expect(summary).toMatchObject({ isMine: false, currentMethods: [], lastEncounters: [], openTasks: [] })
    expect((await clinic.stranger.get(`${url}/${client.id}`)).status).toBe(404)
  })

  test('needs the permission and a facility', async () => {
    const client = await clinic.woman()
    const village = await office.officer('village_worker', '371121001001')
    const without = await office.officer('station_clinician', '371121001000')

    expect((await village.get(`${url}/${client.id}`)).body).toMatchObject({ code: 'forbidden' })
    expect((await without.get(`${url}/${client.id}`)).body).toMatchObject({ code: 'no-facility' })
  })
})

describe('the day’s list', () => {
  test('holds who is expected and who was seen, those still expected first', async () => {
    const [expected, seen, agreed] = [await clinic.woman(), await clinic.woman(), await clinic.woman()]
    await askRemoval(clinic.clinician, expected.id, '2026-08-18', { scheduledOn: today })
    await visit(clinic.clinician, seen.id)
    await visit(clinic.clinician, agreed.id, { occurredOn: '2026-08-01', nextContact: { on: today } })

    const list = bodyOf<{
      items: { client: ClientRow; reasons: { kind: string }[]; encounterId: string | null }[]
    }>(await clinic.clinician.get(`${url}/today`), 200).items
    const of = (id: string) => list.find(({ client }) => client.id === id)!

    expect(of(expected.id).reasons).toMatchObject([{ kind: 'PROCEDURE', what: 'P02' }])
    expect(of(agreed.id)).toMatchObject({ reasons: [{ kind: 'CONTACT' }], encounterId: null })
    expect(of(seen.id).encounterId).not.toBeNull()
    const seenFrom = list.findIndex(({ encounterId }) => encounterId !== null)
    expect(list.slice(seenFrom).every(({ encounterId }) => encounterId !== null)).toBe(true)
    expect(bodyOf<{ items: [] }>(await clinic.neighbour.get(`${url}/today`), 200).items).toEqual([])
  })
})

describe('a client’s record of care', () => {
  test('holds everything, and tells who looked', async () => {
    const client = await clinic.woman()
    await visit(clinic.clinician, client.id, { episode: { do: 'START', method: 'M60' }, note: '备注' })
    await clinic.chief.get(`${url}/${client.id}`)

    const record = bodyOf<CareRecord>(
      await clinic.clinician.get(`/api/v1/persons/${client.id}/care-record`),
      200,
    )

    expect(record).toMatchObject({
      client: { id: client.id },
      episodes: [{ method: 'M60' }],
      encounters: [{ note: '备注' }],
      looks: [
        { entity: 'care-record' },
        { entity: 'client', action: 'view' },
        { entity: 'encounter', action: 'create' },
      ],
    })
    expect(new Set(record.looks.map(({ by }) => by)).size).toBe(2)
  })

  test('is another facility’s as far as she shares it', async () => {
    const client = await clinic.woman()
    await visit(clinic.clinician, client.id, { episode: { do: 'START', method: 'M60' } })
    const read = async () =>
      bodyOf<CareRecord>(await clinic.neighbour.get(`/api/v1/persons/${client.id}/care-record`), 200)
    expect((await read()).episodes).toEqual([])

    await clinic.neighbour.post('/api/v1/care-consents', {
      ...{ clientId: client.id, kind: 'SHARING', givenOn: today, evidence: 'SIGNED' },
    })

    expect(await read()).toMatchObject({ episodes: [{ method: 'M60', isOurs: false }], encounters: [] })
    expect((await clinic.stranger.get(`/api/v1/persons/${client.id}/care-record`)).status).toBe(404)
  })
})

describe('ages', () => {
  test.each([
    ['2026-08-19', '2012-08-20', 13, 'GUARDIAN'],
    ['2026-08-20', '2012-08-20', 14, 'CONFIDENTIAL'],
    ['2026-08-19', '2008-08-20', 17, 'CONFIDENTIAL'],
    ['2026-08-20', '2008-08-20', 18, 'ADULT'],
  ])('on %s of one born on %s is %i: %s', (day, born, age, consents) => {
    expect([ageOn(day, born), consentAgeOn(day, born)]).toEqual([age, consents])
  })
})
