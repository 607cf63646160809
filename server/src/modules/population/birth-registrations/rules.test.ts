import { describe, expect, test } from 'vitest'
import { registrationStatuses } from '@youyu/shared/population/value-sets'
import { declaredFaults, expectedDay, gapsOf, offersOf, registrationNumber, type Declared } from './rules.ts'

const declared = (given: Partial<Declared> = {}): Declared => ({
  registrantId: 'a',
  partnerId: null,
  purpose: 'PREGNANT',
  lastMenstruationOn: null,
  expectedOn: '2027-03-08',
  bornOn: null,
  channel: 'SELF_ONLINE',
  authorisation: null,
  authorisedOn: null,
  ...given,
})

describe('a birth registration', () => {
  test.each([
    ['nothing', declared(), []],
    [
      'nothing, by the last menstruation',
      declared({ expectedOn: null, lastMenstruationOn: '2026-06-01' }),
      [],
    ],
    ['nothing, to plan', declared({ purpose: 'PLANNING', expectedOn: null }), []],
    ['the day of birth', declared({ purpose: 'BORN' }), ['date']],
    [
      'everything at once',
      declared({ registrantId: null, channel: 'VILLAGE_AGENT', expectedOn: null }),
      ['registrant', 'authorisation', 'date'],
    ],
  ])('lacks %s', (_, given, gaps) => expect(gapsOf(given)).toEqual(gaps))

  test.each([
    ['nine years late', declared({ purpose: 'BORN', bornOn: '2017-01-01' }), []],
    ['born tomorrow', declared({ purpose: 'BORN', bornOn: '2026-11-21' }), ['/bornOn']],
    ['with oneself', declared({ partnerId: 'a' }), ['/partnerId']],
    [
      'expected before it began',
      declared({ lastMenstruationOn: '2026-06-01', expectedOn: '2026-05-01' }),
      ['/expectedOn'],
    ],
  ])('cannot be: %s', (_, given, pointers) => {
    expect(declaredFaults(given, '2026-11-20').map(({ pointer }) => pointer)).toEqual(pointers)
  })

  test('knows no state of refusal', () => {
    expect(Object.keys(registrationStatuses).join()).not.toMatch(/REJECT|REFUSE|VOID|EXPIRE/)
  })

  test('counts the expected day from the last menstruation', () => {
    expect(expectedDay(declared({ expectedOn: null, lastMenstruationOn: '2026-01-01' }))).toBe('2026-10-08')
  })

  test.each([
    ['REGISTERED', 'PLANNING', ['PRECONCEPTION_BOOKING', 'FOLIC_ACID']],
    ['REGISTERED', 'BORN', ['CHILDCARE_SUBSIDY', 'CHILDCARE_PLACES']],
    ['RETURNED_FOR_COMPLETION', 'PREGNANT', []],
    ['WITHDRAWN', 'PREGNANT', []],
  ] as const)('offers when %s for %s: %j', (status, purpose, offers) => {
    expect(offersOf(status, purpose)).toEqual(offers)
  })

  test('has a number of county, year and chance', () => {
    expect(registrationNumber(371121, '2026', Uint8Array.from([0, 31, 32, 33, 1, 2, 3, 4, 5, 6]))).toBe(
      '37112120260Z01123456',
    )
  })
})
