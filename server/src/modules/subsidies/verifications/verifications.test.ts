import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Verification, VerificationRun } from '@youyu/shared/subsidies/verifications'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { beneficiariesOf } from '../../../../test/payments.ts'
import { bodyOf, codeOf, furnishPlaces, places } from '../../../../test/register.ts'
import { suspendOverdueOfNight } from './index.ts'

let office: TestOffice
let subsidy: Officer
let town: Officer
let foreign: Officer
let people: string[]

beforeAll(async () => {
  office = await openOffice({ SESSION_HOURS: '720' })
  office.setNow(new Date('2026-05-18T02:00:00Z'))
  await furnishPlaces(office)
  subsidy = await office.officer('county_subsidy', places.county)
  town = await office.officer('township_worker', places.street)
  foreign = await office.officer('county_subsidy', places.otherCounty)
  people = await beneficiariesOf({ office }, 6)
  await office.sql(`update beneficiaries set confirmed_on = '2025-06-01'`)
})
afterAll(() => office.close())

const list = async (by: Officer, question = '') =>
  bodyOf<{ items: Verification[] }>(await by.get(`/api/v1/verifications?year=2026${question}`), 200).items
const good = { alive: 'YES', hukou: 'YES', children: 'YES', disability: 'YES', account: 'YES' }
const result = (given: object = {}) => ({
  method: 'HOME_VISIT',
  checks: good,
  result: 'CONTINUE',
  doneOn: '2026-05-18',
  ...given,
})
const standing = async ({ beneficiaryId }: Verification) =>
  (
    await office.sql<{ state: string; next: string | null }>(
      `select state, to_char(next_verification_on, 'YYYY-MM-DD') as next from beneficiaries where id = $1`,
      [beneficiaryId],
    )
  )[0]!

describe('the annual verification', () => {
  it('is opened for everybody at once; the register answers for whoever it can', async () => {
    const persons = await office.sql<{ person_id: string }>('select person_id from beneficiaries order by id')
    const [dead, gone, poor] = persons.map((row) => row.person_id)
    await office.sql(`update persons set status = 'DECEASED' where id = $1`, [dead])
    await office.sql(`update persons set hukou_division = '370321001001' where id = $1`, [gone])
    await office.sql(`update payment_accounts set state = 'CLOSED' where payee_id = $1`, [poor])

    const run = bodyOf<VerificationRun>(
      await subsidy.post('/api/v1/verification-runs', { programme: 'P01', year: 2026 }),
      201,
    )
    const again = bodyOf<VerificationRun>(
      await subsidy.post('/api/v1/verification-runs', { programme: 'P01', year: 2026 }),
      201,
    )

    expect(people).toHaveLength(6)
    expect([run, again]).toEqual([
      { opened: 6, passed: 3, doubtful: 2, toVisit: 3 },
      { opened: 0, passed: 0, doubtful: 2, toVisit: 3 },
    ])
    const found = await list(subsidy)
    const of = (person: string | undefined) => found.find(({ personId }) => personId === person)!
    expect(of(dead)).toMatchObject({ state: 'DUE', checks: { alive: 'NO' } })
    expect(of(gone).checks.hukou).toBe('NO')
    expect(of(poor).checks.account).toBe('UNKNOWN')
    const passed = found.find(({ state }) => state === 'DONE')!
    expect(passed).toMatchObject({ method: 'FEED_MATCH', result: 'CONTINUE' })
    expect(passed.personName).toMatch(/^.\*$/)
    expect((await standing(passed)).next).toBe(`2027-${passed.dueOn.slice(5)}`)
    expect(await list(subsidy, '&hasDoubt=true')).toHaveLength(2)
    expect((await list(town)).length).toBeLessThan(6)
    expect(await list(foreign)).toEqual([])
  })

  it('takes a result that follows from what was found, once', async () => {
    const [due] = await list(subsidy, '&state=DUE&hasDoubt=true')
    const at = `/api/v1/verifications/${due!.id}/results`
    const send = (body: object) => subsidy.post(at, body, { ifMatch: due!.version })

    const unsound = await send(result({ checks: { ...good, alive: 'NO' } }))
    const tomorrow = await send(result({ doneOn: '2026-05-19' }))
    bodyOf(await send(result({ checks: { ...good, alive: 'NO' }, result: 'STOP' })), 201)
    const second = await subsidy.post(at, result(), { ifMatch: due!.version + 1 })

    expect([unsound.status, tomorrow.status, codeOf(second)]).toEqual([400, 400, 'verification-done'])
    expect((await standing(due!)).state).toBe('STOPPED')
  })

  it('suspends after the deadline, and resumes with arrears when it is made up for', async () => {
    const waiting = await list(subsidy, '&state=DUE')
    expect(await suspendOverdueOfNight(office.office)).toBe(0)
    office.setNow(new Date('2026-06-02T02:00:00Z'))

    expect(await suspendOverdueOfNight(office.office)).toBe(waiting.length)
    expect(await suspendOverdueOfNight(office.office)).toBe(0)

    const [late] = await list(subsidy, '&state=OVERDUE')
    expect(await standing(late!)).toMatchObject({ state: 'SUSPENDED' })
    const done = bodyOf<Verification>(
      await subsidy.post(`/api/v1/verifications/${late!.id}/results`, result({ doneOn: '2026-06-02' }), {
        ifMatch: late!.version,
      }),
      201,
    )
    expect(done).toMatchObject({ state: 'DONE', result: 'CONTINUE' })
    expect((await standing(late!)).state).toBe('ACTIVE')
  })
})
