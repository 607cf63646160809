import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Overpayment, OverpaymentRow } from '@youyu/shared/subsidies/overpayments'
import { beneficiariesOf, paid } from '../../../../test/beneficiaries.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, furnishPlaces, places, register } from '../../../../test/register.ts'

let office: TestOffice
let clerk: Officer
let other: Officer
let manager: Officer
let finance: Officer
let recorder: Officer

beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  clerk = await office.officer('county_subsidy', places.county)
  other = await office.officer('county_subsidy', places.county)
  manager = await office.officer('county_manager', places.county)
  finance = await office.officer('county_finance', places.county)
  recorder = await office.officer('county_population', places.county)
  office.setNow(new Date('2026-03-10T03:00:00Z'))
})
afterAll(() => office.close())

/** Paid to June; her death on 20 April comes to light in July. */
async function overpaid(): Promise<Overpayment> {
  office.setNow(new Date('2026-03-10T03:00:00Z'))
  const person = await register(recorder, { birthDate: '1960-05-05' })
  const [id] = await beneficiariesOf(office, [
    { programme: 'P02', person, level: 'A_DEATH', on: '2026-02-10' },
  ])
  await paid(office, id!, '2026-06-01')
  const death = { personId: person.id, occurredOn: '2026-03-05', place: 'HOME', reporter: 'VILLAGE' }
  bodyOf(await recorder.post('/api/v1/deaths', death), 201)
  const { items } = bodyOf<{ items: OverpaymentRow[] }>(
    await clerk.get(`/api/v1/overpayments?personId=${person.id}`),
    200,
  )
  return await read(items[0]!.id)
}
const read = async (id: string) => bodyOf<Overpayment>(await clerk.get(`/api/v1/overpayments/${id}`), 200)
const step = async (by: Officer, of: Overpayment, path: string, body: object) =>
  bodyOf<Overpayment>(
    await by.post(`/api/v1/overpayments/${of.id}/${path}`, body, { ifMatch: of.version }),
    201,
  )
const refused = async (by: Officer, of: Overpayment, path: string, body: object) =>
  (await by.post(`/api/v1/overpayments/${of.id}/${path}`, body, { ifMatch: of.version })).body as {
    code: string
  }

const notice = { on: '2026-03-10', document: '多发告知书 1 号' }
const decision = {
  decision: 'CONFIRM',
  on: '2026-03-10',
  decisionNumber: '决定 1 号',
  reason: '死亡后仍在发放',
}
const decided = async () => {
  const told = await step(clerk, await overpaid(), 'notices', notice)
  const replied = await step(clerk, told, 'replies', { on: '2026-03-10', text: '家属：不知情，愿意退回' })
  return await step(manager, replied, 'decisions', decision)
}
const balance = async (account: string) => {
  const [row] = await office.sql<{ fen: number }>(
    `select coalesce(sum(debit_fen - credit_fen), 0)::int as fen from ledger_balances where programme = 'P02' and account = $1`,
    [account],
  )
  return row!.fen
}

