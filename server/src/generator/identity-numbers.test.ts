import { describe, expect, test } from 'vitest'
import { dayOf } from './civil-days.ts'
import { checkDigit, identityNumbers, syntheticArea } from './identity-numbers.ts'

describe('a synthetic identity number', () => {
  test.each([
    ['of the standard', '11010519491231002X'],
    ['of the specification', '991521199001010025'],
    ['of the specification', '991521202307151239'],
  ])('has the check digit %s (%s)', (_, number) => {
    expect(checkDigit(number)).toBe(number.slice(17))
  })

  test('begins with 99 and the county', () => {
    expect(syntheticArea('371121')).toBe('991121')
  })

  test('never repeats, even when a day is full', () => {
    const issue = identityNumbers()
    const birth = dayOf(1964, 3, 1)

    const numbers = Array.from({ length: 1200 }, () => issue('991121', birth, '1'))

    expect(new Set(numbers).size).toBe(1200)
    expect(numbers.every((number) => /^99\d{4}19640301\d\d[13579][\dX]$/.test(number))).toBe(true)
    expect(numbers.at(-1)?.slice(0, 6)).toBe('991123')
  })
})
