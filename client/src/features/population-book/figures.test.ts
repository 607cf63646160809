import { describe, expect, it, test } from 'vitest'
import type { BookFigures } from '@youyu/shared/population/book'
import { changedFigures, flowNames, flows, kindOf, obstaclesByKind } from './figures.ts'

const figures: BookFigures = {
  opening: 100,
  births: 3,
  deaths: 2,
  movesIn: 4,
  movesOut: 1,
  entries: 1,
  exits: 0,
  boundary: -2,
  closing: 103,
}

describe('the equation of a month', () => {
  it('adds up with the signs its terms are shown with', () => {
    const sum = flowNames.reduce((total, flow) => total + flows[flow].sign * figures[flow], figures.opening)

    expect(sum).toBe(figures.closing)
  })

  test.each([
    ['births', '2026-10-01', 'BIRTH'],
    ['entries', '2026-10-01', 'ENTRY'],
    ['entries', '2016-01-01', undefined],
  ] as const)('leads from %s of %s to its postings', (flow, month, kind) => {
    expect(kindOf(flow, month, '2016-01-01')).toBe(kind)
  })
})

describe('what was signed beside what stands now', () => {
  it('names the figures that changed, in the order of the equation', () => {
    const now = { ...figures, births: 4, closing: 104 }

    expect(changedFigures(figures, now)).toEqual(['births', 'closing'])
    expect(changedFigures(figures, figures)).toEqual([])
  })
})

describe('obstacles', () => {
  it('of one kind are told together with the places they concern', () => {
    const place = (code: string) => ({ code, name: code, level: 5 })
    const told = obstaclesByKind([
      { code: 'month-not-over', division: null },
      { code: 'lower-open', division: place('371121001001') },
      { code: 'lower-open', division: place('371121001002') },
    ])

    expect(told).toEqual([
      { code: 'month-not-over', divisions: [] },
      { code: 'lower-open', divisions: [place('371121001001'), place('371121001002')] },
    ])
  })
})
