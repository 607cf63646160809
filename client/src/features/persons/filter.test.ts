import { describe, expect, it, test } from 'vitest'
import { filterOf, mayBePersonalNumber } from './filter.ts'

describe('the criteria of the person list', () => {
  it('become what the contract takes', () => {
    expect(filterOf({ division: '371121002000', ageFrom: '15', ageTo: '', sex: '2' })).toEqual({
      division: '371121002000',
      ageFrom: 15,
      sex: '2',
    })
  })

  it('leave out what is mistyped in the address', () => {
    expect(filterOf({ division: '3711', ageFrom: 'x', sex: '7', residenceStatus: '3' })).toEqual({
      residenceStatus: '3',
    })
  })
})

test.each([
  ['991521199001010025', true],
  ['9915 2119 9001 0100 25', true],
  ['９９１５２１１９９００１０１００２５', true],
  ['13812345678', true],
  ['138-1234-5678', true],
  ['张三', false],
  ['zs', false],
  ['A10023', false],
])('%s may be somebody’s number: %s', (words, expected) => {
  expect(mayBePersonalNumber(words)).toBe(expected)
})
