import { describe, expect, test } from 'vitest'
import type { RequisitionStatus } from '@youyu/shared/contraception/supplies-requisitions'
import type { StoreKind } from '@youyu/shared/contraception/supplies'
import { givenWith, isFirst, refusalOf } from './dispensing/rules.ts'
import { alertsOf } from './lots/rules.ts'
import { mayBecome, proposalOf } from './requisitions/rules.ts'
import { mayStandAt, mayStandUnder } from './stores/rules.ts'

const today = '2026-09-15'
const shelf = {
  ...{ usable: 100, monthsOfStock: 5, earliestExpiry: '2028-01-31', expiredOn: null, recalledExpiry: null },
}

describe('the shelf', () => {
  test.each([
    [{}, []],
    [{ usable: 0 }, ['STOCK_OUT']],
    [{ monthsOfStock: 0.9 }, ['LOW']],
    [{ monthsOfStock: 1 }, []],
    [{ monthsOfStock: null }, []],
    [{ earliestExpiry: '2027-03-14' }, ['EXPIRING']],
    [{ earliestExpiry: '2027-03-15' }, []],
    [{ expiredOn: '2026-01-01', recalledExpiry: '2027-12-31' }, ['EXPIRED', 'RECALLED']],
  ])('alerts at %o: %o', (given, alerts) => {
    expect(alertsOf({ ...shelf, ...given }, today)).toEqual(alerts)
  })
})

describe('a proposal', () => {
  const known = {
    ...{ from: '2026-04-01', days: 168, stockOutDays: 0, issued: 336, monthlyUse: 60.88, monthsOfStock: 1.3 },
    ...{ usable: 78, onTheWay: 0 },
  }
  const terms = { leadDays: 7, reviewDays: 30, safetyDays: 15 }

  test.each([
    ['in whole packs', {}, terms, 10, 105, 30],
    ['less what is on the way', { onTheWay: 20 }, terms, 10, 105, 10],
    ['nothing where there is enough', { usable: 200 }, terms, 10, 105, 0],
    ['nothing where nothing is used', { monthlyUse: 0, usable: 0 }, terms, 10, 0, 0],
    ['without a reserve', {}, { ...terms, safetyDays: 0 }, 1, 75, 0],
  ])('is %s', (_, given, days, packSize, orderUpTo, proposed) => {
    const answer = proposalOf({ ...known, ...given }, days, packSize, today)

    expect([answer.arithmetic.orderUpTo, answer.proposed]).toEqual([orderUpTo, proposed])
  })
})

describe('a requisition', () => {
  const path: RequisitionStatus[] = ['DRAFT', 'SUBMITTED', 'APPROVED', 'SHIPPED', 'RECEIVED', 'CLOSED']

  test('goes one way', () => {
    for (const [place, status] of path.entries()) {
      const next = path[place + 1]
      if (next) expect(mayBecome(status, next)).toBe(true)
      for (const earlier of path.slice(0, Math.max(place - 1, 0)))
        expect(mayBecome(status, earlier)).toBe(false)
    }
    expect(mayBecome('DRAFT', 'APPROVED')).toBe(false)
    expect(mayBecome('SUBMITTED', 'SHIPPED')).toBe(false)
    expect(mayBecome('APPROVED', 'CANCELLED')).toBe(false)
  })
})

describe('a dispensing', () => {
  const pill = { firstByClinician: true, isPrescription: false }
  const injection = { firstByClinician: true, isPrescription: true }
  const condom = { firstByClinician: false, isPrescription: false }

  test.each([
    ['a village worker', 'village_worker', pill, false, null],
    ['a village worker', 'village_worker', pill, true, 'first-use-by-clinician'],
    ['a village worker', 'village_worker', injection, false, 'clinician-needed'],
    ['a pharmacist', 'pharmacist', injection, false, null],
    ['a pharmacist', 'pharmacist', injection, true, 'first-use-by-clinician'],
    ['a clinician', 'station_clinician', injection, true, null],
    ['a village worker', 'village_worker', condom, true, null],
  ] as const)('by %s (%s) of %o, first time %s: %s', (_, role, item, first, code) => {
    expect(refusalOf(item, { role, isOfCare: false }, first)?.code ?? null).toBe(code)
  })

  test.each([
    [pill, undefined, false, true],
    [pill, undefined, true, false],
    [pill, false, false, false],
    [condom, undefined, false, false],
    [condom, true, true, true],
  ])('of %o, said %s, had before %s, is the first: %s', (item, said, hadBefore, first) => {
    expect(isFirst(item, said, hadBefore)).toBe(first)
  })

  test.each([
    [20, 'TOKEN', 100, 120, 120, false],
    [21, 'TOKEN', 100, 120, 121, true],
    [121, null, 0, 120, null, true],
    [500, 'TOKEN', 0, null, 500, false],
  ])('of %i to %s after %i of %s', (quantity, token, earlier, allowance, given, isBeyond) => {
    expect(givenWith(quantity, token, earlier, allowance)).toEqual({
      ...{ givenThisYear: given, isBeyondAllowance: isBeyond },
    })
  })
})

describe('a store', () => {
  test.each([
    ['COUNTY', 3, true],
    ['COUNTY', 4, false],
    ['TOWNSHIP', 4, true],
    ['TOWNSHIP', 5, false],
    ['OUTLET', 5, true],
    ['VENDING', 3, true],
  ] as [StoreKind, number, boolean][])('%s at level %i: %s', (kind, level, may) => {
    expect(mayStandAt(kind, level)).toBe(may)
  })

  test.each([
    ['TOWNSHIP', 'COUNTY', true],
    ['OUTLET', 'TOWNSHIP', true],
    ['OUTLET', 'COUNTY', true],
    ['TOWNSHIP', 'TOWNSHIP', false],
    ['COUNTY', 'TOWNSHIP', false],
    ['VENDING', 'OUTLET', false],
  ] as [StoreKind, StoreKind, boolean][])('%s under %s: %s', (kind, parent, may) => {
    expect(mayStandUnder(kind, parent)).toBe(may)
  })
})
