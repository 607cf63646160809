import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FollowUpTask } from '@youyu/shared/contraception/follow-up'
import type { ServiceOffer } from '@youyu/shared/contraception/offers'
import type { Page } from '@youyu/shared/values'
import { hadProcedure, planTheCounty, usesMethod } from '../../../../test/care.ts'
import { openFacility, type Facility } from '../../../../test/facility.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, furnishPlaces, places, register } from '../../../../test/register.ts'

let office: TestOffice
let station: Facility
let registrar: Officer
let clinician: Officer
let village: Officer
let planner: Officer
beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  office.setNow(new Date('2026-06-15T04:00:00Z'))
  station = await openFacility(office, places.county)
  registrar = await office.officer('county_population', places.county)
  clinician = await office.officer('station_clinician', places.county, { organisation: 'ST-1' })
  village = await office.officer('village_worker', places.village)
  planner = await office.officer('county_mch', places.county)
})
afterAll(() => office.close())

const tasksOf = async (client: string) =>
  bodyOf<Page<FollowUpTask>>(await clinician.get(`/api/v1/follow-up-tasks?clientId=${client}&limit=100`), 200)
    .items
const offersOf = async (client: string) =>
  bodyOf<Page<ServiceOffer>>(await village.get(`/api/v1/service-offers?clientId=${client}`), 200).items

const open = ['PLANNED', 'OFFERED', 'BOOKED']
const today = '2026-06-15'
const dayIn = (offset: number) =>
  new Date(Date.UTC(2026, 5, 15) + offset * 86_400_000).toISOString().slice(0, 10)

/** What may happen to her in any order; every step is followed by planning, or not. */
const step = fc.record({
  plan: fc.boolean(),
  act: fc.oneof(
    fc.record({
      do: fc.constant('start' as const),
      method: fc.constantFrom('M30', 'M31', 'M40', 'M50', 'M60'),
      ago: fc.nat({ max: 1600 }),
    }),
    fc.record({
      do: fc.constant('procedure' as const),
      type: fc.constantFrom('P01', 'P02', 'P04', 'P05', 'P06', 'P10'),
      ago: fc.nat({ max: 200 }),
    }),
    fc.record({ do: fc.constant('redate' as const), days: fc.integer({ min: -20, max: 20 }) }),
    fc.record({ do: fc.constant('end' as const) }),
    fc.record({ do: fc.constant('consent' as const) }),
    fc.record({ do: fc.constant('decline' as const), which: fc.nat({ max: 5 }) }),
    fc.record({ do: fc.constant('refuse' as const), which: fc.nat({ max: 3 }) }),
    fc.record({
      do: fc.constant('optOut' as const),
      service: fc.constantFrom('FOLLOW_UP', 'APPOINTMENT', 'ALL'),
    }),
    fc.record({ do: fc.constant('version' as const), months: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ do: fc.constant('wait' as const) }),
  ),
})
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never

