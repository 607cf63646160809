import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fundProgramme } from '../../../../test/funds.ts'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { answered, beneficiariesOf, openTreasury, sentBatch } from '../../../../test/payments.ts'
import { bodyOf } from '../../../../test/register.ts'
import { sealLedger, verifyLedger } from './index.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
let office: TestOffice

beforeAll(async () => {
  office = await openOffice()
  const finance = await office.officer('county_finance', '371121000000')
  for (const programme of ['P01', 'P02', 'P04'])
    await fundProgramme(finance, programme, 2026, {
      CENTRAL: 10_000,
      PROVINCE: 5000,
      CITY: 3000,
      COUNTY: 2000,
    })
})
afterAll(() => office.close())

const seal = () => sealLedger(office.db.owner, privateKey, new Date())
const verify = (heads = {}) => verifyLedger(office.db.owner, [publicKey], heads)

/** What a superuser may do to a row behind the back of the product, and how it is undone. */
const edits = [
  ['ledger_entries', 'occurred_on = occurred_on - 1', 'occurred_on = occurred_on + 1'],
  ['ledger_entries', `programme = 'X' || programme`, 'programme = substr(programme, 2)'],
  ['ledger_entries', 'year = year - 1', 'year = year + 1'],
  ['ledger_entries', `memo = memo || '.'`, 'memo = left(memo, -1)'],
  [
    'ledger_entries',
    `recorded_at = recorded_at + interval '1 microsecond'`,
    `recorded_at = recorded_at - interval '1 microsecond'`,
  ],
  [
    'ledger_lines',
    'debit_fen = debit_fen * 2, credit_fen = credit_fen * 2',
    'debit_fen = debit_fen / 2, credit_fen = credit_fen / 2',
  ],
  [
    'ledger_lines',
    `tier = case tier when 'CITY' then 'OTHER' else tier || '' end, line = line + 5`,
    `tier = case tier when 'OTHER' then 'CITY' else tier end, line = line - 5`,
  ],
] as const

describe('the seals of the ledger', () => {
  test('hold what they cover, and go on where they ended', async () => {
    const first = await seal()
    const again = await seal()

    expect(first.seals).toBe(1)
    expect(again.seals).toBe(0)
    expect(await verify(first.heads)).toMatchObject({
      counties: 1,
      seals: 1,
      rows: 12,
      waiting: 0,
      faults: [],
    })
  })

  test('show every edit by a superuser', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...edits), fc.integer({ min: 0, max: 11 }), async (edit, place) => {
        const [table, change, back] = edit
        const key = table === 'ledger_entries' ? 'id' : 'entry_id'
        const row = `${key} = (select id from ledger_entries order by number offset ${place} limit 1)`
        await office.sql(`update ${table} set ${change} where ${row}`)
        const { faults } = await verify()
        await office.sql(`update ${table} set ${back} where ${row}`)

        expect(faults).toContainEqual(
          expect.objectContaining({ kind: 'row-changed', what: `ENTRIES ${place + 1}`, sequence: 1 }),
        )
      }),
      { numRuns: 20 },
    )
    expect((await verify()).faults).toEqual([])
  })

  test('show an entry that is gone, one put in, and a book that was adjusted', async () => {
    const row = 'number = 12'
    const attempts = [
      `update ledger_balances set credit_fen = credit_fen + 1 where account = 'BUDGET' and tier = 'CITY' and programme = 'P01'`,
      `update budgets set amount_fen = amount_fen + 1 where programme = 'P02' and tier = 'CITY'`,
      `update fund_arrivals set amount_fen = 1 where programme = 'P04' and tier = 'COUNTY'`,
      `delete from fund_arrivals where entry_id = (select id from ledger_entries where ${row});
       delete from ledger_lines where entry_id = (select id from ledger_entries where ${row}); delete from ledger_entries where ${row}`,
      `update ledger_entries set number = 99 where ${row}`,
      `update ledger_seals set rows = rows - 1`,
      `update ledger_seals set row_hashes = substr(row_hashes, 33)`,
      `update ledger_seals set signature = substr(signature, 2) || '\\x00'`,
    ]
    const kinds: string[] = []
    const client = await office.db.owner.connect()
    try {
      for (const attempt of attempts) {
        await client.query('begin')
        await client.query(attempt)
        const seen = { query: client.query.bind(client) } as never
        const { faults } = await verifyLedger(seen, [publicKey])
        kinds.push(faults[0]?.kind ?? 'none')
        await client.query('rollback')
      }
    } finally {
      client.release()
    }

    expect(kinds).toEqual([
      ...['sums-differ', 'sums-differ', 'sums-differ', 'row-deleted', 'row-deleted'],
      ...['seal-changed', 'seal-changed', 'signature-wrong'],
    ])
  })

  test('show a chain cut off at its end by the head that is kept outside', async () => {
    const { faults } = await verify({ 371121: { sequence: 2, root: '00' } })

    expect(faults).toEqual([{ kind: 'seal-missing', county: 371121, sequence: 2, what: null }])
  })
})

