import { expect, test } from 'vitest'
import fc from 'fast-check'
import type { Equation } from '@youyu/shared/contraception/offers'
import { shownRows, totalOf } from './rules.ts'

const equation = fc
  .record({
    opening: fc.nat({ max: 12 }),
    opened: fc.nat({ max: 12 }),
    done: fc.nat({ max: 8 }),
    declined: fc.nat({ max: 4 }),
  })
  .map(({ opening, opened, done, declined }): Equation => {
    const closed = Math.min(done + declined, opening + opened)
    const given = Math.min(done, closed)
    return {
      ...{ opening, opened, done: given, declined: closed - given, moved: 0, notNeeded: 0 },
      ...{ unreachable: 0, died: 0, expired: 0, closing: opening + opened - closed },
    }
  })

test('a small number of a township cannot be worked out from the total and the others', () => {
  fc.assert(
    fc.property(fc.array(equation, { minLength: 1, maxLength: 6 }), (equations) => {
      const { rows, total } = shownRows(equations.map((each, key) => ({ key, equation: each })))
      const hidden = rows.filter((row) => row.equation === null)
      if (total) expect(hidden.length).not.toBe(1)
      for (const { key, equation: shown } of rows) {
        if (!shown) continue
        const { opening, opened, closing } = equations[key]!
        expect(shown.opening + shown.opened - shown.closed).toBe(shown.closing)
        expect([opening, opened, closing].some((number) => number > 0 && number < 5)).toBe(false)
      }
      const withReasons = rows.filter((row) => row.equation?.reasons === null || row.equation === null)
      if (total?.reasons) expect(withReasons.length).not.toBe(1)
      if (total) expect(total.closing).toBe(totalOf(equations).closing)
    }),
    { numRuns: 1000 },
  )
})
