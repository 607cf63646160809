import {
  mayDecide,
  type ApplicationState,
  type ApplicationStep,
} from '@youyu/shared/subsidies/application-states'
import type {
  Acceptance,
  Reconsideration,
  TierReview,
  VillageOpinion,
} from '@youyu/shared/subsidies/application-reviews'
import type { Application } from '@youyu/shared/subsidies/application-case'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { transaction } from '../../../database/transaction.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { look, shownCase } from './case.ts'
import { conflictsOf } from './conflicts.ts'
import { keepDecisions } from './deciding.ts'
import { addDays, markOf, move, type Moving } from './moving.ts'
import { lockApplication, type ApplicationRecord } from './queries.ts'
import { selectRivals } from './queries-conflicts.ts'
import { settleAppeal } from './queries-filing.ts'
import { missingIn, standsAgainst } from './rules.ts'
import { barredBy, isBarred } from './rules-stacking.ts'
import { sealed } from './words.ts'

type Deed = { version: number; states: readonly ApplicationState[] }

/** One deed on one application: locked, at the version that was read and at a state that allows it, recorded. */
export async function done(
  office: Office,
  access: Access,
  id: Id,
  { version, states }: Deed,
  run: (tx: Transaction, application: ApplicationRecord) => Promise<void>,
): Promise<Application> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const application = await lockApplication(tx, access, id)
    if (!application) throw new Refused('not-found')
    assertVersion(version, application.version)
    if (!states.includes(application.state)) throw new Refused('application-state')
    await run(tx, application)
    const deed = {
      action: 'change',
      entity: 'application',
      entityId: id,
      division: application.divisionCode,
    } as const
    await record(tx, access, { ...deed, fields: ['state'] }, at)
    return await shownCase(tx, office, access, id)
  })
}

const today = (office: Office) => ({ on: todayOf(office.now()), at: office.now() })

/** 受理: complete papers are accepted; of incomplete ones everything missing is told at once. */
export async function accept(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  body: Acceptance,
): Promise<Application> {
  const when = today(office)
  return await done(office, access, id, { version, states: ['SUBMITTED'] }, async (tx, application) => {
    if (body.decision === 'NOT_ACCEPT') {
      const told = { items: body.items, reasonCipher: sealed(office, access, id, body.reason) }
      await move(tx, access, [id], { event: 'NOT_ACCEPT', ...when, told, marks: { missing: body.items } })
      return
    }
    const { evidence } = await look(tx, office, access, application)
    const missing = missingIn(evidence)
    if (missing.length > 0) throw new Refused('evidence-missing', { detail: missing.join(', ') })
    const marks = { acceptedOn: when.on, nextRound: true, missing: [] }
    await move(tx, access, [id], { event: 'ACCEPT', ...when, marks })
  })
}

/** 村级评议: advice; it goes on whatever it is. */
export async function opine(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  { opinion, reason }: VillageOpinion,
): Promise<Application> {
  return await done(office, access, id, { version, states: ['VILLAGE_OPINION'] }, async (tx) => {
    const event = opinion === 'ABSTAIN' ? 'ABSTAIN' : 'PASS'
    const told = { items: [opinion], reasonCipher: sealed(office, access, id, reason) }
    await move(tx, access, [id], { event, ...today(office), told })
  })
}

export async function lapse(office: Office, access: Access, id: Id, version: number): Promise<Application> {
  const when = today(office)
  return await done(office, access, id, { version, states: ['VILLAGE_OPINION'] }, async (tx, { dueOn }) => {
    if (dueOn === null || dueOn >= when.on) throw new Refused('opinion-not-late')
    await move(tx, access, [id], { event: 'ABSTAIN', ...when, told: { items: ['LAPSED'] } })
  })
}

type Tier = Extract<ApplicationStep, 'TOWN_REVIEW' | 'COUNTY_CONFIRM' | 'CITY_APPROVE'>

/** A tier passes, returns or refuses; nobody decides on what she filed or decided at another tier. */
export async function review(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  step: Tier,
  body: TierReview,
): Promise<Application> {
  return await done(office, access, id, { version, states: [step] }, async (tx, application) => {
    if (!mayDecide(access.actorId, step, application)) throw new Refused('maker-is-checker')
    if (body.decision === 'PASS') return await pass(tx, office, access, application, step, body.reason)
    if (body.decision === 'RETURN') return await giveBack(tx, office, access, application, body)
    await refuse(tx, office, access, application, step, body.reason)
  })
}

