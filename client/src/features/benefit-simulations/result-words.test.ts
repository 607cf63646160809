import { describe, expect, it } from 'vitest'
import type { ScenarioResult, ScenarioYear } from '@youyu/shared/subsidies/simulations'
import { findingsOf, tiersIn, wan } from './result-words.ts'
import { scenarioOf, type DraftChange } from './scenario-draft.ts'

const year = (given: Partial<ScenarioYear> & { year: number }): ScenarioYear => ({
  asOf: `${given.year}-01-01`,
  base: {
    people: 10,
    fen: 100_000,
    byTier: [
      { tier: 'CENTRAL', fen: 50_000 },
      { tier: 'COUNTY', fen: 50_000 },
    ],
  },
  changed: {
    people: 12,
    fen: 150_000,
    byTier: [
      { tier: 'CENTRAL', fen: 60_000 },
      { tier: 'COUNTY', fen: 90_000 },
    ],
  },
  ...{ gained: 2, lost: 0, higher: 10, lower: 0 },
  ...given,
})
const result = (years: ScenarioYear[]): ScenarioResult => ({
  division: { code: '371121000000', name: '五莲县' },
  ...{ on: '2027-01-01', programmes: [], years, partsYear: 2027, parts: [], cap: null, tookMs: 1 },
})

describe('what a result says', () => {
  it('names the first year, the sum, and the tier that bears most of the change', () => {
    const found = findingsOf(result([year({ year: 2027 }), year({ year: 2028 })]))!

    expect(found).toMatchObject({ moreFen: 50_000, morePct: 0.5, totalBase: 200_000, totalChanged: 300_000 })
    expect(found.tier).toEqual({ tier: 'COUNTY', fen: 80_000 })
    expect(found.isNothing).toBe(false)
    expect(tiersIn([year({ year: 2027 })])).toEqual(['CENTRAL', 'COUNTY'])
    expect(wan(123_456_789)).toBeCloseTo(123.456789)
  })

  it('says that nothing changes where nothing does', () => {
    const { base } = year({ year: 2027 })

    expect(findingsOf(result([year({ year: 2027, changed: base, gained: 0, higher: 0 })]))!.isNothing).toBe(
      true,
    )
  })
})

describe('a scenario as it is sent', () => {
  it('holds only what was changed', () => {
    const change: DraftChange = {
      ...{
        programme: 'P01',
        from: '2027-01-01',
        rule: null,
        level: undefined,
        shares: null,
        unitsPerYear: 1,
      },
      rates: [
        { level: '', unit: 'PER_YEAR', nowFen: 96_000, amountFen: 120_000 },
        { level: 'A', unit: 'PER_YEAR', nowFen: 1, amountFen: 1 },
      ],
    }

    const scenario = scenarioOf({
      ...{ on: '2027-01-01', years: 5, takeUp: 100, newborns: 'AS_NOW', capYuan: '', changes: [change] },
    })

    expect(scenario.changes).toEqual([
      {
        programme: 'P01',
        from: '2027-01-01',
        unitsPerYear: 1,
        rates: [{ level: '', unit: 'PER_YEAR', amountFen: 120_000 }],
      },
    ])
    expect(scenario).not.toHaveProperty('capFen')
  })
})
