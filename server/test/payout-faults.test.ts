import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PaymentBatch } from '@youyu/shared/subsidies/payment-batches'
import type { ReturnFile } from '@youyu/shared/subsidies/bank-returns'
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

/** A table into which nothing can be written, as on a disk that is full. */
async function withoutRoom<Result>(table: string, work: () => Promise<Result>): Promise<Result> {
  await office.sql(
    `create or replace function no_room() returns trigger language plpgsql as $$ begin raise disk_full; end $$`,
  )
  await office.sql(`create trigger no_room before insert on ${table} execute function no_room()`)
  try {
    return await work()
  } finally {
    await office.sql(`drop trigger no_room on ${table}`)
  }
}

/** Refused with what to do while there is no room in a table; done once there is, and only once. */
async function onceThereIsRoom<Body>(id: string, table: string, ask: () => Promise<Answer>): Promise<Body> {
  const kept = async () =>
    await office.sql(
      `select b.state, b.version, (select count(*) from payment_items where batch_id = b.id) as items,
         (select count(*) from ledger_entries) as entries, (select count(*) from payment_outcomes) as outcomes,
         (select count(*) from bank_returns) as returns, (select count(*) from idempotency_keys) as keys
       from payment_batches b where b.id = $1`,
      [id],
    )
  const before = await kept()
  const refused = await withoutRoom(table, ask)

  expect([refused.status, (refused.body as { code: string }).code]).toEqual([507, 'storage-full'])
  expect(refused.headers).toMatchObject({
    ...{ 'content-type': 'application/problem+json; charset=utf-8', 'retry-after': '60' },
  })
  expect(await kept()).toEqual(before)
  const done = await ask()
  const after = await kept()
  expect((await ask()).text).toBe(done.text)
  expect(await kept()).toEqual(after)
  return bodyOf<Body>(done, 201)
}

describe('a disk that is full', () => {
  it('keeps nothing of a payout by half, says so, and lets the same request succeed when there is room', async () => {
    await beneficiariesOf(treasury, 3)
    const { id, number, version } = await madeBatch(treasury)
    const step = (officer: 'clerk' | 'finance', name: string, ifMatch: number, body?: object) => () =>
      treasury[officer].post(`/api/v1/payment-batches/${id}/${name}`, body, { ifMatch, key: `room-${name}` })

    const locked = await onceThereIsRoom<PaymentBatch>(id, 'payment_items', step('clerk', 'lock', version))
    const approving = step('finance', 'approval', locked.version, {})
    const approved = await onceThereIsRoom<PaymentBatch>(id, 'ledger_lines', approving)
    bodyOf(await step('clerk', 'submissions', approved.version, { channel: 'FILE' })(), 201)
    await runBankWork(office.office)
    const { text } = await treasury.clerk.get(`/api/v1/payment-batches/${id}/bank-file`)
    treasury.bank.receive(number, Buffer.from(text))
    const [{ name, content } = { name: '', content: '' }] = treasury.bank.returns(number)
    const uploading = () => uploaded(treasury, id, content, name)
    const returned = await onceThereIsRoom<ReturnFile>(id, 'payment_outcomes', uploading)

    // Whoever the bank sent back before is paid with them.
    expect(locked.items.count).toBeGreaterThanOrEqual(3)
    expect(returned).toMatchObject({ lines: locked.items.count, unmatched: 0 })
  })
})
