import { screen } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { renderApp } from '../../ui/testing.ts'
import type { Interval, PopulationHome } from './addresses.ts'
import YearFigures from './YearFigures.vue'

const rate = (change: Partial<Interval>): Interval => ({
  numerator: 40,
  denominator: 5000,
  value: 8,
  low: 5.72,
  high: 10.89,
  method: 'Byar 95 %',
  stability: 'STABLE',
  ...change,
})
const home = {
  division: { code: '371121000000', name: '五莲县', level: 3 },
  population: 'residence',
  year: {
    from: '2025-11-01',
    to: '2026-10-01',
    birthRate: rate({}),
    deathRate: rate({}),
    naturalGrowth: rate({ numerator: -2, value: -0.4, low: -3.9, high: 3.1 }),
    sexRatioAtBirth: rate({
      numerator: 22,
      denominator: 18,
      value: 122.2222,
      low: 65.5,
      high: 228.0,
      method: 'log-normal 95 %',
      stability: 'UNSTABLE',
    }),
  },
} as unknown as PopulationHome
const user = { permissions: ['indicator.read' as const] }

describe('the rates of twelve months', () => {
  it('are never shown without their interval', async () => {
    await renderApp(YearFigures, { props: { home }, user })

    expect(screen.getAllByText('8.00').length).toBe(2)
    screen.getByText('95% 区间 −3.90 至 3.10')
    screen.getByText('95% 区间 65.5 至 228.0')
  })

  it('say where cases are too few to judge by', async () => {
    await renderApp(YearFigures, { props: { home }, user })

    expect(screen.getAllByText('例数少').length).toBe(1)
    screen.getByText(/出生不足 500 人/)
  })

  it('lead to the records of both their parts', async () => {
    await renderApp(YearFigures, { props: { home }, user })

    const girls = screen.getByRole('link', { name: '18' }).getAttribute('href')
    expect(girls).toBe(
      '/indicators/POP-05?division=371121000000&from=2025-11-01&to=2026-10-01&population=residence&part=denominator',
    )
  })
})
