import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CheckCalendar, Replanning, Unplaced } from '@youyu/shared/contraception/calendars'
import type { BusyPeriod, CheckStation, Holiday } from '@youyu/shared/contraception/check-stations'
import type { CheckProgramme } from '@youyu/shared/contraception/programmes'
import type { CheckSession, CheckSessionDetail } from '@youyu/shared/contraception/sessions'
import type { Page } from '@youyu/shared/values'
import { openCheckUps, type CheckUps } from '../../../../test/check-ups.ts'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, places } from '../../../../test/register.ts'

let office: TestOffice
let checkUps: CheckUps
let calendar: CheckCalendar
const today = '2026-03-02'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  checkUps = await openCheckUps(office)
  for (const village of [places.village, places.nextVillage, places.farVillage])
    for (const birthDate of ['1970-05-01', '1980-06-01', '1990-07-01'])
      await checkUps.woman({ birthDate, residenceDivision: village, hukouDivision: village })
  calendar = await checkUps.propose()
})
afterAll(() => office.close())

const sessionsOf = (id: string, more = '') => checkUps.sessions(`?calendarId=${id}${more}`)

describe('programmes of check-ups', () => {
  const url = '/api/v1/check-programmes'
  const decided = {
    ...{
      code: 'MEN_CHECK',
      effectiveFrom: '2026-07-01',
      nameZh: '男性健康检查',
      nameEn: 'Men',
      category: 'MEN',
    },
    ...{ audience: 'RESIDENTS', sex: '1', ageFrom: 35, ageTo: 70, cycleMonths: 24, venue: 'VILLAGE' },
    ...{ items: ['BP', 'ANDROLOGY'], basis: '县卫健发〔2026〕3号' },
  }

  test('hold everywhere with their source, and ask for neither marriage nor parity', async () => {
    const { items } = bodyOf<{ items: CheckProgramme[] }>(await checkUps.planner.get(url), 200)

    expect(items.map(({ code }) => code)).toEqual([
      ...['COMBINED', 'IUD_CHECK', 'MEN_CHECK', 'MIDLIFE', 'PRECONCEPTION', 'PREMARITAL', 'RETURNEES'],
      ...['TWO_CANCER', 'WOMEN_CHECK'],
    ])
    expect(items.every(({ basis }) => basis.length > 5)).toBe(true)
    expect(items.find(({ code }) => code === 'TWO_CANCER')).toMatchObject({
      ageFrom: 35,
      ageTo: 64,
      cycleMonths: 36,
    })
    expect(Object.keys(items[0]!).join()).not.toMatch(/marital|parity|hukou/)
  })

  test('are decided anew by a county from a day on, the earlier row staying', async () => {
    const own = bodyOf<CheckProgramme>(await checkUps.planner.post(url, decided, { key: 'men-1' }), 201)

    const again = bodyOf<CheckProgramme>(await checkUps.planner.post(url, decided, { key: 'men-1' }), 201)
    const on = async (day: string) =>
      bodyOf<{ items: CheckProgramme[] }>(await checkUps.planner.get(`${url}?on=${day}&code=MEN_CHECK`), 200)
        .items[0]
    expect(again.id).toBe(own.id)
    expect(await on('2026-06-30')).toMatchObject({ isOwn: false, cycleMonths: 36 })
    expect(await on('2026-07-01')).toMatchObject({ isOwn: true, cycleMonths: 24 })
    expect((await checkUps.planner.post(url, decided)).status).toBe(409)
  })

  test('are decided by the county alone, with every field right', async () => {
    const wrong = await checkUps.planner.post(url, { ...decided, code: 'X_1', ageTo: 20, ageFrom: 30 })

    expect(wrong.body).toMatchObject({ errors: [{ pointer: '/ageTo' }] })
    expect((await checkUps.planner.post(url, { ...decided, code: 'X_1', maritalStatus: '20' })).status).toBe(
      400,
    )
    expect((await checkUps.clinician.post(url, decided)).status).toBe(403)
    expect((await checkUps.village.get(url)).status).toBe(200)
  })
})

