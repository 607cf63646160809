import { evaluate, levelFor, type Evaluation as RuleEvaluation } from '@youyu/shared/subsidies/evaluation'
import { factCatalogue, type FactName, type Facts, type FactValue } from '@youyu/shared/subsidies/facts'
import type { Evaluation } from '@youyu/shared/subsidies/application-case'
import { factsIn, isLeaf, partsOf, type Rule } from '@youyu/shared/subsidies/rules'
import { sentenceLines } from '@youyu/shared/subsidies/sentences'
import type { ProgrammeTerms } from '@youyu/shared/subsidies/programmes'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { selectFacts } from './queries-facts.ts'
import type { Terms } from './terms.ts'

/** What the rule says of one subject on a day, with the facts it stands on. */
export type Judgement = {
  versionId: Id
  asOf: CivilDate
  facts: Facts
  isMet: boolean
  level: string
  evaluation: RuleEvaluation
}

const frameOf = (access: Access, asOf: CivilDate) => ({ county: String(access.county), today: asOf })

export type Case = { id: Id; subjectId: Id; applicantId: Id }

/** Evaluates many cases of one version on one day, by the facts of the register and of the circumstances. */
export async function judge(
  tx: Transaction,
  access: Access,
  { versionId, terms }: Terms,
  cases: readonly Case[],
  asOf: CivilDate,
): Promise<Map<Id, Judgement>> {
  const facts = factsIn(
    terms.rule,
    terms.level,
    ...terms.evidence.flatMap(({ fact }) => (fact ? [{ exists: fact }] : [])),
  )
  const judgements = new Map<Id, Judgement>()
  for (const round of roundsOf(cases)) {
    const known = await selectFacts(tx, access, {
      ...{ facts, asOf, ids: round.map(({ subjectId }) => subjectId) },
      applicants: round.map(({ applicantId }) => applicantId),
    })
    for (const { id, subjectId } of round)
      judgements.set(id, judged(access, versionId, terms, known.get(subjectId) ?? {}, asOf))
  }
  return judgements
}

/** Rounds in which each subject stands once: two who apply for the same child are looked at one after the other. */
function roundsOf(cases: readonly Case[]): Case[][] {
  const rounds: Case[][] = []
  const turns = new Map<Id, number>()
  for (const each of cases) {
    const turn = turns.get(each.subjectId) ?? 0
    turns.set(each.subjectId, turn + 1)
    ;(rounds[turn] ??= []).push(each)
  }
  return rounds
}

/** The same of facts that are known: evaluated years later it says the same. */
export function judged(
  access: Access,
  versionId: Id,
  terms: Pick<ProgrammeTerms, 'rule' | 'level'>,
  facts: Facts,
  asOf: CivilDate,
): Judgement {
  const frame = frameOf(access, asOf)
  const evaluation = evaluate(terms.rule, facts, frame)
  const level = evaluation.met ? levelFor(terms.level, facts, frame) : ''
  return { versionId, asOf, facts, isMet: evaluation.met, level, evaluation }
}

const words = {
  zh: { true: '是', false: '否', unknown: '未登记', join: '、' },
  en: { true: 'yes', false: 'no', unknown: 'not on record', join: ', ' },
} as const

/** A fact as it is said: with its unit, its names of values. */
export function factText(
  fact: FactName,
  value: FactValue,
  language: 'zh' | 'en',
  places?: ReadonlyMap<string, string>,
): string {
  const { values, unitZh, unitEn } = factCatalogue[fact]
  const say = words[language]
  if (value === null) return say.unknown
  if (Array.isArray(value))
    return value.length === 0 ? '—' : value.map((one) => factText(fact, one, language)).join(say.join)
  if (typeof value === 'boolean') return say[`${value}`]
  const name = values?.[String(value)]?.[language === 'zh' ? 0 : 1] ?? places?.get(String(value))
  if (name) return name
  const unit = typeof value === 'number' ? (language === 'zh' ? unitZh : unitEn) : undefined
  return language === 'en' && unit ? `${value} ${unit}` : `${value}${unit ?? ''}`
}

/** The judgement in sentences; values for those alone who decide on them. */
export function told(
  { versionId, asOf, isMet, level, evaluation }: Judgement,
  rule: ProgrammeTerms['rule'],
  { withValues, places }: { withValues: boolean; places?: ReadonlyMap<string, string> },
): Evaluation {
  const sentences = { zh: textsOf(rule, 'zh'), en: textsOf(rule, 'en') }
  const parts = partsWithin(rule, evaluation)
  const both = (say: (language: 'zh' | 'en') => string) => ({ zh: say('zh'), en: say('en') })
  const { counterfactual } = evaluation
  return {
    ...{ isMet, asOf, versionId, level },
    leaves: evaluation.leaves.map(({ path, met, facts, isUnknown, reason }) => ({
      ...{ path, met, isUnknown, reason },
      facts: facts.map(({ fact }) => fact),
      ...both((language) => sentences[language].get(path) ?? ''),
      value: withValues
        ? both((language) =>
            facts
              .map(({ fact, value }) => factText(fact, value, language, places))
              .join(words[language].join),
          )
        : null,
    })),
    lines: sentenceLines(rule, 'zh')
      .filter(({ path }) => path !== '')
      .map(({ path, depth, isLeaf }) => ({
        ...{ path, depth: depth - 1, isLeaf, ...parts.get(path)! },
        ...both((language) => sentences[language].get(path) ?? ''),
      })),
    nearest:
      counterfactual?.isPossible && counterfactual.paths.length > 0
        ? both((language) =>
            counterfactual.paths
              .map((path) => sentences[language].get(path) ?? '')
              .join(language === 'zh' ? '，且' : '; and '),
          )
        : null,
  }
}

/** Of each part whether it is met, and whether that still matters where one way of several is open. */
function partsWithin(
  rule: Rule,
  { leaves }: RuleEvaluation,
): Map<string, { met: boolean; isSpare: boolean }> {
  const metLeaves = new Set(leaves.filter(({ met }) => met).map(({ path }) => path))
  const parts = new Map<string, { met: boolean; isSpare: boolean }>()
  const isMet = (part: Rule, path: string): boolean => {
    if (isLeaf(part)) return metLeaves.has(path)
    const below = partsOf(part).map(([step, one]) => isMet(one, `${path}/${step}`))
    return 'and' in part ? below.every(Boolean) : 'or' in part ? below.some(Boolean) : !below[0]
  }
  const visit = (part: Rule, path: string, isSpare: boolean): void => {
    const met = isMet(part, path)
    parts.set(path, { met, isSpare: isSpare && !met })
    if (isLeaf(part)) return
    for (const [step, one] of partsOf(part))
      visit(one, `${path}/${step}`, isSpare || 'not' in part || ('or' in part && met))
  }
  visit(rule, '', false)
  return parts
}

const textsOf = (rule: ProgrammeTerms['rule'], language: 'zh' | 'en') =>
  new Map(sentenceLines(rule, language).map(({ path, text }) => [path, text]))

/** Facts that the rule reads and nobody has said. */
export const unknownIn = ({ evaluation }: Judgement): FactName[] => [
  ...new Set(
    evaluation.leaves.flatMap(({ facts }) =>
      facts.filter(({ value }) => value === null).map(({ fact }) => fact),
    ),
  ),
]
export const knownIn = ({ facts }: Judgement): Set<string> =>
  new Set(
    Object.entries(facts).flatMap(([fact, value]) => (value === null || value === undefined ? [] : [fact])),
  )
