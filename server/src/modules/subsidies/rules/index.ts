export { eligibilityRelation, type KeyedRule } from './queries-eligibility.ts'
export { compileLevel, compileRule, literal } from './queries-conditions.ts'
export { factsRelation, isSubject } from './queries-facts.ts'
export { costOf } from './queries-sources.ts'
