import { expect } from 'vitest'
import type { PaymentAccount } from '@youyu/shared/subsidies/payment-accounts'
import type { PaymentBatch, Reconciliation } from '@youyu/shared/subsidies/payment-batches'
import type { PaymentItem } from '@youyu/shared/subsidies/payment-rosters'
import { openOffice, type TestOffice } from './office.ts'
import { beneficiariesOf, openTreasury, stepped, type Treasury } from './payments.ts'
import { bodyOf, places } from './register.ts'

const YUAN = 100
export const MONTHLY = 80 * YUAN

/** A county with funds, a bank, and twelve people whom nobody has paid yet. */
export async function openPayingOffice() {
  const office = await openOffice()
  const treasury = await openTreasury(office)
  const people = await beneficiariesOf(treasury, 12)
  return { office, treasury, people }
}

export const itemsOf = async ({ clerk }: Treasury, id: string, query = '') =>
  bodyOf<{ items: PaymentItem[] }>(
    await clerk.get(`/api/v1/payment-batches/${id}/items?limit=200${query}`),
    200,
  ).items
export const reconciliation = async ({ clerk }: Treasury, id: string) =>
  bodyOf<Reconciliation>(await clerk.get(`/api/v1/payment-batches/${id}/reconciliation`), 200)
export const voided = ({ clerk }: Treasury, batch: PaymentBatch) =>
  stepped(clerk, batch, 'voiding', { reason: '重做' })

/** Changed by one officer and verified by another. */
export async function changedAccount(
  { office, clerk }: Treasury,
  payee: string,
  number: string,
): Promise<PaymentAccount> {
  const url = `/api/v1/payees/${payee}/account`
  const before = bodyOf<PaymentAccount>(await clerk.get(url), 200)
  const clerkOfTown = await office.officer('township_worker', places.street)
  const other = await office.officer('county_subsidy', places.county)
  const asked = {
    ...{ bankName: '邮储银行', number, holderName: before.payeeName, cardType: 'BANK_CARD' },
    ...{ identityCheck: 'ID_CARD_SEEN', reason: '原卡遗失' },
  }
  const proposer = before.divisionCode.startsWith('371121001') ? clerkOfTown : clerk
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

/** Every fen is on the books: what the ledger paid is what the items say, and no month was paid twice. */
export async function expectClosedBooks(office: TestOffice): Promise<void> {
  const [sums] = await office.sql<{ items: number; ledger: number; unbalanced: number }>(
    `select (select sum(i.amount_fen) from payment_items i where i.state = 'OPEN' and exists (select from payment_outcomes o
         where o.batch_id = i.batch_id and o.seq = i.seq and o.code = '00'))::float8 as items,
       (select sum(l.credit_fen) from ledger_lines l where l.account = 'PAID')::float8
         - (select coalesce(sum(l.debit_fen), 0) from ledger_lines l where l.account = 'RETURNED')::float8 as ledger,
       (select count(*)::int from (select from ledger_lines group by entry_id, tier having sum(debit_fen) <> sum(credit_fen)) q) as unbalanced`,
  )

  expect(sums!.items).toBeGreaterThan(0)
  expect(sums!.ledger).toBe(sums!.items)
  expect(sums!.unbalanced).toBe(0)
  const twice = await office.sql(
    `select from payment_item_months m join entitlement_months e on e.beneficiary_id = m.beneficiary_id and e.month = m.month
     join payment_items i on i.id = m.item_id and i.state = 'OPEN'
     group by m.beneficiary_id, m.month, e.amount_fen having sum(m.amount_fen) > e.amount_fen`,
  )
  expect(twice).toEqual([])
}
