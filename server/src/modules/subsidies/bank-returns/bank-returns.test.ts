import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PaymentBatch, Reconciliation } from '@youyu/shared/subsidies/payment-batches'
import type { PaymentItem } from '@youyu/shared/subsidies/payment-rosters'
import type { ReturnFile, UnmatchedLine } from '@youyu/shared/subsidies/bank-returns'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import {
  bankFile,
  batchNow,
  beneficiariesOf,
  openTreasury,
  sentBatch,
  stepped,
  uploaded,
  type Treasury,
} from '../../../../test/payments.ts'
import { bodyOf } from '../../../../test/register.ts'

let office: TestOffice
let treasury: Treasury
let batch: PaymentBatch
/** Lines of a return that says of everybody that she was paid. */
let lines: string[][]
beforeAll(async () => {
  office = await openOffice()
  treasury = await openTreasury(office)
  await beneficiariesOf(treasury, 10)
  batch = await sentBatch(treasury)
  const file = (await bankFile(treasury, batch.id)).toString()
  lines = file
    .split('\n')
    .filter((line) => line.startsWith(batch.number))
    .map((line) => line.split(','))
    .map((cells) => [cells[0]!, cells[1]!, cells[4]!, cells[7]!, '00', '', `R${cells[1]}`, '2026-09-20'])
})
afterAll(() => office.close())

const titles = 'batch_no,seq,account_no,amount_fen,code,message,bank_ref,value_date'
const fileOf = (cells: readonly (readonly string[])[]) =>
  `${[titles, ...cells.map((line) => line.join(','))].join('\n')}\n`
const changed = (line: readonly string[], place: number, value: string) =>
  line.map((cell, at) => (at === place ? value : cell))
const taken = async (content: string, name?: string) =>
  bodyOf<ReturnFile>(await uploaded(treasury, batch.id, content, name), 201)
const reconciliation = async () =>
  bodyOf<Reconciliation>(await treasury.clerk.get(`/api/v1/payment-batches/${batch.id}/reconciliation`), 200)
const outcomes = () => office.sql('select * from payment_outcomes order by seq, nth')