async function act(client: string, { act: given }: Step): Promise<void> {
  if (given.do === 'start') {
    await office.sql(
      `delete from method_episodes where client_id = $1 and ended_on is not null and started_on = ended_on`,
      [client],
    )
    await office.sql(
      `update method_episodes set stated_end_on = greatest(started_on, $2::date), stated_end_reason = 'SWITCHED', ended_on = greatest(started_on, $2::date),
         end_reason = 'SWITCHED' where client_id = $1 and ended_on is null and voided_at is null`,
      [client, dayIn(-given.ago)],
    )
    await usesMethod(office, {
      client,
      facility: station,
      method: given.method,
      startedOn: dayIn(-given.ago),
    }).catch(() => undefined)
  } else if (given.do === 'procedure') {
    await hadProcedure(office, {
      client,
      facility: station,
      type: given.type,
      performedOn: dayIn(-given.ago),
    })
  } else if (given.do === 'redate') {
    const [row] = await office.sql<{ id: string; method: string; day: string }>(
      `update method_episodes set voided_at = now(), void_reason = '更正' where client_id = $1 and ended_on is null and voided_at is null
       returning id, method, least(started_on + $2::int, current_date)::text as day`,
      [client, given.days],
    )
    if (!row) return
    const replacement = await usesMethod(office, {
      client,
      facility: station,
      method: row.method,
      startedOn: row.day > today ? today : row.day,
    }).catch(() => null)
    if (replacement)
      await office.sql(`update method_episodes set replaces = $2 where id = $1`, [replacement, row.id])
    else
      await office.sql(`update method_episodes set voided_at = null, void_reason = null where id = $1`, [
        row.id,
      ])
  } else if (given.do === 'end') {
    await office.sql(
      `update method_episodes set stated_end_on = $2, stated_end_reason = 'PREFERENCE', ended_on = $2, end_reason = 'PREFERENCE'
       where client_id = $1 and ended_on is null and voided_at is null`,
      [client, today],
    )
  } else if (given.do === 'consent') {
    await village.post(`/api/v1/persons/${client}/contact-preferences`, {
      kind: 'CONSENT',
      service: 'ALL',
      channel: 'VILLAGE',
    })
  } else if (given.do === 'decline') {
    const tasks = (await tasksOf(client)).filter(({ status }) => open.includes(status))
    const task = tasks[given.which % Math.max(1, tasks.length)]
    if (task)
      bodyOf(
        await clinician.post(`/api/v1/follow-up-tasks/${task.id}/outcomes`, {
          outcome: 'DECLINED',
          on: today,
        }),
        201,
      )
  } else if (given.do === 'refuse') {
    const offers = await offersOf(client)
    const offer = offers[given.which % Math.max(1, offers.length)]
    if (offer)
      bodyOf(
        await village.post(`/api/v1/service-offers/${offer.id}/answers`, {
          answer: 'DECLINE',
          channel: 'VILLAGE',
        }),
        201,
      )
  } else if (given.do === 'optOut') {
    await village.post(`/api/v1/persons/${client}/contact-preferences`, {
      kind: 'OPT_OUT',
      service: given.service,
      channel: 'VILLAGE',
    })
  } else if (given.do === 'version') {
    const steps = [
      {
        step: 'm1',
        nameZh: '随访',
        nameEn: 'Visit',
        months: given.months,
        days: 0,
        percent: null,
        windowDays: 30,
        keepDays: 60,
        everyMonths: null,
        service: 'FOLLOW_UP',
        mode: 'CLINIC',
        needsConsent: false,
      },
      {
        step: 'yearly',
        nameZh: '每年',
        nameEn: 'Yearly',
        months: given.months + 6,
        days: 0,
        percent: null,
        windowDays: 60,
        keepDays: 90,
        everyMonths: 6,
        service: 'FOLLOW_UP',
        mode: 'CLINIC',
        needsConsent: false,
      },
    ]
    bodyOf(
      await planner.post('/api/v1/follow-up-protocols/iud-use/versions', {
        effectiveFrom: today,
        steps,
        reason: '本县安排',
      }),
      201,
    )
  }
}

type Kept = { id: string; subject: string; service: string; from: string; until: string }

test('whatever was declined is not offered again in its cycle, in whatever order things happen and are planned', async () => {
  let declinedCount = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      const client = (await register(registrar)).id
      await office.sql(
        `insert into care_clients (county_code, facility_id, client_id, first_on, last_on, encounters) values (371121, $1, $2, $3, $3, 1)`,
        [station.id, client, today],
      )
      for (const each of steps) {
        await act(client, each)
        if (each.plan)
          await office.sql(`select app.plan_follow_up(371121, array[$1::uuid], $2, null, now())`, [
            client,
            today,
          ])
      }
      await office.sql(`select app.plan_follow_up(371121, array[$1::uuid], $2, null, now())`, [client, today])

      const declined = await office.sql<Kept>(
        `select id, subject, service, due_from::text as from, cycle_to::text as until from follow_up_tasks where client_id = $1 and status = 'DECLINED'`,
        [client],
      )
      declinedCount += declined.length
      const standing = (await tasksOf(client)).filter(({ status }) => open.includes(status))
      for (const { subject, service, from, until } of declined)
        expect(
          standing.filter(
            (task) =>
              task.subject === subject &&
              task.service === service &&
              task.dueFrom < until &&
              task.dueTo >= from,
          ),
        ).toEqual([])
      const silent = await office.sql<{ service: string }>(
        `select service from contact_preferences where client_id = $1 and kind = 'OPT_OUT' and ended_on is null`,
        [client],
      )
      const services = silent.map(({ service }) => service)
      expect(standing.filter((task) => services.includes('ALL') || services.includes(task.service))).toEqual(
        [],
      )
      expect(
        (await offersOf(client)).filter(
          (offer) => services.includes('ALL') || services.includes(offer.service),
        ),
      ).toEqual([])
      // Planned again, nothing changes.
      await office.sql(`select app.plan_follow_up(371121, array[$1::uuid], $2, null, now())`, [client, today])
      expect((await tasksOf(client)).filter(({ status }) => open.includes(status))).toEqual(standing)
    }),
    { numRuns: 60 },
  )
  expect(declinedCount).toBeGreaterThan(0)
  await planTheCounty(office, planner)
}, 240_000)

