import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PaymentAccount } from '@youyu/shared/subsidies/payment-accounts'
import type { PaymentBatch, Reconciliation } from '@youyu/shared/subsidies/payment-batches'
import type { PaymentItem, RosterPreview } from '@youyu/shared/subsidies/payment-rosters'
import type { PaymentTrace } from '@youyu/shared/subsidies/payment-items'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import {
  answered,
  bankFile,
  batchNow,
  beneficiariesOf,
  lockedBatch,
  madeBatch,
  openTreasury,
  sentBatch,
  stepped,
  uploaded,
  type Treasury,
} from '../../../../test/payments.ts'
import { bodyOf, codeOf, places } from '../../../../test/register.ts'
import { runBankWork } from '../bank-exchange/index.ts'

const YUAN = 100
const MONTHLY = 80 * YUAN

let office: TestOffice
let treasury: Treasury
let people: string[]
beforeAll(async () => {
  office = await openOffice()
  treasury = await openTreasury(office)
  people = await beneficiariesOf(treasury, 12)
})
afterAll(() => office.close())

const itemsOf = async (id: string, query = '') =>
  bodyOf<{ items: PaymentItem[] }>(
    await treasury.clerk.get(`/api/v1/payment-batches/${id}/items?limit=200${query}`),
    200,
  ).items
const reconciliation = async (id: string) =>
  bodyOf<Reconciliation>(await treasury.clerk.get(`/api/v1/payment-batches/${id}/reconciliation`), 200)
const voided = (batch: PaymentBatch) => stepped(treasury.clerk, batch, 'voiding', { reason: '重做' })

