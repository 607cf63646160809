import { describe, expect, test } from 'vitest'
import { deathFaults, deathFindings, isStillActive } from './rules.ts'

const died = {
  occurredOn: '2026-08-01',
  birthDate: '1990-01-01',
  sex: '2',
  maternal: 'NO',
  today: '2026-08-20',
}
const judged = {
  ...{ occurredOn: '2026-08-01', birthDate: '1950-01-01', status: 'DECEASED', lastSeenOn: null },
  ...{ hasLivingSpouse: false, knownOn: '2026-08-20' },
}

describe('a death', () => {
  test.each([
    ['to come', { occurredOn: '2026-08-21' }, ['/occurredOn']],
    ['before the birth', { occurredOn: '1989-12-31' }, ['/occurredOn']],
    ['on the day of birth', { occurredOn: '1990-01-01' }, []],
    ['of a man in childbed', { sex: '1', maternal: 'DIRECT' }, ['/maternal']],
    ['of a girl of eleven in childbed', { birthDate: '2015-01-01', maternal: 'INDIRECT' }, ['/maternal']],
    ['of a woman in childbed', { maternal: 'DIRECT' }, []],
  ])('%s', (_, given, pointers) => {
    expect(deathFaults({ ...died, ...given }).map(({ pointer }) => pointer)).toEqual(pointers)
  })

  test.each([
    ['told at once', {}, []],
    ['told after a month', { knownOn: '2026-09-02' }, ['LATE']],
    ['of somebody seen later', { lastSeenOn: '2026-08-02' }, ['V2']],
    ['of somebody seen that day', { lastSeenOn: '2026-08-01' }, []],
    ['of somebody married', { hasLivingSpouse: true }, ['WIDOW']],
    ['at 111', { birthDate: '1915-01-01' }, ['I5']],
    ['of an infant kept among the living', { birthDate: '2026-01-01', status: 'ACTIVE' }, ['B11']],
  ])('%s', (_, given, expected) => {
    expect(deathFindings({ ...judged, ...given })).toEqual(expected)
  })

  test.each([
    ['the day before the first birthday', '2025-08-02', 'ACTIVE', true],
    ['on the first birthday', '2025-08-01', 'ACTIVE', false],
    ['applied', '2026-01-01', 'DECEASED', false],
  ])('of a child %s', (_, birthDate, status, expected) => {
    expect(isStillActive({ occurredOn: '2026-08-01', birthDate, status })).toBe(expected)
  })
})
