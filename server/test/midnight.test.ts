import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import type { Application } from '@youyu/shared/subsidies/application-case'
import type { FinanceStatement } from '@youyu/shared/subsidies/finance-statements'
import type { Notice } from '@youyu/shared/subsidies/notices'
import type { PaymentBatch } from '@youyu/shared/subsidies/payment-batches'
import { openBank } from '../src/bank-simulator/bank.ts'
import { standardLayout } from '../src/bank-simulator/layout.ts'
import { newId } from '../src/crypto/ids.ts'
import { claimWork } from '../src/modules/subsidies/bank-exchange/queries.ts'
import { runBankWork } from '../src/modules/subsidies/index.ts'
import { closeNoticesOfNight } from '../src/modules/subsidies/notices/index.ts'
import { addWorkingDays, findHolidays } from '../src/modules/subsidies/working-days/index.ts'
import { todayOf } from '../src/office.ts'
import { fundProgramme } from './funds.ts'
import { waitingFor } from './notices.ts'
import { openOffice, type Officer, type TestOffice } from './office.ts'
import {
  answered,
  batchNow,
  beneficiariesOf,
  lockedBatch,
  madeBatch,
  openTreasury,
  stepped,
  type Treasury,
} from './payments.ts'
import { bodyOf, places, register } from './register.ts'

/** Neither the process nor the database lives by the time of Shanghai: there it is the day before until the afternoon. */
const ELSEWHERE = 'America/Los_Angeles'
const zoneBefore = process.env['TZ']

let office: TestOffice
let treasury: Treasury
let clerk: Officer
beforeAll(async () => {
  process.env['TZ'] = ELSEWHERE
  office = await openOffice({}, { timezone: ELSEWHERE })
  treasury = await openTreasury(office)
  // The bank keeps the time of the office.
  treasury.bank = openBank(standardLayout, { failed: 0 }, () => office.office.now().getTime())
  clerk = await office.officer('county_population', places.county)
  // Years pass here.
  await office.sql(`update sessions set expires_at = '2100-01-01'`)
})
afterAll(async () => {
  if (zoneBefore === undefined) delete process.env['TZ']
  else process.env['TZ'] = zoneBefore
  await office.close()
})

const lastOf = (day: string) => new Date(`${day}T23:59:59.900+08:00`)
const firstOf = (day: string) => new Date(`${day}T00:00:00+08:00`)
const at = (moment: Date, milliseconds = 0) => office.setNow(new Date(moment.getTime() + milliseconds))
const monthOf = (day: string) => `${day.slice(0, 7)}-01`

const nights = [
  ['a month', '2026-09-30', '2026-10-01'],
  ['a year', '2026-12-31', '2027-01-01'],
  ['February', '2027-02-28', '2027-03-01'],
  ['28 February of a leap year', '2028-02-28', '2028-02-29'],
  ['29 February', '2028-02-29', '2028-03-01'],
] as const

describe('a day of the office', () => {
  it('is the same in this process, in the database and in Shanghai, wherever both are', async () => {
    const moments = nights.flatMap(([, last, first]) => [lastOf(last), firstOf(first)])
    const text = `select array(select m::date::text from unnest($1::timestamptz[]) m) as days`

    const told = await Promise.all(
      [office.db.pool, office.db.streams, office.db.owner].map(
        async (pool) => (await pool.query<{ days: string[] }>(text, [moments])).rows[0]!.days,
      ),
    )

    expect(lastOf('2026-12-31').getHours()).toBe(7)
    const days = nights.flatMap(([, last, first]) => [last, first])
    expect(moments.map(todayOf)).toEqual(days)
    expect(told).toEqual([days, days, days])
  })

  it('counts working days alike in the rules and in the database, over every end of a month', async () => {
    const rows = await office.sql<{ day: string; n: number; to: string }>(
      `select d::date::text as day, n, app.add_working_days(d::date, n)::text as to
       from generate_series(timestamp '2026-09-01', timestamp '2028-04-01', interval '1 day') d cross join unnest(array[1, 7, 30]) n
       where extract(day from d) > 26 or extract(day from d) < 3`,
    )
    const holidays = await findHolidays({ client: office.db.pool }, '2027-06-01')

    const differing = rows.filter(({ day, n, to }) => addWorkingDays(day, n, holidays) !== to)

    expect(differing).toEqual([])
  })
})

