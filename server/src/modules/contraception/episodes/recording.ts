import { addMonths } from '@youyu/shared/calendar'
import type { CareChange } from '@youyu/shared/contraception/care-preview'
import type { EndReason, OwnSource, StartContext } from '@youyu/shared/contraception/care-value-sets'
import type { MethodCode } from '@youyu/shared/contraception/methods'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { sending } from '../../../database/statements.ts'
import { todayOf } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import type { ClientFacts } from '../clients/index.ts'
import { countMethods } from '../statistics/index.ts'
import {
  insertEpisode,
  settleMethods,
  updateVoided,
  type KnownChoice,
  type KnownMethod,
  type Settled,
  type StandingEpisode,
} from './queries.ts'
import { episodeFaults, isInUnion, startFindings } from './rules.ts'

/** A method as it was begun, with what was read beforehand. */
export type BegunMethod = {
  method: MethodCode
  deviceType: string | null
  lotId: Id | null
  startedOn: CivilDate
  startContext: StartContext
  ownSource: OwnSource
  expectedEndOn: CivilDate | null
  endedOn: CivilDate | null
  endReason: EndReason | null
  isDual: boolean
  known: KnownMethod
  choice: Pick<KnownChoice, 'id' | 'on'> | null
  procedureId: Id | null
  replaces: Id | null
}

export function sourceOf(access: Access): string {
  return access.actorKind === 'client' ? 'API' : 'MANUAL'
}

/**
 * Keeps an episode of a known client; nothing is read. Where she has others it stands at its first day, ended, until
 * `settleMethods` fits it among them; that must follow in the same transaction, and counts it.
 */
export function beginMethod(
  tx: Transaction,
  access: Access,
  client: ClientFacts,
  begun: BegunMethod,
  at: Date,
  pointer = '',
): { id: Id; kept: Promise<void>; findings: string[] } {
  const faults = episodeFaults(begun, client, todayOf(at), pointer)
  if (begun.deviceType && begun.known.deviceMethod !== begun.method)
    faults.push({ pointer: `${pointer}/deviceType`, code: 'invalid-code-value' })
  if (begun.choice && begun.choice.on > begun.startedOn)
    faults.push({ pointer: `${pointer}/choiceId`, code: 'choice-required' })
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
  const id = newId(at.getTime())
  const { known, choice, ...said } = begun
  const findings = startFindings(said.method, choice !== null)
  const months = known.validityMonths
  const kept = sending(
    insertEpisode(tx, {
      countyCode: access.county,
      id,
      clientId: client.id,
      facilityId: access.facility as Id,
      divisionCode: client.residenceDivision,
      birthYear: Number(client.birthDate.slice(0, 4)),
      inUnion: isInUnion(client.maritalStatus),
      method: said.method,
      deviceType: said.deviceType,
      lotId: said.lotId,
      startedOn: said.startedOn,
      startContext: said.startContext,
      ownSource: said.ownSource,
      expectedEndOn: said.expectedEndOn ?? (months === null ? null : addMonths(said.startedOn, months)),
      statedEndOn: said.endedOn,
      statedEndReason: said.endReason,
      endedOn: known.usesOther ? said.startedOn : said.endedOn,
      endReason: known.usesOther ? 'UNKNOWN' : said.endReason,
      choiceId: choice?.id ?? null,
      choiceOn: choice?.on ?? null,
      procedureId: said.procedureId,
      isDual: said.isDual,
      findings,
      recordedAt: at,
      recordedBy: access.actorId,
      source: sourceOf(access),
      replaces: said.replaces,
    }),
  )
  return { id, kept, findings }
}

/** Voids an episode and takes back what was counted of it; `settleMethods` must follow. */
export async function voidMethod(
  tx: Transaction,
  access: Access,
  episode: StandingEpisode,
  { reason, at }: { reason: string; at: Date },
): Promise<void> {
  const { id, divisionCode, method, birthYear, inUnion, startedOn, endedOn, isDual } = episode
  const who = { divisionCode, method, birthYear, inUnion }
  const counted = [
    { ...who, on: startedOn, started: -1, ended: 0 },
    ...(endedOn ? [{ ...who, on: endedOn, started: 0, ended: -1 }] : []),
  ]
  await Promise.all([
    updateVoided(tx, access, id, { reason, at }),
    isDual ? undefined : countMethods(tx, access.county, counted),
  ])
}

/** What fitting has changed, as it is told; of another facility's records only that one was changed. */
export function settledChanges(settled: readonly Settled[]): CareChange[] {
  return settled.map(({ id, before, after }) => ({ entity: 'episode', id, field: 'endedOn', before, after }))
}

export async function settle(
  tx: Transaction,
  access: Access,
  clientId: Id,
  fresh: readonly Id[] = [],
): Promise<CareChange[]> {
  return settledChanges(await settleMethods(tx, access, clientId, fresh))
}
