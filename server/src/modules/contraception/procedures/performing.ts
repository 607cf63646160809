import type { CareChange } from '@youyu/shared/contraception/care-preview'
import type {
  Indication,
  OwnSource,
  ProcedureType,
  RemovalResult,
  StartContext,
} from '@youyu/shared/contraception/care-value-sets'
import type { EpisodeMethod } from '@youyu/shared/contraception/episodes'
import type { MethodCode } from '@youyu/shared/contraception/methods'
import type { FormValues } from '@youyu/shared/contraception/procedure-form'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { sending } from '../../../database/statements.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import type { ClientFacts } from '../clients/index.ts'
import { startOf } from '../eligibility/index.ts'
import {
  beginMethod,
  endByProcedure,
  settledChanges,
  settleMethods,
  sourceOf,
  type KnownChoice,
  type KnownMethod,
} from '../episodes/index.ts'
import { tally, type Counted } from '../statistics/index.ts'
import type { LicenceCheck } from './licences/index.ts'
import { insertProcedure, updateProcedure } from './queries.ts'
import {
  endReasonOf,
  isRemoval,
  methodsBegunBy,
  methodsEndedBy,
  needsChoice,
  performanceFaults,
  sexFaults,
} from './rules.ts'

/** The operation as it is told: the contract's fields with nothing left open. */
export type Performance = {
  type: ProcedureType
  indication: Indication
  requestedOn: CivilDate
  performedOn: CivilDate
  operatorId: Id
  payment: string
  screenId: Id | null
  method: EpisodeMethod | null
  deviceType: string | null
  lotId: Id | null
  startContext: StartContext | null
  ownSource: OwnSource | null
  iudTiming: string | null
  cavityDepthMillimetres: number | null
  bloodLossMillilitres: number | null
  gestationDays: number | null
  isSmooth: boolean
  removalResult: RemovalResult | null
  outreachId: Id | null
  form: { version: string; values: FormValues } | null
}

/** What was read beforehand, or is kept in the same transaction. */
export type Grounds = {
  client: ClientFacts
  licences: LicenceCheck
  known: KnownMethod
  choice: KnownChoice | null
  consent: {
    id: Id
    on: CivilDate
    kind: string
    procedureType: string | null
    withdrawnOn: CivilDate | null
  } | null
  /** Asked for before, and locked. */
  asked: { id: Id; scheduledOn: CivilDate | null } | null
  replaces: Id | null
  pointer: string
  /** Of a visit, which counts for all its parts. */
  counted?: Counted[]
}

/** By its own device where it is told, else the only method that the procedure can begin. */
export function methodOf(
  type: ProcedureType,
  said: EpisodeMethod | undefined,
  known: KnownMethod | null,
): EpisodeMethod | null {
  const begun = methodsBegunBy(type)
  const method: MethodCode | null =
    said ?? known?.deviceMethod ?? (begun.length === 1 ? (begun[0] as MethodCode) : null)
  return begun.length === 0 ? null : (method as EpisodeMethod | null)
}

/** Article 20 of the law and E12: her choice and consent stand before it; facility and operator are licensed for it. */
function refuseUnfounded(
  done: Performance,
  { client, licences, choice, consent, pointer }: Grounds,
  today: CivilDate,
): void {
  const faults = [...sexFaults(done.type, client, pointer), ...performanceFaults(done, today, pointer)]
  if (needsChoice(done.type) && !isChosen(done, choice))
    faults.push({ pointer: `${pointer}/choiceId`, code: 'choice-required' })
  if (!isConsented(done, consent))
    faults.push({ pointer: `${pointer}/consentId`, code: 'procedure-consent-missing' })
  if (licences.operatorName === null) faults.push({ pointer: `${pointer}/operatorId`, code: 'not-found' })
  // A removal is never blocked: a missing licence is told as a finding.
  else if (!isRemoval(done.type) && !licences.isOperatorLicensed)
    faults.push({ pointer: `${pointer}/operatorId`, code: 'operator-not-licensed' })
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
  if (!isRemoval(done.type) && !licences.isFacilityLicensed) throw new Refused('facility-not-licensed')
}

/** Accepted before it, and for what the procedure does, not for another. */
function isChosen({ type, performedOn }: Performance, choice: Grounds['choice']): boolean {
  if (choice?.decision !== 'ACCEPT' || (choice.decidedOn ?? choice.on) > performedOn) return false
  return methodsBegunBy(type).some((method) => method === choice.chosenMethod)
}

