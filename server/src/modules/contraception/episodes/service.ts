import type { CarePreview } from '@youyu/shared/contraception/care-preview'
import type {
  Episode,
  EpisodeCorrection,
  EpisodeEnd,
  listEpisodes,
  NewEpisode,
} from '@youyu/shared/contraception/episodes'
import { isLarcWho, isLongActingCn } from '@youyu/shared/contraception/methods'
import type { Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { rehearsal } from '../../../database/rehearsal.ts'
import { reading } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed, clientOf, keepClient } from '../clients/index.ts'
import { startOf } from '../eligibility/index.ts'
import { planFollowUp } from '../follow-up/index.ts'
import { careTransaction } from '../sealed-answers.ts'
import {
  findChoice,
  findEpisode,
  findMethod,
  lockEpisode,
  selectEpisodes,
  updateStatedEnd,
  type ReadEpisode,
  type StandingEpisode,
} from './queries.ts'
import { beginMethod, settle, voidMethod, type BegunMethod } from './recording.ts'

type Asked = z.output<(typeof listEpisodes)['schema']['querystring']>

export function shownEpisode({ clientName: _, recordedAt, voidedAt, ...episode }: ReadEpisode): Episode {
  return {
    ...episode,
    isLongActingCn: isLongActingCn(episode.method),
    isLarcWho: isLarcWho(episode.method),
    recordedAt: recordedAt.toISOString(),
    voidedAt: voidedAt?.toISOString() ?? null,
  }
}

export async function listAll(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<Episode & { clientName: string }>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) => selectEpisodes(tx, access, filter, after, limit + 1))
  const page = pageOf(
    rows,
    limit,
    (row) => ({ ...shownEpisode(row), clientName: row.clientName ?? '' }),
    (row) => [row.startedOn, row.id],
  )
  for (const clientId of new Set(page.items.map((episode) => episode.clientId)))
    office.views.note(access, careDeed(office, clientId, 'view', 'method-episode'))
  return page
}

export async function readEpisode(office: Office, access: Access, id: Id): Promise<Episode> {
  const episode = await reading(office.db, access, (tx) => findEpisode(tx, access, id))
  if (!episode) throw new Refused('not-found')
  office.views.note(access, careDeed(office, episode.clientId, 'view', 'method-episode'))
  return shownEpisode(episode)
}

/** What is done to a method in use: begun, ended, corrected, voided. */
export type EpisodeDeed =
  | { begin: NewEpisode }
  | { end: EpisodeEnd; id: Id }
  | { correct: EpisodeCorrection; id: Id }
  | { void: { reason: string }; id: Id }

type Done = { id: Id } & CarePreview

async function begin(
  tx: Transaction,
  office: Office,
  access: Access,
  { clientId, choiceId, ...body }: NewEpisode,
  at: Date,
  replaced: Pick<StandingEpisode, 'id' | 'procedureId'> | null = null,
): Promise<Done> {
  const [client, known, choice] = await Promise.all([
    clientOf(tx, access, clientId),
    findMethod(tx, access, { clientId, method: body.method, deviceType: body.deviceType ?? null }),
    choiceId ? findChoice(tx, access, clientId, choiceId) : null,
  ])
  if (choice === undefined) throw Refused.field('/choiceId', 'not-found')
  const begun: BegunMethod = {
    ...body,
    deviceType: body.deviceType ?? null,
    lotId: body.lotId ?? null,
    expectedEndOn: body.expectedEndOn ?? null,
    endedOn: body.endedOn ?? null,
    endReason: body.endReason ?? null,
    ...{ known, choice },
    procedureId: replaced?.procedureId ?? null,
    replaces: replaced?.id ?? null,
  }
  const { id, kept, findings } = beginMethod(tx, access, client, begun, at)
  const [changes, start] = await Promise.all([
    settle(tx, access, clientId, [id]),
    startOf(tx, access, { clientId, method: body.method, on: body.startedOn }),
    kept,
    planFollowUp(tx, access, { clientIds: [clientId] }, at),
    keepClient(tx, access, { clientId, on: body.startedOn, encounters: 0 }),
    record(
      tx,
      access,
      careDeed(office, clientId, replaced ? 'correct' : 'create', 'method-episode', { fields: ['started'] }),
      at,
    ),
  ])
  if (start.state === 'STOPPED') throw new Refused('method-stopped')
  const told = { entity: 'episode' as const, id, field: 'method', before: null, after: body.method }
  return { id, changes: [told, ...changes], findings }
}

