import { describe, expect, test } from 'vitest'
import { evaluate, levelFor, monthsBetween } from './evaluation.ts'
import type { Facts } from './facts.ts'
import { factsIn, ruleFaults, type LevelRule, type Rule } from './rules.ts'
import { levelLines, sentenceLines, sentenceOf } from './sentences.ts'

const frame = { county: '371121', today: '2026-08-20' }
const reason = { zh: '不符合', en: 'not met' }
const meets = (rule: Rule, facts: Facts) => evaluate(rule, facts, frame).met

describe('a leaf', () => {
  test.each<[string, Rule, Facts, boolean]>([
    ['on its edge', { fact: 'age_years', '>=': 60 }, { age_years: 60 }, true],
    ['past its edge', { fact: 'age_years', '>': 60 }, { age_years: 60 }, false],
    ['between, both ends in', { fact: 'age_years', between: [49, 60] }, { age_years: 60 }, true],
    ['of an unknown fact', { fact: 'age_years', '>=': 0 }, {}, false],
    ['unlike, of an unknown fact', { fact: 'marital', '!=': '21' }, { marital: null }, false],
    ['not, of an unknown fact', { not: { fact: 'insured', '==': true } }, {}, true],
    [
      'in the county',
      { fact: 'hukou_division', prefix: '$county' },
      { hukou_division: '371121001001' },
      true,
    ],
    [
      'in another county',
      { fact: 'hukou_division', prefix: '$county' },
      { hukou_division: '370321001001' },
      false,
    ],
    ['born today', { fact: 'birth_date', '<=': '$today' }, { birth_date: '2026-08-20' }, true],
    ['all of none', { all: { list: 'child_sexes_living', '==': '2' } }, { child_sexes_living: [] }, true],
    ['all of an unknown list', { all: { list: 'child_sexes_living', '==': '2' } }, {}, false],
    ['any of none', { any: { list: 'child_sexes_living', '==': '2' } }, { child_sexes_living: [] }, false],
    [
      'counting some',
      { count: { list: 'child_sexes_living', '==': '2' }, '==': 2 },
      { child_sexes_living: ['2', '1', '2'] },
      true,
    ],
    [
      'counting all',
      { count: { list: 'child_birth_dates' }, '>': 1 },
      { child_birth_dates: ['2020-01-01'] },
      false,
    ],
    ['that there is one', { exists: 'pension_scheme' }, { pension_scheme: 'RESIDENT' }, true],
    [
      'months to today',
      { months_between: ['residence_since', '$today'], '>=': 6 },
      { residence_since: '2026-02-20' },
      true,
    ],
  ])('%s', (_, rule, facts, met) => {
    expect(meets(rule, facts)).toBe(met)
  })
})

test.each([
  ['2026-01-31', '2026-02-28', 0],
  ['2026-01-28', '2026-02-28', 1],
  ['2024-02-29', '2025-02-28', 11],
  ['2024-02-29', '2025-03-01', 12],
  ['2026-03-01', '2026-02-28', -1],
])('from %s to %s it is %i completed months', (from, until, months) => {
  expect(monthsBetween(from, until)).toBe(months)
})

