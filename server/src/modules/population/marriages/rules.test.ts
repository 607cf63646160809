import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MarriageEvent } from '@youyu/shared/population/value-sets'
import { courseOf, spouseFindings, type LivedEvent, type Registered } from './rules.ts'

const unknown: Registered = { status: null, asOf: '2026-01-01' }
const lived = (
  id: string,
  event: MarriageEvent,
  occurredOn: string,
  partner: string | null = 'B',
): LivedEvent => ({
  ...{ id, event, occurredOn, partner },
  recordedAt: new Date('2026-01-01'),
})

describe('the marital status', () => {
  test.each([
    ['is unknown where nothing is known', [], unknown, null],
    ['is what was registered where nothing happened', [], { ...unknown, status: '10' }, '10'],
    ['of a first marriage', [lived('1', 'MARRY', '2010-01-01')], unknown, '21'],
    [
      'of the divorced',
      [lived('1', 'MARRY', '2010-01-01'), lived('2', 'DIVORCE', '2012-01-01')],
      unknown,
      '40',
    ],
    [
      'of a second marriage',
      [
        lived('1', 'MARRY', '2010-01-01'),
        lived('2', 'DIVORCE', '2012-01-01'),
        lived('3', 'MARRY', '2014-01-01', 'C'),
      ],
      unknown,
      '22',
    ],
    [
      'of a marriage with the former spouse',
      [
        lived('1', 'MARRY', '2010-01-01'),
        lived('2', 'DIVORCE', '2012-01-01'),
        lived('3', 'REMARRY', '2014-01-01'),
      ],
      unknown,
      '23',
    ],
    [
      'of who remarries somebody else than the form says',
      [
        lived('1', 'MARRY', '2010-01-01'),
        lived('2', 'DIVORCE', '2012-01-01'),
        lived('3', 'REMARRY', '2014-01-01', 'C'),
      ],
      unknown,
      '22',
    ],
    [
      'of the widowed',
      [lived('1', 'MARRY', '2010-01-01'), lived('2', 'WIDOWED', '2012-01-01')],
      unknown,
      '30',
    ],
    [
      'after an annulment is what was before',
      [
        ...[lived('1', 'MARRY', '2010-01-01'), lived('2', 'DIVORCE', '2012-01-01')],
        ...[lived('3', 'MARRY', '2014-01-01', 'C'), lived('4', 'ANNUL', '2014-06-01', 'C')],
      ],
      unknown,
      '40',
    ],
    [
      'after the only marriage was annulled is what was registered',
      [lived('1', 'MARRY', '2010-01-01'), lived('2', 'ANNUL', '2012-01-01')],
      { ...unknown, status: '10' },
      '10',
    ],
    [
      'does not go back to a marriage that had ended when she was registered',
      [lived('1', 'MARRY', '2010-01-01')],
      { ...unknown, status: '40' },
      '40',
    ],
    [
      'follows a marriage after her registration',
      [lived('1', 'MARRY', '2026-05-01')],
      { ...unknown, status: '40' },
      '22',
    ],
  ] as [string, LivedEvent[], Registered, string | null][])('%s', (_, events, registered, status) => {
    expect(courseOf(events, registered).status).toBe(status)
  })

  test('is that of the order of days, whatever the order of recording', () => {
    const story = fc.array(
      fc.record({
        partner: fc.constantFrom('B', 'C'),
        ends: fc.constantFrom('DIVORCE', 'WIDOWED', 'ANNUL', null),
      }),
      { minLength: 1, maxLength: 5 },
    )
    fc.assert(
      fc.property(story, fc.array(fc.nat()), (marriages, shuffle) => {
        const events: LivedEvent[] = []
        let expected: string | null = null
        const ended = new Set<string>()
        let had = false
        marriages.forEach(({ partner, ends }, index) => {
          const isLast = index === marriages.length - 1
          const end = ends ?? (isLast ? null : 'DIVORCE')
          const before = expected
          events.push(lived(`${index}a`, 'MARRY', `20${10 + index}-01-01`, partner))
          expected = ended.has(partner) ? '23' : had ? '22' : '21'
          if (!end) return
          events.push(lived(`${index}b`, end, `20${10 + index}-06-01`, partner))
          if (end === 'ANNUL') {
            expected = before
            return
          }
          had = true
          if (end === 'DIVORCE') ended.add(partner)
          expected = end === 'DIVORCE' ? '40' : '30'
        })
        const recorded = events
          .map((event, index) => ({ event, key: shuffle[index] ?? index }))
          .sort((a, b) => a.key - b.key)
          .map(({ event }, index) => ({ ...event, recordedAt: new Date(2026, 0, index + 1) }))

        expect(courseOf(recorded, unknown).status).toBe(expected)
      }),
      { numRuns: 500 },
    )
  })
})

describe('a marriage', () => {
  test('that was the first is told from later ones, and moves when an earlier one becomes known', () => {
    const second = lived('2', 'MARRY', '2014-01-01', 'C')
    const first = [lived('1', 'MARRY', '2010-01-01'), lived('d', 'DIVORCE', '2012-01-01')]

    expect(courseOf([second], unknown).orders.get('2')).toBe('FIRST')
    expect([...courseOf([second, ...first], unknown).orders]).toEqual([
      ['1', 'FIRST'],
      ['2', 'RE'],
    ])
  })

  test.each([
    [
      'while another holds',
      [lived('1', 'MARRY', '2010-01-01'), lived('x', 'MARRY', '2012-01-01', 'C')],
      ['F9'],
    ],
    ['that ends without having begun', [lived('x', 'DIVORCE', '2012-01-01')], ['C5']],
    ['again without a first', [lived('x', 'REMARRY', '2012-01-01')], ['C4']],
    ['that fits', [lived('x', 'MARRY', '2012-01-01')], undefined],
  ])('%s', (_, events, findings) => {
    expect(courseOf(events, unknown).findings.get('x')).toEqual(findings)
  })

  test.each([
    ['at the legal age', 'MARRY', '2024-01-01', '1', 22, '2', 20, []],
    ['of a man a year too young', 'MARRY', '2024-01-01', '1', 21, '2', 20, ['F3']],
    ['of a woman a year too young', 'MARRY', '2024-01-01', '1', 22, '2', 19, ['F3']],
    ['under the law of 1950', 'MARRY', '1975-01-01', '1', 20, '2', 18, []],
    ['of two women', 'MARRY', '2024-01-01', '2', 25, '2', 25, ['F5']],
    ['that ends early', 'DIVORCE', '2024-01-01', '1', 21, '2', 19, []],
    ['with somebody unknown', 'MARRY', '2024-01-01', '1', 30, null, null, []],
  ] as [string, MarriageEvent, string, string, number, string | null, number | null, string[]][])(
    '%s is judged',
    (_, event, day, sexA, ageA, sexB, ageB, findings) => {
      expect(
        spouseFindings(event, day, [
          { sex: sexA, age: ageA },
          { sex: sexB, age: ageB },
        ]),
      ).toEqual(findings)
    },
  )
})
