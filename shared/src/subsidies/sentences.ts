import { factCatalogue, type FactDefinition, type FactName } from './facts.ts'
import {
  comparisonOf,
  isLeaf,
  partsOf,
  type Comparing,
  type Leaf,
  type LevelRule,
  type Rule,
  type Scalar,
} from './rules.ts'

export type RuleLanguage = 'zh' | 'en'
/** A rule as lines that are read from above: `depth` says what stands under what. */
export type SentenceLine = { path: string; depth: number; text: string; isLeaf: boolean }

const words = {
  zh: {
    and: '以下各项都符合：',
    or: '以下任一项符合：',
    not: '不属于以下情形：',
    today: '当日',
    county: '本县',
    is: (fact: string, what: string) => `${fact}${what}`,
    '==': (value: string) => `为${value}`,
    '!=': (value: string) => `不为${value}`,
    '<': (value: string) => `小于${value}`,
    '<=': (value: string) => `不超过${value}`,
    '>': (value: string) => `大于${value}`,
    '>=': (value: string) => `不低于${value}`,
    'date<': (value: string) => `早于${value}`,
    'date<=': (value: string) => `不晚于${value}`,
    'date>': (value: string) => `晚于${value}`,
    'date>=': (value: string) => `不早于${value}`,
    between: (low: string, high: string) => `在${low}至${high}之间`,
    in: (values: string[]) => `为${values.join('或')}`,
    prefix: (value: string) => `在${value}`,
    exists: (fact: string) => `已有${fact}的记录`,
    any: (fact: string, what: string) => `${fact}中至少一个${what}`,
    all: (fact: string, what: string) => `${fact}全部${what}`,
    count: (fact: string, what: string | null, how: string) =>
      `${fact}${what === null ? '' : `中${what}`}的个数${how}`,
    months: (from: string, to: string, how: string) => `${from}到${to}满月数${how}`,
    true: (fact: string) => fact,
    false: (fact: string) => `没有“${fact}”的情形`,
    joinAnd: '，且',
    joinOr: '，或者',
    negated: (inner: string) => `不属于（${inner}）`,
  },
  en: {
    and: 'All of these are so:',
    or: 'One of these is so:',
    not: 'This is not so:',
    today: 'the day',
    county: 'this county',
    is: (fact: string, what: string) => `${fact} ${what}`,
    '==': (value: string) => `is ${value}`,
    '!=': (value: string) => `is not ${value}`,
    '<': (value: string) => `is under ${value}`,
    '<=': (value: string) => `is at most ${value}`,
    '>': (value: string) => `is over ${value}`,
    '>=': (value: string) => `is at least ${value}`,
    'date<': (value: string) => `is before ${value}`,
    'date<=': (value: string) => `is not after ${value}`,
    'date>': (value: string) => `is after ${value}`,
    'date>=': (value: string) => `is not before ${value}`,
    between: (low: string, high: string) => `is between ${low} and ${high}`,
    in: (values: string[]) => `is ${values.join(' or ')}`,
    prefix: (value: string) => `is in ${value}`,
    exists: (fact: string) => `${fact} is on record`,
    any: (fact: string, what: string) => `one of ${fact} ${what}`,
    all: (fact: string, what: string) => `every one of ${fact} ${what}`,
    count: (fact: string, what: string | null, how: string) =>
      `the number of ${fact}${what === null ? '' : ` that ${what}`} ${how}`,
    months: (from: string, to: string, how: string) => `completed months from ${from} to ${to} ${how}`,
    true: (fact: string) => fact,
    false: (fact: string) => `not: ${fact}`,
    joinAnd: '; and ',
    joinOr: '; or ',
    negated: (inner: string) => `not (${inner})`,
  },
} as const

function valueText(value: Scalar, fact: FactDefinition | null, language: RuleLanguage): string {
  const { today, county } = words[language]
  if (value === '$today') return today
  if (value === '$county') return county
  const named = fact?.values?.[String(value)]
  if (named) return named[language === 'zh' ? 0 : 1]
  const unit = typeof value === 'number' ? (language === 'zh' ? fact?.unitZh : fact?.unitEn) : undefined
  return language === 'zh' || !unit ? `${String(value)}${unit ?? ''}` : `${String(value)} ${unit}`
}

