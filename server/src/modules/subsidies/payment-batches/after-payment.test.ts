import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PaymentBatch } from '@youyu/shared/subsidies/payment-batches'
import type { PaymentItem } from '@youyu/shared/subsidies/payment-rosters'
import type { TestOffice } from '../../../../test/office.ts'
import {
  changedAccount,
  expectClosedBooks,
  itemsOf,
  MONTHLY,
  openPayingOffice,
  reconciliation,
  voided,
} from '../../../../test/paying-office.ts'
import {
  answered,
  bankFile,
  batchNow,
  beneficiariesOf,
  lockedBatch,
  sentBatch,
  stepped,
  uploaded,
  type Treasury,
} from '../../../../test/payments.ts'
import { bodyOf, codeOf, places } from '../../../../test/register.ts'
import { runBankWork } from '../bank-exchange/index.ts'

let office: TestOffice
let treasury: Treasury
beforeAll(async () => {
  ;({ office, treasury } = await openPayingOffice())
  const first = await sentBatch(treasury)
  await answered(treasury, first)
  await stepped(treasury.finance, await batchNow(treasury, first.id), 'closing')
})
afterAll(() => office.close())

describe('a payment batch after it was paid', () => {
  it('issues again what failed, once the account has been verified anew', async () => {
    const [payee] = await beneficiariesOf(treasury, 1)
    const sent = await sentBatch(treasury)
    const [item] = await itemsOf(treasury, sent.id, `&personId=${payee}`)
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
    await changedAccount(treasury, payee!, '6230000000000000777')
    const again = await stepped(treasury.clerk, await batchNow(treasury, begun.id), 'lock')

    expect(codeOf(stuck)).toBe('empty-roster')
    expect(again.items).toEqual({ count: 1, fen: item!.amountFen })
    const repeated = (await itemsOf(treasury, sent.id, `&personId=${payee}`))[0]!
    expect(repeated).toMatchObject({ state: 'REISSUED', code: '03' })
    const approved = await stepped(treasury.finance, again, 'approval', {})
    const resent = await stepped(treasury.clerk, approved, 'submissions', { channel: 'FILE' })
    await runBankWork(office.office)
    await answered(treasury, resent)
    expect((await itemsOf(treasury, again.id))[0]).toMatchObject({ state: 'PAID' })
    expect(await reconciliation(treasury, sent.id)).toMatchObject({
      failed: { count: 1 },
      ledgerDifferenceFen: 0,
    })
  })

  it('takes money back that came back, and owes it again', async () => {
    const [payee] = await beneficiariesOf(treasury, 1)
    const sent = await sentBatch(treasury)
    await answered(treasury, sent)
    const [item] = await itemsOf(treasury, sent.id, `&personId=${payee}`)
    const body = { bankReference: 'TH1', valueDate: '2026-09-15', reason: '户名不符退汇' }

    const returned = bodyOf<PaymentItem>(
      await treasury.clerk.post(`/api/v1/payment-items/${item!.id}/reversals`, body),
      201,
    )
    const twice = await treasury.clerk.post(`/api/v1/payment-items/${item!.id}/reversals`, body)

    expect(returned).toMatchObject({ state: 'RETURNED', code: 'RV' })
    expect(codeOf(twice)).toBe('item-not-at-this-step')
    expect(await reconciliation(treasury, sent.id)).toMatchObject({
      returned: { count: 1 },
      ledgerDifferenceFen: 0,
      mayClose: true,
    })
    const next = await lockedBatch(treasury)
    expect(next.items).toEqual({ count: 1, fen: item!.amountFen })
    await voided(treasury, next)
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
    await voided(treasury, without)
    bodyOf(await deed('resumptions', { document: '补审表' }, version + 1), 201)

    const sent = await sentBatch(treasury)

    expect(left).toMatchObject({ count: 1, fen: 3 * MONTHLY })
    const [item] = await itemsOf(treasury, sent.id, `&personId=${payee}`)
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

  it('has had every fen on the books: what the ledger paid is what the items say', async () => {
    await expectClosedBooks(office)
  })
})
