import type { CarePreview } from '@youyu/shared/contraception/care-preview'
import type { Indication, ProcedureStatus, ProcedureType } from '@youyu/shared/contraception/care-value-sets'
import type { ProcedureStep } from '@youyu/shared/contraception/procedures'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { sending } from '../../../database/statements.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed, clientOf, keepClient } from '../clients/index.ts'
import { findChoice, findMethod } from '../episodes/index.ts'
import { planFollowUp } from '../follow-up/index.ts'
import { checkLicences } from './licences/index.ts'
import { methodOf, performIn, type Performance } from './performing.ts'
import { findConsentGiven, lockProcedure, updateProcedure, type StandingProcedure } from './queries.ts'
import { dayFor } from './requesting.ts'
import { isOpenFrom } from './rules.ts'

type Done = { id: Id } & CarePreview
type Performed = Extract<ProcedureStep, { to: 'PERFORMED' }>

/** The procedure as the facility keeps it, standing. */
export async function standing(tx: Transaction, access: Access, id: Id): Promise<StandingProcedure> {
  const procedure = await lockProcedure(tx, access, id)
  if (!procedure) throw new Refused('not-found')
  if (procedure.voidedAt) throw new Refused('procedure-state')
  return procedure
}

export async function stepIn(
  tx: Transaction,
  office: Office,
  access: Access,
  { id, step, version }: { id: Id; step: ProcedureStep; version: number },
  at: Date,
): Promise<Done> {
  const procedure = await standing(tx, access, id)
  assertVersion(version, procedure.version)
  const status = procedure.status as ProcedureStatus
  if (!isOpenFrom(status, step.to)) throw new Refused('procedure-state')
  if ('on' in step && (step.on > todayOf(at) || step.on < procedure.requestedOn))
    throw Refused.field('/on', 'invalid-date')
  if (step.to === 'PERFORMED') return await performStep(tx, office, access, procedure, step, at)
  const set = await changesOf(tx, access, procedure, step)
  await Promise.all([
    updateProcedure(tx, access, id, { ...set, updatedAt: at }),
    record(
      tx,
      access,
      careDeed(office, procedure.clientId, 'change', 'procedure', { fields: [step.to] }),
      at,
    ),
  ])
  const after = set.status ?? status
  const told =
    after === status
      ? { field: 'scheduledOn', before: procedure.scheduledOn, after: set.scheduledOn ?? null }
      : { field: 'status', before: status, after }
  return { id, changes: [{ entity: 'procedure', id, ...told }], findings: [] }
}

type Changes = Parameters<typeof updateProcedure>[3]

async function changesOf(
  tx: Transaction,
  access: Access,
  procedure: StandingProcedure,
  step: Exclude<ProcedureStep, Performed>,
): Promise<Changes> {
  switch (step.to) {
    case 'SCREENED':
      return { status: 'SCREENED', screenedOn: step.on, screenId: step.screenId }
    case 'CONSENTED':
      return { status: 'CONSENTED', consentedOn: step.on, ...(await groundsOf(tx, access, procedure, step)) }
    case 'SCHEDULED':
      return {
        scheduledOn: dayFor({
          type: procedure.type as ProcedureType,
          requestedOn: procedure.requestedOn,
          scheduledOn: step.scheduledOn,
        }),
      }
    case 'DEFERRED':
      return { status: 'DEFERRED', deferredOn: step.on, deferralReason: step.reason }
    case 'RESUMED':
      return { status: 'REQUESTED', ...(step.scheduledOn && { scheduledOn: step.scheduledOn }) }
    case 'CANCELLED':
      return { status: 'CANCELLED', cancelledOn: step.on, cancelReason: step.reason ?? null }
  }
}

