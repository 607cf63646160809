import type { CareChange } from '@youyu/shared/contraception/care-preview'
import type { NewEncounter } from '@youyu/shared/contraception/encounters'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { sending } from '../../../database/statements.ts'
import { Refused } from '../../../refused.ts'
import type { ClientFacts } from '../clients/index.ts'
import { startOf } from '../eligibility/index.ts'
import {
  beginMethod,
  episodeInUse,
  findMethod,
  lockEpisode,
  settledChanges,
  settleMethods,
  updateStatedEnd,
  type KnownMethod,
  type StandingEpisode,
} from '../episodes/index.ts'

export type MethodRead = { known: KnownMethod | null; ending: StandingEpisode | null }

/** What must be known of a method before it is begun or ended. */
export async function methodReadings(
  tx: Transaction,
  access: Access,
  { episode: part, clientId, occurredOn }: NewEncounter,
): Promise<MethodRead> {
  if (!part) return { known: null, ending: null }
  if (part.do === 'START')
    return {
      known: await findMethod(tx, access, {
        ...{ clientId, method: part.method },
        deviceType: part.deviceType ?? null,
      }),
      ending: null,
    }
  const on = part.endedOn ?? occurredOn
  if (on > occurredOn) throw Refused.field('/episode/endedOn', 'invalid-date')
  const id = part.episodeId ?? (await episodeInUse(tx, access, clientId, { on, method: part.method }))
  const ending = id ? await lockEpisode(tx, access, id) : undefined
  if (!ending || ending.voidedAt || ending.clientId !== clientId)
    throw Refused.field('/episode/episodeId', part.episodeId ? 'not-found' : 'no-method-in-use')
  if (ending.statedEndOn) throw new Refused('no-method-in-use')
  if (on < ending.startedOn) throw Refused.field('/episode/endedOn', 'invalid-date')
  return { known: null, ending }
}

type Grounds = { client: ClientFacts; choice: { id: Id; on: CivilDate } | null }

/** Sends what the visit does about a method in use; a start ends the one before it. */
export function episodeStep(
  tx: Transaction,
  access: Access,
  { episode: part, occurredOn }: NewEncounter,
  { known, ending }: MethodRead,
  { client, choice }: Grounds,
  at: Date,
): { id: Id; kept: Promise<{ changes: CareChange[]; findings: string[] }> } | null {
  if (!part) return null
  if (part.do === 'END') {
    const { id } = ending as StandingEpisode
    const end = { endedOn: part.endedOn ?? occurredOn, endReason: part.endReason }
    const kept = Promise.all([updateStatedEnd(tx, access, id, end), settleMethods(tx, access, client.id, [])])
    return {
      id,
      kept: sending(kept.then(([, changes]) => ({ changes: settledChanges(changes), findings: [] }))),
    }
  }
  const { do: _, ...said } = part
  const startedOn = said.startedOn ?? occurredOn
  const { id, kept, findings } = beginMethod(
    tx,
    access,
    client,
    {
      ...{ method: said.method, startedOn, startContext: said.startContext, ownSource: said.ownSource },
      ...{ deviceType: said.deviceType ?? null, lotId: said.lotId ?? null, isDual: said.isDual },
      ...{ expectedEndOn: said.expectedEndOn ?? null, endedOn: said.endedOn ?? null },
      endReason: said.endReason ?? null,
      known: known as KnownMethod,
      choice: choice && choice.on <= startedOn ? choice : null,
      procedureId: null,
      replaces: null,
    },
    at,
    '/episode',
  )
  const whole = Promise.all([
    settleMethods(tx, access, client.id, [id]),
    startOf(tx, access, { clientId: client.id, method: said.method, on: startedOn }),
    kept,
  ])
  const told = { entity: 'episode' as const, id, field: 'method', before: null, after: said.method }
  return {
    id,
    kept: sending(
      whole.then(([changes, start]) => {
        if (start.state === 'STOPPED') throw new Refused('method-stopped')
        return { changes: [told, ...settledChanges(changes)], findings }
      }),
    ),
  }
}
