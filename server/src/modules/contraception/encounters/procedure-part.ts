import type { CareChange } from '@youyu/shared/contraception/care-preview'
import type { ConsentKind, ProcedureType } from '@youyu/shared/contraception/care-value-sets'
import type { NewEncounter } from '@youyu/shared/contraception/encounters'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import type { ClientFacts } from '../clients/index.ts'
import { findChoice, findMethod, type KnownChoice, type KnownMethod } from '../episodes/index.ts'
import type { Counted } from '../statistics/index.ts'
import {
  askFor,
  changeStanding,
  checkLicences,
  findConsentGiven,
  methodOf,
  performanceOf,
  performIn,
  refuseSecondRequest,
  standing,
  type StandingProcedure,
} from '../procedures/index.ts'

export type ProcedureRead = {
  asked: StandingProcedure | null
  licences: Awaited<ReturnType<typeof checkLicences>> | null
  known: KnownMethod | null
  choice: KnownChoice | null
  consent: Awaited<ReturnType<typeof findConsentGiven>> | null
}

/** What must be known of a procedure before anything is written. */
export async function procedureReadings(
  tx: Transaction,
  access: Access,
  { procedure: part, clientId, occurredOn: on }: NewEncounter,
): Promise<ProcedureRead> {
  const none = { asked: null, licences: null, known: null, choice: null, consent: null }
  if (!part) return none
  const asked = 'id' in part && part.id ? await standing(tx, access, part.id) : null
  if (asked && asked.clientId !== clientId) throw Refused.field('/procedure/id', 'not-found')
  if (part.do === 'REQUEST') {
    const [choice] = await Promise.all([
      part.choiceId ? findChoice(tx, access, clientId, part.choiceId) : null,
      refuseSecondRequest(tx, access, { clientId, type: part.type }, '/procedure'),
    ])
    if (choice === undefined) throw Refused.field('/procedure/choiceId', 'not-found')
    return { ...none, choice }
  }
  if (part.do !== 'PERFORM') return { ...none, asked }
  const type = (asked?.type ?? part.type) as ProcedureType
  const choiceId = part.choiceId ?? asked?.choiceId
  const consentId = part.consentId ?? asked?.consentId
  const [licences, known, choice, consent] = await Promise.all([
    checkLicences(tx, access, { operatorId: part.operatorId, type, on }),
    findMethod(tx, access, {
      ...{ clientId, method: part.method ?? null },
      deviceType: part.deviceType ?? null,
    }),
    choiceId ? findChoice(tx, access, clientId, choiceId) : null,
    consentId ? findConsentGiven(tx, access, clientId, consentId) : null,
  ])
  return { asked, licences, known, choice: choice ?? null, consent: consent ?? null }
}

type Grounds = {
  client: ClientFacts
  counted: Counted[]
  /** Made in the same visit. */
  choice: KnownChoice | null
  screenId: Id | null
  consented: { id: Id; on: CivilDate; kind: ConsentKind; procedureType?: ProcedureType | undefined } | null
}
type Kept = { changes: CareChange[]; findings: string[] }

/** Sends what the visit does about a procedure; it rests on what the visit itself made before anything older. */
export function procedureStep(
  tx: Transaction,
  office: Office,
  access: Access,
  { procedure: part, occurredOn }: NewEncounter,
  read: ProcedureRead,
  { client, counted, choice, screenId, consented }: Grounds,
  at: Date,
): { id: Id; episodeId: Id | null; kept: Promise<Kept> } | null {
  if (!part) return null
  const pointer = '/procedure'
  if (part.do === 'REQUEST') {
    const { do: _, choiceId: _choice, ...asked } = part
    const request = { ...asked, requestedOn: occurredOn, choice: choice ?? read.choice }
    const { id, kept } = askFor(
      tx,
      access,
      client,
      { ...request, screenId: request.screenId ?? screenId },
      at,
      pointer,
    )
    const change = { entity: 'procedure' as const, id, field: 'status', before: null, after: 'REQUESTED' }
    return { id, episodeId: null, kept: kept.then(() => ({ changes: [change], findings: [] })) }
  }
  if (part.do !== 'PERFORM') {
    const asked = read.asked as StandingProcedure
    const to = part.do === 'DEFER' ? 'DEFERRED' : 'CANCELLED'
    const kept = changeStanding(tx, access, asked, { to, on: occurredOn, reason: part.reason }, at)
    const change = {
      entity: 'procedure' as const,
      id: asked.id,
      field: 'status',
      before: asked.status,
      after: to,
    }
    return { id: asked.id, episodeId: null, kept: kept.then(() => ({ changes: [change], findings: [] })) }
  }
  const { do: _do, id: _id, type, indication, ...step } = part
  const told = performanceOf(
    read.asked ?? { type: type as ProcedureType, indication, requestedOn: occurredOn, screenId: null },
    { ...step, performedOn: occurredOn },
  )
  const consent = consented
    ? { ...consented, procedureType: consented.procedureType ?? null, withdrawnOn: null }
    : (read.consent ?? null)
  return performIn(
    tx,
    office,
    access,
    {
      ...told,
      screenId: told.screenId ?? screenId,
      method: methodOf(told.type, part.method, read.known),
    },
    {
      client,
      licences: read.licences as NonNullable<ProcedureRead['licences']>,
      known: read.known as KnownMethod,
      choice: choice ?? read.choice,
      consent,
      asked: read.asked,
      replaces: null,
      ...{ pointer, counted },
    },
    at,
  )
}
