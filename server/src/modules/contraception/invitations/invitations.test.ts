import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CheckInvitation, Inviting } from '@youyu/shared/contraception/invitations'
import type { Attendance, CheckSession, CheckSessionDetail } from '@youyu/shared/contraception/sessions'
import type { Page } from '@youyu/shared/values'
import { usesMethod } from '../../../../test/care.ts'
import { openCheckUps, type CheckUps } from '../../../../test/check-ups.ts'
import type { Officer, TestOffice } from '../../../../test/office.ts'
import { openOffice } from '../../../../test/office.ts'
import { bodyOf, places } from '../../../../test/register.ts'

let office: TestOffice
let checkUps: CheckUps
let women: CheckSession
const people: Record<string, string> = {}
const url = '/api/v1/check-invitations'

/** On another day everybody has to sign in again. */
async function at(moment: string): Promise<void> {
  office.setNow(new Date(`${moment}+08:00`))
  const organisation = checkUps.station.code
  checkUps.clinician = await office.officer('station_clinician', places.street, { organisation })
  checkUps.neighbour = await office.officer('station_clinician', places.otherTownship, {
    organisation: checkUps.otherStation.code,
  })
  checkUps.planner = await office.officer('county_mch', places.county)
}

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date('2026-03-02T09:00:00+08:00'))
  checkUps = await openCheckUps(office)
  const living = { residenceDivision: places.village, hukouDivision: places.village }
  for (const [name, birthDate] of Object.entries({
    甲: '1990-01-01',
    乙: '1991-01-01',
    丙: '1992-01-01',
    丁: '1993-01-01',
    戊: '1994-01-01',
    old: '1940-01-01',
  }))
    people[name] = (await checkUps.woman({ ...living, name: `王${name}`, birthDate })).id
  people.elsewhere = (
    await checkUps.woman({ residenceDivision: places.farVillage, hukouDivision: places.farVillage })
  ).id
  await usesMethod(office, { client: people.甲!, facility: checkUps.station, startedOn: '2024-05-01' })
  await usesMethod(office, { client: people.乙!, facility: checkUps.otherStation, startedOn: '2024-05-01' })
  const { id } = await checkUps.publish()
  const sessions = await checkUps.sessions(`?calendarId=${id}&division=${places.village}&category=WOMEN`)
  women = sessions[0]!
})
afterAll(() => office.close())

const invite = (officer: Officer = checkUps.clinician) =>
  officer.post(`/api/v1/check-sessions/${women.id}/invitations`, { channel: 'PHONE' })
const listed = async (query = '', officer: Officer = checkUps.clinician) =>
  bodyOf<Page<CheckInvitation>>(await officer.get(`${url}${query}`), 200).items
const of = async (name: string) => (await listed(`?clientId=${people[name]}&programme=WOMEN_CHECK`))[0]!
const answer = ({ id, version }: CheckInvitation, given: string) =>
  checkUps.clinician.post(`${url}/${id}/answer`, { answer: given }, { ifMatch: version })
const remind = ({ id, version }: CheckInvitation) =>
  checkUps.clinician.post(`${url}/${id}/reminders`, { channel: 'PHONE' }, { ifMatch: version })
const offersOf = async (name: string) =>
  await office.sql<{ service: string; origin: string; closing: string | null; shown: boolean }>(
    `select service, origin, closing, shown_on is not null as shown from service_offers where client_id = $1`,
    [people[name]],
  )

