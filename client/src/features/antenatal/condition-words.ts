import { signNames, type RuleCondition, type RuleTest } from '@youyu/shared/birth-defects/decision-facts'
import { codeName } from '../../texts/texts.ts'
import { factName, factValue } from './words.ts'

/** A condition as one reads it: ways side by side with 或, tests of a way with 且. */
export function conditionText(
  condition: RuleCondition,
  words: { or: string; and: string; not: string; unknown: string },
): string {
  return condition
    .map((tests) => tests.map((test) => testText(test, words)).join(` ${words.and} `))
    .join(` ${words.or} `)
}

function testText(test: RuleTest, { not, unknown }: { not: string; unknown: string }): string {
  const absent = 'absent' in test && test.absent ? `${not} ` : ''
  if ('signs' in test) return absent + test.signs.map((sign) => codeName(signNames, sign)).join('/')
  if ('items' in test) return absent + test.items.join('/')
  if ('missing' in test) return `${test.missing.map(factName).join('/')} ${unknown}`
  if ('oneOf' in test)
    return `${factName(test.fact)} ${test.oneOf.map((code) => factValue(test.fact, code)).join('/')}`
  const bounds = [
    test.least === undefined ? '' : `≥ ${factValue(test.fact, test.least)}`,
    test.above === undefined ? '' : `> ${factValue(test.fact, test.above)}`,
    test.below === undefined ? '' : `< ${factValue(test.fact, test.below)}`,
    test.most === undefined ? '' : `≤ ${factValue(test.fact, test.most)}`,
  ]
  return `${factName(test.fact)} ${bounds.filter(Boolean).join(', ')}`
}