/** Defers or cancels a locked procedure as a part of a visit, which records it. */
export function changeStanding(
  tx: Transaction,
  access: Access,
  { id, status }: StandingProcedure,
  { to, on, reason }: { to: 'DEFERRED' | 'CANCELLED'; on: CivilDate; reason: string | undefined },
  at: Date,
): Promise<void> {
  if (!isOpenFrom(status as ProcedureStatus, to)) throw new Refused('procedure-state')
  const set =
    to === 'DEFERRED'
      ? { deferredOn: on, deferralReason: reason ?? '' }
      : { cancelledOn: on, cancelReason: reason ?? null }
  return sending(updateProcedure(tx, access, id, { status: to, ...set, updatedAt: at }))
}

async function groundsOf(
  tx: Transaction,
  access: Access,
  { clientId, type }: StandingProcedure,
  { consentId, choiceId, on }: Extract<ProcedureStep, { to: 'CONSENTED' }>,
): Promise<Changes> {
  const [consent, choice] = await Promise.all([
    findConsentGiven(tx, access, clientId, consentId),
    choiceId ? findChoice(tx, access, clientId, choiceId) : null,
  ])
  const isOfType = consent?.procedureType === null || consent?.procedureType === type
  if (!consent || consent.kind !== 'PROCEDURE' || consent.withdrawnOn || consent.on > on || !isOfType)
    throw Refused.field('/consentId', 'procedure-consent-missing')
  if (choice === undefined) throw Refused.field('/choiceId', 'not-found')
  return {
    ...{ consentId, consentOn: consent.on },
    ...(choice && { choiceId: choice.id, choiceOn: choice.on }),
  }
}

/** What the step tells, and what was told of it before. */
export function performanceOf(
  procedure: Pick<StandingProcedure, 'type' | 'indication' | 'requestedOn' | 'screenId'>,
  step: Omit<Performed, 'to'>,
): Omit<Performance, 'method'> {
  return {
    type: procedure.type as ProcedureType,
    indication: procedure.indication as Indication,
    requestedOn: procedure.requestedOn,
    performedOn: step.performedOn,
    operatorId: step.operatorId,
    payment: step.payment,
    screenId: step.screenId ?? procedure.screenId,
    deviceType: step.deviceType ?? null,
    lotId: step.lotId ?? null,
    startContext: step.startContext ?? null,
    ownSource: step.ownSource ?? null,
    iudTiming: step.iudTiming ?? null,
    cavityDepthMillimetres: step.cavityDepthMillimetres ?? null,
    bloodLossMillilitres: step.bloodLossMillilitres ?? null,
    gestationDays: step.gestationDays ?? null,
    isSmooth: step.isSmooth,
    removalResult: step.removalResult ?? null,
    outreachId: step.outreachId ?? null,
    form: step.form ?? null,
  }
}

async function performStep(
  tx: Transaction,
  office: Office,
  access: Access,
  procedure: StandingProcedure,
  step: Performed,
  at: Date,
): Promise<Done> {
  const { id, clientId } = procedure
  const told = performanceOf(procedure, step)
  const choiceId = step.choiceId ?? procedure.choiceId
  const consentId = step.consentId ?? procedure.consentId
  const [client, licences, known, choice, consent] = await Promise.all([
    clientOf(tx, access, clientId),
    checkLicences(tx, access, { operatorId: told.operatorId, type: told.type, on: told.performedOn }),
    findMethod(tx, access, { clientId, method: step.method ?? null, deviceType: told.deviceType }),
    choiceId ? findChoice(tx, access, clientId, choiceId) : undefined,
    consentId ? findConsentGiven(tx, access, clientId, consentId) : undefined,
  ])
  const method = methodOf(told.type, step.method, known)
  const grounds = {
    ...{ client, licences, known },
    ...{ choice: choice ?? null, consent: consent ?? null },
    ...{ asked: procedure, replaces: null, pointer: '' },
  }
  const { kept } = performIn(tx, office, access, { ...told, method }, grounds, at)
  const [done] = await Promise.all([
    kept,
    keepClient(tx, access, { clientId, on: told.performedOn, encounters: 0 }),
    record(tx, access, careDeed(office, clientId, 'change', 'procedure', { fields: ['PERFORMED'] }), at),
    planFollowUp(tx, access, { clientIds: [clientId] }, at),
  ])
  return { id, ...done }
}
