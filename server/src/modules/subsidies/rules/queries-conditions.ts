import { addMonths } from '@youyu/shared/calendar'
import { factCatalogue, type FactName, type FactType } from '@youyu/shared/subsidies/facts'
import {
  comparisonOf,
  factsOfLeaf,
  isLeaf,
  partsOf,
  type Comparing,
  type FactLeaf,
  type Leaf,
  type LevelRule,
  type Rule,
  type Scalar,
} from '@youyu/shared/subsidies/rules'
import type { CivilDate } from '@youyu/shared/values'
import type { Bound } from '../../../database/statements.ts'
import { costOf, countedFrom } from './queries-sources.ts'

/** What `$county` and `$today` stand for; and whether the relation has the days from which ages are counted. */
export type Moment = { county: number; asOf: CivilDate; hasDays?: true }

const sqlTypes: Partial<Record<FactType, string>> = {
  integer: 'integer',
  date: 'date',
  text: 'text',
  boolean: 'boolean',
}

const meant = (value: Scalar, { county, asOf }: Moment): Scalar =>
  value === '$today' ? asOf : value === '$county' ? String(county) : value

function operand(value: Scalar, type: FactType, bound: Bound, moment: Moment): string {
  const known = meant(value, moment)
  if (typeof known === 'number' && Number.isInteger(known)) return String(known)
  if (typeof known === 'boolean') return String(known)
  return `${bound.bind(known)}::${sqlTypes[type] ?? 'text'}`
}

const signs = { '==': '=', '!=': '<>', '<': '<', '<=': '<=', '>': '>', '>=': '>=' } as const

function compared(left: string, comparing: Comparing, type: FactType, bound: Bound, moment: Moment): string {
  const [comparison, value] = comparisonOf(comparing)!
  const one = (scalar: Scalar) => operand(scalar, type, bound, moment)
  if (comparison === 'between') {
    const [low, high] = value as [Scalar, Scalar]
    return `${left} between ${one(low)} and ${one(high)}`
  }
  if (comparison === 'in') return `${left} in (${(value as Scalar[]).map(one).join(', ')})`
  // Cheaper than starts_with, which cuts a piece out of each text first.
  if (comparison === 'prefix')
    return `${left} like ${bound.bind(`${String(meant(value as Scalar, moment)).replace(/[\\%_]/g, '\\$&')}%`)}::text`
  return `${left} ${signs[comparison]} ${one(value as Scalar)}`
}

/**
 * An age compared as the day it is counted from: nobody's age need be worked out. She is 60 who was born on the day 60
 * years ago or before; from the first unit on, so that who is not yet born has no age of zero here and there.
 */
function comparedByDay(
  leaf: FactLeaf,
  bound: Bound,
  alias: string,
  { asOf, hasDays }: Moment,
): string | null {
  const counted = hasDays && countedFrom[leaf.fact]
  const [comparison, value] = (counted && comparisonOf(leaf)) ?? []
  if (!counted || !comparison) return null
  const isUnits = (given: unknown): given is number => Number.isInteger(given) && (given as number) > 0
  const reached = (units: number) =>
    `${alias}.${counted.column} <= ${bound.bind(addMonths(asOf, -units * counted.months))}::date`
  if (comparison === 'between') {
    const [low, high] = value as [Scalar, Scalar]
    return isUnits(low) && isUnits(high) ? `(${reached(low)} and not ${reached(high + 1)}) is true` : null
  }
  if (!isUnits(value)) return null
  if (comparison === '>=') return `(${reached(value)}) is true`
  if (comparison === '>') return `(${reached(value + 1)}) is true`
  if (comparison === '<') return `(${reached(value)}) is false`
  return comparison === '<=' ? `(${reached(value + 1)}) is false` : null
}

const membersOf = (list: FactName) => factCatalogue[list].type.slice(0, -1) as FactType

function leafText(leaf: Leaf, bound: Bound, alias: string, moment: Moment): string {
  const column = (fact: FactName) => `${alias}.${fact}`
  if ('exists' in leaf) return `${column(leaf.exists)} is not null`
  if ('any' in leaf || 'all' in leaf) {
    const quantified = 'any' in leaf ? leaf.any : leaf.all
    const type = membersOf(quantified.list)
    const [comparison, value] = comparisonOf(quantified)!
    const quantifier = 'any' in leaf ? 'any' : 'all'
    if (comparison === '==')
      return `(${operand(value as Scalar, type, bound, moment)} = ${quantifier} (${column(quantified.list)})) is true`
    const members = `unnest(${column(quantified.list)}) as m (v)`
    const is = compared('m.v', quantified, type, bound, moment)
    return 'any' in leaf
      ? `exists (select from ${members} where ${is})`
      : `(${column(quantified.list)} is not null and not exists (select from ${members} where (${is}) is not true))`
  }
  if ('count' in leaf) {
    const list = column(leaf.count.list)
    const number = comparisonOf(leaf.count)
      ? `(select count(*) from unnest(${list}) as m (v) where ${compared('m.v', leaf.count, membersOf(leaf.count.list), bound, moment)})`
      : `cardinality(${list})`
    return `(${list} is not null and ${compared(number, leaf, 'integer', bound, moment)})`
  }
  if ('months_between' in leaf) {
    const [from, until] = leaf.months_between.map((end) =>
      end === '$today' || /^\d/.test(end) ? operand(end, 'date', bound, moment) : column(end as FactName),
    )
    return `(${compared(`app.months_between(${from}, ${until})`, leaf, 'integer', bound, moment)}) is true`
  }
  const byDay = comparedByDay(leaf, bound, alias, moment)
  if (byDay) return byDay
  return `(${compared(column(leaf.fact), leaf, factCatalogue[leaf.fact].type, bound, moment)}) is true`
}

const ranks = { row: 0, joined: 1, 'looked-up': 2 } as const

/** The dearest fact of a part: what is looked up is asked last. */
function rankOf(rule: Rule): number {
  if (isLeaf(rule)) return Math.max(0, ...factsOfLeaf(rule).map((fact) => ranks[costOf(fact)]))
  return Math.max(...partsOf(rule).map(([, part]) => rankOf(part)))
}

/**
 * A rule as a condition over a relation of facts, never null: the same answer as `evaluate` gives of the same facts. An
 * unknown fact meets no leaf.
 */
export function compileRule(rule: Rule, bound: Bound, alias: string, moment: Moment): string {
  if (isLeaf(rule)) return leafText(rule, bound, alias, moment)
  if ('not' in rule) return `not (${compileRule(rule.not, bound, alias, moment)})`
  const parts = partsOf(rule)
    .map(([, part]) => part)
    .sort((one, other) => rankOf(one) - rankOf(other))
    .map((part) => compileRule(part, bound, alias, moment))
  return `(${parts.join('and' in rule ? ' and ' : ' or ')})`
}

/** The level of who meets the rule. */
export function compileLevel(level: LevelRule | null, bound: Bound, alias: string, moment: Moment): string {
  if (level === null) return `''`
  const otherwise =
    typeof level.else === 'string' ? literal(level.else) : compileLevel(level.else, bound, alias, moment)
  return `case when ${compileRule(level.if, bound, alias, moment)} then ${literal(level.then)} else ${otherwise} end`
}

/** Codes and levels have capitals, digits and underscores only. */
export function literal(name: string): string {
  if (!/^[A-Z0-9_]*$/.test(name)) throw new Error('A level is capitals, digits and underscores')
  return `'${name}'`
}
