import { describe, expect, it, test } from 'vitest'
import { csvOf } from './csv.ts'
import { placeLabels } from './labels.ts'
import { stepAt, stepByKey } from './stepping.ts'
import { dateTicks, dayOf } from './timeline.ts'

describe('the CSV of a chart', () => {
  it('keeps numbers as they are, quotes what needs it and disarms formulas', () => {
    const columns = [{ label: '地区' }, { label: '值, ‰', isNumeric: true }, { label: '说明' }]
    const rows = [
      { key: 'a', cells: ['招贤镇', 0.1 + 0.2, '他说"多"'] },
      { key: 'b', cells: ['=HYPERLINK("x")', -3, null] },
    ]

    expect(csvOf({ columns, rows })).toBe(
      '地区,"值, ‰",说明\r\n招贤镇,0.3,"他说""多"""\r\n"\'=HYPERLINK(""x"")",-3,\r\n',
    )
  })
})

describe('stepping', () => {
  const step = (row: number, column: number) => ({
    key: `${row}.${column}`,
    ...{ row, column, x: column * 10, y: row * 10, title: '', lines: [] },
  })
  const steps = [step(0, 0), step(0, 1), step(0, 3), step(1, 0), step(1, 2)]

  test.each([
    ['ArrowRight', '0.1', '0.3'],
    ['ArrowRight', '0.3', '0.3'],
    ['ArrowLeft', '0.1', '0.0'],
    ['ArrowDown', '0.3', '1.2'],
    ['ArrowUp', '0.3', '0.3'],
    ['End', '0.0', '0.3'],
    ['Home', '1.2', '1.0'],
  ])('%s leads from %s to %s', (key, from, to) => {
    expect(
      stepByKey(
        steps,
        steps.find((one) => one.key === from),
        key,
      )?.key,
    ).toBe(to)
  })

  it('leaves other keys alone and begins at the first', () => {
    expect(stepByKey(steps, steps[0], 'Tab')).toBeUndefined()
    expect(stepByKey(steps, undefined, 'ArrowRight')?.key).toBe('0.0')
  })

  it('finds the step below the pointer', () => {
    expect(stepAt(steps, 11, 400, 'x')?.key).toBe('0.1')
    expect(stepAt(steps, 19, 9, 'xy')?.key).toBe('1.2')
    expect(stepAt([], 0, 0, 'x')).toBeUndefined()
  })
})

describe('names beside points', () => {
  it('never cover one another', () => {
    const edges = { left: 0, right: 300, top: 0, bottom: 100 }
    const points = ['东莞镇', '库山乡', '安庄镇', '桑园镇', '果庄镇'].map((label) => ({
      key: label,
      label,
      x: 150,
      y: 50,
    }))

    const placed = placeLabels(points, edges, 12)

    expect(placed.length).toBeGreaterThan(1)
    expect(new Set(placed.map(({ x, y }) => `${x},${y}`)).size).toBe(placed.length)
  })
})

describe('ticks of a time axis', () => {
  test.each([
    ['1990-04-12', '2026-11-01', 8, ['1995', '2000', '2005', '2010', '2015', '2020', '2025']],
    ['2026-01-01', '2026-10-31', 5, ['2026-04', '2026-07', '2026-10']],
  ])('from %s to %s', (from, to, count, labels) => {
    expect(dateTicks(dayOf(from), dayOf(to), count).map(({ label }) => label)).toEqual(labels)
  })
})
