import type { FactName } from '@youyu/shared/subsidies/facts'
import {
  comparisonOf,
  factsOfLeaf,
  isLeaf,
  type Comparing,
  type Leaf,
  type LevelRule,
  type Rule,
  type Scalar,
} from '@youyu/shared/subsidies/rules'
import type { CivilDate } from '@youyu/shared/values'

const ages: Partial<Record<FactName, number>> = {
  age_years: 1,
  spouse_age_years: 1,
  youngest_child_age_years: 1,
  age_months: 12,
  child_age_months: 12,
}

/** The same day so many years on; a 29 February has none every year and is taken as the 28th. */
export function yearsOn(day: CivilDate, years: number): CivilDate {
  const on = `${String(Number(day.slice(0, 4)) + years)}${day.slice(4)}`
  return on.endsWith('-02-29') ? `${on.slice(0, 5)}02-28` : on
}

/**
 * The rule as it is asked today about a day so many years on: everybody is older by that much, so its limits of age are
 * lower by as much. One pass over the people then answers for every year.
 */
export function shiftRule(rule: Rule, years: number, day: CivilDate): Rule {
  if (years === 0) return rule
  if ('and' in rule) return { ...rule, and: rule.and.map((part) => shiftRule(part, years, day)) }
  if ('or' in rule) return { ...rule, or: rule.or.map((part) => shiftRule(part, years, day)) }
  if ('not' in rule) return { ...rule, not: shiftRule(rule.not, years, day) }
  return shiftLeaf(rule, years, day)
}

export function shiftLevel(level: LevelRule | null, years: number, day: CivilDate): LevelRule | null {
  if (level === null || years === 0) return level
  return {
    ...level,
    if: shiftRule(level.if, years, day),
    else: typeof level.else === 'string' ? level.else : shiftLevel(level.else, years, day)!,
  }
}

function shiftLeaf(leaf: Leaf, years: number, day: CivilDate): Leaf {
  if ('exists' in leaf) return leaf
  if ('any' in leaf) return { ...leaf, any: { ...leaf.any, ...onDay(leaf.any, day) } }
  if ('all' in leaf) return { ...leaf, all: { ...leaf.all, ...onDay(leaf.all, day) } }
  if ('count' in leaf) return { ...leaf, count: { ...leaf.count, ...onDay(leaf.count, day) } }
  if ('months_between' in leaf) {
    const [from, until] = leaf.months_between.map((end) => (end === '$today' ? day : end)) as [string, string]
    return { ...leaf, months_between: [from, until] }
  }
  const perYear = ages[leaf.fact]
  return perYear === undefined
    ? { ...leaf, ...onDay(leaf, day) }
    : { ...leaf, ...lowered(leaf, perYear * years) }
}

const each = (operand: Scalar | readonly Scalar[], change: (one: Scalar) => Scalar) =>
  Array.isArray(operand) ? (operand as readonly Scalar[]).map(change) : change(operand as Scalar)

function lowered(comparing: Comparing, by: number): Comparing {
  const found = comparisonOf(comparing)
  if (!found) return {}
  return { [found[0]]: each(found[1], (one) => (typeof one === 'number' ? one - by : one)) }
}

/** `$today` as the day itself. */
function onDay(comparing: Comparing, day: CivilDate): Comparing {
  const found = comparisonOf(comparing)
  if (!found) return {}
  return { [found[0]]: each(found[1], (one) => (one === '$today' ? day : one)) }
}

/**
 * What everybody meets who meets the rule in one of the years: a condition on what is cheap to know alone, wide enough for
 * all of them. Null where nothing is left to ask.
 */
export function widened(
  rule: Rule,
  { years, lastDay, isCheap }: { years: number; lastDay: CivilDate; isCheap: (fact: FactName) => boolean },
): Rule | null {
  const wide = (part: Rule): Rule | null => {
    if ('and' in part) {
      const kept = part.and.map(wide).filter((each) => each !== null)
      return kept.length === 0 ? null : { and: kept }
    }
    if ('or' in part) {
      const kept = part.or.map(wide)
      return kept.includes(null) ? null : { or: kept as Rule[] }
    }
    return !isLeaf(part) || !factsOfLeaf(part).every(isCheap) ? null : wideLeaf(part, years, lastDay)
  }
  return wide(rule)
}

function wideLeaf(leaf: Leaf, years: number, lastDay: CivilDate): Leaf | null {
  const isDated = JSON.stringify(leaf).includes('$today')
  if (!('fact' in leaf)) return isDated ? null : leaf
  const [comparison] = comparisonOf(leaf)!
  const perYear = ages[leaf.fact]
  if (perYear !== undefined) {
    if (comparison === '>=' || comparison === '>') return shiftLeaf(leaf, years, lastDay)
    return comparison === '<' || comparison === '<=' ? leaf : null
  }
  if (!isDated) return leaf
  return comparison === '<=' || comparison === '<' ? shiftLeaf(leaf, years, lastDay) : null
}
