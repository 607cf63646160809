import type { Circumstances, KeptAnswer } from '@youyu/shared/contraception/eligibility'
import type { MecCondition } from '@youyu/shared/contraception/mec-editions'
import type { CivilDate } from '@youyu/shared/values'
import { daysAfter, daysBetween, type EditionTable } from './rules.ts'

/** That something never was is asked again after a year. */
const NO_HOLDS_DAYS = 365
/** Whether she breastfeeds is asked again after a month. */
const FEEDING_HOLDS_DAYS = 30
const ABORTION_MATTERS_DAYS = 42

type Answer = Pick<KeptAnswer, 'finding' | 'isPresent'>

function questionsOf({ conditions }: EditionTable): Map<string, MecCondition> {
  return new Map(conditions.flatMap((each) => (each.finding === null ? [] : [[each.finding, each] as const])))
}

/** A stable finding that was present holds for good, a transient one for its days, an absent one for a year at most. */
export function stillHolds(
  question: Pick<MecCondition, 'validDays'>,
  { isPresent, answeredOn }: Pick<KeptAnswer, 'isPresent' | 'answeredOn'>,
  on: CivilDate,
): boolean {
  if (answeredOn > on) return false
  const days = question.validDays ?? (isPresent ? null : NO_HOLDS_DAYS)
  return days === null || on <= daysAfter(answeredOn, days)
}

/** What is answered on the day, and of what was answered before the latest that still holds and nothing contradicts. */
export function answersOn(
  edition: EditionTable,
  today: readonly Answer[],
  earlier: readonly Pick<KeptAnswer, 'finding' | 'isPresent' | 'answeredOn'>[],
  on: CivilDate,
): KeptAnswer[] {
  const questions = questionsOf(edition)
  const answered = new Set(today.map(({ finding }) => finding))
  const families = new Set(
    today.flatMap(({ finding, isPresent }) => (isPresent ? (questions.get(finding)?.family ?? []) : [])),
  )
  const latest = new Map<string, KeptAnswer>()
  for (const { finding, isPresent, answeredOn } of earlier) {
    const question = questions.get(finding)
    const known = latest.get(finding)
    if (!question || answered.has(finding) || answeredOn > on) continue
    if (!known || known.answeredOn < answeredOn)
      latest.set(finding, { finding, isPresent, answeredOn, isReused: true })
  }
  const reused = [...latest.values()].filter((answer) => {
    const question = questions.get(answer.finding)!
    const isContradicted = answer.isPresent && question.family !== null && families.has(question.family)
    return !isContradicted && stillHolds(question, answer, on)
  })
  return [
    ...today.map((answer) => ({ ...answer, answeredOn: on, isReused: false })),
    ...oneOfEach(reused, questions),
  ]
}

/** Of two findings of one family the one answered last holds. */
function oneOfEach(answers: readonly KeptAnswer[], questions: Map<string, MecCondition>): KeptAnswer[] {
  return answers.filter((answer) => {
    const family = answer.isPresent ? questions.get(answer.finding)!.family : null
    return !answers.some(
      (other) =>
        family !== null &&
        other.isPresent &&
        other.finding !== answer.finding &&
        questions.get(other.finding)!.family === family &&
        (other.answeredOn > answer.answeredOn ||
          (other.answeredOn === answer.answeredOn && other.finding > answer.finding)),
    )
  })
}

export type AnswerFault = {
  index: number
  code: 'invalid-code-value' | 'finding-conflict' | 'already-exists'
}

/** Answers that the edition does not ask for, that are given twice, or that exclude each other. */
export function answerFaults(edition: EditionTable, answers: readonly Answer[]): AnswerFault[] {
  const questions = questionsOf(edition)
  return answers.flatMap(({ finding, isPresent }, index): AnswerFault[] => {
    const question = questions.get(finding)
    if (!question) return [{ index, code: 'invalid-code-value' }]
    const before = answers.slice(0, index)
    if (before.some((other) => other.finding === finding)) return [{ index, code: 'already-exists' }]
    const isExcluded =
      isPresent &&
      question.family !== null &&
      before.some((other) => other.isPresent && questions.get(other.finding)?.family === question.family)
    return isExcluded ? [{ index, code: 'finding-conflict' }] : []
  })
}

/** Questions of an edition without an answer that holds, each once. */
export function unanswered(
  { conditions }: EditionTable,
  answers: readonly Pick<KeptAnswer, 'finding'>[],
): string[] {
  const known = new Set(answers.map(({ finding }) => finding))
  return [...new Set(conditions.flatMap(({ finding }) => (finding && !known.has(finding) ? [finding] : [])))]
}

/** What the facility's own records say of her births and abortions, and what she said before. */
export type KnownBefore = {
  bornOn: CivilDate | null
  births: number
  abortedOn: CivilDate | null
  earlier: (Circumstances & { occurredOn: CivilDate }) | null
}

/** What is given counts; what is not comes from the records and from what was said before, while it holds. */
export function circumstancesOn(
  given: { [Key in keyof Circumstances]?: Circumstances[Key] | undefined },
  { bornOn, births, abortedOn, earlier }: KnownBefore,
  on: CivilDate,
): Circumstances {
  const latest = (...days: (CivilDate | null | undefined)[]) =>
    days
      .filter((day): day is CivilDate => Boolean(day) && day! <= on)
      .sort()
      .at(-1) ?? null
  const deliveredOn =
    given.deliveredOn === undefined ? latest(bornOn, earlier?.deliveredOn) : given.deliveredOn
  const aborted = latest(abortedOn, earlier?.abortedOn)
  const parity = Math.max(births, earlier?.parity ?? 0, deliveredOn ? 1 : 0)
  const saidNone = earlier?.parity === 0 && daysBetween(earlier.occurredOn, on) <= NO_HOLDS_DAYS
  const parityKnown = parity > 0 || saidNone ? parity : null
  const fedBefore =
    earlier &&
    daysBetween(earlier.occurredOn, on) <= FEEDING_HOLDS_DAYS &&
    deliveredOn === earlier.deliveredOn
      ? earlier.isBreastfeeding
      : null
  return {
    deliveredOn,
    isBreastfeeding: given.isBreastfeeding === undefined ? fedBefore : given.isBreastfeeding,
    abortedOn:
      given.abortedOn === undefined
        ? aborted && daysBetween(aborted, on) <= ABORTION_MATTERS_DAYS
          ? aborted
          : null
        : given.abortedOn,
    parity: given.parity === undefined ? parityKnown : given.parity,
    mensesEndedOn: given.mensesEndedOn ?? null,
    cavityDepthMillimetres: given.cavityDepthMillimetres ?? null,
  }
}