describe('an overpayment', () => {
  test('is found when a late death ends what was paid already, month by month', async () => {
    const found = await overpaid()

    expect(found).toMatchObject({ state: 'IDENTIFIED', cause: 'DEATH', amountFen: 3 * 59000, returnedFen: 0 })
    expect(found.months.map(({ month, paidFen, entitledFen }) => [month, paidFen, entitledFen])).toEqual([
      ...['2026-04-01', '2026-05-01', '2026-06-01'].map((month) => [month, 59000, 0]),
    ])
  })

  test('takes a notice, time to answer and a decision by another before money may come back (E10)', async () => {
    const found = await overpaid()
    const back = { on: '2026-03-10', amountFen: 59000, document: '缴款书' }

    expect(await refused(clerk, found, 'returns', back)).toMatchObject({
      code: 'overpayment-not-at-this-step',
    })
    expect(await refused(manager, found, 'decisions', decision)).toMatchObject({
      code: 'overpayment-not-at-this-step',
    })
    const told = await step(clerk, found, 'notices', notice)
    expect(told).toMatchObject({ state: 'NOTIFIED', replyDueOn: '2026-03-31' })
    expect(await refused(manager, told, 'decisions', decision)).toMatchObject({ code: 'reply-period-open' })
    expect(await refused(clerk, told, 'returns', back)).toMatchObject({
      code: 'overpayment-not-at-this-step',
    })
    const replied = await step(clerk, told, 'replies', { on: '2026-03-10', text: '家属：不知情' })
    expect(await refused(clerk, replied, 'decisions', decision)).toMatchObject({ code: 'own-draft' })
    expect(await step(manager, replied, 'decisions', decision)).toMatchObject({ state: 'CONFIRMED' })
    await expect(
      office.sql(`update overpayments set returned_fen = 1 where id = $1`, [(await overpaid()).id]),
    ).rejects.toThrow(/overpayments_back_after_decision/)
  })

  test('comes back in parts, is booked to the tiers that bore it, and closes with the last fen', async () => {
    const before = await balance('OVERPAYMENT_RECEIVABLE')
    const confirmed = await decided()
    expect((await balance('OVERPAYMENT_RECEIVABLE')) - before).toBe(177000)

    const agreed = await step(clerk, confirmed, 'manners', {
      ...{ manner: 'INSTALMENTS', instalmentFen: 100000, document: '分期协议' },
    })
    const once = await step(clerk, agreed, 'returns', {
      on: '2026-03-10',
      amountFen: 100000,
      document: '缴款书 1',
    })
    expect(once).toMatchObject({ state: 'CONFIRMED', returnedFen: 100000 })
    const back = await step(clerk, once, 'returns', {
      on: '2026-03-10',
      amountFen: 77000,
      document: '缴款书 2',
    })

    expect(back).toMatchObject({ state: 'CLOSED', returnedFen: 177000 })
    expect(await balance('OVERPAYMENT_RECEIVABLE')).toBe(before)
  })

  test('is written off within the limit only, by three different people', async () => {
    const confirmed = await decided()
    const proposal = { reason: '无遗产可供追偿' }
    expect(await refused(clerk, confirmed, 'write-offs', proposal)).toMatchObject({
      code: 'over-write-off-limit',
    })
    const most = await step(clerk, confirmed, 'returns', {
      on: '2026-03-10',
      amountFen: 150000,
      document: '缴款书',
    })
    const proposed = await step(other, most, 'write-offs', proposal)
    const approval = { approve: true, document: '会议纪要' }
    expect(await refused(other, proposed, 'office-approvals', approval)).toMatchObject({ code: 'own-draft' })
    expect(await refused(finance, proposed, 'finance-approvals', approval)).toMatchObject({
      code: 'overpayment-not-at-this-step',
    })
    const once = await step(manager, proposed, 'office-approvals', approval)
    const { items } = bodyOf<{ items: OverpaymentRow[] }>(
      await finance.get('/api/v1/overpayments/write-offs'),
      200,
    )
    expect(items.map(({ id }) => id)).toContain(once.id)

    expect(await step(finance, once, 'finance-approvals', approval)).toMatchObject({
      ...{ state: 'CLOSED', returnedFen: 150000, writtenOffFen: 27000 },
    })
  })

  test('is taken back by itself when the fact that made it is, and hidden from another area', async () => {
    const found = await overpaid()
    const stranger = await office.officer('township_worker', places.otherTownship)
    const [death] = await office.sql<{ id: string }>(
      'select id from deaths where person_id = $1 and voided_at is null',
      [found.person.id],
    )
    expect((await stranger.get(`/api/v1/overpayments/${found.id}`)).status).toBe(404)

    bodyOf(await recorder.post(`/api/v1/deaths/${death!.id}/void`, { reason: '登记错人' }), 201)

    expect(await read(found.id)).toMatchObject({ state: 'WITHDRAWN' })
  })
})
