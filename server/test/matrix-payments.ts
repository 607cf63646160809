import type { PaymentAccount } from '@youyu/shared/subsidies/payment-accounts'
import { standardLayout } from '../src/bank-simulator/layout.ts'
import type { Officer, TestOffice } from './office.ts'
import { bodyOf } from './register.ts'

export type PaymentRecords = {
  payee: string
  paymentAccount: string
  accountAlert: string
  paymentBatch: string
  paymentItem: string
  confirmation: string
  bankLayout: string
}

export const paymentNouns = {
  payees: 'payee',
  'payment-accounts': 'paymentAccount',
  'payment-account-alerts': 'accountAlert',
  'payment-batches': 'paymentBatch',
  'payment-items': 'paymentItem',
  'payment-confirmations': 'confirmation',
  'bank-layouts': 'bankLayout',
} as const

const account = {
  ...{
    bankName: '农商银行',
    number: '6217000000000000018',
    cardType: 'BANK_CARD',
    identityCheck: 'ID_CARD_SEEN',
  },
}
const reason = '核对后办理'

/** A payee with her account, and a locked batch of one item with all that hangs on it. */
export async function paymentsOf(
  office: TestOffice,
  clerk: Officer,
  { payee, name, prefix, village }: { payee: string; name: string; prefix: string; village: string },
): Promise<PaymentRecords> {
  const opened = bodyOf<PaymentAccount>(
    await clerk.post(`/api/v1/payees/${payee}/account`, { ...account, holderName: name }),
    201,
  )
  const county = Number(prefix)
  const [made] = await office.sql<{ batch: string; item: string; alert: string; confirmation: string }>(
    `with batch as (
       insert into payment_batches (county_code, id, number, programme, kind, through_month, pay_on, year, state, layout_id, item_count, total_fen,
         county_fen, roster_hash, made_by, made_at, locked_by, locked_at, version)
       select $1::int, gen_random_uuid(), 'B' || $1 || '20269999', 'P01', 'ROSTER', '2026-06-01', '2026-07-01', 2026, 'LOCKED', l.id, 1, 100, 100, '',
         gen_random_uuid(), now(), gen_random_uuid(), now(), 1
       from bank_layouts l where l.code = 'STANDARD' and l.owner_county = 0 returning id
     ), item as (
       insert into payment_items (county_code, id, batch_id, seq, event_id, payee_id, person_id, programme, account_id, account_version, account_mask,
         months, amount_fen, central_fen, province_fen, city_fen, county_fen, township_fen, other_fen, division_code, state)
       select $1, gen_random_uuid(), id, 1, gen_random_uuid(), $2::uuid, $2, 'P01', $3::uuid, 1, '****0018', 0, 100, 0, 0, 0, 100, 0, 0, $4, 'OPEN'
       from batch returning id
     ), alert as (
       insert into payment_account_alerts (county_code, id, account_id, version, kind, division_code, made_by, found_at)
       values ($1, gen_random_uuid(), $3, 1, 'SHARED_NUMBER', $4, gen_random_uuid(), now()) returning id
     ), confirmation as (
       insert into payment_confirmations (county_code, id, batch_id, item_id, division_code, drawn_at, drawn_by)
       select $1, gen_random_uuid(), b.id, i.id, $4, now(), gen_random_uuid() from batch b, item i returning id
     )
     select b.id as batch, i.id as item, a.id as alert, c.id as confirmation from batch b, item i, alert a, confirmation c`,
    [county, payee, opened.id, village],
  )
  const layout = bodyOf<{ id: string }>(
    await clerk.post('/api/v1/bank-layouts', { code: 'OWN', name: '本县格式', definition: standardLayout }),
    201,
  )
  return {
    ...{ payee, paymentAccount: opened.id, accountAlert: made!.alert, paymentBatch: made!.batch },
    ...{ paymentItem: made!.item, confirmation: made!.confirmation, bankLayout: layout.id },
  }
}

export const paymentBodies: Record<string, () => unknown> = {
  openAccount: () => ({ ...account, holderName: '张三' }),
  changeAccount: () => ({ ...account, holderName: '张三', reason }),
  decideAccount: () => ({ decision: 'REFUSED', note: reason }),
  revealAccount: () => ({ version: 1, purpose: 'PAYMENT', reason }),
  holdAccount: () => ({ reason }),
  releaseAccount: () => ({ reason }),
  resolveAccountAlert: () => ({ resolution: reason }),
  makeBatch: () => ({ programme: 'P17', throughMonth: '2026-06-01', payOn: '2099-07-01' }),
  approveBatch: () => ({}),
  refuseBatch: () => ({ reason }),
  voidBatch: () => ({ reason }),
  sendBatch: () => ({ channel: 'FILE' }),
  reissueBatch: () => ({ payOn: '2099-07-01' }),
  resolveUnmatched: () => ({ fileNo: 1, line: 1, resolution: reason }),
  drawConfirmations: () => ({ size: 1 }),
  answerConfirmation: () => ({ result: 'RECEIVED' }),
  stopItem: () => ({ reason }),
  reverseItem: () => ({ bankReference: 'R1', valueDate: '2026-07-02', reason }),
  lintLayout: () => ({ definition: standardLayout }),
  addLayout: () => ({ code: 'OWN', name: '本县格式', definition: standardLayout }),
  acceptInstruction: () => ({ sha256: '0'.repeat(64) }),
}
