import { describe, expect, it, test } from 'vitest'
import type { Leaf, Rule } from '@youyu/shared/subsidies/rules'
import {
  asKind,
  comparisonsFor,
  fitted,
  leafOf,
  listTyped,
  partsOfLeaf,
  withMembers,
  withReason,
} from './rule-edit.ts'

const leaves: [string, Leaf][] = [
  ['a comparison', { fact: 'age_years', '>=': 60, reason: { zh: '未满', en: 'Not yet' } }],
  ['a range', { fact: 'birth_date', between: ['1933-01-01', '1960-01-01'] }],
  ['a choice', { fact: 'hukou_type', in: ['1', '3'] }],
  ['existence', { exists: 'child_death_date' }],
  ['one of a list', { any: { list: 'child_sexes_living', '==': '2' } }],
  ['every one of a list', { all: { list: 'child_sexes_living', '==': '2' } }],
  ['how many of a list', { count: { list: 'child_sexes_living' }, '==': 2 }],
  ['completed months', { months_between: ['birth_date', '$today'], '<': 36 }],
]

describe('the rule editor', () => {
  test.each(leaves)('takes %s apart and puts it together again', (_, leaf) => {
    expect(leafOf(partsOfLeaf(leaf), leaf.reason)).toEqual(leaf)
  })

  it('fits the value to another fact', () => {
    const age = partsOfLeaf({ fact: 'age_years', '>=': 60 })

    expect(fitted({ ...age, fact: 'hukou_type' })).toMatchObject({ comparison: '==', operand: '' })
    expect(fitted({ ...age, fact: 'only_child_cert' })).toMatchObject({
      kind: 'fact',
      comparison: '==',
      operand: true,
    })
    expect(fitted({ ...age, fact: 'child_sexes_living' })).toMatchObject({ kind: 'any' })
    expect(fitted({ ...age, comparison: 'between' }).operand).toEqual([60, 60])
    expect(comparisonsFor('boolean')).toEqual(['=='])
  })

  it('reads several values as they are typed', () => {
    expect(listTyped('1， 3;4', 'integer')).toEqual([1, 3, 4])
    expect(listTyped('3711 3703', 'text')).toEqual(['3711', '3703'])
  })

  it('groups a condition and keeps what a group holds', () => {
    const leaf: Rule = { fact: 'sex', '==': '2' }
    const group = asKind(leaf, 'or')

    expect(group).toEqual({ or: [leaf] })
    expect(asKind(group, 'and')).toEqual({ and: [leaf] })
    expect(asKind({ and: [leaf, leaf] }, 'not')).toEqual({ not: { and: [leaf, leaf] } })
    expect(withMembers({ and: [leaf] }, [leaf, leaf])).toEqual({ and: [leaf, leaf] })
    expect(withReason(leaf, { zh: '', en: '' })).toEqual(leaf)
  })
})
