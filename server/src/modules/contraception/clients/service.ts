import type { ClientMatch, ClientRow, ClientSummary, TodayReason } from '@youyu/shared/contraception/clients'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { shownClient } from './client-row.ts'
import { careDeed } from './looks.ts'
import { searchClientIds, selectClient, selectClients, selectGlance, selectReasons } from './queries.ts'
import { consentAgeOn, questionOf, type ClientFacts } from './rules.ts'

/** Whoever care is given to: anybody of the county (E9), never by way of a part of a name. */
export async function clientOf(
  tx: Transaction,
  access: Access,
  id: Id,
  pointer = '/clientId',
): Promise<ClientFacts> {
  const client = await selectClient(tx, access, id)
  if (!client) throw Refused.field(pointer, 'not-found')
  return client
}

export async function search(
  { db, ciphers, views, now }: Office,
  access: Access,
  { q, birthDate, limit }: { q: string; birthDate?: CivilDate | undefined; limit: number },
): Promise<{ items: (ClientRow & { match: ClientMatch })[] }> {
  const question = questionOf(q, birthDate)
  const hashOf = {
    number: (number: string) => ciphers.idNumber.blindIndex(`01:${number}`),
    phone: (digits: string) => ciphers.phone.blindIndex(digits),
  }
  const clients = await reading(db, access, async (tx) => {
    const ids = await searchClientIds(tx, access, question, hashOf, limit)
    return ids.length === 0 ? [] : await selectClients(tx, access, ids)
  })
  for (const { id } of clients)
    views.note(access, careDeed({ ciphers }, id, 'view', 'client', { reason: question.by }))
  const today = todayOf(now())
  return { items: clients.map((client) => ({ ...shownClient(client, today), match: question.by })) }
}

/** The day's list of the facility: who is expected and who was seen. */
export async function todaysClients(
  office: Office,
  access: Access,
  on: CivilDate,
): Promise<{
  on: CivilDate
  items: { client: ClientRow; reasons: TodayReason[]; encounterId: Id | null }[]
}> {
  const { reasons, clients } = await reading(office.db, access, async (tx) => {
    const found = await selectReasons(tx, access, on)
    const ids = [...new Set(found.map(({ clientId }) => clientId))]
    return { reasons: found, clients: ids.length === 0 ? [] : await selectClients(tx, access, ids) }
  })
  const today = todayOf(office.now())
  const items = clients.map((client) => {
    const hers = reasons.filter(({ clientId }) => clientId === client.id)
    return {
      client: shownClient(client, today),
      reasons: hers.map(({ kind, id, what }) => ({ kind, id, what })),
      encounterId: hers.find(({ kind }) => kind === 'ENCOUNTER')?.id ?? null,
    }
  })
  for (const { client } of items) office.views.note(access, careDeed(office, client.id, 'view', 'day-list'))
  return { on, items: items.sort(stillExpectedFirst) }
}

function stillExpectedFirst(
  left: { client: ClientRow; encounterId: Id | null },
  right: { client: ClientRow; encounterId: Id | null },
): number {
  const seen = Number(left.encounterId !== null) - Number(right.encounterId !== null)
  return seen === 0 ? left.client.name.localeCompare(right.client.name, 'zh') : seen
}

/** One client at a glance; that somebody looked is written with it. */
export async function readClient(office: Office, access: Access, id: Id): Promise<ClientSummary> {
  const at = office.now()
  const today = todayOf(at)
  const { idempotency: _, ...looking } = access
  return await transaction(office.db, looking, async (tx) => {
    const [[client], glance] = await Promise.all([
      selectClients(tx, access, [id]),
      selectGlance(tx, access, id, today),
      record(tx, access, careDeed(office, id, 'view', 'client', { fields: ['summary'] }), at),
    ])
    if (!client) throw new Refused('not-found')
    return {
      ...shownClient(client, today),
      ...(glance as Omit<ClientSummary, keyof ClientRow | 'consentAge' | 'isShared'>),
      consentAge: consentAgeOn(today, client.birthDate),
      isShared: glance.consents.some(({ kind }) => kind === 'SHARING'),
    }
  })
}