async function pass(
  tx: Transaction,
  office: Office,
  access: Access,
  application: ApplicationRecord,
  step: Tier,
  reason: string | undefined,
): Promise<void> {
  const { id, programme, claimYear, subjectId } = application
  const when = today(office)
  const { judgement, evidence } = await look(tx, office, access, application)
  const conflicts = await conflictsOf(
    tx,
    access,
    programme,
    claimYear,
    [{ ...application, level: judgement.level }],
    {
      ...{ on: when.on, isLook: true },
    },
  )
  const missing = missingIn(evidence)
  if (missing.length > 0) throw new Refused('evidence-missing', { detail: missing.join(', ') })
  if (!judgement.isMet) throw new Refused('rule-not-met')
  const against = (conflicts.get(subjectId) ?? []).filter(standsAgainst)
  if (against.some(({ kind }) => kind === 'SAME_PROGRAMME')) throw new Refused('already-receives')
  if (against.some(isBarred)) throw new Refused('benefits-exclude', { detail: barredBy(against) })
  if (against.length > 0 && step !== 'TOWN_REVIEW') throw new Refused('claim-unresolved')
  await keepDecisions(tx, office, access, [{ id, judgement }], { step, event: 'PASS', ...when })
  const told = { reasonCipher: sealed(office, access, id, reason) }
  await move(tx, access, [id], { event: 'PASS', ...when, told, marks: markOf(step, access.actorId) })
  await returnRivals(tx, access, application, when)
}

/** 先确认者优先: once one applicant for a child is confirmed, the others are told so and get theirs back. */
async function returnRivals(
  tx: Transaction,
  access: Access,
  {
    id,
    programme,
    subjectId,
    claimYear,
  }: Pick<ApplicationRecord, 'id' | 'programme' | 'subjectId' | 'claimYear'>,
  when: Pick<Moving, 'on' | 'at'>,
): Promise<void> {
  const rivals = await selectRivals(tx, access, programme, [subjectId], claimYear)
  const won = rivals.find((rival) => rival.id === id)
  if (won?.state !== 'CONFIRMED' && won?.state !== 'BENEFICIARY_ACTIVE') return
  for (const rival of rivals) {
    if (rival.id === id || !['TOWN_REVIEW', 'COUNTY_CONFIRM', 'CITY_APPROVE'].includes(rival.state)) continue
    await move(tx, access, [rival.id], { event: 'RETURN', ...when, told: { items: ['OTHER_APPLICANT'] } })
  }
}

async function giveBack(
  tx: Transaction,
  office: Office,
  access: Access,
  { id }: ApplicationRecord,
  { items, reason }: Extract<TierReview, { decision: 'RETURN' }>,
): Promise<void> {
  const told = { items, reasonCipher: sealed(office, access, id, reason) }
  await move(tx, access, [id], { event: 'RETURN', ...today(office), told, marks: { missing: items } })
}

async function refuse(
  tx: Transaction,
  office: Office,
  access: Access,
  application: ApplicationRecord,
  step: Tier,
  reason: string,
): Promise<void> {
  const { id } = application
  const when = today(office)
  const { judgement, terms } = await look(tx, office, access, application)
  await keepDecisions(tx, office, access, [{ id, judgement }], { step, event: 'REJECT', ...when })
  const marks = {
    ...{ rejectedBy: access.actorId, decidedOn: when.on },
    appealUntil: addDays(when.on, terms.terms.appealDays),
  }
  const told = { reasonCipher: sealed(office, access, id, reason) }
  await move(tx, access, [id], { event: 'REJECT', ...when, told, marks })
}

/** 复核: by somebody without a hand in the case; a reversal stands for the step that refused, and what follows it still comes. */
export async function reconsider(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  { result, reply }: Reconsideration,
  isCity: boolean,
): Promise<Application> {
  const when = today(office)
  return await done(office, access, id, { version, states: ['RECONSIDERATION'] }, async (tx, application) => {
    const { rejectedAt } = application
    if ((rejectedAt === 'CITY_APPROVE') !== isCity) throw new Refused('application-state')
    if (!mayDecide(access.actorId, 'RECONSIDERATION', application)) throw new Refused('maker-is-checker')
    const { judgement } = await look(tx, office, access, application)
    if (result === 'REVERSE' && !judgement.isMet) throw new Refused('rule-not-met')
    await keepDecisions(tx, office, access, [{ id, judgement }], {
      step: 'RECONSIDERATION',
      event: result,
      ...when,
    })
    const settled = result === 'REVERSE' ? 'REVERSED' : 'UPHELD'
    const replyCipher = () => sealed(office, access, id, reply)!
    await settleAppeal(tx, access, id, { result: settled, replyCipher, on: when.on })
    const hand = result === 'REVERSE' ? markOf(rejectedAt, access.actorId) : {}
    const marks = {
      ...hand,
      reconsideredBy: access.actorId,
      ...(result === 'UPHOLD' && { decidedOn: when.on }),
    }
    await move(tx, access, [id], { event: result, ...when, told: { reasonCipher: replyCipher() }, marks })
    if (result === 'REVERSE') await returnRivals(tx, access, application, when)
  })
}