test('the months close over any history: opening and opened are closed and closing', async () => {
  await office.sql(
    `truncate service_offers, offer_reminders, due_service_months, due_service_closings; update follow_up_tasks set offer_id = null`,
  )
  const people = await Promise.all(Array.from({ length: 6 }, async () => (await register(registrar)).id))
  const clerk = new pg.Client(office.url)
  await clerk.connect()
  await clerk.query(`set app.area = '{["371121","371121:")}'`)
  const inCounty = async <Row extends pg.QueryResultRow>(
    text: string,
    values: unknown[] = [],
  ): Promise<Row[]> => (await clerk.query<Row>(text, values)).rows
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          day: fc.nat({ max: 25 }),
          who: fc.nat({ max: 5 }),
          service: fc.constantFrom('SUPPLY', 'COUNSELLING', 'FOLLOW_UP'),
          does: fc.constantFrom('request', 'request', 'DECLINE', 'DONE', 'NOT_NEEDED', 'move'),
        }),
        { maxLength: 25 },
      ),
      async (history) => {
        await inCounty('truncate service_offers, offer_reminders, due_service_months, due_service_closings')
        await inCounty(`update persons set residence_division = $1 where id = any($2)`, [
          places.village,
          people,
        ])
        const months = ['2026-01', '2026-02', '2026-03']
        for (const [index, month] of months.entries()) {
          const parts = history.filter((_, place) => place % 3 === index).sort((a, b) => a.day - b.day)
          for (const { day, who, service, does } of parts) {
            const on = `${month}-${String(day + 1).padStart(2, '0')}`
            const client = people[who]!
            if (does === 'request')
              await inCounty(
                `select app.request_offer(371121, gen_random_uuid(), $1, $2, 'VILLAGE', null, null, $3, null, now())`,
                [client, service, on],
              )
            else if (does === 'move') {
              await inCounty(
                `update persons set residence_division = case residence_division when $2 then $3 else $2 end where id = $1`,
                [client, places.village, places.farVillage],
              )
              await inCounty(`select app.follow_offers(371121, array[$1::uuid], $2, null, now())`, [
                client,
                on,
              ])
            } else
              await inCounty(
                `update service_offers set closed_on = $3, closing = $4 where client_id = $1 and service = $2 and closed_on is null`,
                [client, service, on, does === 'DECLINE' ? 'DECLINED' : does],
              )
          }
          await inCounty(`select app.close_due_services(371121, $1, '2026-06-15', null, now())`, [
            `${month}-01`,
          ])
        }
        const open = await inCounty<{ open: number }>(
          `select count(*)::int as open from service_offers where closed_on is null`,
        )
        const closing = await inCounty<{ list: string; open: number }>(
          `select list, sum(closing)::int as open from due_service_months where month = '2026-03-01' group by 1`,
        )
        for (const { open: kept } of closing) expect(kept).toBe(open[0]!.open)
        // Each village and facility opens as it closed, and a closed month is found again from the offers themselves.
        const residual = await inCounty(
          `select n.month from due_service_months n join due_service_months b on b.month = (n.month - interval '1 month')::date and b.list = n.list
             and b.division_code = n.division_code and b.service = n.service and b.facility_id is not distinct from n.facility_id
           where n.opening <> b.closing
           union all
           select m.month from due_service_months m left join lateral app.count_due_services(371121, m.month) c on c.list = m.list and c.division_code = m.division_code
               and c.service = m.service and c.facility_id is not distinct from m.facility_id
           where (c.opening, c.opened, c.done, c.declined, c.moved, c.closing) is distinct from (m.opening, m.opened, m.done, m.declined, m.moved, m.closing)`,
        )
        expect(residual).toEqual([])
      },
    ),
    { numRuns: 40 },
  )
  await clerk.end()
}, 240_000)