/** What the books say of a batch, as days. */
async function booksOf(id: string) {
  const [row] = await office.sql<{
    year: number
    throughMonth: string
    entries: string
    paidOn: string | null
  }>(
    `select b.year::int as year, b.through_month::text as "throughMonth",
       (select string_agg(concat_ws(' ', e.kind, e.year, e.occurred_on), ', ' order by e.number) from ledger_entries e
        where e.ref_id = b.id or e.ref_id in (select r.id from bank_returns r where r.batch_id = b.id)) as entries,
       (select string_agg(distinct o.value_date::text, ' ') from payment_outcomes o where o.batch_id = b.id) as "paidOn"
     from payment_batches b where b.id = $1`,
    [id],
  )
  return row
}
const monthsOf = async (id: string) =>
  (
    await office.sql<{ month: string }>(
      `select distinct m.month::text as month from payment_item_months m join payment_items i on i.id = m.item_id where i.batch_id = $1 order by 1 desc`,
      [id],
    )
  ).map(({ month }) => month)

async function sentAt(day: string): Promise<PaymentBatch> {
  const asked = { throughMonth: monthOf(day), payOn: day }
  const approved = await stepped(treasury.finance, await lockedBatch(treasury, asked), 'approval', {})
  return await stepped(treasury.clerk, approved, 'submissions', { channel: 'FILE' })
}
async function settled(batch: PaymentBatch): Promise<PaymentBatch> {
  await answered(treasury, batch)
  return await stepped(treasury.finance, await batchNow(treasury, batch.id), 'closing')
}
async function approvedOn(day: string): Promise<string[]> {
  const asked = `year=${day.slice(0, 4)}&from=${day}&to=${day}`
  const statement = await treasury.finance.get(`/api/v1/finance-statements?${asked}`)
  return bodyOf<FinanceStatement>(statement, 200).batches.map(({ number }) => number)
}
const funds = { CENTRAL: 900_000_000, PROVINCE: 900_000_000, CITY: 900_000_000, COUNTY: 900_000_000 }
async function fundedFor(day: string): Promise<void> {
  const year = Number(day.slice(0, 4))
  const [known] = await office.sql('select from budgets where year = $1', [year])
  if (!known) await fundProgramme(treasury.finance, 'P01', year, funds)
}

let entitled = 0
describe('a payout over the end of', () => {
  test.each(nights)(
    '%s: what is done on %s is of that day, what is done on %s of the next',
    async (_, last, first) => {
      const [before, after] = [lastOf(last), firstOf(first)]
      at(before)
      await fundedFor(last)
      await beneficiariesOf(treasury, 1)
      entitled += 1

      const old = await sentAt(last)
      const dead = await claimWork(office.db.statements, newId(), office.office.now(), 30)
      at(after)
      await fundedFor(first)
      const begins = monthOf(first) !== monthOf(last)
      const fresh = begins
        ? await sentAt(first)
        : await madeBatch(treasury, { throughMonth: monthOf(first), payOn: first })
      const refused = begins
        ? null
        : await treasury.clerk.post(`/api/v1/payment-batches/${fresh.id}/lock`, undefined, {
            ifMatch: fresh.version,
          })

      // Whoever holds the file of the old batch holds it for its thirty seconds, over midnight.
      expect(dead?.id).toBe((await batchNow(treasury, old.id)).submission!.id)
      await runBankWork(office.office)
      expect((await batchNow(treasury, old.id)).submission!.state).toBe('PREPARING')
      at(before, 30_001)
      await runBankWork(office.office)
      at(after, 30_001)
      const closed = await settled(old)

      const year = Number(last.slice(0, 4))
      expect(old.number.slice(0, -4)).toBe(`B371121${year}`)
      expect((await monthsOf(old.id))[0]).toBe(monthOf(last))
      expect(closed.deeds.map(({ at: moment }) => todayOf(new Date(moment)))).toEqual([
        last,
        last,
        last,
        last,
        first,
      ])
      expect(await booksOf(old.id)).toEqual({
        ...{ year, throughMonth: monthOf(last), paidOn: first },
        entries: `COMMITMENT ${year} ${last}, PAYMENT ${year} ${first}`,
      })
      expect(await approvedOn(last)).toContain(old.number)
      if (refused) {
        expect([refused.status, (refused.body as { code: string }).code]).toEqual([409, 'empty-roster'])
        await stepped(treasury.clerk, fresh, 'voiding', { reason: '无可发放' })
        return
      }
      await settled(fresh)
      const next = Number(first.slice(0, 4))
      expect(fresh.number.slice(0, -4)).toBe(`B371121${next}`)
      // Nobody is left out, and what was paid at one second to midnight is not paid again.
      expect(await monthsOf(fresh.id)).toEqual([monthOf(first)])
      expect(fresh.items.count).toBe(entitled)
      expect(await booksOf(fresh.id)).toEqual({
        ...{ year: next, throughMonth: monthOf(first), paidOn: first },
        entries: `COMMITMENT ${next} ${first}, PAYMENT ${next} ${first}`,
      })
      expect(await approvedOn(first)).toContain(fresh.number)
      expect(await approvedOn(first)).not.toContain(old.number)
    },
  )
})

