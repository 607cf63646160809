import type { FactName } from '@youyu/shared/subsidies/facts'
import { factCatalogue, isListFact, type FactType } from '@youyu/shared/subsidies/facts'
import {
  comparisonOf,
  isLeaf,
  type Comparing,
  type Comparison,
  type Leaf,
  type Reason,
  type Rule,
  type Scalar,
} from '@youyu/shared/subsidies/rules'

/** What a part of a rule can be, as the editor offers it. */
export type PartKind = 'and' | 'or' | 'not' | 'fact' | 'exists' | 'any' | 'all' | 'count' | 'months'

/** A leaf taken apart for its row of controls. */
export type LeafParts = {
  kind: Exclude<PartKind, 'and' | 'or' | 'not'>
  fact: FactName
  /** Of months between: the other end. */
  until: string
  comparison: Comparison
  operand: Scalar | readonly Scalar[]
}

export function kindOf(rule: Rule): PartKind {
  if ('and' in rule) return 'and'
  if ('or' in rule) return 'or'
  if ('not' in rule) return 'not'
  if ('exists' in rule) return 'exists'
  if ('any' in rule) return 'any'
  if ('all' in rule) return 'all'
  if ('count' in rule) return 'count'
  return 'months_between' in rule ? 'months' : 'fact'
}

export function partsOfLeaf(leaf: Leaf): LeafParts {
  const kind = kindOf(leaf) as LeafParts['kind']
  const [comparison, operand] = comparisonOf(comparingOf(leaf)) ?? ['==', '']
  const base = { kind, until: '$today', comparison, operand }
  if ('exists' in leaf) return { ...base, fact: leaf.exists }
  if ('any' in leaf) return { ...base, fact: leaf.any.list }
  if ('all' in leaf) return { ...base, fact: leaf.all.list }
  if ('count' in leaf) return { ...base, fact: leaf.count.list }
  if ('months_between' in leaf) {
    const [from, until] = leaf.months_between
    return { ...base, fact: from as FactName, until }
  }
  return { ...base, fact: leaf.fact }
}

function comparingOf(leaf: Leaf): Comparing {
  if ('any' in leaf) return leaf.any
  if ('all' in leaf) return leaf.all
  return 'exists' in leaf ? {} : leaf
}

export function leafOf({ kind, fact, until, comparison, operand }: LeafParts, reason?: Reason): Leaf {
  const told = reason ? { reason } : {}
  const compared = { [comparison]: operand }
  if (kind === 'exists') return { exists: fact, ...told }
  if (kind === 'any') return { any: { list: fact, ...compared }, ...told }
  if (kind === 'all') return { all: { list: fact, ...compared }, ...told }
  if (kind === 'count') return { count: { list: fact }, ...compared, ...told }
  if (kind === 'months') return { months_between: [fact, until], ...compared, ...told }
  return { fact, ...compared, ...told }
}

/** The type of value that the row compares with. */
export function valueType({ kind, fact }: Pick<LeafParts, 'kind' | 'fact'>): FactType {
  if (kind === 'count' || kind === 'months') return 'integer'
  const { type } = factCatalogue[fact]
  return isListFact(fact) ? (type.slice(0, -1) as FactType) : type
}

export function comparisonsFor(type: FactType): Comparison[] {
  if (type === 'boolean') return ['==']
  if (type === 'text') return ['==', '!=', 'in', 'prefix']
  return ['==', '!=', '<', '<=', '>', '>=', 'between', 'in']
}

/** The kinds of leaf that a fact can stand in. */
export function leafKindsFor(fact: FactName): LeafParts['kind'][] {
  if (isListFact(fact)) return ['any', 'all', 'count']
  return factCatalogue[fact].type === 'date' ? ['fact', 'exists', 'months'] : ['fact', 'exists']
}

/** A value that fits: what stood there if it still does. */
export function fitted(parts: LeafParts): LeafParts {
  const kinds = leafKindsFor(parts.fact)
  const kind = kinds.includes(parts.kind) ? parts.kind : kinds[0]!
  const type = valueType({ kind, fact: parts.fact })
  const allowed = comparisonsFor(type)
  const comparison = allowed.includes(parts.comparison) ? parts.comparison : allowed[0]!
  return { ...parts, kind, comparison, operand: operandFor(type, comparison, parts.operand) }
}

function operandFor(
  type: FactType,
  comparison: Comparison,
  before: Scalar | readonly Scalar[],
): Scalar | readonly Scalar[] {
  const list = (Array.isArray(before) ? before : [before]) as readonly Scalar[]
  const fits = list.filter((one) =>
    type === 'integer'
      ? typeof one === 'number'
      : type === 'boolean'
        ? typeof one === 'boolean'
        : typeof one === 'string',
  )
  const blank: Scalar = type === 'integer' ? 0 : type === 'boolean' ? true : ''
  if (comparison === 'between') return [fits[0] ?? blank, fits[1] ?? fits[0] ?? blank]
  if (comparison === 'in') return fits.filter((one) => one !== '')
  return fits[0] ?? blank
}

/** What the person typed for a list of values: `1, 3`. */
export function listTyped(typed: string, type: FactType): Scalar[] {
  return typed
    .split(/[\s,，、;；]+/)
    .filter(Boolean)
    .map((one) => (type === 'integer' && /^-?\d+$/.test(one) ? Number(one) : one))
}

export const blankLeaf = (): Leaf => ({ fact: 'age_years', '>=': 60 })

/** The part as another kind; what it holds goes along. */
export function asKind(rule: Rule, kind: PartKind): Rule {
  const told = rule.reason ? { reason: rule.reason } : {}
  const inside = 'and' in rule ? rule.and : 'or' in rule ? rule.or : 'not' in rule ? [rule.not] : null
  if (kind === 'and') return { and: inside ?? [rule], ...(inside ? told : {}) }
  if (kind === 'or') return { or: inside ?? [rule], ...(inside ? told : {}) }
  if (kind === 'not')
    return {
      not: inside ? (inside.length === 1 ? inside[0]! : { and: inside }) : rule,
      ...(inside ? told : {}),
    }
  if (isLeaf(rule)) return leafOf(fitted({ ...partsOfLeaf(rule), kind: kind }), rule.reason)
  return blankLeaf()
}

export function membersOf(rule: Rule): readonly Rule[] {
  return 'and' in rule ? rule.and : 'or' in rule ? rule.or : 'not' in rule ? [rule.not] : []
}

export function withMembers(rule: Rule, members: readonly Rule[]): Rule {
  const told = rule.reason ? { reason: rule.reason } : {}
  if ('and' in rule) return { and: members, ...told }
  if ('or' in rule) return { or: members, ...told }
  return 'not' in rule ? { not: members[0] ?? blankLeaf(), ...told } : rule
}

export function withReason(rule: Rule, reason: Reason | undefined): Rule {
  const { reason: _, ...rest } = rule
  return reason && (reason.zh || reason.en) ? { ...rest, reason } : rest
}
