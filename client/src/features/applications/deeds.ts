import type { ApplicationEvent, ApplicationState } from '@youyu/shared/subsidies/application-states'
import {
  acceptApplication,
  acceptTogether,
  approveInCity,
  approveTogether,
  confirmInCounty,
  confirmTogether,
  giveVillageOpinion,
  lapseVillageOpinion,
  opineTogether,
  reconsiderApplication,
  reconsiderInCity,
  reviewInTownship,
  reviewTogether,
} from '@youyu/shared/subsidies/application-reviews'
import type { Application } from '@youyu/shared/subsidies/application-case'
import {
  appealApplication,
  completeApplication,
  withdrawApplication,
} from '@youyu/shared/subsidies/applications'
import type { EvidenceType } from '@youyu/shared/subsidies/programmes'
import { call } from '../../api/call.ts'
import { may } from '../../api/session.ts'

export type Said = { reason?: string | undefined; items?: EvidenceType[] | undefined }
type Send = { ifMatch: number; idempotencyKey?: string | undefined }

const tiers = {
  TOWN_REVIEW: reviewInTownship,
  COUNTY_CONFIRM: confirmInCounty,
  CITY_APPROVE: approveInCity,
} as const

/** Does one deed of a case with the words that go with it. */
export async function perform(
  application: Pick<Application, 'id' | 'state' | 'passed' | 'reviews'>,
  event: ApplicationEvent,
  { reason, items = [] }: Said,
  send: Send,
  county: number | undefined,
): Promise<Application> {
  const { id } = application
  const params = { id }
  const querystring = county === undefined ? {} : { county }
  const words = reason?.trim() || undefined
  const said = words === undefined ? {} : { reason: words }
  switch (event) {
    case 'ACCEPT':
      return await call(acceptApplication, { params, body: { decision: 'ACCEPT' } }, send)
    case 'NOT_ACCEPT':
      return await call(acceptApplication, { params, body: { decision: 'NOT_ACCEPT', items, ...said } }, send)
    case 'SUBMIT':
      return await call(completeApplication, { params, body: { submit: true } }, send)
    case 'WITHDRAW':
      return await call(withdrawApplication, { params, body: said }, send)
    case 'APPEAL':
      return await call(appealApplication, { params, body: { grounds: words ?? '' } }, send)
    case 'UPHOLD':
    case 'REVERSE': {
      const isCity =
        application.reviews.findLast((review) => review.event === 'REJECT')?.step === 'CITY_APPROVE'
      const body = { result: event, reply: words ?? '' }
      return await call(
        isCity ? reconsiderInCity : reconsiderApplication,
        { params, body, querystring },
        send,
      )
    }
    default:
      return await decide(application, event, { reason: words, items }, send, county)
  }
}

/** What is decided at a step, by the contract of its tier. */
async function decide(
  { id, state }: Pick<Application, 'id' | 'state'>,
  event: ApplicationEvent,
  { reason: words, items = [] }: Said,
  send: Send,
  county: number | undefined,
): Promise<Application> {
  const params = { id }
  const querystring = county === undefined ? {} : { county }
  const said = words === undefined ? {} : { reason: words }
  if (state === 'VILLAGE_OPINION') {
    if (!may('application.opine')) return await call(lapseVillageOpinion, { params }, send)
    const opinion = event === 'ABSTAIN' ? ('ABSTAIN' as const) : ('AGREE' as const)
    return await call(giveVillageOpinion, { params, body: { opinion, ...said } }, send)
  }
  const contract = tiers[state as keyof typeof tiers]
  const body =
    event === 'RETURN'
      ? { decision: 'RETURN' as const, items, reason: words ?? '' }
      : event === 'REJECT'
        ? { decision: 'REJECT' as const, reason: words ?? '' }
        : { decision: 'PASS' as const, ...said }
  return await call(contract, { params, body, querystring }, send)
}

/** Decided together: by the state at which they wait. */
export const togetherOf = {
  SUBMITTED: acceptTogether,
  VILLAGE_OPINION: opineTogether,
  TOWN_REVIEW: reviewTogether,
  COUNTY_CONFIRM: confirmTogether,
  CITY_APPROVE: approveTogether,
} as const
export type TogetherState = keyof typeof togetherOf
export const isTogether = (state: ApplicationState | '' | undefined): state is TogetherState =>
  state !== undefined && state in togetherOf

/** Deeds that need no word: done at once; the others ask. */
export const silent: readonly ApplicationEvent[] = ['ACCEPT', 'PASS', 'ABSTAIN', 'SUBMIT']
export const needsItems = (event: ApplicationEvent) => event === 'NOT_ACCEPT' || event === 'RETURN'
export const needsReason = (event: ApplicationEvent) =>
  ['RETURN', 'REJECT', 'APPEAL', 'UPHOLD', 'REVERSE'].includes(event)
/** Keys of the queue. */
export const keyOf: Partial<Record<ApplicationEvent, string>> = {
  ACCEPT: 'A',
  PASS: 'A',
  REVERSE: 'A',
  NOT_ACCEPT: 'R',
  RETURN: 'R',
  UPHOLD: 'X',
  REJECT: 'X',
  ABSTAIN: 'O',
}
