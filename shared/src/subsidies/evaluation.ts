import { factCatalogue, type FactName, type Facts, type FactValue } from './facts.ts'
import {
  comparisonOf,
  factsOfLeaf,
  isLeaf,
  partsOf,
  type Comparing,
  type Leaf,
  type LevelRule,
  type Reason,
  type Rule,
  type Scalar,
} from './rules.ts'

/** What `$county` and `$today` stand for. */
export type RuleFrame = { county: string; today: string }

export type LeafResult = {
  /** JSON pointer into the rule. */
  path: string
  met: boolean
  facts: { fact: FactName; value: FactValue }[]
  /** Some fact it reads is not known. */
  isUnknown: boolean
  /** Its own or the nearest above it. */
  reason: Reason
}
/** What would have to be otherwise, at least, for the rule to be met; the parts that are easiest to come by. */
export type Counterfactual = { paths: string[]; isPossible: boolean }
export type Evaluation = { met: boolean; leaves: LeafResult[]; counterfactual: Counterfactual | null }

const placeholder = (value: Scalar, { county, today }: RuleFrame): Scalar =>
  value === '$today' ? today : value === '$county' ? county : value

function compares(value: Scalar | null | undefined, comparing: Comparing, frame: RuleFrame): boolean {
  const found = comparisonOf(comparing)
  if (value === null || value === undefined || !found) return false
  const [comparison, operand] = found
  if (Array.isArray(operand)) {
    const [low, high] = operand as Scalar[]
    if (comparison === 'between')
      return value >= placeholder(low!, frame) && value <= placeholder(high!, frame)
    return (operand as Scalar[]).some((one) => placeholder(one, frame) === value)
  }
  const other = placeholder(operand as Scalar, frame)
  switch (comparison) {
    case '==':
      return value === other
    case '!=':
      return value !== other
    case '<':
      return value < other
    case '<=':
      return value <= other
    case '>':
      return value > other
    case '>=':
      return value >= other
    default:
      return String(value).startsWith(String(other))
  }
}

/** Completed months from one day to another: of 31 January and 28 February none. */
export function monthsBetween(from: string, to: string): number {
  const [fromYear, fromMonth, fromDay] = from.split('-').map(Number) as [number, number, number]
  const [toYear, toMonth, toDay] = to.split('-').map(Number) as [number, number, number]
  return (toYear - fromYear) * 12 + toMonth - fromMonth - (toDay < fromDay ? 1 : 0)
}

/** A leaf on an unknown fact is not met; so is its negation's opposite: `not` of it is. */
function meets(leaf: Leaf, facts: Facts, frame: RuleFrame): boolean {
  if ('exists' in leaf) return (facts[leaf.exists] ?? null) !== null
  if ('any' in leaf || 'all' in leaf) {
    const quantified = 'any' in leaf ? leaf.any : leaf.all
    const members = facts[quantified.list] as Scalar[] | null | undefined
    if (!Array.isArray(members)) return false
    const is = (member: Scalar) => compares(member, quantified, frame)
    return 'any' in leaf ? members.some(is) : members.every(is)
  }
  if ('count' in leaf) {
    const members = facts[leaf.count.list] as Scalar[] | null | undefined
    if (!Array.isArray(members)) return false
    const isBare = comparisonOf(leaf.count) === undefined
    return compares(
      members.filter((member) => isBare || compares(member, leaf.count, frame)).length,
      leaf,
      frame,
    )
  }
  if ('months_between' in leaf) {
    const [from, to] = leaf.months_between.map((end) =>
      end === '$today'
        ? frame.today
        : /^\d/.test(end)
          ? end
          : ((facts[end as FactName] ?? null) as string | null),
    )
    return from && to ? compares(monthsBetween(from, to), leaf, frame) : false
  }
  return compares(facts[leaf.fact] as Scalar | null | undefined, leaf, frame)
}

function holds(rule: Rule, facts: Facts, frame: RuleFrame): boolean {
  if ('and' in rule) return rule.and.every((part) => holds(part, facts, frame))
  if ('or' in rule) return rule.or.some((part) => holds(part, facts, frame))
  return 'not' in rule ? !holds(rule.not, facts, frame) : meets(rule, facts, frame)
}

/** Whether a person meets a rule, each part of it with its reason, and what is nearest to meeting it. */
export function evaluate(rule: Rule, facts: Facts, frame: RuleFrame): Evaluation {
  const leaves: LeafResult[] = []
  const visit = (part: Rule, path: string, above: Reason): void => {
    const reason = part.reason ?? above
    if (!isLeaf(part))
      return partsOf(part).forEach(([step, below]) => visit(below, `${path}/${step}`, reason))
    const read = factsOfLeaf(part).map((fact) => ({ fact, value: facts[fact] ?? null }))
    leaves.push({
      ...{ path, met: meets(part, facts, frame), facts: read, reason },
      isUnknown: read.some(({ value }) => value === null),
    })
  }
  visit(rule, '', { zh: '', en: '' })
  const met = holds(rule, facts, frame)
  return { met, leaves, counterfactual: met ? null : nearest(rule, facts, frame) }
}

const NEVER = 1_000_000
type Way = { cost: number; paths: string[] }

/** The cheapest way to have a part as wanted: time before paper, paper before life, life before what never changes. */
function wayTo(rule: Rule, wanted: boolean, facts: Facts, frame: RuleFrame, path: string): Way {
  if (holds(rule, facts, frame) === wanted) return { cost: 0, paths: [] }
  if (isLeaf(rule)) {
    const fixity = Math.max(...factsOfLeaf(rule).map((fact) => factCatalogue[fact].fixity))
    return { cost: isOutgrown(rule, wanted, facts) ? NEVER : [1, 10, 100, NEVER][fixity]!, paths: [path] }
  }
  const ways = partsOf(rule).map(([step, part]) =>
    wayTo(part, 'not' in rule ? !wanted : wanted, facts, frame, `${path}/${step}`),
  )
  const isAll = 'not' in rule || 'and' in rule === wanted
  if (isAll)
    return { cost: ways.reduce((sum, { cost }) => sum + cost, 0), paths: ways.flatMap(({ paths }) => paths) }
  return ways.reduce((best, way) => (way.cost < best.cost ? way : best))
}

/** Ages only grow: who is too old does not grow younger. */
function isOutgrown(leaf: Leaf, wanted: boolean, facts: Facts): boolean {
  if (!('fact' in leaf) || factCatalogue[leaf.fact].fixity !== 0) return false
  const value = facts[leaf.fact]
  const [comparison, operand] = comparisonOf(leaf) ?? []
  if (typeof value !== 'number') return false
  if (comparison === '<' || comparison === '<=') return wanted
  if (comparison === '>' || comparison === '>=') return !wanted
  return wanted && value > Math.max(...([operand].flat() as number[]))
}

function nearest(rule: Rule, facts: Facts, frame: RuleFrame): Counterfactual {
  const { cost, paths } = wayTo(rule, true, facts, frame, '')
  return { paths, isPossible: cost < NEVER }
}

/** The level of who meets the rule; empty where the programme has none. */
export function levelFor(level: LevelRule | null, facts: Facts, frame: RuleFrame): string {
  if (!level) return ''
  if (holds(level.if, facts, frame)) return level.then
  return typeof level.else === 'string' ? level.else : levelFor(level.else, facts, frame)
}
