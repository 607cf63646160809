import type { IndicatorDefinition, IndicatorValue } from '@youyu/shared/population/indicators'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fundProgramme } from '../../../../test/funds.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf } from '../../../../test/register.ts'
import { subsidyCatalogue } from './catalogue.ts'

const county = '371121000000'
const asked = `division=${county}&from=2026-01-01&to=2026-06-01`
let office: TestOffice
let finance: Officer

beforeAll(async () => {
  office = await openOffice()
  finance = await office.officer('county_finance', county)
  await fundProgramme(finance, 'P01', 2025, { CENTRAL: 50_000, COUNTY: 50_000 })
  await fundProgramme(finance, 'P01', 2026, { CENTRAL: 60_000, COUNTY: 60_000 })
  const budget = { programme: 'P01', year: 2026, tier: 'COUNTY', amountFen: 30_000, decidedOn: '2026-02-01' }
  bodyOf(await finance.post('/api/v1/budget-changes', { ...budget, document: '追加预算' }), 201)
  for (const [year, revenueFen] of [
    [2025, 100_000_000],
    [2026, 110_000_000],
  ])
    bodyOf(await finance.post('/api/v1/county-revenues', { year, revenueFen, document: '决算' }), 201)
  const finding = {
    year: 2026,
    kind: 'DIVERTED',
    foundOn: '2026-03-01',
    document: '审计报告',
    narrative: '挪用',
  }
  bodyOf(await finance.post('/api/v1/fund-findings', { ...finding, amountFen: 12_300 }), 201)
})
afterAll(() => office.close())

async function valuesOf(code: string, more = ''): Promise<IndicatorValue[]> {
  const answer = await finance.get(`/api/v1/subsidy-indicators/${code}?${asked}${more}`)
  return bodyOf<{ values: IndicatorValue[] }>(answer, 200).values
}

describe('the indicators of benefits', () => {
  test('are sixteen, and each answers whole, by township, month and year, and for publication', async () => {
    const { items } = bodyOf<{ items: IndicatorDefinition[] }>(
      await finance.get('/api/v1/subsidy-indicators'),
      200,
    )

    expect(items.map(({ code }) => code)).toEqual(
      Array.from({ length: 16 }, (_, index) => `SUB-${String(index + 1).padStart(2, '0')}`),
    )
    for (const { code } of subsidyCatalogue.definitions)
      for (const more of ['', '&by=part', '&by=month', '&by=year', '&publication=true'])
        expect(Array.isArray(await valuesOf(code, more))).toBe(true)
  })

  test('say how much of the funds is in place, and by which tier', async () => {
    const values = await valuesOf('SUB-14')

    expect(values.map(({ component, value }) => [component, value && Math.round(value * 10) / 10])).toEqual([
      [null, 80],
      ['CENTRAL', 100],
      ['PROVINCE', null],
      ['CITY', null],
      ['COUNTY', 66.7],
      ['TOWNSHIP', null],
      ['OTHER', null],
    ])
  })

  test('compare the growth of funds with that of revenue, and add up what was diverted', async () => {
    const [growth] = await valuesOf('SUB-15')
    const diverted = await valuesOf('SUB-16')

    expect(growth!.value).toBeCloseTo(40, 6)
    expect(diverted.map(({ component, value }) => [component, value])).toEqual([
      [null, 123],
      ['open', 123],
    ])
  })

  test('are handed out as a table, and are the area’s alone', async () => {
    const file = await finance.get(`/api/v1/subsidy-indicator-tables?${asked}&format=csv&codes=SUB-14`)
    const neighbour = await office.officer('county_finance', '370321000000')
    const elsewhere = await neighbour.get(`/api/v1/subsidy-indicators/SUB-14?${asked}`)

    expect(file.text).toContain('SUB-14')
    expect(elsewhere.body).toMatchObject({ code: 'out-of-area' })
  })
})