describe('inviting to a session', () => {
  test('reaches everybody whom it is for by age and sex, in the village, once in the cycle', async () => {
    await office.sql(
      `insert into contact_preferences (county_code, id, client_id, division_code, kind, service, channel, occurred_on, recorded_at, source)
       values (371121, gen_random_uuid(), $1, $2, 'OPT_OUT', 'ALL', 'VILLAGE', '2025-01-01', now(), 'MANUAL')`,
      [people.戊, places.village],
    )

    const first = bodyOf<Inviting>(await invite(), 200)
    const second = bodyOf<Inviting>(await invite(), 200)

    expect(first).toEqual({ invited: 5, already: 0, optedOut: 1, seen: 0 })
    expect(second).toEqual({ invited: 0, already: 5, optedOut: 1, seen: 0 })
    const invited = await listed()
    expect(invited.map(({ client, programme }) => `${client.name} ${programme}`).sort()).toEqual([
      ...['王丁 WOMEN_CHECK', '王丙 WOMEN_CHECK', '王乙 WOMEN_CHECK', '王甲 IUD_CHECK', '王甲 WOMEN_CHECK'],
    ])
    expect(invited.every(({ status, reminders }) => status === 'SENT' && reminders === 0)).toBe(true)
  })

  test('invites the users of a device only in the name of the facility that treats them', async () => {
    const rows = await office.sql<{ facility_id: string }>(
      `select facility_id from check_invitations where programme = 'IUD_CHECK' and client_id = any($1)`,
      [[people.甲, people.乙]],
    )

    expect(rows).toEqual([{ facility_id: checkUps.station.id }])
  })

  test('opens an offer in which nothing but a check-up stands, shown to the village only by her consent', async () => {
    expect(await offersOf('甲')).toEqual([
      { service: 'CHECK_UP', origin: 'INVITED', closing: null, shown: false },
    ])
    expect(await offersOf('戊')).toEqual([])
    const answer = await checkUps.village.get('/api/v1/service-offers')
    expect(bodyOf<Page<unknown>>(answer, 200).items).toEqual([])
    expect(answer.text).not.toMatch(/IUD|WOMEN/)
  })

  test('is for the facility of the session alone', async () => {
    expect((await invite(checkUps.neighbour)).status).toBe(404)
    expect((await invite(checkUps.planner)).status).toBe(403)
    expect((await invite(checkUps.village)).status).toBe(403)
    expect(await listed('', checkUps.neighbour)).toEqual([])
    expect((await checkUps.planner.get(url)).status).toBe(403)
  })

  test('leaves no row to any other role, whatever the statement', async () => {
    for (const role of ['youyu_app', 'youyu_care'])
      for (const table of [
        'check_invitations',
        'check_visits',
        'check_findings',
        'rti_cases',
        'infertility_cases',
      ]) {
        const client = await office.db.pool.connect()
        try {
          await client.query(`begin; set local app.area = '{["",":")}'`)
          if (role === 'youyu_care')
            await client.query(
              `set local app.facility = '${checkUps.otherStation.id}'; set local role youyu_care`,
            )
          const answer = await client
            .query(`select * from ${table}`)
            .catch((error: { code: string }) => error.code)
          expect(typeof answer === 'string' ? answer : answer.rows).toEqual(
            role === 'youyu_app' ? '42501' : [],
          )
        } finally {
          await client.query('rollback')
          client.release()
        }
      }
  })
})

