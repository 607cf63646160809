import type { BatchRow, PaymentBatch } from '@youyu/shared/subsidies/payment-batches'
import type { PaymentItem, RosterPreview } from '@youyu/shared/subsidies/payment-rosters'
import { all, each, enter, look, type Desk } from './desk.ts'
import { expectedOf } from './expected.ts'
import { programmes, YEAR, type Programme } from './people.ts'
import type { Run } from './reviewing.ts'

const clerk = 'county_subsidy'
const finance = 'county_finance'
/** What is paid for a whole year is paid at once, what is paid by the quarter or half year as far as it has gone. */
const through = (programme: Programme) =>
  programme === 'P03' || programme === 'L01' ? `${YEAR}-09-01` : `${YEAR}-12-01`

export const batchOf = (desk: Desk, id: string) => look<PaymentBatch>(desk, clerk, `/payment-batches/${id}`)

/** One step of a batch, at the version it has now. */
async function take(desk: Desk, who: string, id: string, deed: string, body?: object): Promise<PaymentBatch> {
  const { version } = await batchOf(desk, id)
  return await enter(desk, who, `/payment-batches/${id}/${deed}`, { body, version, key: `${deed} ${id}` })
}

/** To the last fen what will be needed: a payment too much would find nothing left. */
async function fund({ desk, county }: Run): Promise<number> {
  let lines = 0
  for (const [programme, { byTier }] of expectedOf(county.recipients))
    for (const [tier, amountFen] of byTier) {
      const line = { programme, year: YEAR, tier, amountFen }
      const key = `${programme} ${tier}`
      const budget = { ...line, decidedOn: `${YEAR}-01-20`, document: '县财政局预算批复' }
      await enter(desk, finance, '/budget-changes', { body: budget, key: `budget ${key}` })
      const arrival = { ...line, arrivedOn: `${YEAR}-08-10`, voucher: `拨款单 ${key}` }
      await enter(desk, finance, '/fund-arrivals', { body: arrival, key: `arrival ${key}` })
      lines += 1
    }
  return lines
}

/** 试算 against what was reckoned by hand, then the roster is frozen. */
async function freeze(
  { desk, county, finding }: Run,
  programme: Programme,
  payOn: string,
): Promise<PaymentBatch> {
  const body = { programme, throughMonth: through(programme), payOn }
  const asked = { body, key: `make ${programme} ${payOn}` }
  const { id } = await enter<PaymentBatch>(desk, clerk, '/payment-batches', asked)
  const preview = await look<RosterPreview>(desk, clerk, `/payment-batches/${id}/roster-preview`)
  const { people, fen } = expectedOf(county.recipients).get(programme)!
  if (preview.items.count !== people || preview.items.fen !== fen)
    finding(
      `the dry run of ${programme} says ${preview.items.count} people, ${preview.items.fen} fen instead of ${people}, ${fen}`,
    )
  for (const { reason, count } of preview.exclusions) finding(`${programme}: ${count} left out (${reason})`)
  return await take(desk, clerk, id, 'lock')
}

export async function approve({ desk, finding }: Pick<Run, 'desk' | 'finding'>, id: string): Promise<void> {
  const { version } = await batchOf(desk, id)
  const own = await desk.ask(clerk, 'POST', `/payment-batches/${id}/approval`, {
    body: {},
    version,
    key: `own ${id}`,
  })
  if (own.status < 400) finding('a maker approved her own batch')
  await take(desk, finance, id, 'approval', {})
}

export const send = (desk: Desk, id: string) => take(desk, clerk, id, 'submissions', { channel: 'HTTP' })

const PATIENCE = 10 * 60_000

/** Until the bank has said of every item what became of it. */
export async function answered(desk: Desk, ids: readonly string[]): Promise<void> {
  const until = Date.now() + PATIENCE
  for (const id of ids)
    for (;;) {
      await desk.work()
      const { number, items, paid, failed, stopped } = await batchOf(desk, id)
      if (paid.count + failed.count + stopped.count === items.count) break
      if (Date.now() > until) throw new Error(`The bank's answer to ${number} never came in`)
    }
}

