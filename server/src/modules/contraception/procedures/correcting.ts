import type { CarePreview } from '@youyu/shared/contraception/care-preview'
import type { IudTiming, Payment, RemovalResult } from '@youyu/shared/contraception/care-value-sets'
import type { EpisodeMethod } from '@youyu/shared/contraception/episodes'
import type { FormValues } from '@youyu/shared/contraception/procedure-form'
import type { ProcedureCorrection } from '@youyu/shared/contraception/procedures'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed, clientOf } from '../clients/index.ts'
import {
  episodeBegunBy,
  findChoice,
  findMethod,
  lockEpisode,
  reopenAfter,
  settledChanges,
  settleMethods,
  voidMethod,
} from '../episodes/index.ts'
import { planFollowUp } from '../follow-up/index.ts'
import { tally } from '../statistics/index.ts'
import { checkLicences } from './licences/index.ts'
import { methodOf, performIn } from './performing.ts'
import { findConsentGiven, updateProcedure, type StandingProcedure } from './queries.ts'
import { performanceOf, standing } from './steps.ts'

type Done = { id: Id } & CarePreview

/** Voids the row and undoes what it began, took out and counted; the client's methods are still to be settled. */
async function undo(
  tx: Transaction,
  access: Access,
  procedure: StandingProcedure,
  { reason, at }: { reason: string; at: Date },
): Promise<EpisodeMethod | null> {
  const { id, performedOn, divisionCode, type } = procedure
  const begunId = await episodeBegunBy(tx, access, id)
  const begun = begunId ? await lockEpisode(tx, access, begunId) : undefined
  const counted = { facilityId: access.facility as Id, divisionCode, measure: 'procedure', item: type }
  await Promise.all([
    updateProcedure(tx, access, id, {
      ...{ voidedAt: at, voidedBy: access.actorId, voidReason: reason, updatedAt: at },
    }),
    begun && voidMethod(tx, access, begun, { reason, at }),
    reopenAfter(tx, access, id),
    performedOn && tally(tx, access.county, [{ ...counted, on: performedOn, number: -1 }]),
  ])
  return (begun?.method as EpisodeMethod | undefined) ?? null
}

export async function voidProcedureIn(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
  { reason }: { reason: string },
  at: Date,
): Promise<Done> {
  const procedure = await standing(tx, access, id)
  const { clientId } = procedure
  await undo(tx, access, procedure, { reason, at })
  const [settled] = await Promise.all([
    settleMethods(tx, access, clientId, []),
    record(tx, access, careDeed(office, clientId, 'correct', 'procedure', { fields: ['void'] }), at),
    planFollowUp(tx, access, { clientIds: [clientId] }, at),
  ])
  const told = { entity: 'procedure' as const, id, field: 'status', before: procedure.status, after: null }
  return { id, changes: [told, ...settledChanges(settled)], findings: [] }
}

/** What was performed was told wrongly: the row is voided and its replacement appended, its method with it. */
export async function correctProcedureIn(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
  { set, reason }: ProcedureCorrection,
  at: Date,
): Promise<Done> {
  const before = await standing(tx, access, id)
  if (before.status !== 'PERFORMED') throw new Refused('procedure-state')
  const { clientId } = before
  const begun = await undo(tx, access, before, { reason, at })
  const told = performanceOf(
    {
      ...before,
      indication: set.indication ?? before.indication,
      requestedOn: set.requestedOn ?? before.requestedOn,
    },
    { ...toldBefore(office, access, before), ...given(set) },
  )
  const said = set.method ?? (set.deviceType === undefined ? (begun ?? undefined) : undefined)
  const choiceId = set.choiceId ?? before.choiceId
  const consentId = set.consentId ?? before.consentId
  const [client, licences, known, choice, consent] = await Promise.all([
    clientOf(tx, access, clientId),
    checkLicences(tx, access, { operatorId: told.operatorId, type: told.type, on: told.performedOn }),
    findMethod(tx, access, { clientId, method: said ?? null, deviceType: told.deviceType }),
    choiceId ? findChoice(tx, access, clientId, choiceId) : undefined,
    consentId ? findConsentGiven(tx, access, clientId, consentId) : undefined,
  ])
  const grounds = {
    ...{ client, licences, known },
    ...{ choice: choice ?? null, consent: consent ?? null },
    ...{ asked: null, replaces: id, pointer: '/set' },
  }
  const method = methodOf(told.type, said, known)
  const performing = performIn(tx, office, access, { ...told, method }, grounds, at)
  const [done] = await Promise.all([
    performing.kept,
    record(tx, access, careDeed(office, clientId, 'correct', 'procedure', { fields: Object.keys(set) }), at),
    planFollowUp(tx, access, { clientIds: [clientId] }, at),
  ])
  return { id: performing.id, ...done }
}

type Given<Fields> = { [Field in keyof Fields]?: Exclude<Fields[Field], undefined> }

function given<Fields extends object>(fields: Fields): Given<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Given<Fields>
}

function toldBefore(office: Office, access: Access, before: StandingProcedure) {
  const cell = { county: access.county, id: before.id }
  const form =
    before.formCipher && before.formVersion
      ? {
          version: before.formVersion,
          values: JSON.parse(office.ciphers.clinical.decipher(before.formCipher, cell)) as FormValues,
        }
      : null
  return {
    performedOn: before.performedOn as string,
    operatorId: before.operatorId as Id,
    payment: (before.payment ?? 'FREE_PROGRAMME') as Payment,
    screenId: before.screenId,
    deviceType: before.deviceType,
    lotId: before.lotId,
    iudTiming: before.iudTiming as IudTiming | null,
    cavityDepthMillimetres: before.cavityDepthMillimetres,
    bloodLossMillilitres: before.bloodLossMillilitres,
    gestationDays: before.gestationDays,
    isSmooth: before.isSmooth ?? true,
    removalResult: before.removalResult as RemovalResult | null,
    outreachId: before.outreachId,
    form,
  }
}
