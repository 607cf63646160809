import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Episode } from '@youyu/shared/contraception/episodes'
import type { FollowUpTask } from '@youyu/shared/contraception/follow-up'
import type { ContactPreference, ServiceOffer } from '@youyu/shared/contraception/offers'
import type { OperatorLicence } from '@youyu/shared/contraception/operator-licences'
import type { PersonMerge } from '@youyu/shared/population/persons'
import type { Page } from '@youyu/shared/values'
import { hadProcedure } from '../../../../test/care.ts'
import { openClinic, type Clinic } from '../../../../test/clinic.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, places } from '../../../../test/register.ts'
import { choosing, insertion, licenseOperator } from '../../../../test/visits.ts'

let office: TestOffice
let clinic: Clinic
let operator: OperatorLicence
let village: Officer
const today = '2026-08-20'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  clinic = await openClinic(office)
  operator = await licenseOperator(office, clinic.station.id)
  village = await office.officer('village_worker', places.village)
})
afterAll(() => office.close())

const client = async () =>
  (await clinic.woman({ residenceDivision: places.village, hukouDivision: places.village })).id
const answered = (keepId: string, mergeId: string) =>
  clinic.clerk.post('/api/v1/person-merges', { keepId, mergeId, reason: '同一人' })
const merge = async (keepId: string, mergeId: string) =>
  bodyOf<PersonMerge>(await answered(keepId, mergeId), 201)
const undo = async ({ id }: PersonMerge) =>
  bodyOf<PersonMerge>(await clinic.clerk.post(`/api/v1/person-merges/${id}/undo`, { reason: '弄错了' }), 201)
const visit = async (body: object) => bodyOf(await clinic.clinician.post('/api/v1/encounters', body), 201)
const use = async (officer: Officer, body: object) =>
  bodyOf<Episode>(await officer.post('/api/v1/method-episodes', body), 201)
const state = async (id: string, kind: string, service = 'ALL') =>
  bodyOf(
    await village.post(`/api/v1/persons/${id}/contact-preferences`, { kind, service, channel: 'VILLAGE' }),
    201,
  )
const wishes = async (id: string) =>
  bodyOf<{ items: ContactPreference[] }>(await village.get(`/api/v1/persons/${id}/contact-preferences`), 200)
    .items
const offers = async (id: string) =>
  bodyOf<Page<ServiceOffer>>(await village.get(`/api/v1/service-offers?clientId=${id}`), 200).items
const methods = async (officer: Officer, id: string) =>
  bodyOf<Page<Episode>>(await officer.get(`/api/v1/method-episodes?clientId=${id}`), 200).items.map(
    ({ method, startedOn, endedOn, endReason }) => [method, startedOn, endedOn, endReason],
  )
const tasks = async (officer: Officer, id: string) =>
  bodyOf<Page<FollowUpTask>>(await officer.get(`/api/v1/follow-up-tasks?clientId=${id}`), 200).items

/** Everything in which a client stands, as it is. */
async function careOf(...clients: string[]) {
  const tables = await office.sql<{ name: string }>(
    `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'client_id'
       and table_name <> 'api_client_secrets' order by 1`,
  )
  const rows = await Promise.all(
    tables.map(({ name }) =>
      office.sql(`select to_jsonb(r) as row from ${name} r where client_id = any($1) order by row`, [
        clients,
      ]),
    ),
  )
  return Object.fromEntries(tables.map(({ name }, i) => [name, rows[i]]))
}

async function counts() {
  const read = () =>
    Promise.all(
      [
        'select * from method_months where started <> 0 or ended <> 0 order by 1, 2, 3, 4, 5, 6',
        'select * from method_users where users <> 0 order by 1, 2, 3, 4, 5',
        'select * from care_tallies where tally <> 0 order by 1, 2, 3, 4, 5, 6',
      ].map((text) => office.sql(text)),
    )
  const kept = await read()
  await office.sql(`select app.recount_care(371121, '${today}')`)
  return [kept, await read()]
}

