import { z } from 'zod'

/** What a programme may ask for between filing and confirmation, in this order (domain §6.5). */
export const ApplicationStep = z.enum([
  'VILLAGE_OPINION',
  'VILLAGE_NOTICE',
  'TOWN_REVIEW',
  'TOWN_NOTICE',
  'COUNTY_CONFIRM',
  'CITY_APPROVE',
])
export type ApplicationStep = z.infer<typeof ApplicationStep>

export const ApplicationState = z.enum([
  'DRAFT',
  'SUBMITTED',
  'NOT_ACCEPTED',
  ...ApplicationStep.options,
  'CONFIRMED',
  'BENEFICIARY_ACTIVE',
  'REJECTED',
  'RECONSIDERATION',
  'UPHELD',
  'WITHDRAWN',
])
export type ApplicationState = z.infer<typeof ApplicationState>

export const applicationStateNames: Record<ApplicationState, readonly [string, string]> = {
  DRAFT: ['草稿', 'Draft'],
  SUBMITTED: ['待受理', 'Waiting for acceptance'],
  NOT_ACCEPTED: ['待补正', 'To be completed'],
  VILLAGE_OPINION: ['村级评议', 'Village opinion'],
  VILLAGE_NOTICE: ['村级公示', 'Village notice'],
  TOWN_REVIEW: ['乡镇审核', 'Township review'],
  TOWN_NOTICE: ['乡镇公示', 'Township notice'],
  COUNTY_CONFIRM: ['县级确认', 'County confirmation'],
  CITY_APPROVE: ['市级审批', 'City approval'],
  CONFIRMED: ['已确认', 'Confirmed'],
  BENEFICIARY_ACTIVE: ['已确认，享受中', 'Confirmed, benefit running'],
  REJECTED: ['不予确认', 'Refused'],
  RECONSIDERATION: ['复核中', 'Under reconsideration'],
  UPHELD: ['复核维持', 'Refusal upheld'],
  WITHDRAWN: ['已撤回', 'Withdrawn'],
}

export const ApplicationEvent = z.enum([
  'SUBMIT',
  'ACCEPT',
  'NOT_ACCEPT',
  'PASS',
  'ABSTAIN',
  'RETURN',
  'REJECT',
  'APPEAL',
  'UPHOLD',
  'REVERSE',
  'WITHDRAW',
  'ACTIVATE',
])
export type ApplicationEvent = z.infer<typeof ApplicationEvent>

export const applicationEventNames: Record<ApplicationEvent, readonly [string, string]> = {
  SUBMIT: ['提交', 'Submitted'],
  ACCEPT: ['受理', 'Accepted'],
  NOT_ACCEPT: ['一次性告知补正', 'Told at once what is missing'],
  PASS: ['通过', 'Passed'],
  ABSTAIN: ['未发表意见', 'No opinion'],
  RETURN: ['退回', 'Returned'],
  REJECT: ['不予确认', 'Refused'],
  APPEAL: ['申请复核', 'Appealed'],
  UPHOLD: ['复核维持', 'Refusal upheld'],
  REVERSE: ['复核改正', 'Refusal reversed'],
  WITHDRAW: ['撤回', 'Withdrawn'],
  ACTIVATE: ['开始享受', 'Benefit begins'],
}

/** Where an application stands: what its programme asks for, and what of it has been passed. */
export type ApplicationPosition = {
  state: ApplicationState
  /** Of the version under which it was filed; never changes. */
  steps: readonly ApplicationStep[]
  passed: readonly ApplicationStep[]
  /** The step at which it was refused; null where it was not. */
  rejectedAt: ApplicationStep | null
}

const notices: readonly ApplicationStep[] = ['VILLAGE_NOTICE', 'TOWN_NOTICE']
/** Steps that may refuse: the village's opinion is advice, a notice only finds objections. */
export const decidingSteps: readonly ApplicationStep[] = ['TOWN_REVIEW', 'COUNTY_CONFIRM', 'CITY_APPROVE']

export const isNotice = (step: ApplicationState): boolean => notices.includes(step as ApplicationStep)

export function stepOf(state: ApplicationState): ApplicationStep | null {
  return ApplicationStep.safeParse(state).data ?? null
}

