import type { ResidenceEpisode } from '@youyu/shared/population/persons'
import { expect, it } from 'vitest'
import { timelineOf } from './timeline.ts'

const episode = (from: string | null, to: string | null, more: Partial<ResidenceEpisode> = {}) =>
  ({ id: `${from}${to}`, from, to, voidedAt: null, ...more }) as ResidenceEpisode

it('places episodes between the first known day and today', () => {
  const { bars } = timelineOf(
    [episode('2020-01-01', null), episode('2010-01-01', '2020-01-01')],
    '2029-12-31',
  )

  expect(bars.map(({ start }) => Number(start.toFixed(2)))).toEqual([0, 0.5])
  expect(bars.map(({ width }) => Number(width.toFixed(2)))).toEqual([0.5, 0.5])
})

it('begins at the edge where the beginning is unknown, and leaves out what was voided', () => {
  const { bars } = timelineOf(
    [
      episode(null, '2020-01-01'),
      episode('2020-01-01', null),
      episode('1999-01-01', null, { voidedAt: '2021-01-01T00:00:00Z' }),
    ],
    '2021-01-01',
  )

  expect(bars).toHaveLength(2)
  expect(bars[0]?.start).toBe(0)
})

it('is empty without episodes', () => {
  expect(timelineOf([], '2026-01-01')).toEqual({ bars: [], ticks: [] })
})

it('marks no year that has no room for its name before the edge', () => {
  const { ticks } = timelineOf([episode('2017-01-25', null)], '2026-11-23')

  expect(ticks.map(({ year }) => year)).toEqual([2018, 2020, 2022, 2024])
})
