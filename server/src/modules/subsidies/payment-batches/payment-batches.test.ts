import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PaymentTrace } from '@youyu/shared/subsidies/payment-items'
import type { RosterPreview } from '@youyu/shared/subsidies/payment-rosters'
import type { TestOffice } from '../../../../test/office.ts'
import {
  expectClosedBooks,
  itemsOf,
  MONTHLY,
  openPayingOffice,
  reconciliation,
  voided,
} from '../../../../test/paying-office.ts'
import {
  answered,
  batchNow,
  beneficiariesOf,
  lockedBatch,
  madeBatch,
  sentBatch,
  stepped,
  type Treasury,
} from '../../../../test/payments.ts'
import { bodyOf, codeOf, places } from '../../../../test/register.ts'

let office: TestOffice
let treasury: Treasury
let people: string[]
beforeAll(async () => {
  ;({ office, treasury, people } = await openPayingOffice())
})
afterAll(() => office.close())

describe('a payment batch', () => {
  it('shows its roster before it is frozen, and keeps nothing of it', async () => {
    const batch = await madeBatch(treasury)

    const preview = bodyOf<RosterPreview>(
      await treasury.clerk.get(`/api/v1/payment-batches/${batch.id}/roster-preview`),
      200,
    )

    expect(preview.items).toEqual({ count: 12, fen: 12 * 9 * MONTHLY })
    expect(preview.townships.map(({ count }) => count)).toEqual([8, 4])
    expect(preview.arrears.fen).toBe(12 * 8 * MONTHLY)
    expect(await office.sql('select from payment_items where batch_id = $1', [batch.id])).toEqual([])
    await voided(treasury, await batchNow(treasury, batch.id))
  })

  it('goes from the roster to the bank and back, and closes when it reconciles', async () => {
    const sent = await sentBatch(treasury)
    const early = await treasury.finance.post(`/api/v1/payment-batches/${sent.id}/closing`, undefined, {
      ifMatch: (await batchNow(treasury, sent.id)).version,
    })
    const [file] = await answered(treasury, sent)
    const closed = await stepped(treasury.finance, await batchNow(treasury, sent.id), 'closing')

    expect([early.status, codeOf(early)]).toEqual([409, 'not-reconciled'])
    expect(file).toMatchObject({ lines: 12, unmatched: 0, paid: { count: 12, fen: 12 * 9 * MONTHLY } })
    expect(closed.state).toBe('CLOSED')
    expect(await reconciliation(treasury, sent.id)).toMatchObject({
      open: { count: 0 },
      ledgerDifferenceFen: 0,
    })
    const [item] = await itemsOf(treasury, sent.id)
    expect(Object.values(item!.byTier).reduce((sum, fen) => sum + fen, 0)).toBe(item!.amountFen)
    const followed = bodyOf<PaymentTrace>(
      await treasury.finance.get(`/api/v1/payment-items/${item!.id}/trace`),
      200,
    )
    expect(followed).toMatchObject({ item: { state: 'PAID' }, batch: { number: sent.number } })
    expect(followed.months).toHaveLength(9)
    expect(followed.outcomes).toHaveLength(1)
  })

  it('pays no month twice: the next roster has what came since', async () => {
    const empty = await madeBatch(treasury)
    const refused = await treasury.clerk.post(`/api/v1/payment-batches/${empty.id}/lock`, undefined, {
      ifMatch: empty.version,
    })
    await voided(treasury, await batchNow(treasury, empty.id))
    const next = await lockedBatch(treasury, { throughMonth: '2026-10-01' })

    expect(codeOf(refused)).toBe('empty-roster')
    expect(next.items).toEqual({ count: 12, fen: 12 * MONTHLY })
    await voided(treasury, next)
    const again = await lockedBatch(treasury, { throughMonth: '2026-10-01' })
    expect(again.items).toEqual(next.items)
    await voided(treasury, again)
  })

  it('leaves out whom it cannot pay, with the reason', async () => {
    const [unverified, held, suspected] = await beneficiariesOf(treasury, 4)
    const [poor] = await beneficiariesOf(treasury, 1, { withAccounts: false })
    await office.sql(`update payment_accounts set state = 'HELD', held_reason = '核查' where payee_id = $1`, [
      held,
    ])
    await office.sql(
      `insert into claim_matches (county_code, id, programme, person_id, division_code, source, key_kind, answer, other_county, state, found_on)
       values (371121, gen_random_uuid(), 'P01', $1, $2, 'EXCHANGE', 'NUMBER', 'SAME_PROGRAMME', 370321, 'SUSPECTED', '2026-09-01')`,
      [suspected, places.village],
    )
    await office.sql(
      `update payment_accounts set state = 'UNVERIFIED', current_version = 0, number_mask = null, number_hash = null where payee_id = $1`,
      [unverified],
    )

    const locked = await lockedBatch(treasury)

    expect(Object.fromEntries(locked.exclusionsByReason.map(({ reason, count }) => [reason, count]))).toEqual(
      {
        ...{ ACCOUNT_HELD: 1, NO_ACCOUNT: 1, CLAIMED_ELSEWHERE: 1, ACCOUNT_UNVERIFIED: 1 },
      },
    )
    const { items } = bodyOf<{ items: { payeeId: string }[] }>(
      await treasury.clerk.get(`/api/v1/payment-batches/${locked.id}/exclusions?reason=NO_ACCOUNT`),
      200,
    )
    expect(items.map(({ payeeId }) => payeeId)).toEqual([poor])
    await voided(treasury, locked)
    await office.sql(
      `update beneficiaries set state = 'STOPPED', stop_reason = 'DEATH', to_month = '2026-01-01' where person_id = any($1)`,
      [[unverified, held, suspected, poor]],
    )
    await office.sql(`delete from entitlement_months where person_id = any($1)`, [
      [unverified, held, suspected, poor],
    ])
  })

  it('is one batch however often it is asked for at once', async () => {
    await beneficiariesOf(treasury, 1)
    const batch = await madeBatch(treasury)
    const url = `/api/v1/payment-batches/${batch.id}/lock`

    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        treasury.clerk.post(url, undefined, { ifMatch: batch.version, key: 'lock-once' }),
      ),
    )

    expect(new Set(answers.map(({ status }) => status).filter((status) => status !== 409))).toEqual(
      new Set([201]),
    )
    const kept = await batchNow(treasury, batch.id)
    const [written] = await office.sql<{ n: number; distinct: number }>(
      `select count(*)::int as n, count(distinct payee_id)::int as distinct from payment_items where batch_id = $1`,
      [batch.id],
    )
    expect(written).toEqual({ n: kept.items.count, distinct: kept.items.count })
    await voided(treasury, await batchNow(treasury, batch.id))
  })

  it('is not seen from another county, nor by whoever does not pay', async () => {
    const [other, township, mch] = await Promise.all([
      office.officer('county_subsidy', places.otherCounty),
      office.officer('township_worker', places.street),
      office.officer('county_mch', places.county),
    ])
    const [batch] = bodyOf<{ items: { id: string }[] }>(
      await treasury.clerk.get('/api/v1/payment-batches'),
      200,
    ).items

    expect(bodyOf(await other.get('/api/v1/payment-batches'), 200)).toMatchObject({ items: [] })
    expect((await other.get(`/api/v1/payment-batches/${batch!.id}/items`)).status).toBe(404)
    expect((await township.get('/api/v1/payment-batches')).status).toBe(403)
    expect((await mch.get(`/api/v1/payment-batches/${batch!.id}`)).status).toBe(403)
    const hers = bodyOf<{ items: { state: string }[] }>(
      await township.get(`/api/v1/persons/${people[0]}/payments`),
      200,
    )
    expect(hers.items.map(({ state }) => state)).toContain('PAID')
    expect((await other.get(`/api/v1/persons/${people[0]}/payments`)).status).toBe(404)
  })

  it('has had every fen on the books: what the ledger paid is what the items say', async () => {
    await expectClosedBooks(office)
  })
})
