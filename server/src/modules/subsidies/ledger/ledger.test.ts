import { splitShares, tiers, type FundingShares } from '@youyu/shared/subsidies/shares'
import { linesOf, LedgerAccount, type LedgerEntry } from '@youyu/shared/subsidies/ledger'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fundProgramme } from '../../../../test/funds.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf } from '../../../../test/register.ts'
import { transaction } from '../../../database/transaction.ts'
import { accessFor, grantOfRole, type Access } from '../../../access/access.ts'
import { assertFunds, postLedger } from './index.ts'

const county = '371121000000'
let office: TestOffice
let finance: Officer
let access: Access

beforeAll(async () => {
  office = await openOffice()
  finance = await office.officer('county_finance', county)
  const [user] = await office.sql<{ id: string }>('select id from users where username = $1', [
    finance.username,
  ])
  access = accessFor(
    {
      ...{ kind: 'user', id: user!.id, name: 'finance', sessionId: null, pending: [] },
      grants: [grantOfRole('county_finance', '371121', ['subsidies'], ['PAYMENT'])],
      ...{ requestsPerMinute: null, organisationId: null },
    },
    ...(['ledger.post', null, null] as const),
  )!
})
afterAll(() => office.close())

let refs = 0
const newRef = () => `00000000-0000-4000-8000-${String((refs += 1)).padStart(12, '0')}`
const post = (
  kind: Parameters<typeof linesOf>[0],
  programme: string,
  byTier: Parameters<typeof linesOf>[1],
  refId = newRef(),
) =>
  transaction(office.db, access, (tx) =>
    postLedger(
      tx,
      access,
      { kind, programme, year: 2026, on: '2026-03-01', refType: 'test', refId, lines: linesOf(kind, byTier) },
      new Date(),
    ),
  )

type Balances = { isBalanced: boolean; debitFen: number; creditFen: number }

