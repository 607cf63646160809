import { describe, expect, test } from 'vitest'
import type { MoveDistance, MoveKind } from '@youyu/shared/population/value-sets'
import { afterFitting, type Episode } from '../persons/residence/rules.ts'
import * as rules from './rules.ts'

const [village, nextVillage, farVillage] = ['371121001001', '371121001002', '371121102201']
const capital = '110000000000'

describe('a move', () => {
  test.each([
    [village, nextVillage, 'VILLAGE'],
    [village, farVillage, 'TOWNSHIP'],
    [village, '371102001001', 'COUNTY'],
    [village, '370321001001', 'CITY'],
    [village, capital, 'PROVINCE'],
    [village, '990000000000', 'ABROAD'],
  ] as [string, string, MoveDistance][])('from %s to %s goes as far as %s', (from, to, distance) => {
    expect(rules.distanceOf(from, to)).toBe(distance)
  })

  test.each([
    ['away for a season', 'FLOW_OUT', '2024-05-01', true],
    ['away for half a year', 'FLOW_OUT', '2024-07-01', false],
    ['away nobody knows how long', 'FLOW_OUT', null, false],
    ['back for a season', 'RETURN', '2024-05-01', false],
  ] as [string, MoveKind, string | null, boolean][])('%s', (_, kind, expectedReturn, isShort) => {
    expect(rules.isShortAbsence(kind, '2024-01-01', expectedReturn)).toBe(isShort)
  })

  test.each([
    ['at home', village, null, '1'],
    ['in another village for long', nextVillage, '2025-01-01', '3'],
    ['in another village for a season', nextVillage, '2024-03-01', '4'],
    ['out of the county', capital, null, '2'],
  ])('%s has its residence status', (_, at, until, status) => {
    const living = { hukou: village, county: 371121, occurredOn: '2024-01-01', today: '2024-03-01' }

    expect(rules.residenceStatusOf({ ...living, at, until })).toBe(status)
  })

  test.each([
    ['whose hukou and residence are elsewhere has left', capital, capital, 'ACTIVE', 'MOVED_OUT'],
    ['whose hukou is still here has not', village, capital, 'ACTIVE', 'ACTIVE'],
    ['who comes back is here', capital, village, 'MOVED_OUT', 'ACTIVE'],
    ['who died stays so', capital, capital, 'DECEASED', 'DECEASED'],
  ])('a person %s', (_, hukouDivision, residenceDivision, status, after) => {
    expect(rules.statusAfter(371121, { hukouDivision, residenceDivision, status })).toBe(after)
  })
})

describe('the hukou', () => {
  const move = (id: string, occurredOn: string, fromDivision: string, toDivision: string) => ({
    ...{ id, occurredOn, fromDivision, toDivision },
    recordedAt: new Date('2026-01-01'),
  })
  const first = move('1', '2010-01-01', village, nextVillage)
  const second = move('2', '2015-01-01', nextVillage, farVillage)

  test('is where the latest move led', () => {
    expect(rules.hukouAfter([], [second], village)).toBe(farVillage)
    expect(rules.hukouAfter([second], [second, first], village)).toBeNull()
    expect(rules.hukouAfter([first, second], [first], village)).toBe(nextVillage)
    expect(rules.hukouAfter([first], [], village)).toBe(village)
  })

  test('of a day is where the moves before it led', () => {
    expect(rules.hukouOn([second, first], '2009-01-01', capital)).toBe(village)
    expect(rules.hukouOn([second, first], '2012-01-01', capital)).toBe(nextVillage)
    expect(rules.hukouOn([], '2012-01-01', capital)).toBe(capital)
  })

  test('that jumps is a finding', () => {
    const torn = move('2', '2015-01-01', capital, farVillage)

    expect(rules.continuityFindings([first, second], '2')).toEqual([])
    expect(rules.continuityFindings([first, torn], '2')).toEqual(['F8'])
    expect(rules.continuityFindings([first, torn], '1')).toEqual(['F8'])
  })
})

describe('a stay that a move began', () => {
  const at = (id: string, divisionCode: string, from: string | null, to: string | null): Episode => ({
    ...{ id, divisionCode, from, to },
    ...{ status: '1', evidence: null, expectedReturn: null },
  })
  const stay = { divisionCode: 'X', status: '2', evidence: null, expectedReturn: null }
  const told = (stays: readonly Omit<Episode, 'id'>[]) =>
    [...stays]
      .sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1))
      .map(({ divisionCode, from, to }) => `${divisionCode} ${from ?? ''}–${to ?? ''}`)

  test.each([
    ['ends the one before', [at('1', 'A', null, null)], ['A –2010-01-01', 'X 2010-01-01–']],
    [
      'lasts until the next',
      [at('1', 'A', null, '2012-01-01'), at('2', 'B', '2012-01-01', null)],
      ['A –2010-01-01', 'X 2010-01-01–2012-01-01', 'B 2012-01-01–'],
    ],
    [
      'takes the place of one of the same day',
      [at('1', 'A', null, '2010-01-01'), at('2', 'B', '2010-01-01', null)],
      ['A –2010-01-01', 'X 2010-01-01–'],
    ],
  ] as [string, Episode[], string[]][])('%s', (_, episodes, expected) => {
    const fitting = rules.beginStay(episodes, '2010-01-01', stay)

    expect(told(afterFitting(episodes, fitting))).toEqual(expected)
  })

  test('gives its time back, wherever later stays have cut it to', () => {
    const cut = [
      at('1', 'A', null, '2010-01-01'),
      at('2', 'X', '2010-01-01', '2012-01-01'),
      at('3', 'B', '2012-01-01', '2013-01-01'),
      at('4', 'X', '2013-01-01', null),
    ]

    const fitting = rules.endStay(cut, ['2', '4'], null)

    expect(told(afterFitting(cut, fitting!))).toEqual([
      'A –2012-01-01',
      'B 2012-01-01–2013-01-01',
      'A 2013-01-01–',
    ])
  })

  test('gives way to the one whose day it had taken', () => {
    const episodes = [at('1', 'A', null, '2010-01-01'), at('2', 'X', '2010-01-01', null)]

    const fitting = rules.endStay(episodes, ['2'], at('0', 'B', null, null))

    expect(told(afterFitting(episodes, fitting!))).toEqual(['A –2010-01-01', 'B 2010-01-01–'])
    expect(rules.endStay([at('2', 'X', '2010-01-01', null)], ['2'], null)).toBeNull()
  })
})
