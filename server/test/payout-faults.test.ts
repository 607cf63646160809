import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PaymentBatch } from '@youyu/shared/subsidies/payment-batches'
import { runBankWork } from '../src/modules/subsidies/index.ts'
import { openOffice, type Answer, type TestOffice } from './office.ts'
import { beneficiariesOf, madeBatch, now, openTreasury, uploaded, type Treasury } from './payments.ts'
import { bodyOf } from './register.ts'

let office: TestOffice
let treasury: Treasury
beforeAll(async () => {
  office = await openOffice()
  treasury = await openTreasury(office, { failed: 0.1 })
})
afterAll(() => office.close())

/** Every connection of the application is cut, as when its process or the database dies in the middle of something. */
const cut = () =>
  office.sql(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name like 'youyu%'`,
  )

/** Asks until there is an answer that a fault cannot explain. */
async function persist(ask: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 0; ; attempt += 1) {
    const answer = await ask()
    if (answer.status < 500 || attempt === 20) return answer
    await sleep(20)
  }
}

/** Does it while the line is cut after so many milliseconds, and again until it is done. */
async function through(fault: number, ask: () => Promise<Answer>): Promise<Answer> {
  const [first] = await Promise.all([ask(), sleep(fault).then(cut)])
  return first.status < 500 ? first : await persist(ask)
}

/** A connection that was cut may be noticed by the next who takes it from the pool. */
async function batchNow(at: Treasury, id: string): Promise<PaymentBatch> {
  return bodyOf(await persist(() => at.clerk.get(`/api/v1/payment-batches/${id}`)), 200)
}

let clock = now.getTime()
/** The next process finds the lease run out. */
const later = () => office.setNow(new Date((clock += 40_000)))

async function stepThrough(
  fault: number,
  id: string,
  officer: 'clerk' | 'finance',
  step: string,
  body?: object,
) {
  const { version } = await batchNow(treasury, id)
  const key = `${step}-${id}`
  return await through(fault, () =>
    treasury[officer].post(`/api/v1/payment-batches/${id}/${step}`, body, { ifMatch: version, key }),
  )
}

async function paidOut(fault: number): Promise<string> {
  await beneficiariesOf(treasury, 6)
  const { id, number } = await madeBatch(treasury)
  expect((await stepThrough(fault, id, 'clerk', 'lock')).status).toBe(201)
  expect((await stepThrough(fault, id, 'finance', 'approval', {})).status).toBe(201)
  expect((await stepThrough(fault, id, 'clerk', 'submissions', { channel: 'FILE' })).status).toBe(201)
  await Promise.all([runBankWork(office.office).catch(() => undefined), sleep(fault).then(cut)])
  for (
    let attempt = 0;
    (await batchNow(treasury, id)).submission?.state === 'PREPARING' && attempt < 10;
    attempt += 1
  ) {
    later()
    await runBankWork(office.office).catch(() => undefined)
  }
  const { text } = await persist(() => treasury.clerk.get(`/api/v1/payment-batches/${id}/bank-file`))
  const file = Buffer.from(text)
  // Delivered twice, as by a process that died before it could say so.
  expect(treasury.bank.receive(number, file).status).toBe('ACCEPTED')
  expect(treasury.bank.receive(number, file).status).toBe('REPEATED')
  for (const { name, content } of treasury.bank.returns(number))
    expect((await through(fault, () => uploaded(treasury, id, content, name))).status).toBe(201)
  expect((await stepThrough(fault, id, 'finance', 'closing')).status).toBe(201)
  return id
}

describe('a payout whose connections are cut in the middle of everything', { timeout: 120_000 }, () => {
  it.each([0, 6, 20])('after %s ms loses nothing, doubles nothing and stays balanced', async (fault) => {
    const id = await paidOut(fault)

    const batch = await batchNow(treasury, id)
    const paid = [...treasury.bank.paid()].filter(([key]) => key.startsWith(`${batch.number} `))
    expect(paid.every(([, { times }]) => times === 1)).toBe(true)
    expect(paid.reduce((sum, [, { fen }]) => sum + fen, 0)).toBe(batch.paid.fen)
    const [books] = await office.sql<{
      unbalanced: number
      doubled: number
      entries: number
      payable: number
    }>(
      `select (select count(*)::int from (select from ledger_lines group by entry_id, tier having sum(debit_fen) <> sum(credit_fen)) q) as unbalanced,
         (select count(*)::int from (select from payment_item_months m join payment_items i on i.id = m.item_id and i.state = 'OPEN'
           join entitlement_months e on e.beneficiary_id = m.beneficiary_id and e.month = m.month
           group by m.beneficiary_id, m.month, e.amount_fen having sum(m.amount_fen) > e.amount_fen) q) as doubled,
         (select count(*)::int from ledger_entries where ref_id = $1 and kind = 'COMMITMENT') as entries,
         (select coalesce(sum(credit_fen - debit_fen), 0)::float8 from ledger_lines where account = 'PROGRAM_PAYABLE') as payable`,
      [id],
    )
    expect(books).toEqual({ unbalanced: 0, doubled: 0, entries: 1, payable: 0 })
  })
})
