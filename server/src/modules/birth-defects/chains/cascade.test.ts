import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cascade, CascadeItem, ClosedPeriod } from '@youyu/shared/birth-defects/cascades'
import { chainsOf, gaveBirth, plan, stateOf, talliesAndRecount } from '../../../../test/chains.ts'
import { openClinic, type Clinic } from '../../../../test/clinic.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, places } from '../../../../test/register.ts'

let office: TestOffice
let clinic: Clinic
let planner: Officer
const day = (offset: number) => new Date(Date.UTC(2026, 0, 1 + offset)).toISOString().slice(0, 10)
const be = (today: string) => office.setNow(new Date(`${today}T09:00:00+08:00`))

beforeAll(async () => {
  office = await openOffice()
  be('2026-08-20')
  clinic = await openClinic(office)
  planner = await office.officer('county_mch', places.county)
})
afterAll(() => office.close())

const cascade = async (query: string, officer = planner) =>
  bodyOf<Cascade>(await officer.get(`/api/v1/birth-defect-cascades?${query}`), 200)
const summed = ({ notDue, due, waiting, done, declined, notApplicable, overdue }: CascadeItem) =>
  notDue! + due! + waiting! + done! + declined! + notApplicable! + overdue!

const items = [
  'EDUCATION',
  'TORCH',
  'FOLIC_ACID',
  'NT',
  'SERUM',
  'NIPT',
  'OGTT',
  'MEDICAL_TERMINATION',
] as const
const command = fc.oneof(
  fc.record({
    do: fc.constant('say' as const),
    item: fc.constantFrom(...items),
    event: fc.constantFrom(
      'OFFERED',
      'ACCEPTED',
      'DECLINED',
      'DONE',
      'POSITIVE',
      'FOLLOWED',
      'NOT_APPLICABLE',
      'MISSED',
    ),
    reason: fc.constantFrom('COST', 'FEAR', 'TOO_LATE'),
  }),
  fc.record({ do: fc.constant('void' as const), nth: fc.nat(10) }),
  fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ do: fc.constant('move' as const) }),
)
const rank = ['NOT_DUE', 'DUE', 'OFFERED', 'OVERDUE', 'NOT_APPLICABLE', 'DECLINED', 'DONE']

test('whatever is said, taken back, waited for or moved: the cascade partitions the cohort, nothing goes backwards but by correction, and the counts stand', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 10 }), async (commands) => {
      let now = 60
      const { id: womanId } = await clinic.woman()
      const chainId =
        '01900000-0000-7000-8000-' +
        Math.floor(Math.random() * 1e12)
          .toString()
          .padStart(12, '0')
      const [opened] = await office.sql<{ id: string }>(
        `select app.refresh_chains(371121, array[$1::uuid], $4, now()) as n, $1::uuid as id from (
           select set_config('app.area', '{["371121","371121:")}', false)) s, lateral (
           select app.open_chain(371121, $1, $2, null, null, 'PREGNANCY', $4, null, $3, null, $4, null, now()) as made) o where made is not null`,
        [chainId, womanId, day(300), day(now)],
      )
      const records: string[] = []
      const states = () =>
        office.sql<{ item: string; state: string }>(
          `select item, state from chain_links where county_code = 371121 and chain_id = $1 order by item`,
          [opened!.id],
        )
      let before = await states()
      expect(before.length).toBeGreaterThan(15)
      for (const step of commands) {
        let isCorrection = false
        if (step.do === 'say') {
          const recordId = `01900000-0000-7000-9000-${Math.floor(Math.random() * 1e12)
            .toString()
            .padStart(12, '0')}`
          records.push(recordId)
          const event = {
            id: recordId,
            chainId,
            item: step.item,
            event: step.event,
            on: day(now),
            reason: step.reason,
            recordId,
          }
          await office.sql(
            `select app.record_links(371121, $1, $2, null, now()) from (select set_config('app.area', '{["371121","371121:")}', true), set_config('app.facility', $3, true)) s`,
            [JSON.stringify([event]), day(now), clinic.station.id],
          )
        } else if (step.do === 'void' && records.length > 0) {
          isCorrection = true
          await office.sql(
            `select app.void_links(371121, array[$1::uuid], 'x', $2, null, now()) from (select set_config('app.area', '{["371121","371121:")}', true)) s`,
            [records[step.nth % records.length], day(now)],
          )
        } else if (step.do === 'wait') {
          now += step.days
          await plan(office, day(now))
        } else if (step.do === 'move') {
          await office.sql('update persons set residence_division = $2 where id = $1', [
            womanId,
            places.farVillage,
          ])
          await office.sql('select app.refresh_chains(371121, array[$1::uuid], $2, now())', [
            chainId,
            day(now),
          ])
        }
        const after = await states()
        if (!isCorrection)
          for (const { item, state } of after) {
            const was = before.find((link) => link.item === item)?.state
            if (was) expect([item, rank.indexOf(state) >= rank.indexOf(was)]).toEqual([item, true])
          }
        before = after
      }
      const cohort = await office.sql<{ n: number }>(
        `select (select count(*)::integer from chains where county_code = 371121 and cohort_month = '2026-10-01') as n`,
      )
      be(day(now))
      const { whole, townships } = await cascade('from=2026-10-01')
      for (const item of whole.items.filter(({ item }) => item !== 'MEDICAL_TERMINATION')) {
        expect([item.item, summed(item)]).toEqual([item.item, cohort[0]!.n])
        const below = townships.map((part) => part.items.find((each) => each.item === item.item)!)
        expect(below.reduce((sum, each) => sum + summed(each), 0)).toBe(cohort[0]!.n)
      }
      const [kept, counted] = await talliesAndRecount(office)
      expect(kept).toEqual(counted)
      await plan(office, day(now))
      expect((await plan(office, day(now))).changed).toBe(0)
    }),
    { numRuns: 8 },
  )
  be('2026-08-20')
}, 60_000)

