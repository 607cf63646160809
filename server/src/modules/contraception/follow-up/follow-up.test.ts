import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FollowUpTask } from '@youyu/shared/contraception/follow-up'
import type { Page } from '@youyu/shared/values'
import { consentsToContact, hadProcedure, planTheCounty, usesMethod } from '../../../../test/care.ts'
import { openFacility, type Facility } from '../../../../test/facility.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, furnishPlaces, places, register } from '../../../../test/register.ts'
import { workNight } from './index.ts'

let office: TestOffice
let station: Facility
let otherStation: Facility
let clinician: Officer
let otherClinician: Officer
let planner: Officer
let registrar: Officer
let village: Officer
beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  office.setNow(new Date('2026-06-15T02:00:00Z'))
  station = await openFacility(office, places.county)
  otherStation = await openFacility(office, places.street, { code: 'ST-2' })
  clinician = await office.officer('station_clinician', places.county, { organisation: 'ST-1' })
  otherClinician = await office.officer('station_clinician', places.street, { organisation: 'ST-2' })
  planner = await office.officer('county_mch', places.county)
  registrar = await office.officer('county_population', places.county)
  village = await office.officer('village_worker', places.village)
})
afterAll(() => office.close())

const somebody = async () => (await register(registrar)).id
const tasksOf = async (client: string, officer = clinician) =>
  bodyOf<Page<FollowUpTask>>(await officer.get(`/api/v1/follow-up-tasks?clientId=${client}`), 200).items
const spelled = (tasks: FollowUpTask[]) =>
  tasks.map((task) => `${task.protocolCode} ${task.step} ${task.dueFrom}…${task.dueTo} ${task.status}`)
const plan = () => planTheCounty(office, planner)
const answer = (task: FollowUpTask, body: object, officer = clinician) =>
  officer.post(`/api/v1/follow-up-tasks/${task.id}/outcomes`, body)

