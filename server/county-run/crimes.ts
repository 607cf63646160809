import type { AccountAlert } from '@youyu/shared/subsidies/payment-accounts'
import type { PaymentBatch } from '@youyu/shared/subsidies/payment-batches'
import type { PaymentItem } from '@youyu/shared/subsidies/payment-rosters'
import { all, enter, look, rowsOf, type Desk } from './desk.ts'
import { accountOf, answered, approve, batchOf, changeAccount, close, send } from './paying.ts'
import { YEAR } from './people.ts'
import type { Run } from './reviewing.ts'

const HER_OWN = '6230990000000000001'
const finance = 'county_finance'
const clerk = 'county_subsidy'

/** 改账户: a worker puts her own number in place of a payee's after the batch was approved; a colleague looks away. */
export async function redirect({ desk, county, staff, finding }: Run): Promise<string> {
  const { payee, village } = county.recipients.find(({ programme }) => programme === 'P01')!
  const township = staff.townships.find(({ code }) => code.slice(0, 9) === village.slice(0, 9))!
  const { version } = await accountOf(desk, payee)
  const hers = {
    bankName: '农商银行',
    number: HER_OWN,
    cardType: 'BANK_CARD',
    identityCheck: 'ID_CARD_SEEN',
    reason: '变更',
  }
  const path = `/payees/${payee}/account`
  const asked = { body: { ...hers, holderName: '某经办人' }, version, key: 'in her own name' }
  if ((await desk.ask(township.worker, 'POST', `${path}/changes`, asked)).status < 400)
    finding('an account of somebody else was taken for the payee’s')
  await changeAccount(desk, payee, { number: HER_OWN, ...township })
  return payee
}

type Held = { id: string; version: number; state: string; heldReason: string | null }

/** It was not paid there, the checker is told, and the account is held. */
export async function redirected({ desk, finding }: Run, batchId: string, payee: string): Promise<string> {
  if ([...desk.bank.files.values()].some((file) => file.includes(HER_OWN)))
    finding('the bank was told to pay the clerk')
  const items = await all<PaymentItem>(desk, clerk, `/payment-batches/${batchId}/items?personId=${payee}`)
  if (items.length !== 1 || items[0]!.state !== 'STOPPED')
    finding(`the redirected item is ${items[0]?.state}`)
  const alerts = await all<AccountAlert>(desk, finance, '/payment-account-alerts?kind=CHANGED_AFTER_FREEZE')
  const { id, state, heldReason } = await look<Held>(desk, clerk, `/payees/${payee}/account`)
  const told = alerts.filter(({ accountId }) => accountId === id)
  if (told.length !== 1) finding('nobody was told of the redirected account')
  if (state !== 'HELD' || heldReason !== 'CHANGED_AFTER_FREEZE') finding(`the redirected account is ${state}`)
  return `item stopped, account held, told of ${told[0]?.madeBy}`
}

/** The payee comes herself; what she was owed goes to her own account with a roster of its own. */
export async function setRight(
  { desk, county, staff, finding }: Run,
  payee: string,
  payOn: string,
): Promise<string> {
  const { village } = county.recipients.find((each) => each.payee === payee)!
  const township = staff.townships.find(({ code }) => code.slice(0, 9) === village.slice(0, 9))!
  for (const { id } of await all<AccountAlert>(
    desk,
    finance,
    '/payment-account-alerts?kind=CHANGED_AFTER_FREEZE&isOpen=true',
  )) {
    const asked = { body: { resolution: '经查系冒改，已移送' }, key: `resolve ${id}` }
    await enter(desk, finance, `/payment-account-alerts/${id}/resolution`, asked)
  }
  await changeAccount(desk, payee, { number: '6217999900000000001', ...township })
  const account = await look<Held>(desk, clerk, `/payees/${payee}/account`)
  if (account.state !== 'HELD') finding('a held account was freed by changing it')
  const release = { body: { reason: '已由本人核对' }, version: account.version, key: 'release' }
  await enter(desk, finance, `/payment-accounts/${account.id}/release`, release)
  const body = { programme: 'P01', throughMonth: `${YEAR}-12-01`, payOn }
  const { id, version } = await enter<PaymentBatch>(desk, clerk, '/payment-batches', {
    body,
    key: 'set right',
  })
  const locked = await enter<PaymentBatch>(desk, clerk, `/payment-batches/${id}/lock`, {
    version,
    key: `lock ${id}`,
  })
  await approve({ desk, finding }, id)
  await send(desk, id)
  await answered(desk, [id])
  await close(desk, id)
  return `${locked.items.count} item`
}

