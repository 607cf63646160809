import { z } from 'zod'
import { factCatalogue, FactName, isForbiddenFact, isListFact, type FactType } from './facts.ts'

/** What a person is told where this part of a rule is not met. */
export type Reason = { zh: string; en: string }

export const comparisons = ['==', '!=', '<', '<=', '>', '>=', 'between', 'in', 'prefix'] as const
export type Comparison = (typeof comparisons)[number]
export type Scalar = string | number | boolean
/** Exactly one of the comparisons. A value that begins with `$` stands for the run: `$county`, `$today`. */
export type Comparing = { [Each in Comparison]?: Scalar | readonly Scalar[] }

export type FactLeaf = { fact: FactName; reason?: Reason } & Comparing
export type ExistsLeaf = { exists: FactName; reason?: Reason }
/** Of the members of a list fact: whether one, or every one, is so. Of an unknown list neither is. */
export type ListLeaf =
  | { any: { list: FactName } & Comparing; reason?: Reason }
  | { all: { list: FactName } & Comparing; reason?: Reason }
/** How many members of a list fact are so. */
export type CountLeaf = { count: { list: FactName } & Comparing; reason?: Reason } & Comparing
/** Completed months from one date to the other: facts, `$today` or dates as text. */
export type MonthsLeaf = { months_between: readonly [string, string]; reason?: Reason } & Comparing
export type Leaf = FactLeaf | ExistsLeaf | ListLeaf | CountLeaf | MonthsLeaf
export type Rule =
  | { and: readonly Rule[]; reason?: Reason }
  | { or: readonly Rule[]; reason?: Reason }
  | { not: Rule; reason?: Reason }
  | Leaf

export type RuleFault = { path: (string | number)[]; code: RuleFaultCode }
export type RuleFaultCode =
  'forbidden-fact' | 'unknown-fact' | 'rule-operator' | 'rule-value' | 'rule-reason-missing' | 'rule-too-deep'

const MAX_DEPTH = 8
const MAX_NODES = 120
const Day = z.iso.date()
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown, max: number) =>
  typeof value === 'string' && value.length > 0 && value.length <= max

/** What is wrong with a rule before it may be kept; none for a good one. */
export function ruleFaults(rule: unknown): RuleFault[] {
  const faults: RuleFault[] = []
  let nodes = 0
  const at = (path: (string | number)[], code: RuleFaultCode) => faults.push({ path, code })

  function node(value: unknown, path: (string | number)[], depth: number, hasReason: boolean): void {
    nodes += 1
    if (depth > MAX_DEPTH || nodes > MAX_NODES) return void at(path, 'rule-too-deep')
    if (!isObject(value)) return void at(path, 'rule-operator')
    const { reason, ...rest } = value
    const told = hasReason || reason !== undefined
    if (reason !== undefined && !(isObject(reason) && isText(reason['zh'], 200) && isText(reason['en'], 300)))
      at([...path, 'reason'], 'rule-value')
    const keys = Object.keys(rest)
    if (keys.length === 1 && (keys[0] === 'and' || keys[0] === 'or')) {
      const parts = rest[keys[0]]
      if (!Array.isArray(parts) || parts.length === 0) return void at([...path, keys[0]], 'rule-value')
      parts.forEach((part, index) => node(part, [...path, keys[0]!, index], depth + 1, told))
      return
    }
    if (keys.length === 1 && keys[0] === 'not') return node(rest['not'], [...path, 'not'], depth + 1, told)
    if (!told) at(path, 'rule-reason-missing')
    leaf(rest, path)
  }

  function leaf(value: Record<string, unknown>, path: (string | number)[]): void {
    if ('exists' in value) {
      if (Object.keys(value).length > 1) return void at(path, 'rule-operator')
      return void known(value['exists'], [...path, 'exists'])
    }
    if ('any' in value || 'all' in value) {
      const quantifier = 'any' in value ? 'any' : 'all'
      if (Object.keys(value).length > 1) return void at(path, 'rule-operator')
      return members(value[quantifier], [...path, quantifier], false)
    }
    if ('count' in value) {
      const { count, ...rest } = value
      members(count, [...path, 'count'], true)
      return comparing(rest, path, 'integer')
    }
    if ('months_between' in value) {
      const { months_between: ends, ...rest } = value
      const place = [...path, 'months_between']
      if (!Array.isArray(ends) || ends.length !== 2) return void at(place, 'rule-value')
      ends.forEach((end, index) => {
        if (end === '$today' || Day.safeParse(end).success) return
        const fact = known(end, [...place, index])
        if (fact && factCatalogue[fact].type !== 'date') at([...place, index], 'rule-value')
      })
      return comparing(rest, path, 'integer')
    }
    if (!('fact' in value)) return void at(path, 'rule-operator')
    const { fact: name, ...rest } = value
    const fact = known(name, [...path, 'fact'])
    if (!fact) return
    if (isListFact(fact)) return void at([...path, 'fact'], 'rule-operator')
    comparing(rest, path, factCatalogue[fact].type)
  }

  function members(value: unknown, path: (string | number)[], mayBare: boolean): void {
    if (!isObject(value)) return void at(path, 'rule-value')
    const { list, ...rest } = value
    const fact = known(list, [...path, 'list'])
    if (!fact) return
    if (!isListFact(fact)) return void at([...path, 'list'], 'rule-operator')
    if (mayBare && Object.keys(rest).length === 0) return
    comparing(rest, path, factCatalogue[fact].type.slice(0, -1) as FactType)
  }

  function known(name: unknown, path: (string | number)[]): FactName | undefined {
    const parsed = FactName.safeParse(name)
    if (parsed.success) return parsed.data
    at(path, typeof name === 'string' && isForbiddenFact(name) ? 'forbidden-fact' : 'unknown-fact')
    return undefined
  }

  function comparing(value: Record<string, unknown>, path: (string | number)[], type: FactType): void {
    const keys = Object.keys(value)
    const [key] = keys
    if (keys.length !== 1 || !comparisons.includes(key as Comparison)) return void at(path, 'rule-operator')
    const operand = value[key!]
    const place = [...path, key!]
    const ordered = ['<', '<=', '>', '>=', 'between'].includes(key!)
    if (ordered && type !== 'integer' && type !== 'date') return void at(place, 'rule-operator')
    if (key === 'prefix') {
      if (type !== 'text' || !(operand === '$county' || /^\d{2,12}$/.test(String(operand))))
        at(place, 'rule-value')
      return
    }
    const fits = (one: unknown) =>
      type === 'integer'
        ? Number.isInteger(one) && Math.abs(one as number) < 100_000
        : type === 'boolean'
          ? typeof one === 'boolean'
          : type === 'date'
            ? one === '$today' || Day.safeParse(one).success
            : isText(one, 40)
    const many = key === 'in' ? 1 : key === 'between' ? 2 : 0
    const isFit = many
      ? Array.isArray(operand) &&
        operand.length >= many &&
        operand.length <= (key === 'between' ? 2 : 60) &&
        operand.every(fits)
      : fits(operand)
    if (!isFit) at(place, 'rule-value')
  }

  node(rule, [], 1, false)
  return faults
}

