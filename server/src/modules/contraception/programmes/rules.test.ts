import { describe, expect, test } from 'vitest'
import { bornBetween, cycleAround } from './rules.ts'

describe('a cycle', () => {
  test.each([
    [12, '2026-11-22', '2026-01-01', '2026-12-31'],
    [36, '2026-11-22', '2024-01-01', '2026-12-31'],
    [36, '2027-01-01', '2027-01-01', '2029-12-31'],
    [24, '2027-02-28', '2026-01-01', '2027-12-31'],
    [3, '2026-11-22', '2026-10-01', '2026-12-31'],
  ])('of %i months around %s lasts from %s to %s', (months, day, from, to) => {
    expect(cycleAround(months, day)).toEqual({ from, to })
  })
})

describe('people of an age', () => {
  test.each([
    ['2026-11-22', 35, 64, '1961-11-23', '1991-11-22'],
    ['2024-02-29', 18, 20, '2003-03-01', '2006-02-28'],
  ])('on %s between %i and %i are born from %s to %s', (day, ageFrom, ageTo, from, to) => {
    expect(bornBetween(day, ageFrom, ageTo)).toEqual({ from, to })
  })
})