describe('stations, roads and days', () => {
  test('know the public holidays of 2026 as announced and of 2027 as expected', async () => {
    const of = async (year: number) =>
      bodyOf<{ items: Holiday[] }>(await checkUps.planner.get(`/api/v1/holidays?year=${year}`), 200).items

    const [announced, expected] = await Promise.all([of(2026), of(2027)])
    expect(announced.filter(({ isWorkday }) => !isWorkday)).toHaveLength(33)
    expect(announced.filter(({ isWorkday }) => isWorkday).map(({ day }) => day)).toEqual([
      ...['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
    ])
    expect(announced.some(({ isExpected }) => isExpected)).toBe(false)
    expect(expected.every(({ isExpected, basis }) => isExpected && basis.includes('推算'))).toBe(true)
  })

  test('refuse an unknown organisation, a place outside, and a closing before the opening', async () => {
    const body = { name: '站', divisionCode: places.street, capacityPerDay: 20, openedOn: '2020-01-01' }
    const fault = async (given: object) =>
      (
        (await checkUps.planner.post('/api/v1/check-stations', { ...body, ...given })).body as {
          errors: unknown[]
        }
      ).errors[0]

    expect(await fault({ organisationId: checkUps.near.id })).toMatchObject({ pointer: '/organisationId' })
    expect(
      await fault({ organisationId: checkUps.station.id, divisionCode: places.otherCountyVillage }),
    ).toMatchObject({ pointer: '/divisionCode', code: 'out-of-area' })
    expect(await fault({ organisationId: checkUps.station.id, closedOn: '2019-01-01' })).toMatchObject({
      pointer: '/closedOn',
    })
  })

  test('take roads many at once, or name the row that is wrong', async () => {
    const row = {
      divisionCode: places.farVillage,
      stationId: checkUps.far.id,
      distanceClass: 'FAR',
      transport: 'CAR',
    }
    const url = '/api/v1/village-distances'

    const right = await checkUps.planner.post(url, { rows: [{ ...row, minutes: 70 }] })
    const wrong = await checkUps.planner.post(url, {
      rows: [
        { ...row, minutes: 70 },
        { ...row, minutes: 5, divisionCode: '371121999201' },
      ],
    })

    expect(right.body).toEqual({ rows: 1 })
    expect(wrong.body).toMatchObject({
      errors: [{ pointer: '/rows/1/divisionCode', code: 'unknown-division' }],
    })
    const { items } = bodyOf<Page<{ minutes: number }>>(await checkUps.planner.get(url), 200)
    expect(items.map(({ minutes }) => minutes)).toEqual([70])
    await office.sql('delete from village_distances')
  })

  test('keep days free, and give them back', async () => {
    const url = '/api/v1/busy-periods'
    const body = {
      divisionCode: places.county,
      kind: 'HARVEST',
      name: '麦收',
      fromOn: '2026-06-05',
      toOn: '2026-06-20',
    }

    const busy = bodyOf<BusyPeriod>(await checkUps.planner.post(url, body), 201)

    const listed = bodyOf<{ items: BusyPeriod[] }>(await checkUps.planner.get(`${url}?year=2026`), 200).items
    expect(listed.map(({ name }) => name)).toEqual(['麦收'])
    expect((await checkUps.planner.post(url, { ...body, toOn: '2026-01-01' })).status).toBe(400)
    expect((await checkUps.planner.delete(`${url}/${busy.id}`)).status).toBe(204)
    expect((await checkUps.planner.delete(`${url}/${busy.id}`)).status).toBe(404)
  })
})

describe('a year’s calendar', () => {
  test('is proposed with a day for every village, on days that are worked, and shown to planners alone', async () => {
    const sessions = await sessionsOf(calendar.id)

    expect(calendar).toMatchObject({ status: 'PROPOSED', villages: 3, unplaced: 0, fromOn: '2026-03-03' })
    expect(sessions).toHaveLength(calendar.sessions)
    expect(
      new Set(sessions.filter(({ category }) => category === 'WOMEN').map(({ village }) => village.code))
        .size,
    ).toBe(3)
    expect(sessions.every(({ on }) => on > today && ![0, 6].includes(new Date(on).getUTCDay()))).toBe(true)
    const { items } = bodyOf<Page<CheckSession>>(
      await checkUps.clinician.get(`/api/v1/check-sessions?calendarId=${calendar.id}`),
      200,
    )
    expect(items).toEqual([])
    expect((await checkUps.clinician.get(`/api/v1/check-sessions/${sessions[0]!.id}`)).status).toBe(404)
  })

  test('is proposed by the county, once there is a station', async () => {
    expect((await checkUps.clinician.post('/api/v1/check-calendars', { year: 2026 })).status).toBe(403)
    expect((await checkUps.planner.post('/api/v1/check-calendars', { year: 2025 })).body).toMatchObject({
      errors: [{ pointer: '/year' }],
    })
    const elsewhere = await office.officer('county_mch', places.otherCounty)
    expect((await elsewhere.post('/api/v1/check-calendars', { year: 2026 })).body).toMatchObject({
      code: 'plan-missing',
    })
    expect((await elsewhere.get(`/api/v1/check-calendars/${calendar.id}`)).status).toBe(404)
  })

  test('says what it could not place, and why', async () => {
    const shut = { closedOn: '2026-03-02', version: checkUps.far.version }
    const closed = await checkUps.planner.patch(
      `/api/v1/check-stations/${checkUps.far.id}`,
      { closedOn: shut.closedOn },
      { ifMatch: shut.version },
    )

    const partial = await checkUps.propose()

    const { items } = bodyOf<Page<Unplaced>>(
      await checkUps.planner.get(`/api/v1/check-calendars/${partial.id}/unplaced`),
      200,
    )
    expect(closed.status).toBe(200)
    expect(items.length).toBeGreaterThan(0)
    expect(
      items.every(({ village, reason }) => village.code === places.farVillage && reason === 'STATION_CLOSED'),
    ).toBe(true)
    const discarding = `/api/v1/check-calendars/${partial.id}/discarding`
    expect(
      (await checkUps.planner.post(discarding, undefined, { ifMatch: partial.version })).body,
    ).toMatchObject({
      status: 'DISCARDED',
    })
    expect(await sessionsOf(partial.id)).toEqual([])
    const { version } = bodyOf<{ items: CheckStation[] }>(
      await checkUps.planner.get('/api/v1/check-stations'),
      200,
    ).items.find(({ id }) => id === checkUps.far.id)!
    const open = { ifMatch: version }
    expect(
      (await checkUps.planner.patch(`/api/v1/check-stations/${checkUps.far.id}`, { closedOn: null }, open))
        .status,
    ).toBe(200)
  })

  test('is published once; from then on everybody sees its days, and a village no category', async () => {
    const url = `/api/v1/check-calendars/${calendar.id}/publication`
    expect((await checkUps.planner.post(url, undefined, { ifMatch: 99 })).status).toBe(412)

    const published = bodyOf<CheckCalendar>(
      await checkUps.planner.post(url, undefined, { ifMatch: calendar.version }),
      200,
    )

    expect(published).toMatchObject({ status: 'PUBLISHED', sessions: calendar.sessions })
    expect((await checkUps.planner.post(url, undefined, { ifMatch: published.version })).body).toMatchObject({
      code: 'calendar-state',
    })
    const { items } = bodyOf<Page<CheckSession>>(await checkUps.village.get('/api/v1/check-sessions'), 200)
    expect(items.length).toBeGreaterThan(0)
    expect(items.every(({ village, category }) => village.code === places.village && category === null)).toBe(
      true,
    )
    expect((await checkUps.village.get('/api/v1/check-sessions?category=WOMEN')).status).toBe(403)
    expect((await checkUps.planner.post('/api/v1/check-calendars', { year: 2026 })).body).toMatchObject({
      code: 'already-exists',
    })
  })

  test('moves and cancels a session with its reason, never to a day that is not worked', async () => {
    const [first, second] = await sessionsOf(calendar.id)
    const move = (on: string, version = first!.version) =>
      checkUps.planner.post(
        `/api/v1/check-sessions/${first!.id}/move`,
        { on, reason: '村里停电' },
        { ifMatch: version },
      )

    expect((await move('2026-05-01')).body).toMatchObject({
      errors: [{ pointer: '/on', code: 'day-not-worked' }],
    })
    expect((await move('2026-03-01')).body).toMatchObject({
      errors: [{ pointer: '/on', code: 'invalid-date' }],
    })
    const moved = bodyOf<CheckSessionDetail>(await move('2026-12-30'), 200)
    const cancelled = bodyOf<CheckSessionDetail>(
      await checkUps.planner.post(
        `/api/v1/check-sessions/${second!.id}/cancellation`,
        { reason: '大雪' },
        { ifMatch: second!.version },
      ),
      200,
    )

    expect(moved).toMatchObject({ on: '2026-12-30', publishedOn: first!.on })
    expect(moved.changes).toMatchObject([
      { kind: 'MOVED', fromOn: first!.on, toOn: '2026-12-30', reason: '村里停电' },
    ])
    expect(cancelled).toMatchObject({ status: 'CANCELLED', reason: '大雪' })
    expect((await move('2026-12-29', moved.version + 1)).status).toBe(412)
  })

  test('is planned again after a change: held ones stay, only hindered ones move, the cancelled comes back', async () => {
    const before = (await sessionsOf(calendar.id)).filter(({ status }) => status === 'PLANNED')
    const hindered = before.find(({ on }) => on > '2026-03-20')!
    await checkUps.planner.post('/api/v1/busy-periods', {
      ...{
        divisionCode: hindered.village.code,
        kind: 'OTHER',
        name: '庙会',
        fromOn: hindered.on,
        toOn: hindered.on,
      },
    })
    const url = `/api/v1/check-calendars/${calendar.id}/replanning`
    const body = { reason: '庙会' }

    const preview = bodyOf<Replanning>(await checkUps.planner.post(`${url}?dryRun=true`, body), 200)
    const untouched = (await sessionsOf(calendar.id)).filter(({ status }) => status === 'PLANNED')
    const done = bodyOf<Replanning>(await checkUps.planner.post(url, body, { key: 'again' }), 200)
    const repeated = bodyOf<Replanning>(await checkUps.planner.post(url, body, { key: 'again' }), 200)

    expect(untouched).toEqual(before)
    expect(preview.moved.map(({ sessionId, reason }) => [sessionId, reason])).toEqual([[hindered.id, 'BUSY']])
    expect(done).toEqual(preview)
    expect(repeated).toEqual(done)
    expect(done.added).toBeGreaterThanOrEqual(1)
    const after = await sessionsOf(calendar.id)
    const kept = before.filter(({ id }) => id !== hindered.id)
    expect(kept.every((session) => after.some(({ id, on }) => id === session.id && on === session.on))).toBe(
      true,
    )
    expect(after.find(({ id }) => id === hindered.id)!.on).toBe(done.moved[0]!.toOn)
  })

  test('tells how it is carried out', async () => {
    const answer = await checkUps.planner.get(`/api/v1/check-calendars/${calendar.id}/execution`)

    const { items } = bodyOf<{ items: { planned: number; cancelled: number }[] }>(answer, 200)
    expect(items.reduce((sum, { cancelled }) => sum + cancelled, 0)).toBe(1)
    expect((await checkUps.village.get(`/api/v1/check-calendars/${calendar.id}/execution`)).status).toBe(403)
  })
})
