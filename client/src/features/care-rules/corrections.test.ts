import { describe, expect, test } from 'vitest'
import { boxesOf, changeOf, withChanges } from './corrections.ts'

const cell = { initiation: 2, continuation: 3 }

describe('a correction of a cell', () => {
  test.each([
    ['is none where nothing differs', cell, { initiation: '2', continuation: '3' }, null],
    ['is none where nothing stands nor is set', undefined, { initiation: '', continuation: '' }, null],
    ['sets a category', cell, { initiation: '4', continuation: '3' }, [4, 3]],
    ['fills an empty cell', undefined, { initiation: '1', continuation: '1' }, [1, 1]],
    ['empties a cell by either box', cell, { initiation: '', continuation: '3' }, [null, null]],
  ])('%s', (_title, before, boxes, expected) => {
    const change = changeOf('STROKE', 'POP', before, boxes)

    expect(change && [change.initiation, change.continuation]).toEqual(expected)
  })

  test('shows what stands', () => {
    expect(boxesOf(cell)).toEqual({ initiation: '2', continuation: '3' })
    expect(boxesOf(undefined)).toEqual({ initiation: '', continuation: '' })
  })

  test('takes the place of an earlier one of the same condition', () => {
    const stroke = { condition: 'STROKE', method: 'POP', initiation: 1, continuation: 1 } as const
    const obesity = { ...stroke, condition: 'OBESITY' } as const

    expect(withChanges([stroke, obesity], 'STROKE', [])).toEqual([obesity])
  })
})