function isConsented({ type, performedOn }: Performance, consent: Grounds['consent']): boolean {
  if (!consent || consent.kind !== 'PROCEDURE' || consent.on > performedOn) return false
  if (consent.procedureType !== null && consent.procedureType !== type) return false
  return consent.withdrawnOn === null || consent.withdrawnOn > performedOn
}

export type Performing = {
  id: Id
  episodeId: Id | null
  kept: Promise<{ changes: CareChange[]; findings: string[] }>
}

/**
 * Keeps a performed procedure and the method that it begins or takes out; all statements leave together, nothing is awaited
 * before. What its row rests on (choice, consent) must have been sent before.
 */
export function performIn(
  tx: Transaction,
  office: Office,
  access: Access,
  done: Performance,
  grounds: Grounds,
  at: Date,
): Performing {
  refuseUnfounded(done, grounds, todayOf(at))
  const { client, choice, consent, asked, licences } = grounds
  const id = asked?.id ?? newId(at.getTime())
  const isUnlicensed = !licences.isOperatorLicensed || !licences.isFacilityLicensed
  const findings = isUnlicensed ? ['UNLICENSED'] : []
  const { method, startContext, ownSource, form, requestedOn, indication, type, ...columns } = done
  const performed = {
    ...columns,
    status: 'PERFORMED',
    choiceId: choice?.id ?? null,
    choiceOn: choice?.on ?? null,
    consentId: consent?.id ?? null,
    consentOn: consent?.on ?? null,
    formVersion: form?.version ?? null,
    formCipher: form
      ? office.ciphers.clinical.encipher(JSON.stringify(form.values), { county: access.county, id })
      : null,
    findings,
    updatedAt: at,
  }
  const kept = sending(
    asked
      ? updateProcedure(tx, access, id, performed)
      : insertProcedure(tx, {
          ...performed,
          countyCode: access.county,
          id,
          clientId: client.id,
          facilityId: access.facility as Id,
          divisionCode: client.residenceDivision,
          ...{ type, indication, requestedOn },
          scheduledOn: done.performedOn,
          version: 1,
          recordedAt: at,
          recordedBy: access.actorId,
          source: sourceOf(access),
          replaces: grounds.replaces,
        }),
  )
  const methods = methodsEndedBy(type, done.removalResult)
  const removed =
    methods.length === 0
      ? null
      : sending(
          endByProcedure(tx, access, client.id, {
            ...{ methods, on: done.performedOn, procedureId: id },
            reason: endReasonOf(indication, done.removalResult),
          }),
        )
  const begun =
    method === null
      ? null
      : beginMethod(
          tx,
          access,
          client,
          {
            ...{ method, known: grounds.known, choice, procedureId: id, replaces: null },
            ...{ deviceType: done.deviceType, lotId: done.lotId, startedOn: done.performedOn },
            startContext: startContext ?? 'INTERVAL',
            ownSource: ownSource ?? (done.payment === 'FREE_PROGRAMME' ? 'FREE' : 'UNKNOWN'),
            ...{ expectedEndOn: null, endedOn: null, endReason: null, isDual: false },
          },
          at,
          grounds.pointer,
        )
  const settled =
    begun || removed ? settleMethods(tx, access, client.id, begun ? [begun.id] : []) : Promise.resolve([])
  const start =
    method === null
      ? null
      : sending(
          startOf(tx, access, { clientId: client.id, method, on: done.performedOn, screenId: done.screenId }),
        )
  const counted: Counted = {
    ...{ on: done.performedOn, facilityId: access.facility as Id, divisionCode: client.residenceDivision },
    ...{ measure: 'procedure', item: type },
  }
  const counting = grounds.counted
    ? void grounds.counted.push(counted)
    : sending(tally(tx, access.county, [counted]))
  const whole = sending(Promise.all([settled, removed, start, kept, begun?.kept, counting]))
  return {
    id,
    episodeId: begun?.id ?? null,
    kept: whole.then(([changes, removal, screened]) => {
      if (screened?.state === 'STOPPED') throw new Refused('method-stopped')
      const isUnknown = removal !== null && !removal.isKnown && type !== 'P03'
      return {
        changes: [
          {
            entity: 'procedure',
            id,
            field: 'status',
            before: asked ? 'REQUESTED' : null,
            after: 'PERFORMED',
          },
          ...(begun
            ? [{ entity: 'episode' as const, id: begun.id, field: 'method', before: null, after: method }]
            : []),
          ...settledChanges(changes),
        ],
        findings: [...findings, ...(begun?.findings ?? []), ...(isUnknown ? ['V6'] : [])],
      }
    }),
  }
}
