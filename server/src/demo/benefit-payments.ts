import { openBank } from '../bank-simulator/bank.ts'
import { standardLayout } from '../bank-simulator/layout.ts'
import { runBankWork } from '../modules/subsidies/index.ts'
import type { Office } from '../office.ts'
import type { Benefits } from './benefits.ts'
import { openEarlier } from './earlier.ts'
import { enter, look, Upload, type Signed } from './front-door.ts'

type Batch = { id: string; number: string; version: number; failed: { count: number } }
type Cases = { items: { applicant: { id: string } }[] }

const FUNDS = { CENTRAL: 9_000_000, PROVINCE: 3_000_000, CITY: 3_000_000, COUNTY: 9_000_000 }

/** Budgets of the year, and the money that has come. */
async function fund(finance: Signed, programme: string, day: (monthDay: string) => string): Promise<void> {
  for (const [tier, amountFen] of Object.entries(FUNDS)) {
    const line = { programme, year: Number(day('01-01').slice(0, 4)), tier, amountFen }
    const [decidedOn, arrivedOn] = [day('01-20'), day('04-10')]
    await enter(finance, '/api/v1/budget-changes', {
      ...line,
      decidedOn,
      document: '县财政局预算批复（演示）',
    })
    await enter(finance, '/api/v1/fund-arrivals', {
      ...line,
      arrivedOn,
      voucher: `拨款单 ${programme}-${tier}`,
    })
  }
}

/** Each payee names an account; another officer has it confirmed by the bank. */
async function openAccounts(maker: Signed, checker: Signed, on: string): Promise<void> {
  const { items } = await look<Cases>(maker, '/api/v1/applications?state=BENEFICIARY_ACTIVE&limit=200')
  const payees = new Set(items.map(({ applicant }) => applicant.id))
  for (const [place, id] of [...payees].entries()) {
    const { name } = await look<{ name: string }>(maker, `/api/v1/persons/${id}`)
    const account = await enter<{ version: number }>(maker, `/api/v1/payees/${id}/account`, {
      ...{ bankName: '农村商业银行（演示）', number: `621700${String(1_000_000_000 + place * 7919)}` },
      ...{ holderName: name, cardType: 'SOCIAL_SECURITY_CARD', identityCheck: 'ID_CARD_SEEN' },
      requestedOn: on,
    })
    const decision = { decision: 'VERIFIED', verification: 'BANK_CONFIRMED' }
    await enter(checker, `/api/v1/payees/${id}/account/decisions`, decision, account.version)
  }
}

/** From the roster to the bank and back; what fails is left for whoever opens the batch. */
async function payOut(
  office: Office,
  { maker, checker }: { maker: Signed; checker: Signed },
  { programme, through, on, closes }: { programme: string; through: string; on: string; closes: boolean },
): Promise<void> {
  const step = (as: Signed, batch: Batch, deed: string, body?: object) =>
    enter<Batch>(as, `/api/v1/payment-batches/${batch.id}/${deed}`, body, batch.version)
  const now = (id: string) => look<Batch>(maker, `/api/v1/payment-batches/${id}`)
  const made = await enter<Batch>(maker, '/api/v1/payment-batches', {
    programme,
    throughMonth: through,
    payOn: on,
  })
  const locked = await step(maker, made, 'lock')
  const approved = await step(checker, locked, 'approval', {})
  await step(maker, approved, 'submissions', { channel: 'FILE' })
  await runBankWork(office)
  const bank = openBank(standardLayout, { failed: closes ? 0 : 0.1, seed: programme }, () => Date.parse(on))
  const file = await maker('GET', `/api/v1/payment-batches/${made.id}/bank-file`)
  bank.receive(made.number, Buffer.from(String(file.body)))
  for (const { name, content } of bank.returns(made.number))
    await enter(
      maker,
      `/api/v1/payment-batches/${made.id}/returns`,
      new Upload(null, name, content.toString()),
    )
  if (closes) await step(checker, await now(made.id), 'closing')
}

/** 发放: the half year of the childcare subsidy, paid and closed; the reward of the year with a few returns. */
export async function payBenefits(
  office: Office,
  { at }: Benefits,
  day: (monthDay: string) => string,
): Promise<void> {
  const counter = await openEarlier(office, day('06-22'))
  try {
    const as = at(counter.app)
    const [maker, checker, worker] = [
      await as('county_subsidy'),
      await as('county_finance'),
      await as('township_worker'),
    ]
    for (const programme of ['P01', 'P04']) await fund(checker, programme, day)
    await openAccounts(maker, worker, day('06-20'))
    const officers = { maker, checker }
    await payOut(counter.office, officers, {
      programme: 'P04',
      through: day('06-01'),
      on: day('06-22'),
      closes: true,
    })
    await payOut(counter.office, officers, {
      programme: 'P01',
      through: day('06-01'),
      on: day('06-22'),
      closes: false,
    })
  } finally {
    await counter.app.close()
  }
}
