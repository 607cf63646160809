import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FinanceStatement } from '@youyu/shared/subsidies/finance-statements'
import { fundProgramme } from '../../../../test/funds.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf } from '../../../../test/register.ts'
import { yuanOf } from './sheet.ts'

let office: TestOffice
let finance: Officer

beforeAll(async () => {
  office = await openOffice()
  finance = await office.officer('county_finance', '371121000000')
  await fundProgramme(finance, 'P13', 2026, { CITY: 18_000_000, COUNTY: 72_000_000 })
})
afterAll(() => office.close())

const asked = 'year=2026&from=2026-01-01&to=2026-12-31'

describe('a finance statement', () => {
  test('says for each bureau what was promised, came and is left', async () => {
    const all = bodyOf<FinanceStatement>(await finance.get(`/api/v1/finance-statements?${asked}`), 200)
    const city = bodyOf<FinanceStatement>(
      await finance.get(`/api/v1/finance-statements?${asked}&tier=CITY`),
      200,
    )

    expect(all.rows.map(({ tier, receivedFen }) => [tier, receivedFen])).toEqual([
      ['CITY', 18_000_000],
      ['COUNTY', 72_000_000],
    ])
    expect(all.total).toMatchObject({
      budgetFen: 90_000_000,
      receivedFen: 90_000_000,
      closingFen: 90_000_000,
    })
    expect(city.total).toMatchObject({ openingFen: 0, receivedFen: 18_000_000, closingFen: 18_000_000 })
  })

  test('is handed out as a table, and that is recorded', async () => {
    const answer = await finance.get(`/api/v1/finance-statement-tables?${asked}&format=csv`)
    const [{ n } = { n: 0 }] = await office.sql<{ n: number }>(
      `select count(*)::int as n from access_log where entity = 'finance-statement' and action = 'export'`,
    )

    expect(answer.status).toBe(200)
    expect(answer.text).toContain('P13,市级,180000.00')
    expect(n).toBe(1)
  })

  test('refuses days in the wrong order', async () => {
    const answer = await finance.get('/api/v1/finance-statements?year=2026&from=2026-02-01&to=2026-01-01')

    expect(answer.body).toMatchObject({ errors: [{ pointer: '?to' }] })
  })

  test.each([
    [0, '0.00'],
    [5, '0.05'],
    [-123_456, '-1234.56'],
  ])('writes %i fen as %s yuan', (fen, yuan) => {
    expect(yuanOf(fen)).toBe(yuan)
  })
})