/** A frozen roster that was changed behind the counter is not approved. */
export async function alterRoster({ desk, finding }: Run, id: string): Promise<string> {
  const change = (by: number) =>
    desk.superuser.query(
      'update payment_items set amount_fen = amount_fen + $2, county_fen = county_fen + $2 where batch_id = $1 and seq = 1',
      [id, by],
    )
  await change(100_00)
  const { version } = await batchOf(desk, id)
  const { status, text } = await desk.ask(finance, 'POST', `/payment-batches/${id}/approval`, {
    ...{ body: {}, version },
    key: `altered ${id}`,
  })
  await change(-100_00)
  if (status < 400 || !text.includes('roster-altered'))
    finding(`an altered roster was answered with ${status}`)
  return 'roster-altered'
}

type Edit = { what: string; name: (where: Where) => string; change: string; back: string }
type Where = { batch: string; seq: number; entry: { id: string; number: string; line: number } }

/** What somebody with all rights might try; each is undone afterwards. */
const edits: readonly Edit[] = [
  {
    what: 'a frozen item',
    name: ({ batch, seq }) => `ITEMS ${batch} ${seq}`,
    change:
      'update payment_items set amount_fen = amount_fen + 100, county_fen = county_fen + 100 where batch_id = $1 and seq = $2',
    back: 'update payment_items set amount_fen = amount_fen - 100, county_fen = county_fen - 100 where batch_id = $1 and seq = $2',
  },
  {
    what: 'a line of the ledger',
    name: ({ entry }) => `ENTRIES ${entry.number}`,
    change: 'update ledger_lines set debit_fen = debit_fen + 100 where entry_id = $1 and line = $2',
    back: 'update ledger_lines set debit_fen = debit_fen - 100 where entry_id = $1 and line = $2',
  },
  {
    what: 'an answer of the bank',
    name: ({ batch, seq }) => `OUTCOMES ${batch} ${seq}`,
    change: `update payment_outcomes set code = '03' where batch_id = $1 and seq = $2`,
    back: `update payment_outcomes set code = '00' where batch_id = $1 and seq = $2`,
  },
]

/** ledger:verify names the row of every edit, and is content again once it is undone. */
export async function edit({ desk, finding }: Run, batch: string): Promise<string> {
  await desk.seal()
  const whole = await desk.verify()
  if (!whole.isWhole) finding(`the ledger is not whole before anybody touched it: ${whole.text}`)
  const where = await placeOf(desk, batch)
  const caught: string[] = []
  for (const { what, name, change, back } of edits) {
    const row = change.includes('ledger_lines')
      ? [where.entry.id, where.entry.line]
      : [where.batch, where.seq]
    await desk.superuser.query(change, row)
    const { isWhole, text } = await desk.verify()
    await desk.superuser.query(back, row)
    if (isWhole || !text.includes(name(where))) finding(`nobody noticed that ${what} was edited: ${text}`)
    else caught.push(what)
  }
  return `${caught.join(', ')}: named`
}

async function placeOf(desk: Desk, batch: string): Promise<Where> {
  const [item] = await rowsOf<{ seq: number }>(
    desk,
    `select seq from payment_outcomes where batch_id = $1 and code = '00' and nth = 0 order by seq limit 1`,
    [batch],
  )
  const [entry] = await rowsOf<Where['entry']>(
    desk,
    `select e.id, e.number::text, l.line from ledger_entries e join ledger_lines l on l.entry_id = e.id and l.debit_fen > 0
     where e.ref_id = $1 and e.kind = 'COMMITMENT' order by l.line limit 1`,
    [batch],
  )
  return { batch, seq: item!.seq, entry: entry! }
}