/** Rules travel as JSON; what is wrong inside is told with its place. Forbidden facts are refused here (E4). */
export const Rule: z.ZodType<Rule, Rule> = z.record(z.string(), z.json()).superRefine((value, context) => {
  for (const { path, code } of ruleFaults(value).slice(0, 20))
    context.addIssue({ code: 'custom', path, params: { code }, message: code })
}) as unknown as z.ZodType<Rule, Rule>

export type LevelRule = { if: Rule; then: string; else: string | LevelRule }

function levelFaults(value: unknown, depth = 1): RuleFault[] {
  if (!isObject(value) || depth > 8) return [{ path: [], code: 'rule-value' }]
  const { if: condition, then, else: otherwise, ...rest } = value
  const faults: RuleFault[] = Object.keys(rest).map((key) => ({
    path: [key],
    code: 'rule-operator' as const,
  }))
  const isLevel = (name: unknown) => typeof name === 'string' && /^[A-Z0-9_]{0,20}$/.test(name)
  for (const fault of ruleFaults(condition))
    if (fault.code !== 'rule-reason-missing') faults.push({ ...fault, path: ['if', ...fault.path] })
  if (!isLevel(then)) faults.push({ path: ['then'], code: 'rule-value' })
  if (typeof otherwise === 'string' ? !isLevel(otherwise) : false)
    faults.push({ path: ['else'], code: 'rule-value' })
  if (typeof otherwise !== 'string')
    for (const fault of levelFaults(otherwise, depth + 1))
      faults.push({ ...fault, path: ['else', ...fault.path] })
  return faults
}

export const LevelRule: z.ZodType<LevelRule, LevelRule> = z
  .record(z.string(), z.json())
  .superRefine((value, context) => {
    for (const { path, code } of levelFaults(value).slice(0, 20))
      context.addIssue({ code: 'custom', path, params: { code }, message: code })
  }) as unknown as z.ZodType<LevelRule, LevelRule>

/** The parts of a rule below this one, each with its step of the path. */
export function partsOf(rule: Rule): [path: string, part: Rule][] {
  if ('and' in rule) return rule.and.map((part, index) => [`and/${index}`, part])
  if ('or' in rule) return rule.or.map((part, index) => [`or/${index}`, part])
  return 'not' in rule ? [['not', rule.not]] : []
}

export const isLeaf = (rule: Rule): rule is Leaf => !('and' in rule) && !('or' in rule) && !('not' in rule)

/** The fact names of a leaf. */
export function factsOfLeaf(leaf: Leaf): FactName[] {
  if ('exists' in leaf) return [leaf.exists]
  if ('any' in leaf) return [leaf.any.list]
  if ('all' in leaf) return [leaf.all.list]
  if ('count' in leaf) return [leaf.count.list]
  if ('months_between' in leaf)
    return leaf.months_between.filter((end): end is FactName => FactName.safeParse(end).success)
  return [leaf.fact]
}

/** The facts that a rule reads, each once. */
export function factsIn(...rules: readonly (Rule | LevelRule | null | string)[]): FactName[] {
  const found = new Set<FactName>()
  const visit = (rule: Rule | LevelRule | null | string): void => {
    if (rule === null || typeof rule === 'string') return
    if ('if' in rule) {
      visit(rule.if)
      visit(rule.else)
    } else if (isLeaf(rule)) factsOfLeaf(rule).forEach((fact) => found.add(fact))
    else partsOf(rule).forEach(([, part]) => visit(part))
  }
  rules.forEach(visit)
  return FactName.options.filter((fact) => found.has(fact))
}

export function comparisonOf(comparing: Comparing): [Comparison, Scalar | readonly Scalar[]] | undefined {
  const key = comparisons.find((each) => comparing[each] !== undefined)
  return key && [key, comparing[key]!]
}
