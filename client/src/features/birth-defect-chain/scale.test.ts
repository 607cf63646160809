import { describe, expect, test } from 'vitest'
import { lanesOf, scaleOf } from './scale.ts'

const pregnant = {
  openedOn: '2025-06-01',
  conceivedOn: '2025-10-01',
  bornOn: null,
  from: '2025-05-01',
  to: '2027-07-01',
}

describe('the scale of a chain', () => {
  test('never runs backwards, from before the pregnancy to the years of the child', () => {
    const { place, spans } = scaleOf(pregnant)

    const days = [
      '2025-05-01',
      '2025-09-30',
      '2025-10-01',
      '2026-03-01',
      '2026-07-08',
      '2026-07-11',
      '2026-09-01',
      '2027-07-01',
    ]
    const places = days.map(place)
    expect(places).toEqual(places.toSorted((one, other) => one - other))
    expect(places[0]).toBe(0)
    expect(places.at(-1)).toBeCloseTo(1)
    expect(spans.map(({ stretch }) => stretch)).toEqual(['before', 'pregnancy', 'newborn', 'child'])
  })

  test('is of months alone before there is a pregnancy', () => {
    const { spans, place } = scaleOf({ ...pregnant, conceivedOn: null, to: '2026-01-01' })

    expect(spans).toEqual([{ stretch: 'before', from: 0, to: 1 }])
    expect(place('2025-05-01')).toBe(0)
  })

  test('counts a birth at its true day', () => {
    const { place, ticks } = scaleOf({ ...pregnant, bornOn: '2026-06-20' })

    expect(place('2026-06-20')).toBeCloseTo(
      ticks.find(({ stretch, value }) => stretch === 'newborn' && value === 0)?.at ?? NaN,
    )
  })
})

test('windows that overlap lie under one another, others share a lane', () => {
  expect(
    lanesOf([
      { from: 0, to: 0.2 },
      { from: 0.1, to: 0.3 },
      { from: 0.3, to: 0.4 },
      { from: 0.35, to: 0.5 },
    ]),
  ).toEqual([0, 1, 0, 1])
})
