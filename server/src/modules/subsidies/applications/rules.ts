import {
  isUndecided,
  mayDecide,
  type ApplicationEvent,
  type ApplicationState,
  type ApplicationStep,
  type Hands,
} from '@youyu/shared/subsidies/application-states'
import type { LeftReason } from '@youyu/shared/subsidies/application-reviews'
import type { ApplicationConflict } from '@youyu/shared/subsidies/application-case'
import type { EvidenceType, ProgrammeTerms } from '@youyu/shared/subsidies/programmes'
import { roles, type Permission, type Role } from '@youyu/shared/permissions'
import type { CivilDate } from '@youyu/shared/values'
import { isBarred, isStackingProblem } from './rules-stacking.ts'

const deciders: readonly [Permission, readonly ApplicationState[]][] = [
  ['application.opine', ['VILLAGE_OPINION']],
  ['application.review', ['SUBMITTED', 'VILLAGE_OPINION', 'TOWN_REVIEW']],
  ['application.confirm', ['COUNTY_CONFIRM', 'RECONSIDERATION']],
  ['application.approve', ['CITY_APPROVE', 'RECONSIDERATION']],
]

const carries = (role: Role | null, permission: Permission) =>
  role !== null && roles[role].permissions.includes(permission)

/** The states in which a role has something to decide; the township waits for opinions only once they are late. */
export function statesDecidedBy(role: Role | null): ApplicationState[] {
  return [
    ...new Set(
      deciders.flatMap(([permission, states]) =>
        carries(role, permission)
          ? states.filter((state) => permission !== 'application.review' || state !== 'VILLAGE_OPINION')
          : [],
      ),
    ),
  ]
}

type Standing = Hands & {
  state: ApplicationState
  dueOn: CivilDate | null
  rejectedAt: ApplicationStep | null
  appealUntil: CivilDate | null
}
type Reader = { role: Role | null; actorId: string }

/** What a reader may do with an application today. */
export function deedsOf(
  application: Standing,
  { role, actorId }: Reader,
  today: CivilDate,
): ApplicationEvent[] {
  const { state, dueOn, rejectedAt, appealUntil } = application
  const may = (permission: Permission) => carries(role, permission)
  const deeds: ApplicationEvent[] = []
  const decide = (step: ApplicationStep | 'RECONSIDERATION', ...events: ApplicationEvent[]) => {
    if (mayDecide(actorId, step, application)) deeds.push(...events)
  }
  if (state === 'SUBMITTED' && may('application.review')) deeds.push('ACCEPT', 'NOT_ACCEPT')
  if (state === 'VILLAGE_OPINION' && may('application.opine')) deeds.push('PASS', 'ABSTAIN')
  if (state === 'VILLAGE_OPINION' && may('application.review') && dueOn !== null && dueOn < today)
    deeds.push('ABSTAIN')
  if (state === 'TOWN_REVIEW' && may('application.review')) decide(state, 'PASS', 'RETURN', 'REJECT')
  if (state === 'COUNTY_CONFIRM' && may('application.confirm')) decide(state, 'PASS', 'RETURN', 'REJECT')
  if (state === 'CITY_APPROVE' && may('application.approve')) decide(state, 'PASS', 'RETURN', 'REJECT')
  if (state === 'RECONSIDERATION')
    if (may(rejectedAt === 'CITY_APPROVE' ? 'application.approve' : 'application.confirm'))
      decide(state, 'UPHOLD', 'REVERSE')
  if (may('application.file')) {
    if (state === 'DRAFT' || state === 'NOT_ACCEPTED') deeds.push('SUBMIT')
    if (state === 'REJECTED' && (appealUntil === null || today <= appealUntil)) deeds.push('APPEAL')
    if (isUndecided(state) || state === 'REJECTED' || state === 'RECONSIDERATION') deeds.push('WITHDRAW')
  }
  return deeds
}

export type Held = {
  type: string
  manner: 'REGISTER' | 'SEEN' | 'FILE' | 'FEED'
  document: string | null
  seenOn: CivilDate | null
}
export type EvidenceHeld = {
  type: EvidenceType
  isRequired: boolean
  held: Held['manner'] | null
  document: string | null
  seenOn: CivilDate | null
}

/** 材料: each paper the programme asks for, and how it is there; a fact that the register holds needs no paper. */
export function evidenceOf(
  terms: Pick<ProgrammeTerms, 'evidence'>,
  known: ReadonlySet<string>,
  held: readonly Held[],
): EvidenceHeld[] {
  return terms.evidence.map(({ type, required, fact }) => {
    const paper = held.find((each) => each.type === type)
    return {
      ...{ type, isRequired: required },
      held: paper?.manner ?? (fact !== null && known.has(fact) ? 'REGISTER' : null),
      ...{ document: paper?.document ?? null, seenOn: paper?.seenOn ?? null },
    }
  })
}

export const missingIn = (evidence: readonly EvidenceHeld[]): EvidenceType[] =>
  evidence.filter(({ isRequired, held }) => isRequired && held === null).map(({ type }) => type)

/** A season `MM-DD`–`MM-DD`, which may pass the turn of the year. */
export function isInWindow(window: ProgrammeTerms['window'], today: CivilDate): boolean {
  if (!window) return true
  const { from, to } = window
  const at = today.slice(5)
  return from <= to ? at >= from && at <= to : at >= from || at <= to
}

/** 按年申领: a year that is missed is forfeited, so it is this year's that is claimed. */
export const claimYearOf = (terms: Pick<ProgrammeTerms, 'claimEachYear'>, today: CivilDate): number =>
  terms.claimEachYear ? Number(today.slice(0, 4)) : 0

/** Conditions of a yearly claim are those of the day it was filed: nobody outgrows a claim while it is looked at. */
export const factsAsOf = (
  terms: Pick<ProgrammeTerms, 'claimEachYear'>,
  filedOn: CivilDate,
  today: CivilDate,
): CivilDate => (terms.claimEachYear ? filedOn : today)

/** What must be settled by a human before anything is passed. */
export const standsAgainst = ({ kind }: ApplicationConflict): boolean =>
  kind === 'CLAIM_ELSEWHERE' || kind === 'POSSIBLE_MATCH' || kind === 'SAME_PROGRAMME' || isBarred({ kind })

/** Why it is not passed together with others but looked at by itself; null where nothing is against it. */
export function whyAlone(conflicts: readonly ApplicationConflict[]): LeftReason | null {
  if (conflicts.some(isStackingProblem)) return 'STACKING'
  if (conflicts.some(standsAgainst)) return 'CONFLICT'
  return conflicts.some(({ kind }) => kind === 'OTHER_APPLICANT') ? 'OTHER_APPLICANT' : null
}