describe('the cascade of a county', () => {
  test('tells a station by township, drop-offs with their reasons, and years of both kinds', async () => {
    const { id } = await clinic.woman({ residenceSince: '2015-01-01' })
    await gaveBirth(clinic.clerk, id, '2026-08-01', { facilityId: clinic.station.id })
    await plan(office, '2026-08-20')
    const [chain] = await chainsOf(clinic.clinician, id)
    bodyOf(
      await clinic.clinician.post(`/api/v1/birth-defect-chains/${chain!.id}/links`, {
        ...{
          item: 'BLOOD_SPOT',
          childId: chain!.children[0]!.id,
          event: 'MISSED',
          reason: 'TRANSPORT',
          on: '2026-08-20',
        },
      }),
      201,
    )

    const asked = await Promise.all([
      cascade('from=2026-08-01'),
      cascade('periodBasis=CALENDAR_YEAR&year=2026'),
      cascade('periodBasis=STAT_YEAR&year=2026'),
    ])

    for (const { whole } of asked)
      expect(whole.items.find(({ item }) => item === 'BLOOD_SPOT')).toMatchObject({
        ...{ cohort: 1, overdue: 1, dropOffs: [{ reason: 'TRANSPORT', links: 1 }] },
      })
    expect([asked[2].from, asked[2].to]).toEqual(['2025-10-01', '2026-09-01'])
    expect(asked[0].townships.map(({ chains }) => chains)).toEqual([1, 0])
    expect(stateOf((await chainsOf(clinic.clinician, id))[0], 'DELIVERY')).toBe('DONE')
  })

  test('of a closed period stands, and what comes later is told apart', async () => {
    const closed = bodyOf<ClosedPeriod>(
      await planner.post('/api/v1/birth-defect-cascade-periods', { from: '2026-07-01', to: '2026-07-01' }),
      201,
    )
    const { id } = await clinic.woman({ residenceSince: '2015-01-01' })
    await gaveBirth(clinic.clerk, id, '2026-07-20', { facilityId: clinic.station.id })
    await plan(office, '2026-08-20')

    const then = await cascade(`periodId=${closed.id}`)
    const now = await cascade('from=2026-07-01')

    expect([then.whole.chains, now.whole.chains]).toEqual([0, 1])
    expect(then.amendments.find(({ item }) => item === 'DELIVERY')).toMatchObject({
      ...{ division: { code: places.street }, was: { cohort: 0, done: 0 }, now: { cohort: 1, done: 1 } },
    })
  })

  test('for publication withholds small cells and what they could be derived from', async () => {
    const { whole, townships, isPublication } = await cascade('from=2026-08-01&publication=true')

    expect(isPublication).toBe(true)
    const cells = [whole, ...townships].flatMap(({ items: told }) =>
      told.flatMap(({ cohort, done, declined, overdue, offered, dropOffs }) => [
        ...[cohort, done, declined, overdue, offered],
        ...dropOffs.map(({ links }) => links),
      ]),
    )
    expect(cells.filter((cell) => cell !== null && cell > 0 && cell < 5)).toEqual([])
  })

  test('is nobody’s who may not read statistics of care, and of no part of a county', async () => {
    const village = await office.officer('village_worker', places.village)

    expect((await village.get('/api/v1/birth-defect-cascades?from=2026-08-01')).status).toBe(403)
    expect(
      (await planner.get(`/api/v1/birth-defect-cascades?from=2026-08-01&division=${places.street}`)).status,
    ).toBe(403)
    expect((await planner.get('/api/v1/birth-defect-cascades?from=2026-08-01&to=2026-01-01')).status).toBe(
      400,
    )
  })
})