export const close = (desk: Desk, id: string) => take(desk, finance, id, 'closing')

/** From the roster to the approval, one batch for each programme. */
export async function prepare(run: Run, payOn: string): Promise<Map<Programme, string>> {
  const batches = new Map<Programme, string>()
  await run.step('budgets and arrivals', () => fund(run))
  await run.step('rosters tried and frozen', async () => {
    let items = 0
    for (const programme of programmes) {
      const batch = await freeze(run, programme, payOn)
      batches.set(programme, batch.id)
      items += batch.items.count
    }
    return items
  })
  return batches
}

type Account = { id: string; version: number; payeeName: string; divisionCode: string }

export const accountOf = (desk: Desk, payeeId: string) =>
  look<Account>(desk, clerk, `/payees/${payeeId}/account`)

/** A township worker takes the payee's request, her colleague has it confirmed by the bank. */
export async function changeAccount(
  desk: Desk,
  payeeId: string,
  { number, worker, reviewer }: { number: string; worker: string; reviewer: string },
): Promise<void> {
  const { version, payeeName } = await accountOf(desk, payeeId)
  const body = {
    ...{
      bankName: '农商银行',
      number,
      holderName: payeeName,
      cardType: 'BANK_CARD',
      identityCheck: 'ID_CARD_SEEN',
    },
    reason: '本人要求变更',
  }
  const path = `/payees/${payeeId}/account`
  const changed = await enter<Account>(desk, worker, `${path}/changes`, {
    body,
    version,
    key: `change ${number}`,
  })
  const decision = {
    body: { decision: 'VERIFIED', verification: 'BANK_CONFIRMED' },
    version: changed.version,
  }
  await enter(desk, reviewer, `${path}/decisions`, { ...decision, key: `verify ${number}` })
}

let accounts = 0

/** Batches with items that failed and were not issued again. */
async function failedOf(desk: Desk): Promise<Map<string, PaymentItem[]>> {
  const failed = new Map<string, PaymentItem[]>()
  for (const { id, failed: sum } of await all<BatchRow>(desk, clerk, '/payment-batches')) {
    if (sum.count === 0) continue
    const items = await all<PaymentItem>(desk, clerk, `/payment-batches/${id}/items?state=FAILED`)
    if (items.length > 0) failed.set(id, items)
  }
  return failed
}

/** 退票重发: whoever was not reached names another account; until nobody is left. */
export async function reissue(run: Run, days: readonly string[]): Promise<void> {
  const { desk, staff, step } = run
  const townshipOf = (division: string) =>
    staff.townships.find(({ code }) => code.slice(0, 9) === division.slice(0, 9))!
  for (const day of days) {
    const failed = await failedOf(desk)
    if (failed.size === 0) return
    await desk.moveTo(day)
    await step('accounts changed and verified', async () => {
      const payees = new Map([...failed.values()].flat().map((item) => [item.payeeId, item.divisionCode]))
      return await each([...payees], async ([payee, division]) => {
        const number = `6228${String((accounts += 1)).padStart(15, '0')}`
        await changeAccount(desk, payee, { number, ...townshipOf(division) })
        return 1
      })
    })
    const again: string[] = []
    await step('issued again', async () => {
      let items = 0
      for (const id of failed.keys()) {
        const asked = { body: { payOn: day }, key: `reissue ${id}` }
        const next = await enter<PaymentBatch>(desk, clerk, `/payment-batches/${id}/reissues`, asked)
        items += (await take(desk, clerk, next.id, 'lock')).items.count
        await approve(run, next.id)
        await send(desk, next.id)
        again.push(next.id)
      }
      return items
    })
    await step('answered and closed', async () => {
      await answered(desk, again)
      for (const id of again) await close(desk, id)
      return again.length
    })
  }
  if ((await failedOf(desk)).size > 0) run.finding('some were never reached')
}