describe('the seals of a batch', () => {
  let bank: TestOffice
  let batchId: string
  beforeAll(async () => {
    bank = await openOffice()
    const treasury = await openTreasury(bank)
    await beneficiariesOf(treasury, 8)
    const sent = await sentBatch(treasury)
    batchId = sent.id
    await answered(treasury, sent)
    await sealLedger(bank.db.owner, privateKey, new Date())
  })
  afterAll(() => bank.close())

  test('cover its items and what became of them, and its sheet prints the signed head', async () => {
    const finance = await bank.officer('county_finance', '371121000000')
    const { seal: printed } = bodyOf<{ seal: { root: string; rows: number } }>(
      await finance.get(`/api/v1/ledger-head?batchId=${batchId}`),
      200,
    )

    expect(await verifyLedger(bank.db.owner, [publicKey])).toMatchObject({ faults: [], waiting: 0 })
    expect(printed).toMatchObject({ rows: 8 })
    expect(printed.root).toMatch(/^[0-9a-f]{64}$/)
  })

  const item = (change: string) => `update payment_items set ${change} where batch_id = $1 and seq = 3`
  const outcome = (change: string) => `update payment_outcomes set ${change} where batch_id = $1 and seq = 3`
  test.each([
    ['another payee', item('payee_id = person_id, person_id = id'), 'row-changed'],
    ['another account shown', item(`account_mask = '****0000'`), 'row-changed'],
    ['another amount', item('amount_fen = amount_fen + 1, county_fen = county_fen + 1'), 'row-changed'],
    [
      'an item that is gone',
      `with x as (select $1::uuid) update payment_items set seq = 99 where batch_id = $1 and seq = 3`,
      'row-deleted',
    ],
    ['a state that the bank never said', item(`state = 'FAILED'`), 'sums-differ'],
    ['another bank reference', outcome(`bank_reference = 'X'`), 'row-changed'],
    ['another outcome', outcome(`code = '01'`), 'row-changed'],
    [
      'an outcome that is gone',
      'delete from payment_outcomes where batch_id = $1 and seq = 3',
      'row-changed',
    ],
    [
      'an outcome put in',
      `insert into payment_outcomes (county_code, batch_id, seq, nth, file_no, code, bank_code) values (371121, $1, 3, 1, 1, 'RV', 'RV')`,
      'row-inserted',
    ],
  ])('show %s', async (_, attempt, kind) => {
    const client = await bank.db.owner.connect()
    try {
      await client.query('begin')
      await client.query(attempt, [batchId])
      const { faults } = await verifyLedger({ query: client.query.bind(client) } as never, [publicKey])
      await client.query('rollback')

      expect(faults.map((fault) => fault.kind)).toContain(kind)
    } finally {
      client.release()
    }
  })
})
