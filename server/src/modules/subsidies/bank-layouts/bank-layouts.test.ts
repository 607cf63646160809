import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import type { BankLayout, LayoutDefinition } from '@youyu/shared/subsidies/bank-layouts'
import { standardLayout } from '../../../bank-simulator/layout.ts'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, furnishPlaces, places } from '../../../../test/register.ts'
import { encode } from './rules-encoding.ts'
import { lint } from './rules-linting.ts'
import { fenOf, readerOf, type Fault } from './rules-reading.ts'
import { Unwritable, writerOf, yuanOf } from './rules-writing.ts'

const fixed: LayoutDefinition['pay'] = {
  ...{ encoding: 'GBK', format: 'FIXED', lineEnd: 'CRLF', fileName: '{batch}.dat' },
  columns: [
    { field: 'seq', width: 6, align: 'RIGHT', pad: '0' },
    { field: 'accountNumber', width: 20 },
    { field: 'accountName', width: 20 },
    { field: 'amountFen', width: 10, align: 'RIGHT', pad: '0' },
  ],
  trailer: [
    { field: 'literal', literal: 'T', width: 1 },
    { field: 'rows', width: 6, align: 'RIGHT', pad: '0' },
    { field: 'totalFen', width: 12, align: 'RIGHT', pad: '0' },
  ],
}
const piped: LayoutDefinition['pay'] = {
  ...{ encoding: 'GBK', format: 'SEPARATED', separator: '|', lineEnd: 'CRLF', fileName: '{batch}.txt' },
  columns: [{ field: 'seq' }, { field: 'accountNumber' }, { field: 'accountName' }, { field: 'amountYuan' }],
  header: [{ field: 'batchNumber' }, { field: 'rows' }, { field: 'totalYuan' }],
}

function read(layout: LayoutDefinition['pay'], file: Buffer, step = 7) {
  const lines: string[][] = []
  const faults: Fault[] = []
  const reader = readerOf(
    layout,
    (cells) => lines.push(cells.map((cell) => cell.trim())),
    (fault) => faults.push(fault),
  )
  for (let from = 0; from < file.length; from += step) reader.take(file.subarray(from, from + step))
  return { stated: reader.end(), lines, faults }
}

const person = fc.record({
  seq: fc.integer({ min: 1, max: 99_999 }).map(String),
  accountNumber: fc.stringMatching(/^\d{16,19}$/),
  accountName: fc
    .array(fc.constantFrom(...'张王李赵欧阳文秀芳娜敏静'), { minLength: 2, maxLength: 5 })
    .map((name) => name.join('')),
  fen: fc.integer({ min: 1, max: 99_999_999 }),
})

