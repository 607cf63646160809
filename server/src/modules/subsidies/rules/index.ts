export { eligibilityRelation, type KeyedRule } from './queries-eligibility.ts'
export { compileLevel, compileRule, literal } from './queries-conditions.ts'
export { costOf, factsRelation, isSubject } from './queries-facts.ts'