/** The episode as the facility keeps it, standing. */
async function standing(tx: Transaction, access: Access, id: Id): Promise<StandingEpisode> {
  const episode = await lockEpisode(tx, access, id)
  if (!episode) throw new Refused('not-found')
  if (episode.voidedAt) throw new Refused('conflict')
  return episode
}

async function end(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
  body: EpisodeEnd,
  at: Date,
): Promise<Done> {
  const episode = await standing(tx, access, id)
  if (body.endedOn < episode.startedOn || body.endedOn > todayOf(at))
    throw Refused.field('/endedOn', 'invalid-date')
  if (episode.statedEndOn) throw new Refused('no-method-in-use')
  const [, changes] = await Promise.all([
    updateStatedEnd(tx, access, id, body),
    settle(tx, access, episode.clientId),
    planFollowUp(tx, access, { clientIds: [episode.clientId] }, at),
    keepClient(tx, access, { clientId: episode.clientId, on: body.endedOn, encounters: 0 }),
    record(
      tx,
      access,
      careDeed(office, episode.clientId, 'change', 'method-episode', { fields: ['ended'] }),
      at,
    ),
  ])
  return { id, changes, findings: [] }
}

async function correct(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
  { set, reason }: EpisodeCorrection,
  at: Date,
): Promise<Done> {
  const episode = await standing(tx, access, id)
  const corrected = {
    clientId: episode.clientId,
    method: episode.method as NewEpisode['method'],
    deviceType: episode.deviceType,
    lotId: episode.lotId,
    startedOn: episode.startedOn,
    startContext: episode.startContext as NewEpisode['startContext'],
    ownSource: episode.ownSource as NewEpisode['ownSource'],
    // From the device where neither says otherwise.
    expectedEndOn: set.method || set.deviceType || set.startedOn ? null : episode.expectedEndOn,
    endedOn: episode.statedEndOn,
    endReason: episode.statedEndReason as NewEpisode['endReason'],
    isDual: episode.isDual,
    choiceId: episode.choiceId,
    ...set,
  } as NewEpisode
  await voidMethod(tx, access, episode, { reason, at })
  return await begin(tx, office, access, corrected, at, episode)
}

async function takeBack(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
  { reason }: { reason: string },
  at: Date,
): Promise<Done> {
  const episode = await standing(tx, access, id)
  const [, changes] = await Promise.all([
    voidMethod(tx, access, episode, { reason, at }),
    settle(tx, access, episode.clientId),
    planFollowUp(tx, access, { clientIds: [episode.clientId] }, at),
    record(
      tx,
      access,
      careDeed(office, episode.clientId, 'correct', 'method-episode', { fields: ['void'] }),
      at,
    ),
  ])
  const told = { entity: 'episode' as const, id, field: 'method', before: episode.method, after: null }
  return { id, changes: [told, ...changes], findings: [] }
}

async function done(
  tx: Transaction,
  office: Office,
  access: Access,
  deed: EpisodeDeed,
  at: Date,
): Promise<Done> {
  if ('begin' in deed) return await begin(tx, office, access, deed.begin, at)
  if ('end' in deed) return await end(tx, office, access, deed.id, deed.end, at)
  if ('correct' in deed) return await correct(tx, office, access, deed.id, deed.correct, at)
  return await takeBack(tx, office, access, deed.id, deed.void, at)
}

/** Does it and takes it back. */
export async function rehearse(office: Office, access: Access, deed: EpisodeDeed): Promise<CarePreview> {
  const at = office.now()
  return await rehearsal(office.db, access, async (tx) => {
    const { changes, findings } = await done(tx, office, access, deed, at)
    return { changes, findings }
  })
}

export async function perform(office: Office, access: Access, deed: EpisodeDeed): Promise<Episode> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const { id } = await done(tx, office, access, deed, at)
    return shownEpisode((await findEpisode(tx, access, id)) as ReadEpisode)
  })
}