describe('a layout', () => {
  test.each([
    ['the standard one', standardLayout.pay],
    ['fixed widths in GBK', fixed],
    ['pipes in GBK', piped],
  ])('%s reads what it wrote, however the bytes arrive', (_, layout) => {
    fc.assert(
      fc.property(
        fc.array(person, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 50 }),
        (people, step) => {
          const totals = {
            batchNumber: 'B1',
            rows: people.length,
            totalFen: people.reduce((sum, { fen }) => sum + fen, 0),
            payOn: '2026-09-20',
          }
          const writer = writerOf(layout)
          const lines = people.map(({ fen, ...rest }) =>
            writer.line({ ...rest, amountFen: String(fen), amountYuan: yuanOf(fen) }),
          )
          const file = Buffer.concat([writer.opening(totals), ...lines, writer.closing(totals)])

          const back = read(layout, file, step)

          expect(back.faults).toEqual([])
          expect(back.stated.totalFen).toBe(totals.totalFen)
          const at = (field: string) => layout.columns.findIndex((column) => column.field === field)
          expect(back.lines.map((cells) => cells[at('accountName')])).toEqual(
            people.map(({ accountName }) => accountName),
          )
          expect(back.lines.map((cells) => Number(cells[at('seq')]))).toEqual(
            people.map(({ seq }) => Number(seq)),
          )
        },
      ),
      { numRuns: 30 },
    )
  })

  test('writes no name that its encoding does not have, and none that is too wide', () => {
    expect(encode('张三𠮷', 'GBK')).toBeNull()
    expect(encode('张三', 'GBK')).toEqual(Buffer.from([0xd5, 0xc5, 0xc8, 0xfd]))
    expect(() => writerOf(piped).line({ accountName: '𠮷' })).toThrow(Unwritable)
    expect(() => writerOf(fixed).line({ accountName: '欧阳欧阳欧阳欧阳欧阳欧' })).toThrow(Unwritable)
  })

  test.each([
    ['12', 1200],
    ['12.3', 1230],
    ['12.34', 1234],
    ['0.05', 5],
    ['-1', null],
    ['1,000.00', null],
    ['1.234', null],
    ['', null],
  ])('%s yuan are %s fen', (text, fen) => {
    expect(fenOf(text)).toBe(fen)
  })

  const { pay, return: back } = standardLayout
  test.each([
    ['the standard one', standardLayout, []],
    [
      'without accounts',
      {
        pay: { ...pay, titles: undefined, columns: [{ field: 'seq' }, { field: 'amountFen' }] },
        return: back,
      },
      ['FIELD_MISSING', 'FIELD_MISSING'],
    ],
    [
      'a field twice',
      { pay: { ...pay, titles: undefined, columns: [...pay.columns, { field: 'seq' }] }, return: back },
      ['FIELD_TWICE'],
    ],
    [
      'fixed without widths',
      { pay: { ...fixed, columns: [...fixed.columns.slice(0, 3), { field: 'amountFen' }] }, return: back },
      ['WIDTH_MISSING'],
    ],
    [
      'a file name that leads elsewhere',
      { pay: { ...pay, fileName: '../{batch}' }, return: back },
      ['FILE_NAME_UNSAFE'],
    ],
    ['no code for paid', { pay, return: { ...back, codes: { E: '01' } } }, ['PAID_CODE_MISSING']],
    ['a separator that occurs', { pay: { ...pay, separator: '1' }, return: back }, ['SEPARATOR_OCCURS']],
  ])('%s is linted', (_, definition, codes) => {
    expect(
      lint(definition as LayoutDefinition)
        .filter(({ severity }) => severity === 'ERROR')
        .map(({ code }) => code),
    ).toEqual(codes)
  })
})

describe('a layout of the county', () => {
  let office: TestOffice
  beforeAll(async () => {
    office = await openOffice()
    await furnishPlaces(office)
  })
  afterAll(() => office.close())

  it('is drafted by one, used after another has activated it, and only without errors', async () => {
    const clerk = await office.officer('county_subsidy', places.county)
    const finance = await office.officer('county_finance', places.county)
    const draft = async (definition: object) =>
      bodyOf<BankLayout>(
        await clerk.post('/api/v1/bank-layouts', { code: 'OWN', name: '本县', definition }),
        201,
      )
    const faulty = await draft({ ...standardLayout, pay: { ...standardLayout.pay, fileName: 'x.csv' } })
    const good = await draft(standardLayout)

    const [refused, active] = [
      await finance.post(`/api/v1/bank-layouts/${faulty.id}/activation`),
      await finance.post(`/api/v1/bank-layouts/${good.id}/activation`),
    ]
    const check = bodyOf<{ sample: string[] }>(
      await clerk.post('/api/v1/bank-layouts/checks', { definition: standardLayout }),
      200,
    )

    expect((refused.body as { code: string }).code).toBe('layout-faulty')
    expect(bodyOf(active, 201)).toMatchObject({ state: 'ACTIVE', version: 2 })
    expect(check.sample[1]).toContain('张三')
    const other = await office.officer('county_subsidy', places.otherCounty)
    const { items } = bodyOf<{ items: BankLayout[] }>(await other.get('/api/v1/bank-layouts'), 200)
    expect(
      items.map(({ code, findings }) => [code, findings.filter(({ severity }) => severity === 'ERROR')]),
    ).toEqual([
      ...[
        ['FIXED-GBK', []],
        ['RURAL-GBK', []],
        ['STANDARD', []],
      ],
    ])
  })
})
