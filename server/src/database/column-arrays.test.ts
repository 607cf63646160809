import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openOffice, type TestOffice } from '../../test/office.ts'
import { columnsOf, relationOf, type Shape } from './column-arrays.ts'

let office: TestOffice
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const shape: Shape = {
  ...{ id: 'uuid', word: 'text', on: 'date', bytes: 'bytea', isSo: 'boolean', count: 'integer' },
}
const read = `select n.id, n.word, n."on"::text as "on", encode(n.bytes, 'hex') as bytes, n."isSo", n.count from ${relationOf(shape, 1)} order by nth`

const cell = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 5 })
const rows = fc.array(
  fc.record({
    id: cell(fc.uuid()),
    word: cell(fc.string({ unit: 'grapheme' }).filter((word) => !word.includes('\0'))),
    on: cell(
      fc
        .date({ min: new Date('1899-12-30'), max: new Date('2100-03-01'), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10)),
    ),
    bytes: cell(fc.uint8Array().map((bytes) => Buffer.from(bytes))),
    isSo: cell(fc.boolean()),
    count: cell(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  }),
)

test('rows come to the database as they were sent, whatever is in them', async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (sent) => {
      const found = await office.office.db.owner.query<object>(read, columnsOf(shape, sent))
      expect(found.rows).toEqual(sent.map((row) => ({ ...row, bytes: row.bytes?.toString('hex') ?? null })))
    }),
    { numRuns: 60 },
  )
})

test('what is no day is not sent as one', () => {
  expect(() => columnsOf({ on: 'date' }, [{ on: '2026-02-30' }])).toThrow()
  expect(() => columnsOf({ on: 'date' }, [{ on: 'soon' }])).toThrow()
})
