import { describe, expect, test } from 'vitest'
import type { BatchState } from '@youyu/shared/subsidies/payment-values'
import { hindrancesOf, mayTake, type Step } from './rules.ts'

describe('the steps of a batch', () => {
  test.each([
    ['lock', ['DRAFT']],
    ['approve', ['LOCKED']],
    ['void', ['DRAFT', 'LOCKED', 'APPROVED']],
    ['send', ['APPROVED']],
    ['close', ['SENT', 'PARTIAL']],
  ] as [Step, BatchState[]][])('%s from %s only', (step, from) => {
    const states: BatchState[] = ['DRAFT', 'LOCKED', 'APPROVED', 'SENT', 'PARTIAL', 'CLOSED', 'VOID']
    expect(states.filter((state) => mayTake(step, state))).toEqual(from)
  })

  const none = { count: 0, fen: 0 }
  const sums = {
    sent: { count: 2, fen: 20 },
    paid: { count: 2, fen: 20 },
    failed: none,
    returned: none,
    stopped: none,
    open: none,
  }
  const fine = { unresolvedLines: 0, ledgerDifferenceFen: 0, isAsKept: true }
  test.each([
    ['nothing', {}, {}, []],
    ['open items', { paid: { count: 1, fen: 10 }, open: { count: 1, fen: 10 } }, {}, ['OPEN_ITEMS']],
    ['a line that fits nothing', {}, { unresolvedLines: 1 }, ['UNRESOLVED_LINES']],
    ['a fen in the ledger', {}, { ledgerDifferenceFen: 1 }, ['LEDGER_DIFFERS']],
    ['a sum that is not the sum', { paid: { count: 2, fen: 19 } }, {}, ['SUMS_DIFFER']],
  ] as const)('%s hinders the closing', (_, change, more, hindrances) => {
    expect(hindrancesOf('PARTIAL', { ...sums, ...change }, { ...fine, ...more })).toEqual(hindrances)
  })
})