describe('an explanation', () => {
  const age: Rule = { fact: 'age_years', '>=': 60, reason: { zh: '未满60周岁', en: 'Not yet 60' } }
  const paper: Rule = { fact: 'historic_qualification', '==': true }
  const never: Rule = { fact: 'birth_date', '>=': '1933-01-01' }

  test('gives each leaf its own reason, or the one above it', () => {
    const { leaves } = evaluate({ and: [age, { or: [paper] }], reason }, { age_years: 59 }, frame)

    expect(leaves.map(({ path, met, isUnknown, reason: said }) => [path, met, isUnknown, said.en])).toEqual([
      ['/and/0', false, false, 'Not yet 60'],
      ['/and/1/or/0', false, true, 'not met'],
    ])
  })

  test.each<[string, Rule, Facts, string[], boolean]>([
    ['everything that fails', { and: [age, paper] }, { age_years: 59 }, ['/and/0', '/and/1'], true],
    ['the easier of two ways', { or: [never, paper] }, { birth_date: '1930-01-01' }, ['/or/1'], true],
    ['time before paper', { or: [paper, age] }, { age_years: 59 }, ['/or/1'], true],
    [
      'what never changes',
      { and: [age, never] },
      { age_years: 70, birth_date: '1930-01-01' },
      ['/and/1'],
      false,
    ],
    ['nobody grows younger', { fact: 'age_years', '<': 49 }, { age_years: 50 }, [''], false],
    [
      'of what must not be',
      { not: { and: [age, paper] } },
      { age_years: 70, historic_qualification: true },
      ['/not/and/1'],
      true,
    ],
  ])('of what is nearest names %s', (_, rule, facts, paths, isPossible) => {
    const { counterfactual } = evaluate(rule, facts, frame)

    expect(counterfactual).toEqual({ paths, isPossible })
  })

  test('of somebody who meets the rule needs nothing', () => {
    expect(evaluate(age, { age_years: 60 }, frame).counterfactual).toBeNull()
  })
})

describe('a rule in words', () => {
  const rule: Rule = {
    and: [
      { fact: 'birth_date', '>=': '1933-01-01' },
      { or: [{ fact: 'sex', '==': '2' }, { not: { fact: 'insured', '==': true } }] },
      { all: { list: 'child_sexes_living', '==': '2' } },
    ],
  }

  test('is a sentence in two languages', () => {
    expect([sentenceOf(rule, 'zh'), sentenceOf(rule, 'en')]).toEqual([
      '出生日期不早于1933-01-01，且（性别为女，或者不属于（已投保住院护理保险）），且现存活子女性别全部为女',
      'date of birth is not before 1933-01-01; and (sex is female; or not (insured for hospital care)); and every one of sexes of living children is female',
    ])
  })

  test('is lines that know their place', () => {
    expect(sentenceLines(rule, 'en').map(({ path, depth }) => [path, depth])).toEqual([
      ...[
        ['', 0],
        ['/and/0', 1],
        ['/and/1', 1],
        ['/and/1/or/0', 2],
        ['/and/1/or/1', 2],
        ['/and/1/or/1/not', 3],
        ['/and/2', 1],
      ],
    ])
  })

  test('says what it reads, and which level is whose', () => {
    const level: LevelRule = { if: { fact: 'n_children_living', '==': 0 }, then: 'A', else: 'B' }

    expect(factsIn(rule, level)).toEqual([
      'birth_date',
      'sex',
      'n_children_living',
      'child_sexes_living',
      'insured',
    ])
    expect([
      levelFor(level, { n_children_living: 0 }, frame),
      levelFor(level, {}, frame),
      levelFor(null, {}, frame),
    ]).toEqual(['A', 'B', ''])
    expect(levelLines(level, 'zh')).toEqual([
      { level: 'A', text: '现存活子女数为0个' },
      { level: 'B', text: '' },
    ])
  })
})

test.each<[string, unknown, string[]]>([
  ['no object', 'age', ['/ rule-operator']],
  ['an empty and', { and: [], reason }, ['/and rule-value']],
  ['a list compared as one', { fact: 'child_sexes_living', '==': '2', reason }, ['/fact rule-operator']],
  ['one counted as a list', { count: { list: 'age_years' }, '>': 1, reason }, ['/count/list rule-operator']],
  ['an order of texts', { fact: 'sex', '>': '1', reason }, ['/> rule-operator']],
  ['a day that is none', { fact: 'birth_date', '>=': '2026-02-30', reason }, ['/>= rule-value']],
  ['a child’s abortion', { exists: 'abortion_count', reason }, ['/exists forbidden-fact']],
  ['an added key', { fact: 'age_years', '>=': 1, reason, sql: 'drop table persons' }, ['/ rule-operator']],
])('a rule with %s is told so', (_, rule, faults) => {
  expect(ruleFaults(rule).map(({ path, code }) => `/${path.join('/')} ${code}`)).toEqual(faults)
})
