import { factsIn, type Rule } from '@youyu/shared/subsidies/rules'
import type { CivilDate } from '@youyu/shared/values'
import type { Bound } from '../../../database/statements.ts'
import {
  compileLevel,
  compileRule,
  costOf,
  factsRelation,
  isSubject,
  literal,
  type KeyedRule,
} from '../rules/index.ts'
import { widened } from './rules-shift.ts'

type Question = {
  county: number
  asOf: CivilDate
  years: number
  lastDay: CivilDate
  rules: readonly (KeyedRule & { unshifted: Rule })[]
}

/**
 * Everybody who may meet one of the rules in one of the years, with her facts, each looked up once; and, of these
 * `candidates`, who meets which: (key, subject_id, division_code, level). The rules of the years differ in a number or
 * two, and what is dear to know is never asked ten times of the same person.
 */
export function foundInYears(
  bound: Bound,
  { county, asOf, years, lastDay, rules }: Question,
): { candidates: string; found: string } {
  const moment = { county, asOf }
  const facts = factsIn(...rules.flatMap(({ terms }) => [terms.rule, terms.level]))
  const widths = [
    ...new Map(rules.map(({ unshifted }) => [JSON.stringify(unshifted), unshifted])).values(),
  ].map((rule) =>
    widened(rule, { years: years - 1, lastDay, isCheap: (fact) => costOf(fact) !== 'looked-up' }),
  )
  const isAnybody = widths.includes(null)
  const wide = widths.flatMap((rule) => (rule ? [compileRule(rule, bound, 'f', moment)] : []))
  const kinds = [...new Set(rules.map(({ terms }) => isSubject(terms.subject, 'f')))]
  const who = kinds.flatMap((kind) => (/^f\.\w+$/.test(kind) ? [kind] : []))
  const columns = ['f.subject_id', 'f.division_code', ...who, ...facts.map((fact) => `f.${fact}`)]
  const candidates = `(select ${columns.join(', ')} from ${factsRelation(bound, { county, asOf, facts })} f
    ${isAnybody || wide.length === 0 ? '' : `where (${wide.join(' or ')})`} offset 0)`
  const outcomes = rules.map(({ terms }) => {
    const met = compileRule(terms.rule, bound, 'm', moment)
    return `case when ${isSubject(terms.subject, 'm')} and ${met} then ${compileLevel(terms.level, bound, 'm', moment)} end`
  })
  const keys = rules.map(({ key }) => literal(key)).join(', ')
  const found = `select u.key, m.subject_id, m.division_code, u.level from candidates m
    cross join lateral unnest(array[${keys}], array[${outcomes.join(', ')}]::text[]) as u (key, level) where u.level is not null`
  return { candidates, found }
}