describe('merging two records of a client', () => {
  test('brings her care along, fits her methods around each other and gives all back', async () => {
    const [kept, merged] = [await client(), await client()]
    await visit(insertion(merged, today, operator.id))
    await use(clinic.neighbour, { clientId: kept, method: 'M60', startedOn: '2024-03-01' })
    await use(clinic.neighbour, {
      ...{ clientId: merged, method: 'M91', startedOn: '2023-01-01', endedOn: '2025-01-01' },
      endReason: 'PREFERENCE',
    })
    await state(merged, 'CONSENT')
    const before = await careOf(kept, merged)

    const done = await merge(kept, merged)

    expect(await methods(clinic.clinician, kept)).toEqual([['M30', today, null, null]])
    expect(await methods(clinic.neighbour, kept)).toEqual([
      ['M60', '2024-03-01', today, 'SWITCHED'],
      ['M91', '2023-01-01', '2024-03-01', 'SWITCHED'],
    ])
    const left = await careOf(merged)
    expect(Object.entries(left).filter(([, rows]) => rows!.length > 0)).toEqual([])
    expect((await tasks(clinic.clinician, kept)).length).toBeGreaterThan(0)
    const [kept1, again1] = await counts()
    expect(kept1).toEqual(again1)

    await undo(done)

    expect(await careOf(kept, merged)).toEqual(before)
    const [kept2, again2] = await counts()
    expect(kept2).toEqual(again2)
  })

  test('keeps an opt-out of either, and ends the consent that it covers', async () => {
    const [kept, merged] = [await client(), await client()]
    await use(clinic.clinician, { clientId: kept, method: 'M30', startedOn: '2026-07-01' })
    await state(kept, 'CONSENT')
    await state(merged, 'OPT_OUT')
    const before = await careOf(kept, merged)

    const done = await merge(kept, merged)

    expect((await wishes(kept)).filter(({ endedOn }) => endedOn === null)).toMatchObject([
      { kind: 'OPT_OUT', service: 'ALL' },
    ])
    expect((await offers(kept)).filter(({ closedOn }) => closedOn === null)).toEqual([])
    expect((await tasks(clinic.clinician, kept)).every(({ status }) => status === 'CANCELLED')).toBe(true)
    await undo(done)
    expect(await careOf(kept, merged)).toEqual(before)
  })

  test('does not double the opt-out, the offer or the follow-up', async () => {
    const [kept, merged] = [await client(), await client()]
    await use(clinic.clinician, { clientId: kept, method: 'M30', startedOn: '2026-07-10' })
    await use(clinic.clinician, { clientId: merged, method: 'M30', startedOn: '2026-07-12' })
    for (const id of [kept, merged]) {
      await state(id, 'CONSENT', 'FOLLOW_UP')
      await state(id, 'OPT_OUT', 'SUPPLY')
    }
    await village.post('/api/v1/service-offers', {
      ...{ clientId: merged, service: 'COUNSELLING', channel: 'VILLAGE' },
    })
    const before = await careOf(kept, merged)

    const done = await merge(kept, merged)

    const open = (await offers(kept)).filter(({ closedOn }) => closedOn === null)
    expect(open.map(({ service }) => service).sort()).toEqual(['COUNSELLING', 'FOLLOW_UP'])
    expect((await wishes(kept)).filter(({ endedOn }) => endedOn === null)).toHaveLength(2)
    const planned = (await tasks(clinic.clinician, kept)).filter(({ status }) =>
      ['PLANNED', 'OFFERED', 'BOOKED'].includes(status),
    )
    expect(planned.filter(({ dueFrom }) => dueFrom < '2026-09-01')).toHaveLength(1)
    await undo(done)
    expect(await careOf(kept, merged)).toEqual(before)
  })

  test('invites her once in a cycle, as she answered', async () => {
    const [kept, merged] = [await client(), await client()]
    for (const [id, status] of [
      [kept, 'SENT'],
      [merged, 'DECLINED'],
    ])
      await office.sql(
        `insert into check_invitations (county_code, id, client_id, facility_id, division_code, programme, cycle_from, cycle_to, channel, origin,
           status, reminders, recorded_at, updated_at, version)
         values (371121, gen_random_uuid(), $1, $2, $3, 'WOMEN_CHECK', '2026-01-01', '2027-01-01', 'PHONE', 'PLAN', $4, 0, now(), now(), 1)`,
        [id, clinic.station.id, places.village, status],
      )
    const before = await careOf(kept, merged)

    const done = await merge(kept, merged)

    const { check_invitations: invitations } = await careOf(kept)
    expect(invitations).toMatchObject([{ row: { status: 'DECLINED' } }])
    await undo(done)
    expect(await careOf(kept, merged)).toEqual(before)
  })

  test('tells nothing of it to whoever merges', async () => {
    const [kept, merged, plain, other] = [await client(), await client(), await client(), await client()]
    await hadProcedure(office, {
      ...{ client: merged, facility: clinic.station, type: 'P10', performedOn: '2026-01-01' },
    })

    const preview = (keepId: string, mergeId: string) =>
      clinic.clerk.post('/api/v1/person-merges?dryRun=true', { keepId, mergeId, reason: '同一人' })
    expect(
      JSON.stringify((await preview(kept, merged)).body)
        .replaceAll(merged, other)
        .replaceAll(kept, plain),
    ).toBe(JSON.stringify((await preview(plain, other)).body))
    const [told, silent] = [await answered(kept, merged), await answered(plain, other)]

    const same = ({ body }: { body: unknown }) => Object.keys(body as object)
    expect(same(told)).toEqual(same(silent))
    const [may] = await office.sql(
      `select has_table_privilege('youyu_app', 'care_merges', 'select') or has_table_privilege('youyu_care', 'care_merges', 'select')
         or has_table_privilege('youyu_app', 'care_merge_rows', 'select') or has_table_privilege('youyu_care', 'care_merge_rows', 'select') as any`,
    )
    expect(may).toEqual({ any: false })
    await counts()
  })

  test('gives back what was recorded since of what had come, and leaves what was not', async () => {
    const [kept, merged] = [await client(), await client()]
    await visit(insertion(merged, today, operator.id))
    const done = await merge(kept, merged)
    const [came] = bodyOf<Page<Episode>>(
      await clinic.clinician.get(`/api/v1/method-episodes?clientId=${kept}`),
      200,
    ).items
    await use(clinic.neighbour, { clientId: kept, method: 'M60', startedOn: '2025-01-01' })

    await undo(done)

    expect(await methods(clinic.clinician, merged)).toEqual([[came!.method, today, null, null]])
    expect(await methods(clinic.neighbour, kept)).toEqual([['M60', '2025-01-01', null, null]])
    const [stand, again] = await counts()
    expect(stand).toEqual(again)
  })

  test('keeps together what was done since under a choice that had come, and what became one with the other', async () => {
    const [kept, merged] = [await client(), await client()]
    const choose = async (clientId: string, method: string) => {
      const told = {
        clientId,
        occurredOn: today,
        channel: 'FACE',
        intention: 'AFTER_2Y',
        ...choosing(method),
      }
      return bodyOf<{ id: string }>(await clinic.clinician.post('/api/v1/informed-choices', told), 201).id
    }
    const [own, came] = [await choose(kept, 'M70'), await choose(merged, 'M30')]
    const done = await merge(kept, merged)
    const [first, second] = [
      await use(clinic.clinician, { clientId: kept, method: 'M30', startedOn: today, choiceId: came }),
      await use(clinic.clinician, {
        ...{ clientId: kept, method: 'M70', startedOn: today, isDual: true, choiceId: own },
      }),
    ]

    await undo(done)

    const rows = await office.sql(
      `select id, client_id from method_episodes where id = any($1) order by id = $2 desc`,
      [[first.id, second.id], first.id],
    )
    expect(rows).toEqual([
      { id: first.id, client_id: merged },
      { id: second.id, client_id: kept },
    ])
  })

  test('counts by sex what was recorded under a record that was wrong in it', async () => {
    const [kept, { id: merged }] = [await client(), await clinic.woman({ sex: '1', idNumber: null })]
    await visit({ clientId: merged, occurredOn: today, choice: choosing('M70') })

    const done = await merge(kept, merged)

    const [stand, again] = await counts()
    expect(stand).toEqual(again)
    await undo(done)
    const [back, once] = await counts()
    expect(back).toEqual(once)
  })

  test('knows every table in which a client stands', async () => {
    const missing = await office.sql(
      `select c.table_name from information_schema.columns c
       where c.table_schema = 'public' and c.column_name = 'client_id' and c.table_name not in ('care_clients', 'api_client_secrets')
         and not exists (select from pg_proc p where p.proname = 'move_care' and p.prosrc ~ ('update ' || c.table_name || ' r set client_id'))
         and not exists (select from app.columns_of_chain_people() m where m.relation = c.table_name and m.person = 'client_id')`,
    )

    expect(missing).toEqual([])
  })
})