async function changedAccount(payee: string, number: string): Promise<PaymentAccount> {
  const url = `/api/v1/payees/${payee}/account`
  const before = bodyOf<PaymentAccount>(await treasury.clerk.get(url), 200)
  const clerkOfTown = await office.officer('township_worker', places.street)
  const other = await office.officer('county_subsidy', places.county)
  const asked = {
    ...{ bankName: '邮储银行', number, holderName: before.payeeName, cardType: 'BANK_CARD' },
    ...{ identityCheck: 'ID_CARD_SEEN', reason: '原卡遗失' },
  }
  const proposer = before.divisionCode.startsWith('371121001') ? clerkOfTown : treasury.clerk
  const proposed = bodyOf<PaymentAccount>(
    await proposer.post(`${url}/changes`, asked, { ifMatch: before.version }),
    201,
  )
  const decision = { decision: 'VERIFIED', verification: 'CALLED_BACK' }
  return bodyOf<PaymentAccount>(
    await other.post(`${url}/decisions`, decision, { ifMatch: proposed.version }),
    201,
  )
}

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
    await voided(await batchNow(treasury, batch.id))
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
    expect(await reconciliation(sent.id)).toMatchObject({ open: { count: 0 }, ledgerDifferenceFen: 0 })
    const [item] = await itemsOf(sent.id)
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
    await voided(await batchNow(treasury, empty.id))
    const next = await lockedBatch(treasury, { throughMonth: '2026-10-01' })

    expect(codeOf(refused)).toBe('empty-roster')
    expect(next.items).toEqual({ count: 12, fen: 12 * MONTHLY })
    await voided(next)
    const again = await lockedBatch(treasury, { throughMonth: '2026-10-01' })
    expect(again.items).toEqual(next.items)
    await voided(again)
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
    await voided(locked)
    await office.sql(
      `update beneficiaries set state = 'STOPPED', stop_reason = 'DEATH', to_month = '2026-01-01' where person_id = any($1)`,
      [[unverified, held, suspected, poor]],
    )
    await office.sql(`delete from entitlement_months where person_id = any($1)`, [
      [unverified, held, suspected, poor],
    ])
  })

  it('is approved by another with the code of her authenticator, and only if the funds are there', async () => {
    await beneficiariesOf(treasury, 2, { programme: 'P01' })
    const checker = await office.officer('county_finance', places.county)
    const locked = await lockedBatch(treasury)
    const password = `correct horse ${checker.username}`
    const { secret } = bodyOf<{ secret: string }>(
      await checker.post('/api/v1/me/second-factor', { password }),
      201,
    )
    const codeAt = () =>
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: office.office.now().getTime() })
    await checker.post('/api/v1/me/second-factor/confirmation', { code: codeAt() })
    const approve = (by: typeof checker, body: object) =>
      by.post(`/api/v1/payment-batches/${locked.id}/approval`, body, { ifMatch: locked.version })
    office.setNow(new Date('2026-09-15T10:05:00+08:00'))

    const answers = [
      await approve(treasury.clerk, {}),
      await approve(checker, {}),
      await approve(checker, { code: '000000' }),
    ]
    await office.sql(`update budgets set amount_fen = 0 where programme = 'P01' and tier = 'CENTRAL'`)
    const poor = await approve(treasury.finance, {})
    await office.sql(`update budgets set amount_fen = 900000000 where programme = 'P01' and tier = 'CENTRAL'`)
    const approved = bodyOf<PaymentBatch>(await approve(checker, { code: codeAt() }), 201)

    expect(answers.map(({ status }) => status)).toEqual([403, 400, 400])
    expect(codeOf(poor)).toBe('funds-short')
    expect(approved.deeds.map(({ deed }) => deed)).toEqual(['MADE', 'LOCKED', 'APPROVED'])
    await expect(
      office.sql('update payment_batches set approved_by = made_by where id = $1', [locked.id]),
    ).rejects.toThrow('payment_batches_maker_not_checker')
    await voided(approved)
  })

  it('is stopped where somebody edited what was frozen', async () => {
    const locked = await lockedBatch(treasury)
    await office.sql(
      'update payment_items set amount_fen = amount_fen + 1, county_fen = county_fen + 1 where batch_id = $1 and seq = 1',
      [locked.id],
    )

    const refused = await treasury.finance.post(
      `/api/v1/payment-batches/${locked.id}/approval`,
      {},
      { ifMatch: locked.version },
    )

    expect(codeOf(refused)).toBe('roster-altered')
    await voided(locked)
  })

  it('never pays an account that was changed since: the item stops, the account is held, the checker is told', async () => {
    const approved = await stepped(treasury.finance, await lockedBatch(treasury), 'approval', {})
    const [item] = await itemsOf(approved.id)
    await changedAccount(item!.payeeId, '6230000000000000999')

    const sent = await stepped(treasury.clerk, approved, 'submissions', { channel: 'FILE' })
    await runBankWork(office.office)

    expect(sent.stopped).toEqual({ count: 1, fen: item!.amountFen })
    const file = (await bankFile(treasury, sent.id)).toString()
    expect(file).not.toContain('6230000000000000999')
    expect(file.split('\n').filter((line) => line.startsWith(sent.number))).toHaveLength(sent.items.count - 1)
    const { items: alerts } = bodyOf<{ items: { kind: string; id: string; accountId: string }[] }>(
      await treasury.finance.get('/api/v1/payment-account-alerts?isOpen=true&kind=CHANGED_AFTER_FREEZE'),
      200,
    )
    expect(alerts).toHaveLength(1)
    const tooLate = await treasury.clerk.post(
      `/api/v1/payment-batches/${sent.id}/voiding`,
      { reason: '重做' },
      {
        ifMatch: sent.version,
      },
    )
    expect(codeOf(tooLate)).toBe('batch-not-at-this-step')
    await answered(treasury, sent)
    await stepped(treasury.finance, await batchNow(treasury, sent.id), 'closing')
  })

  it('issues again what failed, once the account has been verified anew', async () => {
    const [payee] = await beneficiariesOf(treasury, 1)
    const sent = await sentBatch(treasury)
    const [item] = await itemsOf(sent.id, `&personId=${payee}`)
    const line = [
      sent.number,
      item!.seq,
      (await bankFile(treasury, sent.id)).toString().match(new RegExp(`,${item!.seq},P01,[^,]+,(\\d+)`))![1],
    ]
    const text = `batch_no,seq,account_no,amount_fen,code,message,bank_ref,value_date\n${[...line, item!.amountFen, '03', '账户已销', '', '2026-09-20'].join(',')}\n`
    bodyOf(await uploaded(treasury, sent.id, text), 201)
    const begun = bodyOf<PaymentBatch>(
      await treasury.clerk.post(`/api/v1/payment-batches/${sent.id}/reissues`, { payOn: '2026-09-25' }),
      201,
    )
    const stuck = await treasury.clerk.post(`/api/v1/payment-batches/${begun.id}/lock`, undefined, {
      ifMatch: begun.version,
    })
    await changedAccount(payee!, '6230000000000000777')
    const again = await stepped(treasury.clerk, await batchNow(treasury, begun.id), 'lock')

    expect(codeOf(stuck)).toBe('empty-roster')
    expect(again.items).toEqual({ count: 1, fen: item!.amountFen })
    const repeated = (await itemsOf(sent.id, `&personId=${payee}`))[0]!
    expect(repeated).toMatchObject({ state: 'REISSUED', code: '03' })
    const approved = await stepped(treasury.finance, again, 'approval', {})
    const resent = await stepped(treasury.clerk, approved, 'submissions', { channel: 'FILE' })
    await runBankWork(office.office)
    await answered(treasury, resent)
    expect((await itemsOf(again.id))[0]).toMatchObject({ state: 'PAID' })
    expect(await reconciliation(sent.id)).toMatchObject({ failed: { count: 1 }, ledgerDifferenceFen: 0 })
  })

  it('takes money back that came back, and owes it again', async () => {
    const [payee] = await beneficiariesOf(treasury, 1)
    const sent = await sentBatch(treasury)
    await answered(treasury, sent)
    const [item] = await itemsOf(sent.id, `&personId=${payee}`)
    const body = { bankReference: 'TH1', valueDate: '2026-09-15', reason: '户名不符退汇' }

    const returned = bodyOf<PaymentItem>(
      await treasury.clerk.post(`/api/v1/payment-items/${item!.id}/reversals`, body),
      201,
    )
    const twice = await treasury.clerk.post(`/api/v1/payment-items/${item!.id}/reversals`, body)

    expect(returned).toMatchObject({ state: 'RETURNED', code: 'RV' })
    expect(codeOf(twice)).toBe('item-not-at-this-step')
    expect(await reconciliation(sent.id)).toMatchObject({
      returned: { count: 1 },
      ledgerDifferenceFen: 0,
      mayClose: true,
    })
    const next = await lockedBatch(treasury)
    expect(next.items).toEqual({ count: 1, fen: item!.amountFen })
    await voided(next)
  })

  it('leaves out whom it suspends, and pays the arrears once she is resumed', async () => {
    const [payee] = await beneficiariesOf(treasury, 1)
    const [{ id, version }] = (await office.sql<{ id: string; version: number }>(
      'select id, version from beneficiaries where person_id = $1',
      [payee],
    )) as [{ id: string; version: number }]
    const deed = (noun: string, body: object, at: number) =>
      treasury.clerk.post(`/api/v1/beneficiaries/${id}/${noun}`, body, { ifMatch: at })
    bodyOf(await deed('suspensions', { fromMonth: '2026-04-01', reason: 'NOT_VERIFIED' }, version), 201)
    const without = await lockedBatch(treasury)
    const left = without.exclusionsByReason.find(({ reason }) => reason === 'BENEFICIARY_SUSPENDED')
    await voided(without)
    bodyOf(await deed('resumptions', { document: '补审表' }, version + 1), 201)

    const sent = await sentBatch(treasury)

    expect(left).toMatchObject({ count: 1, fen: 3 * MONTHLY })
    const [item] = await itemsOf(sent.id, `&personId=${payee}`)
    expect(item!.amountFen).toBe(9 * MONTHLY)
    await answered(treasury, sent)
    await stepped(treasury.finance, await batchNow(treasury, sent.id), 'closing')
  })

  it('asks beneficiaries drawn by chance whether the money came, and looks at them again', async () => {
    const [batch] = bodyOf<{ items: { id: string }[] }>(
      await treasury.clerk.get('/api/v1/payment-batches?state=CLOSED'),
      200,
    ).items.slice(-1)
    const drawn = bodyOf<{ items: { id: string; result: string | null }[] }>(
      await treasury.clerk.post(`/api/v1/payment-batches/${batch!.id}/confirmation-samples`, { size: 4 }),
      201,
    )

    const answer = await treasury.clerk.post(`/api/v1/payment-confirmations/${drawn.items[0]!.id}/answer`, {
      ...{ result: 'RECEIVED', recheck: 'ENTITLED' },
    })
    for (const [index, recheck] of ['NOT_ENTITLED', 'DUPLICATE', undefined].entries())
      bodyOf(
        await treasury.clerk.post(`/api/v1/payment-confirmations/${drawn.items[index + 1]!.id}/answer`, {
          ...{ result: 'RECEIVED', recheck },
        }),
        201,
      )

    expect(drawn.items).toHaveLength(4)
    expect(bodyOf(answer, 201)).toMatchObject({ result: 'RECEIVED', recheck: 'ENTITLED' })
    const url = `/api/v1/subsidy-indicators/SUB-04?division=${places.county}&from=2026-09-01&to=2026-10-01`
    await office.sql(`update payment_batches set pay_on = '2026-09-10' where id = $1`, [batch!.id])
    const [accuracy] = bodyOf<{ values: { numerator: number; denominator: number }[] }>(
      await treasury.finance.get(url),
      200,
    ).values
    expect(accuracy).toMatchObject({ numerator: 1, denominator: 3 })
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
    await voided(await batchNow(treasury, batch.id))
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
    const [sums] = await office.sql<{ items: number; ledger: number; unbalanced: number }>(
      `select (select sum(i.amount_fen) from payment_items i where i.state = 'OPEN' and exists (select from payment_outcomes o
           where o.batch_id = i.batch_id and o.seq = i.seq and o.code = '00'))::float8 as items,
         (select sum(l.credit_fen) from ledger_lines l where l.account = 'PAID')::float8
           - (select coalesce(sum(l.debit_fen), 0) from ledger_lines l where l.account = 'RETURNED')::float8 as ledger,
         (select count(*)::int from (select from ledger_lines group by entry_id, tier having sum(debit_fen) <> sum(credit_fen)) q) as unbalanced`,
    )

    expect(sums!.ledger).toBe(sums!.items)
    expect(sums!.unbalanced).toBe(0)
    const twice = await office.sql(
      `select from payment_item_months m join entitlement_months e on e.beneficiary_id = m.beneficiary_id and e.month = m.month
       join payment_items i on i.id = m.item_id and i.state = 'OPEN'
       group by m.beneficiary_id, m.month, e.amount_fen having sum(m.amount_fen) > e.amount_fen`,
    )
    expect(twice).toEqual([])
  })
})