describe('a return file', () => {
  it('with a malformed line is refused whole, and the line and field are named', async () => {
    const answer = await uploaded(
      treasury,
      batch.id,
      fileOf([lines[0]!, changed(lines[1]!, 3, '12,5'), changed(lines[2]!, 1, 'x')]),
    )

    expect(answer.status).toBe(422)
    expect(answer.body).toMatchObject({
      code: 'return-refused',
      errors: [
        { pointer: '/lines/3', code: 'unreadable-row' },
        { pointer: '/lines/4/seq', code: 'invalid-value' },
      ],
    })
    expect(await outcomes()).toEqual([])
    expect((await batchNow(treasury, batch.id)).state).toBe('SENT')
  })

  it('of another batch is refused', async () => {
    const answer = await uploaded(treasury, batch.id, fileOf([changed(lines[0]!, 0, 'B37112120260099')]))

    expect(answer.body).toMatchObject({ errors: [{ pointer: '/lines/2/batchNumber', code: 'other-batch' }] })
  })

  it('may come in parts, and in parts again', async () => {
    const first = await taken(fileOf(lines.slice(0, 4)), 'part-1.csv')
    const same = await taken(fileOf(lines.slice(0, 4)), 'part-1-again.csv')
    const both = await taken(fileOf(lines.slice(2, 6)), 'part-2.csv')

    expect(first).toMatchObject({ lines: 4, paid: { count: 4 }, repeated: 0 })
    expect(same).toEqual(first)
    expect(both).toMatchObject({ lines: 4, paid: { count: 2 }, repeated: 2, unmatched: 0 })
    expect(await batchNow(treasury, batch.id)).toMatchObject({ state: 'PARTIAL', paid: { count: 6 } })
    expect(await reconciliation()).toMatchObject({ open: { count: 4 }, hindrances: ['OPEN_ITEMS'] })
  })

  it('keeps what fits no item for a human, and applies the rest', async () => {
    const file = await taken(
      fileOf([
        ...[
          changed(lines[6]!, 3, '1'),
          changed(lines[7]!, 2, '6217000000000009999'),
          changed(lines[0]!, 4, '01'),
        ],
        ...[changed(lines[8]!, 1, '777'), lines[8]!, lines[8]!, changed(lines[9]!, 4, '02')],
      ]),
      'odd.csv',
    )

    expect(file).toMatchObject({ paid: { count: 1 }, failed: { count: 1 }, unmatched: 5, unresolved: 5 })
    const { items } = bodyOf<{ items: UnmatchedLine[] }>(
      await treasury.clerk.get(`/api/v1/payment-batches/${batch.id}/unmatched-lines`),
      200,
    )
    expect(items.map(({ reason }) => reason)).toEqual([
      ...['AMOUNT_DIFFERS', 'ACCOUNT_DIFFERS', 'ALREADY_SETTLED', 'UNKNOWN_SEQ', 'REPEATED_IN_FILE'],
    ])
    const failed = bodyOf<{ items: PaymentItem[] }>(
      await treasury.clerk.get(`/api/v1/payment-batches/${batch.id}/items?state=FAILED`),
      200,
    ).items
    expect(failed).toMatchObject([{ seq: 10, code: '02' }])
    const accounts = await office.sql(`select held_reason from payment_accounts where state = 'HELD'`)
    expect(accounts).toEqual([{ held_reason: 'BANK_REFUSED' }])
  })

  it('leaves the batch open until its lines are explained and all is answered', async () => {
    await taken(fileOf(lines.slice(6, 8)), 'rest.csv')
    const before = await reconciliation()
    const { items } = bodyOf<{ items: UnmatchedLine[] }>(
      await treasury.clerk.get(`/api/v1/payment-batches/${batch.id}/unmatched-lines`),
      200,
    )
    for (const { fileNo, line } of items)
      bodyOf(
        await treasury.clerk.post(`/api/v1/payment-batches/${batch.id}/unmatched-lines/resolutions`, {
          ...{ fileNo, line, resolution: '银行确认为误报' },
        }),
        201,
      )

    const closed = await stepped(treasury.finance, await batchNow(treasury, batch.id), 'closing')

    expect(before.hindrances).toEqual(['UNRESOLVED_LINES'])
    expect(closed).toMatchObject({ state: 'CLOSED', paid: { count: 9 }, failed: { count: 1 } })
  })

  it('may tell after closing that money came back, once', async () => {
    const back = [changed(changed(lines[3]!, 4, 'RV'), 6, 'TH9')]
    const file = await taken(fileOf(back), 'back.csv')
    const again = await taken(fileOf([...back, lines[4]!]), 'back-again.csv')

    expect(file).toMatchObject({ failed: { count: 1 }, unmatched: 0 })
    expect(again).toMatchObject({ repeated: 2, unmatched: 0 })
    expect(await reconciliation()).toMatchObject({
      returned: { count: 1 },
      paid: { count: 8 },
      ledgerDifferenceFen: 0,
    })
  })

  it('however mangled is answered with a refusal or taken whole, never by half', async () => {
    await beneficiariesOf(treasury, 3)
    const other = await sentBatch(treasury)
    const right = Buffer.from(fileOf(lines.slice(0, 3).map((line) => changed(line, 0, other.number))))
    const before = (await outcomes()).length
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(right.length - 1), fc.integer({ min: 0, max: 255 })), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.nat(right.length),
        async (edits, cut) => {
          const mangled = Buffer.from(right.subarray(0, Math.max(cut, 60)))
          for (const [place, byte] of edits) if (place < mangled.length) mangled[place] = byte
          const answer = await uploaded(treasury, other.id, mangled)
          expect([201, 422]).toContain(answer.status)
          const [kept] = await office.sql<{ lines: number; written: number; unfit: number; same: number }>(
            `select coalesce(sum(lines), 0)::int as lines, coalesce(sum(repeated), 0)::int as same,
             (select count(*)::int from payment_outcomes where batch_id = $1) as written,
             (select count(*)::int from bank_return_unmatched where batch_id = $1) as unfit
           from bank_returns where batch_id = $1`,
            [other.id],
          )
          expect(kept!.written + kept!.unfit + kept!.same).toBe(kept!.lines)
        },
      ),
      { numRuns: 25 },
    )
    expect((await outcomes()).length - before).toBeLessThanOrEqual(6)
  })
})
