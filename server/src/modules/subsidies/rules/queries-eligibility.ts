import type { ProgrammeTerms } from '@youyu/shared/subsidies/programmes'
import { factsIn } from '@youyu/shared/subsidies/rules'
import type { Id } from '@youyu/shared/values'
import type { Bound } from '../../../database/statements.ts'
import { compileLevel, compileRule, literal, type Moment } from './queries-conditions.ts'
import { factsRelation, isSubject } from './queries-facts.ts'
import { guardianOf } from './queries-kin.ts'

/** What of a programme's terms says who is entitled. */
type EligibilityTerms = Pick<ProgrammeTerms, 'subject' | 'payTo' | 'rule' | 'level'>
export type KeyedRule = { key: string; terms: EligibilityTerms }
export type EligibilityQuestion = Moment & { rules: readonly KeyedRule[]; ids?: readonly Id[] }

/**
 * Who meets which rules, with her level: (key, subject_id, payee_id, division_code, level), one row for each rule met.
 * All rules in one pass over the people and one sum over their children, with only the facts that some rule reads.
 */
export function eligibilityRelation(bound: Bound, { rules, ids, county, asOf }: EligibilityQuestion): string {
  const moment: Moment = { county, asOf, hasDays: true }
  const facts = factsIn(...rules.flatMap(({ terms }) => [terms.rule, terms.level]))
  const people = factsRelation(bound, { county, asOf, facts, ...(ids && { ids }) })
  const outcomes = rules.map(({ terms }, index) => {
    const met = compileRule(terms.rule, bound, 'f', moment)
    const kind = isSubject(terms.subject, 'f')
    const isWho =
      kind === 'true' ? met : kind.endsWith('stands_for_family') ? `${met} and ${kind}` : `${kind} and ${met}`
    return `case when ${isWho} then ${compileLevel(terms.level, bound, 'f', moment)} end as met_${index}`
  })
  const names = rules.map((_, index) => `s.met_${index}`)
  const guarded = rules.filter(({ terms }) => terms.payTo === 'GUARDIAN').map(({ key }) => literal(key))
  const payee =
    guarded.length > 0
      ? `case when u.key in (${guarded.join(', ')}) then ${guardianOf(bound, moment, 'u.subject_id')} else u.subject_id end`
      : 'u.subject_id'
  // The fence keeps each rule from being worked out twice.
  return `(select u.key, u.subject_id, ${payee} as payee_id, u.division_code, u.level
    from (select s.subject_id, s.division_code, unnest(array[${rules.map(({ key }) => literal(key)).join(', ')}]) as key,
        unnest(array[${names.join(', ')}]::text[]) as level
      from (select f.subject_id, f.division_code, ${outcomes.join(', ')}
        from ${people} f offset 0) s
      where coalesce(${names.join(', ')}) is not null) u
    where u.level is not null)`
}