describe('an invitation', () => {
  test('is reminded at most twice, a week apart, never at night', async () => {
    const reminded = async () => await remind(await of('丁'))
    await at('2026-03-05T10:00:00')
    expect((await reminded()).body).toMatchObject({ code: 'reminder-too-soon' })
    await at('2026-03-10T22:00:00')
    expect((await reminded()).body).toMatchObject({ code: 'quiet-hours' })
    await at('2026-03-10T10:00:00')
    expect((await reminded()).body).toMatchObject({ reminders: 1 })
    await at('2026-03-18T10:00:00')
    expect((await reminded()).body).toMatchObject({ reminders: 2 })
    await at('2026-03-27T10:00:00')
    expect((await reminded()).body).toMatchObject({ code: 'reminder-limit' })
  })

  test('declined is closed for the cycle: nothing follows, staff cannot open it again', async () => {
    const declined = bodyOf<CheckInvitation>(await answer(await of('丙'), 'DECLINED'), 200)

    expect(declined).toMatchObject({ status: 'DECLINED', answeredOn: '2026-03-27' })
    expect(await offersOf('丙')).toMatchObject([{ closing: 'DECLINED' }])
    expect((await answer(declined, 'ACCEPTED')).body).toMatchObject({ code: 'invitation-closed' })
    expect((await remind(declined)).body).toMatchObject({ code: 'invitation-closed' })
    expect(bodyOf<Inviting>(await invite(), 200).invited).toBe(0)
    const again = await checkUps.clinician.post(url, {
      clientId: people.丙,
      programme: 'WOMEN_CHECK',
      channel: 'PHONE',
    })
    expect(again.body).toMatchObject({ code: 'asked-this-cycle' })
  })

  test('declined in the village is declined here', async () => {
    await office.sql(
      `update service_offers set closing = 'DECLINED', closed_on = '2026-03-20' where client_id = $1 and closed_on is null`,
      [people.乙],
    )

    expect((await of('乙')).status).toBe('DECLINED')
    expect((await answer(await of('乙'), 'ACCEPTED')).status).toBe(409)
  })

  test('answered with an opt-out ends every other one, for ever after', async () => {
    const gone = bodyOf<CheckInvitation>(await answer(await of('甲'), 'OPTED_OUT'), 200)

    expect(gone.status).toBe('OPTED_OUT')
    expect((await listed(`?clientId=${people.甲}`)).map(({ status }) => status)).toEqual([
      'OPTED_OUT',
      'OPTED_OUT',
    ])
    expect(
      await office.sql(`select kind, service from contact_preferences where client_id = $1`, [people.甲]),
    ).toEqual([{ kind: 'OPT_OUT', service: 'CHECK_UP' }])
  })

  test('needs the version, the permission and a right answer', async () => {
    const { id } = await of('丁')
    expect((await checkUps.clinician.post(`${url}/${id}/answer`, { answer: 'ACCEPTED' })).status).toBe(428)
    expect((await answer({ ...(await of('丁')), version: 77 }, 'ACCEPTED')).status).toBe(412)
    expect((await answer(await of('丁'), 'ATTENDED')).status).toBe(400)
    expect(
      (await checkUps.neighbour.post(`${url}/${id}/answer`, { answer: 'DECLINED' }, { ifMatch: 1 })).status,
    ).toBe(404)
  })

  test('on request is for anybody, once in a cycle, and given back the second time', async () => {
    const body = { clientId: people.elsewhere, programme: 'PREMARITAL', channel: 'PHONE' }

    const asked = bodyOf<CheckInvitation>(await checkUps.clinician.post(url, body, { key: 'ask' }), 201)
    const again = bodyOf<CheckInvitation>(await checkUps.clinician.post(url, body, { key: 'ask' }), 201)

    expect(asked).toMatchObject({ status: 'ACCEPTED', origin: 'REQUEST', cycleFrom: '2026-01-01' })
    expect(again.id).toBe(asked.id)
    expect((await checkUps.clinician.post(url, { ...body, programme: 'MEN_CHECK' })).body).toMatchObject({
      errors: [{ pointer: '/programme' }],
    })
    expect(
      (await checkUps.clinician.post(url, { ...body, clientId: people.nobody ?? women.id })).body,
    ).toMatchObject({
      errors: [{ pointer: '/clientId' }],
    })
  })
})

describe('the list of a session', () => {
  test('names who is invited and who came, to those who treat', async () => {
    await at(`${women.on}T10:00:00`)
    await checkUps.clinician.post('/api/v1/check-visits', {
      ...{ clientId: people.old, occurredOn: women.on, place: 'VILLAGE', sessionId: women.id, items: ['BP'] },
    })

    const list = await checkUps.clinician.get(`/api/v1/check-sessions/${women.id}/attendance`)

    const { items } = bodyOf<Page<Attendance>>(list, 200)
    expect(items.map(({ name, status, invitationId }) => [name, status, invitationId !== null])).toEqual([
      ['王old', 'ATTENDED', false],
      ['王丁', 'SENT', true],
      ['王丙', 'DECLINED', true],
      ['王乙', 'DECLINED', true],
      ['王甲', 'OPTED_OUT', true],
      ['王甲', 'OPTED_OUT', true],
    ])
    expect((await checkUps.neighbour.get(`/api/v1/check-sessions/${women.id}/attendance`)).status).toBe(404)
    expect((await checkUps.planner.get(`/api/v1/check-sessions/${women.id}/attendance`)).status).toBe(403)
  })

  test('closes with the session: no answer is no answer, and nothing else', async () => {
    const { version } = bodyOf<CheckSessionDetail>(
      await checkUps.clinician.get(`/api/v1/check-sessions/${women.id}`),
      200,
    )

    const held = bodyOf<CheckSessionDetail>(
      await checkUps.clinician.post(
        `/api/v1/check-sessions/${women.id}/holding`,
        { heldOn: women.on },
        { ifMatch: version },
      ),
      200,
    )

    expect(held).toMatchObject({ status: 'HELD', heldOn: women.on, attended: 1 })
    expect((await of('丁')).status).toBe('NO_RESPONSE')
    expect((await of('丙')).status).toBe('DECLINED')
    expect(await offersOf('丁')).toMatchObject([{ closing: 'EXPIRED' }])
    const seen = bodyOf<CheckSessionDetail>(
      await checkUps.planner.get(`/api/v1/check-sessions/${women.id}`),
      200,
    )
    expect(seen.attended).toBeNull()
  })
})
