import { expect, test } from 'vitest'
import { relationToNewHead } from './rules.ts'

test.each([
  ['the wife takes over: the husband is her spouse', '1', '0', '1', '1'],
  ['the wife takes over: a son stays a son', '1', '2', '1', '2'],
  ['a son takes over: the father is a parent', '2', '0', '1', '5'],
  ['a son takes over: a sister is a sibling', '2', '3', '2', '7'],
  ['a son takes over: the grandmother is a grandparent', '2', '5', '2', '6'],
  ['the mother takes over: the old head is her daughter', '5', '0', '2', '3'],
  ['the mother takes over: the old head’s brother is her son', '5', '7', '1', '2'],
  ['the mother takes over: a grandchild', '5', '2', '1', '4'],
  ['a brother takes over: a nephew is another', '7', '2', '1', '8'],
] as const)('%s', (_, newHeadWas, relation, sex, expected) => {
  expect(relationToNewHead(newHeadWas, relation, sex)).toBe(expected)
})