const fact = fc.record({
  method: fc.constantFrom('M30', 'M40', 'M60', 'M91'),
  start: fc.integer({ min: 0, max: 900 }),
  lasts: fc.option(fc.integer({ min: 0, max: 500 })),
  here: fc.boolean(),
  ofKept: fc.boolean(),
})
const day = (offset: number) => new Date(Date.UTC(2020, 0, 1 + offset)).toISOString().slice(0, 10)

test('whatever was recorded of both, the history is one, the counts stand, and undoing restores it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fact, { minLength: 1, maxLength: 6, selector: ({ start }) => start }),
      async (facts) => {
        const [kept, merged, whole] = [await client(), await client(), await client()]
        for (const { method, start, lasts, here, ofKept } of facts) {
          const officer = here ? clinic.clinician : clinic.neighbour
          const end = lasts === null ? {} : { endedOn: day(start + lasts), endReason: 'PREFERENCE' }
          const body = { method, startedOn: day(start), ...end }
          await use(officer, { ...body, clientId: ofKept ? kept : merged })
          await use(officer, { ...body, clientId: whole })
        }
        const history = (id: string) =>
          office.sql(
            `select method, started_on, ended_on, end_reason from method_episodes where client_id = $1 order by started_on`,
            [id],
          )
        const before = await careOf(kept, merged)

        const done = await merge(kept, merged)
        expect(await history(kept)).toEqual(await history(whole))
        const [stand, again] = await counts()
        expect(stand).toEqual(again)
        await undo(done)

        expect(await careOf(kept, merged)).toEqual(before)
      },
    ),
    { numRuns: 8 },
  )
}, 120_000)

test('closes the accounts of due services whichever month the undoing falls in', async () => {
  const [kept, merged] = [await client(), await client()]
  for (const clientId of [kept, merged])
    bodyOf(
      await village.post('/api/v1/service-offers', {
        ...{ clientId, service: 'COUNSELLING', channel: 'VILLAGE' },
      }),
      201,
    )
  const later = (now: string) => office.setNow(new Date(now))
  const close = async (month: string) => {
    const planner = await office.officer('county_mch', places.county)
    bodyOf(await planner.post(`/api/v1/due-service-months/${month}/closings`), 201)
  }
  const done = await merge(kept, merged)
  later('2026-09-02T09:00:00+08:00')
  await close('2026-08-01')
  const clerk = await office.officer('county_population', places.county)

  bodyOf(await clerk.post(`/api/v1/person-merges/${done.id}/undo`, { reason: '弄错了' }), 201)

  const open = await office.sql(
    `select client_id from service_offers where client_id = any($1) and closed_on is null`,
    [[kept, merged]],
  )
  expect(open).toEqual([{ client_id: kept }])
  later('2026-10-02T09:00:00+08:00')
  await close('2026-09-01')
})
