import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PaymentBatch } from '@youyu/shared/subsidies/payment-batches'
import type { TestOffice } from '../../../../test/office.ts'
import {
  changedAccount,
  expectClosedBooks,
  itemsOf,
  openPayingOffice,
  voided,
} from '../../../../test/paying-office.ts'
import {
  answered,
  bankFile,
  batchNow,
  beneficiariesOf,
  lockedBatch,
  stepped,
  type Treasury,
} from '../../../../test/payments.ts'
import { bodyOf, codeOf, places } from '../../../../test/register.ts'
import { runBankWork } from '../bank-exchange/index.ts'

let office: TestOffice
let treasury: Treasury
beforeAll(async () => {
  ;({ office, treasury } = await openPayingOffice())
})
afterAll(() => office.close())

describe('a payment batch that is checked', () => {
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
    await voided(treasury, approved)
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
    await voided(treasury, locked)
  })

  it('never pays an account that was changed since: the item stops, the account is held, the checker is told', async () => {
    const approved = await stepped(treasury.finance, await lockedBatch(treasury), 'approval', {})
    const [item] = await itemsOf(treasury, approved.id)
    await changedAccount(treasury, item!.payeeId, '6230000000000000999')

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

  it('has had every fen on the books: what the ledger paid is what the items say', async () => {
    await expectClosedBooks(office)
  })
})