describe('the ledger of benefits', () => {
  test('follows the money from arrival to payment, and lists it', async () => {
    await fundProgramme(finance, 'P01', 2026, { CENTRAL: 6000, COUNTY: 4000 })

    await post('COMMITMENT', 'P01', { CENTRAL: 5000, COUNTY: 4000 })
    await post('PAYMENT', 'P01', { CENTRAL: 4500, COUNTY: 4000 })
    await post('RELEASE', 'P01', { CENTRAL: 500 })

    const { items } = bodyOf<{ items: object[] }>(
      await finance.get('/api/v1/programme-funds?programme=P01&year=2026'),
      200,
    )
    expect(items).toMatchObject([
      {
        tier: 'CENTRAL',
        budgetFen: 6000,
        receivedFen: 6000,
        committedFen: 4500,
        paidFen: 4500,
        availableFen: 1500,
      },
      { tier: 'COUNTY', receivedFen: 4000, committedFen: 4000, paidFen: 4000, availableFen: 0 },
    ])
    const page = bodyOf<{ items: LedgerEntry[] }>(
      await finance.get('/api/v1/ledger-entries?programme=P01&limit=2'),
      200,
    )
    expect(page.items.map(({ kind }) => kind)).toEqual(['RELEASE', 'PAYMENT'])
    expect(page.items[1]).toMatchObject({ totalFen: 8500, isSealed: false })
    expect(bodyOf<Balances>(await finance.get('/api/v1/ledger-balances'), 200).isBalanced).toBe(true)
  })

  test('refuses what has not arrived, what was not approved, and the same thing twice', async () => {
    await fundProgramme(finance, 'P02', 2026, { COUNTY: 1000 })
    const ref = newRef()
    await post('COMMITMENT', 'P02', { COUNTY: 600 }, ref)

    await expect(post('COMMITMENT', 'P02', { COUNTY: 401 })).rejects.toThrow(/ledger_balances_funds/)
    await expect(post('PAYMENT', 'P02', { COUNTY: 601 })).rejects.toThrow(/ledger_balances_payable/)
    await expect(post('COMMITMENT', 'P02', { COUNTY: 1 }, ref)).rejects.toThrow(/ledger_entries_once/)
    await expect(post('RECOVERY', 'P02', { COUNTY: 1 })).rejects.toThrow(/receivable/)
    const asked = { programme: 'P02', year: 2026, byTier: { COUNTY: 401 } }
    await expect(
      transaction(office.db, access, (tx) => assertFunds(tx, access, asked)),
    ).rejects.toMatchObject({
      code: 'funds-short',
      details: { errors: [{ pointer: '/funds/COUNTY', detail: '0.01' }] },
    })
  })

  test('refuses lines that do not balance, or that their kind has no business with', async () => {
    const line = { tier: 'COUNTY', debitFen: 0, creditFen: 0 } as const
    const unbalanced = [
      { ...line, account: 'BUDGET', debitFen: 2 },
      { ...line, account: 'PROGRAM_PAYABLE', creditFen: 1 },
    ] as const
    const unlawful = [
      { ...line, account: 'PAID', debitFen: 1 },
      { ...line, account: 'PROGRAM_PAYABLE', creditFen: 1 },
    ] as const
    const attempt = (lines: readonly (typeof unbalanced | typeof unlawful)[number][]) =>
      transaction(office.db, access, (tx) =>
        postLedger(
          tx,
          access,
          { kind: 'COMMITMENT', programme: 'P02', year: 2026, on: '2026-03-01', lines },
          new Date(),
        ),
      )

    await expect(attempt(unbalanced)).rejects.toThrow(/Debit and credit differ/)
    await expect(attempt(unlawful)).rejects.toThrow(/No such movement/)
  })

  test('is written by nothing but its own function, and knows no account for fees, fines or deposits', async () => {
    const written = transaction(office.db, access, (tx) =>
      tx.client.query(
        `update ledger_balances set credit_fen = credit_fen + 1 where county_code = 371121 and account = 'BUDGET'`,
      ),
    )

    await expect(written).rejects.toThrow(/permission denied/)
    expect(
      LedgerAccount.options.filter((name) => /FEE|FINE|LEVY|PENALTY|DEPOSIT(?!_REFUND)/.test(name)),
    ).toEqual([])
    const checks = await office.sql<{ text: string }>(
      `select pg_get_constraintdef(oid) as text from pg_constraint where conname = 'ledger_lines_account'`,
    )
    expect(checks[0]!.text).not.toMatch(/FEE|FINE|LEVY|PENALTY|DEPOSIT_RECEIPT/)
  })

  test('splits amounts in the database as it does outside', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 10 ** 11 }),
        fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 5, maxLength: 5 }),
        async (amount, cuts) => {
          const at = [0, ...cuts.sort((a, b) => a - b), 100_000]
          const shares = Object.fromEntries(
            tiers.map((tier, i) => [tier, (at[i + 1]! - at[i]!) / 1000]),
          ) as FundingShares
          const [row] = await office.sql<{ parts: string[] }>(
            'select app.split_shares($1, $2::numeric[]) as parts',
            [amount, tiers.map((tier) => shares[tier])],
          )

          expect(row!.parts.map(Number)).toEqual(Object.values(splitShares(amount, shares)))
        },
      ),
      { numRuns: 50 },
    )
  })

  test('balances after any sequence of postings, refused ones included', async () => {
    await fundProgramme(finance, 'P03', 2026, { CENTRAL: 500, COUNTY: 500 })
    const kinds = [
      'COMMITMENT',
      'PAYMENT',
      'RELEASE',
      'BANK_RETURN',
      'OVERPAYMENT',
      'RECOVERY',
      'WRITE_OFF',
    ] as const
    const step = fc.record({
      kind: fc.constantFrom(...kinds),
      byTier: fc.record({
        CENTRAL: fc.integer({ min: 0, max: 300 }),
        COUNTY: fc.integer({ min: 1, max: 300 }),
      }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
        for (const { kind, byTier } of steps) await post(kind, 'P03', byTier).catch(() => undefined)

        const [book] = await office.sql(
          `select sum(debit_fen) = sum(credit_fen) as balanced, (select max(number) = count(*) from ledger_entries) as gapless,
             not exists (select from ledger_balances b where (b.debit_fen::numeric, b.credit_fen::numeric) is distinct from (
               select (coalesce(sum(l.debit_fen), 0), coalesce(sum(l.credit_fen), 0)) from ledger_lines l
               join ledger_entries e on e.county_code = l.county_code and e.id = l.entry_id
               where e.programme = b.programme and e.year = b.year and l.account = b.account and l.tier = b.tier)) as kept
           from ledger_lines`,
        )
        expect(book).toEqual({ balanced: true, gapless: true, kept: true })
      }),
      { numRuns: 20 },
    )
  })
})