const undecided: readonly ApplicationState[] = [
  'DRAFT',
  'SUBMITTED',
  'NOT_ACCEPTED',
  ...ApplicationStep.options,
]
export const isUndecided = (state: ApplicationState): boolean => undecided.includes(state)

/** The first step that has not been passed; confirmed where none is left. */
function next(
  { steps, rejectedAt }: ApplicationPosition,
  passed: readonly ApplicationStep[],
): ApplicationPosition {
  const state = steps.find((step) => !passed.includes(step)) ?? 'CONFIRMED'
  return { state, steps, passed, rejectedAt: state === 'CONFIRMED' ? null : rejectedAt }
}

/** One step back: to the review before this one, past the notices between, or to whoever accepts. */
function back(position: ApplicationPosition, step: ApplicationStep): ApplicationPosition {
  const before = position.steps.slice(0, position.steps.indexOf(step))
  const target = before.findLast((each) => !isNotice(each))
  const passed = target ? before.slice(0, before.indexOf(target)) : []
  return { ...position, state: target ?? 'SUBMITTED', passed, rejectedAt: null }
}

/**
 * What an event makes of an application (domain §6.5); null where it cannot happen. A refusal that is reversed counts
 * as the passing of the step that refused: what comes after it still has to come.
 */
export function after(position: ApplicationPosition, event: ApplicationEvent): ApplicationPosition | null {
  const { state, steps, passed, rejectedAt } = position
  const step = stepOf(state)
  switch (event) {
    case 'SUBMIT':
      return state === 'DRAFT' || state === 'NOT_ACCEPTED' ? { ...position, state: 'SUBMITTED' } : null
    case 'ACCEPT':
      return state === 'SUBMITTED' && steps.length > 0 ? next(position, []) : null
    case 'NOT_ACCEPT':
      return state === 'SUBMITTED' ? { ...position, state: 'NOT_ACCEPTED' } : null
    case 'PASS':
      return step ? next(position, [...passed, step]) : null
    case 'ABSTAIN':
      return step === 'VILLAGE_OPINION' ? next(position, [...passed, step]) : null
    case 'RETURN':
      return step && step !== 'VILLAGE_OPINION' ? back(position, step) : null
    case 'REJECT':
      return step && decidingSteps.includes(step)
        ? { ...position, state: 'REJECTED', rejectedAt: step }
        : null
    case 'APPEAL':
      return state === 'REJECTED' ? { ...position, state: 'RECONSIDERATION' } : null
    case 'UPHOLD':
      return state === 'RECONSIDERATION' ? { ...position, state: 'UPHELD' } : null
    case 'REVERSE':
      return state === 'RECONSIDERATION' && rejectedAt
        ? next({ ...position, rejectedAt: null }, [...passed, rejectedAt])
        : null
    case 'WITHDRAW':
      return isUndecided(state) || state === 'REJECTED' || state === 'RECONSIDERATION'
        ? { ...position, state: 'WITHDRAWN' }
        : null
    case 'ACTIVATE':
      return state === 'CONFIRMED' ? { ...position, state: 'BENEFICIARY_ACTIVE' } : null
  }
}

/** Who has had a hand in an application: filed it, or decided one of its steps. */
export type Hands = {
  filedBy: string | null
  townBy: string | null
  countyBy: string | null
  cityBy: string | null
  rejectedBy: string | null
}

/**
 * Maker and checker (domain §2.3): who filed decides no step, nobody decides at two tiers, and who
 * reconsiders has had no hand in it before: a reversal stands for the step that refused. Acceptance looks at papers only, and an opinion is the village's, whoever writes it down.
 */
export function mayDecide(actor: string, step: ApplicationStep | 'RECONSIDERATION', hands: Hands): boolean {
  const { filedBy, townBy, countyBy, cityBy, rejectedBy } = hands
  if (step === 'RECONSIDERATION') return ![filedBy, townBy, countyBy, cityBy, rejectedBy].includes(actor)
  if (!decidingSteps.includes(step)) return true
  const others = {
    TOWN_REVIEW: [countyBy, cityBy],
    COUNTY_CONFIRM: [townBy, cityBy],
    CITY_APPROVE: [townBy, countyBy],
  }
  return actor !== filedBy && !others[step as keyof typeof others].includes(actor)
}
