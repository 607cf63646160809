import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  afterFitting,
  fitIn,
  inOrder,
  periodOf,
  presentOf,
  takeOut,
  type Episode,
  type Fitting,
} from './rules.ts'

const at = (id: string, divisionCode: string, from: string | null, to: string | null): Episode => ({
  id,
  divisionCode,
  from,
  to,
  status: '1',
  evidence: null,
  expectedReturn: null,
})
const told = (stays: readonly { divisionCode: string; from: string | null; to: string | null }[]) =>
  [...stays]
    .sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1))
    .map(({ divisionCode, from, to }) => `${divisionCode} ${from ?? ''}–${to ?? ''}`)

describe('a stay', () => {
  const home = at('1', 'A', '2000-01-01', null)
  const later = at('2', 'B', '2010-01-01', null)

  test.each([
    ['ends the one before it', [home], '2010-01-01', null, ['A 2000-01-01–2010-01-01', 'X 2010-01-01–']],
    [
      'entered late lasts until the next one',
      [{ ...home, to: '2010-01-01' }, later],
      '2005-01-01',
      null,
      ['A 2000-01-01–2005-01-01', 'X 2005-01-01–2010-01-01', 'B 2010-01-01–'],
    ],
    [
      'with an end splits the one around it',
      [home],
      '2005-01-01',
      '2006-01-01',
      ['A 2000-01-01–2005-01-01', 'X 2005-01-01–2006-01-01', 'A 2006-01-01–'],
    ],
    [
      'replaces what it covers',
      [{ ...home, to: '2010-01-01' }, later],
      '2000-01-01',
      '2011-01-01',
      ['X 2000-01-01–2011-01-01', 'B 2011-01-01–'],
    ],
    ['of the same day takes its place', [home], '2000-01-01', null, ['X 2000-01-01–']],
    [
      'cuts one that began nobody knows when',
      [{ ...home, from: null }],
      '2005-01-01',
      null,
      ['A –2005-01-01', 'X 2005-01-01–'],
    ],
  ] as [string, Episode[], string, string | null, string[]][])('%s', (_, episodes, from, to, expected) => {
    const fitting = fitIn(episodes, { ...at('', 'X', null, null), ...periodOf(episodes, from, to) })

    expect(told(afterFitting(episodes, fitting))).toEqual(expected)
  })

  test('that is taken out gives its time to the one before', () => {
    const episodes = [{ ...home, to: '2010-01-01' }, later]

    expect(told(afterFitting(episodes, takeOut(episodes, '2') as Fitting))).toEqual(['A 2000-01-01–'])
    expect(told(afterFitting(episodes, takeOut(episodes, '1') as Fitting))).toEqual(['B 2010-01-01–'])
    expect(takeOut([home], '1')).toBeNull()
  })
})

describe('episodes', () => {
  const days = fc
    .integer({ min: 0, max: 60 })
    .map((day) => new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10))
  const deeds = fc.array(
    fc.oneof(fc.record({ from: days, to: fc.option(days) }), fc.record({ takeOut: fc.nat(6) })),
    { maxLength: 14 },
  )

  test('never overlap and always end in one open, whatever the order of moves and voids', () => {
    fc.assert(
      fc.property(deeds, (all) => {
        let serial = 0
        let episodes: Episode[] = [at('0', 'A', '2020-01-05', null)]
        for (const deed of all) {
          const fitting =
            'from' in deed
              ? moved(deed.from, deed.to)
              : takeOut(episodes, episodes[deed.takeOut % episodes.length]?.id ?? '')
          if (fitting)
            episodes = afterFitting(episodes, fitting).map((stay) => ({ ...stay, id: String((serial += 1)) }))
        }

        const ordered = inOrder(episodes)
        ordered.forEach((episode, index) => {
          const next = ordered[index + 1]
          if (next) expect(episode.to !== null && next.from !== null && episode.to <= next.from).toBe(true)
        })
        expect(ordered.filter(({ to }) => to === null)).toEqual([presentOf(episodes)])

        function moved(from: string, to: string | null): Fitting | null {
          if (to !== null && to <= from) return null
          return fitIn(episodes, { ...at('', from, null, null), ...periodOf(episodes, from, to) })
        }
      }),
      { numRuns: 300 },
    )
  })
})