describe('deadlines over midnight', () => {
  it('keep a notice up to the last moment of its last day, and let it go with the next', async () => {
    const [last, first] = ['2026-09-30', '2026-10-01']
    const holidays = await findHolidays({ client: office.db.pool }, last)
    let posted: string = last
    while (addWorkingDays(posted, 7, holidays) > last)
      posted = todayOf(new Date(firstOf(posted).getTime() - 1))
    at(lastOf(posted))
    await waitingFor(office, clerk)
    bodyOf(
      await treasury.clerk.post('/api/v1/public-notices', { programme: 'P01', step: 'VILLAGE_NOTICE' }),
      201,
    )
    const list = async () =>
      bodyOf<{ items: Notice[] }>(await treasury.clerk.get('/api/v1/public-notices?limit=1'), 200).items[0]!

    expect(await list()).toMatchObject({ postedOn: posted, untilOn: last, state: 'POSTED' })
    at(lastOf(last))
    expect(await closeNoticesOfNight(office.office)).toBe(0)
    at(firstOf(first))
    expect(await closeNoticesOfNight(office.office)).toBe(1)
    expect(await list()).toMatchObject({ state: 'CLOSED_CLEAN', closedOn: first })
    const [next] = await office.sql(
      `select state, state_since::text as since, due_on::text as due, app.add_working_days($1::date, s.days)::text as expected
       from applications a cross join lateral (select (t ->> 'workingDays')::int as days from app.programme_terms(371121, $1::date) p,
         jsonb_array_elements(p.terms -> 'steps') t where p.code = a.programme and t ->> 'step' = a.state) s
       where a.programme = 'P01'`,
      [first],
    )
    expect(next).toMatchObject({ state: 'TOWN_REVIEW', since: first, due: next?.['expected'] })
  })

  it('count from the day on which an application was filed, in the year in which it was', async () => {
    const town = await office.officer('township_worker', places.street)
    await office.sql(`update sessions set expires_at = '2100-01-01'`)
    const filed = async (moment: Date) => {
      at(moment)
      const mother = await register(clerk, { name: '李秀英', birthDate: '1996-02-01' })
      const child = await register(clerk, { name: '王小雨', birthDate: '2025-03-10', motherId: mother.id })
      const asked = { programme: 'P04', subjectId: child.id, applicantId: mother.id, channel: 'WINDOW' }
      return bodyOf<Application>(await town.post('/api/v1/applications', asked), 201)
    }

    const old = await filed(lastOf('2026-12-31'))
    const fresh = await filed(firstOf('2027-01-01'))

    const expected = await office.sql(
      `select d::text as "filedOn", app.add_working_days(d, (t.terms ->> 'acceptDays')::int)::text as "dueOn"
       from unnest(array[date '2026-12-31', date '2027-01-01']) d cross join app.programme_terms(371121, d) t where t.code = 'P04' order by d`,
    )
    expect([old, fresh]).toMatchObject(expected)
    expect([old, fresh].map(({ number }) => number.split('-')[2])).toEqual(['2026', '2027'])
    expect([old, fresh].map(({ claimYear }) => claimYear)).toEqual([2026, 2027])
  })
})
