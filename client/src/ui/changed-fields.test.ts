import { describe, expect, test } from 'vitest'
import { changedFields } from './changed-fields.ts'

describe('what is sent of a form that changes a record', () => {
  test.each([
    ['nothing where nothing differs', { a: 1, b: '' }, { a: 1, b: '' }, {}],
    ['what differs', { a: 1, b: 'x' }, { a: 2, b: 'x' }, { a: 2 }],
    ['no', { a: true }, { a: false }, { a: false }],
    ['null', { a: 0 }, { a: null }, { a: null }],
    ['zero', { a: '' }, { a: 0 }, { a: 0 }],
    ['null where a field was emptied', { a: 'x' }, { a: '' }, { a: null }],
    ['null where the form left an emptied field out', { a: 'x', b: 1 }, { b: 1 }, { a: null }],
    ['null where it is not defined any more', { a: 'x' }, { a: undefined }, { a: null }],
    ['nothing of one kind of blank for another', { a: null, b: '' }, { a: '', b: undefined, c: [] }, {}],
    ['what was not known before', { a: '' }, { a: '', b: 'x' }, { b: 'x' }],
    ['a list that differs, whole', { a: ['x', 'y'] }, { a: ['x'] }, { a: ['x'] }],
    ['no entries where a list was emptied', { a: ['x'] }, { a: [] }, { a: [] }],
    ['no entries where the form left an emptied list out', { a: ['x'] }, {}, { a: [] }],
    [
      'a group that differs, without its blanks',
      { a: { b: 1, c: 2 } },
      { a: { b: 3, c: '' } },
      { a: { b: 3 } },
    ],
    [
      'null where a group was emptied',
      { a: { b: 1, c: { d: 2 } } },
      { a: { b: '', c: { d: '' } } },
      { a: null },
    ],
    ['nothing of a group in another order', { a: { b: 1, c: 2 } }, { a: { c: 2, b: 1 } }, {}],
  ])('is %s', (_what, before, after, changed) => {
    expect(changedFields(before, after)).toEqual(changed)
  })
})