describe('the planner', () => {
  test('follows an IUD at 1, 3, 6 and 12 months, as far as the time allows', async () => {
    const client = await somebody()
    await usesMethod(office, { client, facility: station, startedOn: '2026-06-01' })

    await plan()

    expect(spelled(await tasksOf(client))).toEqual([
      'iud-use m1 2026-07-01…2026-07-31 PLANNED',
      'iud-use m3 2026-09-01…2026-10-01 PLANNED',
      'iud-use m6 2026-12-01…2026-12-31 PLANNED',
      'iud-use m12 2027-06-01…2027-07-01 PLANNED',
    ])
  })

  test.each([
    [
      'yearly, of an old IUD',
      'M30',
      '2015-05-20',
      ['iud-use yearly 2026-05-20…2026-07-19 PLANNED', 'iud-use yearly 2027-05-20…2027-07-19 PLANNED'],
    ],
    [
      'after four years, of a two-rod implant',
      'M40',
      '2022-08-01',
      ['implant-two-rods offer 2026-08-01…2026-10-30 PLANNED'],
    ],
    [
      'after five years, of a six-rod implant',
      'M41',
      '2021-05-01',
      ['implant-six-rods offer 2026-05-01…2026-07-30 PLANNED'],
    ],
    [
      'blood pressure of a pill',
      'M60',
      '2024-06-10',
      [
        'pill-injection-start yearly 2026-06-10…2026-08-09 PLANNED',
        'pill-injection-start yearly 2027-06-10…2027-08-09 PLANNED',
      ],
    ],
    [
      'the next dose of an injection',
      'M50',
      '2026-06-10',
      [
        'pill-injection-start m1 2026-07-10…2026-08-09 PLANNED',
        'dose-three-months reminder 2026-08-26…2026-10-07 PLANNED',
        'pill-injection-start m3 2026-09-10…2026-10-10 PLANNED',
        'pill-injection-start yearly 2027-06-10…2027-08-09 PLANNED',
      ],
    ],
    ['nothing, of condoms without supply', 'M70', '2026-06-10', []],
  ])('offers %s', async (_what, method, startedOn, expected) => {
    const client = await somebody()
    await usesMethod(office, { client, facility: station, method, startedOn })

    await plan()

    expect(spelled(await tasksOf(client))).toEqual(expected)
  })

  test('offers removal or replacement three months before a device expires', async () => {
    const client = await somebody()
    await usesMethod(office, {
      client,
      facility: station,
      startedOn: '2016-10-01',
      expectedEndOn: '2026-10-01',
    })

    await plan()

    expect(spelled(await tasksOf(client))).toContain('iud-expiry offer 2026-07-01…2026-09-29 PLANNED')
  })

  test('makes one visit of an insertion that two protocols ask for', async () => {
    const client = await somebody()
    await usesMethod(office, { client, facility: station, startedOn: '2026-06-01' })
    await hadProcedure(office, { client, facility: station, type: 'P01', performedOn: '2026-06-01' })

    await plan()

    expect(spelled(await tasksOf(client)).filter((line) => line.includes('2026-07'))).toHaveLength(1)
  })

  test('calls after an abortion only with consent, and tells no other facility', async () => {
    const [silent, willing] = [await somebody(), await somebody()]
    await consentsToContact(office, willing, station)
    for (const client of [silent, willing])
      await hadProcedure(office, { client, facility: station, type: 'P10', performedOn: '2026-06-14' })

    await plan()

    const steps = async (client: string) => (await tasksOf(client)).map(({ step }) => step)
    expect(await steps(silent)).toEqual(['counselling', 'clinical'])
    expect(await steps(willing)).toEqual([
      'counselling',
      'clinical',
      'call-m1',
      'call-m3',
      'call-m6',
      'call-m12',
    ])
    expect(await tasksOf(willing, otherClinician)).toEqual([])
  })

  test('changes nothing the second time', async () => {
    const client = await somebody()
    await usesMethod(office, { client, facility: station, startedOn: '2026-06-01' })
    await plan()
    const before = await tasksOf(client)

    await plan()

    expect(await tasksOf(client)).toEqual(before)
  })

  test('takes back what is open when the method ends, and keeps what was done', async () => {
    const client = await somebody()
    const episode = await usesMethod(office, { client, facility: station, startedOn: '2026-04-20' })
    await plan()
    const [first] = await tasksOf(client)
    bodyOf(
      await answer(first!, {
        outcome: 'DONE',
        on: '2026-06-15',
        mode: 'CLINIC',
        result: { inSitu: 'YES', continues: true },
      }),
      201,
    )

    await office.sql(
      `update method_episodes set stated_end_on = '2026-06-15', stated_end_reason = 'PREFERENCE', ended_on = '2026-06-15', end_reason = 'PREFERENCE' where id = $1`,
      [episode],
    )
    await plan()

    const states = (await tasksOf(client)).map(({ step, status, endedBy }) => `${step} ${status} ${endedBy}`)
    expect(states).toEqual([
      'm1 DONE null',
      'm3 CANCELLED ENDED',
      'm6 CANCELLED ENDED',
      'm12 CANCELLED ENDED',
    ])
  })

  test('moves tasks with the corrected day, and keeps the booking', async () => {
    const client = await somebody()
    const episode = await usesMethod(office, { client, facility: station, startedOn: '2026-05-10' })
    await plan()
    const [first] = await tasksOf(client)
    bodyOf(await answer(first!, { outcome: 'BOOKED', on: '2026-06-15', bookedOn: '2026-06-20' }), 201)

    await office.sql(`update method_episodes set voided_at = now(), void_reason = '日期更正' where id = $1`, [
      episode,
    ])
    const corrected = await usesMethod(office, { client, facility: station, startedOn: '2026-05-12' })
    await office.sql(`update method_episodes set replaces = $2 where id = $1`, [corrected, episode])
    await plan()

    const [moved, ...later] = await tasksOf(client)
    expect(moved).toMatchObject({
      id: first!.id,
      dueFrom: '2026-06-12',
      status: 'BOOKED',
      bookedOn: '2026-06-20',
    })
    expect(later.map(({ dueFrom }) => dueFrom)).toEqual(['2026-08-12', '2026-11-12', '2027-05-12'])
  })

  test('ends with a death and with a move out of the county', async () => {
    const [dead, gone] = [await somebody(), await somebody()]
    for (const client of [dead, gone])
      await usesMethod(office, { client, facility: station, startedOn: '2026-06-01' })
    await plan()
    await office.sql(`update persons set status = 'DECEASED' where id = $1`, [dead])
    await office.sql(`update persons set status = 'MOVED_OUT' where id = $1`, [gone])

    await plan()

    expect(new Set((await tasksOf(dead)).map(({ status, endedBy }) => `${status} ${endedBy}`))).toEqual(
      new Set(['CANCELLED DIED']),
    )
    expect(new Set((await tasksOf(gone)).map(({ status, endedBy }) => `${status} ${endedBy}`))).toEqual(
      new Set(['MOVED MOVED']),
    )
  })

  test('is started by who keeps the rules of care, nobody else', async () => {
    expect((await clinician.post('/api/v1/follow-up-plans')).status).toBe(403)
    expect((await village.post('/api/v1/follow-up-plans')).status).toBe(403)
  })
})