function howText(comparing: Comparing, fact: FactDefinition | null, language: RuleLanguage): string {
  const [comparison, operand] = comparisonOf(comparing)!
  const say = words[language]
  const text = (value: Scalar) => valueText(value, fact, language)
  if (comparison === 'between') return say.between(...((operand as Scalar[]).map(text) as [string, string]))
  if (comparison === 'in') return say.in((operand as Scalar[]).map(text))
  const isDated = /date/.test(fact?.type ?? '')
  if (isDated && (comparison === '<' || comparison === '<=' || comparison === '>' || comparison === '>='))
    return say[`date${comparison}`](text(operand as Scalar))
  return say[comparison](text(operand as Scalar))
}

const nameOf = (fact: FactName, language: RuleLanguage) => factCatalogue[fact][language]

function leafText(leaf: Leaf, language: RuleLanguage): string {
  const say = words[language]
  if ('exists' in leaf) return say.exists(nameOf(leaf.exists, language))
  if ('any' in leaf)
    return say.any(nameOf(leaf.any.list, language), howText(leaf.any, factCatalogue[leaf.any.list], language))
  if ('all' in leaf)
    return say.all(nameOf(leaf.all.list, language), howText(leaf.all, factCatalogue[leaf.all.list], language))
  if ('count' in leaf) {
    const fact = factCatalogue[leaf.count.list]
    const what = comparisonOf(leaf.count) ? howText(leaf.count, fact, language) : null
    return say.count(fact[language], what, howText(leaf, null, language))
  }
  if ('months_between' in leaf) {
    const [from, to] = leaf.months_between.map((end) =>
      end === '$today' ? say.today : /^\d/.test(end) ? end : nameOf(end as FactName, language),
    )
    return say.months(from!, to!, howText(leaf, null, language))
  }
  const fact = factCatalogue[leaf.fact]
  const [comparison, operand] = comparisonOf(leaf)!
  if (fact.type === 'boolean' && (comparison === '==' || comparison === '!='))
    return (operand === true) === (comparison === '==') ? say.true(fact[language]) : say.false(fact[language])
  return say.is(fact[language], howText(leaf, fact, language))
}

/** A rule in sentences, one a line. */
export function sentenceLines(rule: Rule, language: RuleLanguage): SentenceLine[] {
  const lines: SentenceLine[] = []
  const visit = (part: Rule, path: string, depth: number): void => {
    if (isLeaf(part)) return void lines.push({ path, depth, text: leafText(part, language), isLeaf: true })
    const text = words[language]['and' in part ? 'and' : 'or' in part ? 'or' : 'not']
    lines.push({ path, depth, text, isLeaf: false })
    partsOf(part).forEach(([step, below]) => visit(below, `${path}/${step}`, depth + 1))
  }
  visit(rule, '', 0)
  return lines
}

/** A rule as one sentence. */
export function sentenceOf(rule: Rule, language: RuleLanguage): string {
  const say = words[language]
  const text = (part: Rule, isOuter: boolean): string => {
    if (isLeaf(part)) return leafText(part, language)
    if ('not' in part) return say.negated(text(part.not, true))
    const join = 'and' in part ? say.joinAnd : say.joinOr
    const inner = partsOf(part).map(([, below]) => text(below, false))
    if (inner.length === 1) return inner[0]!
    return isOuter
      ? inner.join(join)
      : language === 'zh'
        ? `（${inner.join(join)}）`
        : `(${inner.join(join)})`
  }
  return text(rule, true)
}

/** How a level is found, one line for each. */
export function levelLines(level: LevelRule, language: RuleLanguage): { level: string; text: string }[] {
  const rest =
    typeof level.else === 'string' ? [{ level: level.else, text: '' }] : levelLines(level.else, language)
  return [{ level: level.then, text: sentenceOf(level.if, language) }, ...rest]
}
