import { describe, expect, it } from 'vitest'
import { bodyOf, institutionValues } from './childcare-values.ts'

describe('what is sent of an institution', () => {
  it('is everything filled in of a new one, the fee in fen', () => {
    const values = { ...institutionValues(null), name: '阳光托育', fee: 1680.5, staff: '' }

    expect(bodyOf(null, values)).toMatchObject({ name: '阳光托育', feeMonthFen: 168050, places1: 0 })
    expect(bodyOf(null, values)).not.toHaveProperty('staff')
  })

  it('is what differs of a known one, null where it was emptied', () => {
    const before = { ...institutionValues(null), name: '阳光托育', staff: 6 }

    expect(bodyOf(before, { ...before, staff: '', places2: 20 })).toEqual({ staff: null, places2: 20 })
  })
})