describe('a follow-up task', () => {
  const due = async (startedOn = '2026-05-10') => {
    const client = await somebody()
    await usesMethod(office, { client, facility: station, startedOn })
    await plan()
    const [task] = await tasksOf(client)
    return { client, task: task! }
  }

  test('keeps its result enciphered and gives it back to the facility', async () => {
    const { task } = await due()
    const result = {
      symptoms: '小腹隐痛',
      inSitu: 'YES',
      string: 'SEEN',
      bleeding: 'MORE',
      satisfaction: 4,
      continues: true,
    }

    bodyOf(await answer(task, { outcome: 'DONE', on: '2026-06-15', mode: 'CLINIC', result }), 201)

    expect(bodyOf(await clinician.get(`/api/v1/follow-up-tasks/${task.id}`), 200)).toMatchObject({
      status: 'DONE',
      doneOn: '2026-06-15',
      result,
    })
    const [row] = await office.sql<{ kept: string }>(
      `select encode(result_cipher, 'escape') as kept from follow_up_tasks where id = $1`,
      [task.id],
    )
    expect(row!.kept).not.toContain('小腹')
    const looks = await office.sql(
      `select from access_log where entity = 'follow-up-task' and action = 'view' and fields = '{result}'`,
    )
    expect(looks.length).toBeGreaterThan(0)
  })

  test('is unreachable after two tries, and not tried a third time', async () => {
    const { task } = await due()
    const attempt = () => answer(task, { outcome: 'UNREACHABLE', on: '2026-06-15', mode: 'PHONE' })

    expect(bodyOf(await attempt(), 201)).toMatchObject({ status: 'PLANNED', tries: 1 })
    expect(bodyOf(await attempt(), 201)).toMatchObject({ status: 'UNREACHABLE', tries: 2 })
    expect((await attempt()).body).toMatchObject({ code: 'task-answered' })
  })

  test('declined is declined: nobody opens it again', async () => {
    const { task } = await due()
    bodyOf(await answer(task, { outcome: 'DECLINED', on: '2026-06-15' }), 201)

    const again = await answer(task, { outcome: 'BOOKED', on: '2026-06-15', bookedOn: '2026-06-20' })

    expect(again.body).toMatchObject({ status: 409, code: 'task-answered' })
  })

  test('declined with an opt-out silences the service for ever after', async () => {
    const { client, task } = await due()
    bodyOf(await answer(task, { outcome: 'DECLINED', on: '2026-06-15', optOut: true }), 201)

    await office.sql(`select app.plan_follow_up(371121, array[$1::uuid], '2028-06-15', null, now())`, [
      client,
    ])

    expect((await tasksOf(client)).filter(({ status }) => status === 'PLANNED')).toEqual([])
  })

  test('offers removal after the menopause that a visit found', async () => {
    const { client, task } = await due('2016-05-20')
    bodyOf(
      await answer(task, {
        outcome: 'DONE',
        on: '2026-06-15',
        mode: 'CLINIC',
        result: { bleeding: 'ABSENT', lastMensesOn: '2025-12-01' },
      }),
      201,
    )

    const open = (await tasksOf(client)).filter(({ status }) => status === 'PLANNED')

    expect(spelled(open)).toContain('iud-menopause offer 2026-06-01…2026-12-01 PLANNED')
  })

  test('of an injection plans the next dose from the last', async () => {
    const client = await somebody()
    await usesMethod(office, { client, facility: station, method: 'M50', startedOn: '2026-03-20' })
    await plan()
    const dose = (await tasksOf(client)).find(({ protocolCode }) => protocolCode === 'dose-three-months')!
    bodyOf(await answer(dose, { outcome: 'DONE', on: '2026-06-12', mode: 'CLINIC' }), 201)

    const next = (await tasksOf(client)).find(
      ({ protocolCode, status }) => protocolCode === 'dose-three-months' && status === 'PLANNED',
    )

    expect(next).toMatchObject({ dueFrom: '2026-08-28' })
  })

  test.each([
    ['/on', { outcome: 'DONE', on: '2026-06-16', mode: 'CLINIC' }],
    ['/bookedOn', { outcome: 'BOOKED', on: '2026-06-15', bookedOn: '2026-06-14' }],
    [
      '/result/lastMensesOn',
      { outcome: 'DONE', on: '2026-06-15', mode: 'CLINIC', result: { lastMensesOn: '2026-06-20' } },
    ],
  ])('names the wrong field %s', async (pointer, body) => {
    const { task } = await due()

    expect((await answer(task, body)).body).toMatchObject({ status: 400, errors: [{ pointer }] })
  })

  test('is nothing to another facility, to the village, to the bureau', async () => {
    const { task } = await due()

    expect((await otherClinician.get(`/api/v1/follow-up-tasks/${task.id}`)).status).toBe(404)
    expect((await answer(task, { outcome: 'DECLINED', on: '2026-06-15' }, otherClinician)).status).toBe(404)
    expect((await village.get('/api/v1/follow-up-tasks')).status).toBe(403)
    expect((await planner.get('/api/v1/follow-up-tasks')).status).toBe(403)
  })

  test('stands in the worklist in the order of its day', async () => {
    const pages: FollowUpTask[] = []
    let url = '/api/v1/follow-up-tasks?due=2026-06-15&limit=3'
    for (;;) {
      const page = bodyOf<Page<FollowUpTask>>(await clinician.get(url), 200)
      pages.push(...page.items)
      if (!page.nextCursor) break
      url = `/api/v1/follow-up-tasks?due=2026-06-15&limit=3&cursor=${encodeURIComponent(page.nextCursor)}`
    }

    expect(pages.length).toBeGreaterThan(3)
    expect(pages.map(({ dueFrom }) => dueFrom)).toEqual(pages.map(({ dueFrom }) => dueFrom).sort())
    expect(new Set(pages.map(({ id }) => id)).size).toBe(pages.length)
    expect(
      pages.every(
        ({ status, dueFrom }) => dueFrom <= '2026-06-15' && ['PLANNED', 'OFFERED', 'BOOKED'].includes(status),
      ),
    ).toBe(true)
    expect(otherStation.id).not.toBe(station.id)
  })
})

describe('the night', () => {
  test('plans every county once', async () => {
    expect(await workNight(office.office)).toBe(0)
    office.setNow(new Date('2026-06-16T02:00:00Z'))

    expect([await workNight(office.office), await workNight(office.office)]).toEqual([1, 0])
    const runs = await office.sql<{ day: string }>(
      `select day_on::text as day from follow_up_runs order by 1 desc`,
    )
    expect(runs.map(({ day }) => day)).toEqual(['2026-06-16', '2026-06-15'])
  })
})