describe('funds and budgets', () => {
  const arrival = {
    programme: 'P04',
    year: 2026,
    tier: 'COUNTY',
    amountFen: 100,
    arrivedOn: '2026-01-05',
    voucher: 'V1',
  }

  test('enter a slip once, and take it back once', async () => {
    const entered = bodyOf<{ entryId: string }>(await finance.post('/api/v1/fund-arrivals', arrival), 201)

    expect((await finance.post('/api/v1/fund-arrivals', arrival)).body).toMatchObject({
      code: 'voucher-already-entered',
    })
    const url = `/api/v1/ledger-entries/${entered.entryId}/reversal`
    expect(bodyOf(await finance.post(url, { reason: '重复录入' }), 201)).toMatchObject({
      kind: 'REVERSAL',
      totalFen: 100,
    })
    expect((await finance.post(url, { reason: '重复录入' })).body).toMatchObject({ code: 'already-posted' })
    const { items } = bodyOf<{ items: { availableFen: number; receivedFen: number }[] }>(
      await finance.get('/api/v1/programme-funds?programme=P04'),
      200,
    )
    expect(items).toMatchObject([{ availableFen: 0, receivedFen: 0 }])
  })

  test('answer the same key once, name a wrong day, and are the county’s alone', async () => {
    const key = 'arrival-once'
    const first = await finance.post('/api/v1/fund-arrivals', { ...arrival, voucher: 'V2' }, { key })
    const second = await finance.post('/api/v1/fund-arrivals', { ...arrival, voucher: 'V2' }, { key })
    const late = await finance.post('/api/v1/fund-arrivals', {
      ...arrival,
      voucher: 'V3',
      arrivedOn: '2999-01-01',
    })
    const neighbour = await office.officer('county_finance', '370321000000')
    const subsidy = await office.officer('county_subsidy', county)

    expect(second.body).toEqual(first.body)
    expect(late.body).toMatchObject({ errors: [{ pointer: '/arrivedOn' }] })
    expect(bodyOf(await neighbour.get('/api/v1/fund-arrivals'), 200)).toMatchObject({ items: [] })
    expect((await subsidy.post('/api/v1/fund-arrivals', arrival)).status).toBe(403)
  })

  test('carry what is left into the next year', async () => {
    await fundProgramme(finance, 'P07', 2025, { CITY: 700, COUNTY: 300 })
    const closing = {
      programme: 'P07',
      year: 2025,
      manner: 'CARRY',
      occurredOn: '2026-01-02',
      document: '结转文件',
    }

    expect(bodyOf(await finance.post('/api/v1/fund-year-closings', closing), 201)).toMatchObject({
      totalFen: 1000,
    })

    const { items } = bodyOf<{ items: object[] }>(
      await finance.get('/api/v1/programme-funds?programme=P07'),
      200,
    )
    expect(items).toMatchObject([
      { year: 2026, tier: 'CITY', receivedFen: 700, availableFen: 700 },
      { year: 2026, tier: 'COUNTY', availableFen: 300 },
      { year: 2025, availableFen: 0 },
      { year: 2025, availableFen: 0 },
    ])
  })
})
