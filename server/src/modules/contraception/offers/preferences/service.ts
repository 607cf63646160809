import type {
  ContactChannel,
  ContactPreference,
  NewContactPreference,
  NewServiceRequest,
  PreferenceKind,
  PreferenceService,
} from '@youyu/shared/contraception/offers'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import {
  endPreferenceById,
  endPreferences,
  findPlace,
  insertPreference,
  isOptedOut,
  replan,
  selectPreferences,
  type KeptPreference,
} from './queries.ts'

const shown = ({ recordedAt, ...preference }: KeptPreference): ContactPreference => ({
  ...preference,
  recordedAt: recordedAt.toISOString(),
})

export async function preferencesOf(
  { db, views }: Office,
  access: Access,
  client: Id,
): Promise<{ items: ContactPreference[] }> {
  const preferences = await reading(db, access, async (tx) => {
    const [place, found] = await Promise.all([
      findPlace(tx, access, client),
      selectPreferences(tx, access, client),
    ])
    if (!place) throw new Refused('not-found')
    views.note(access, {
      action: 'view',
      entity: 'person',
      entityId: client,
      division: place.divisionCode,
      fields: ['contact-preference'],
    })
    return found
  })
  return { items: preferences.map(shown) }
}

type Stated = {
  client: { id: Id; divisionCode: DivisionCode }
  kind: PreferenceKind
  service: PreferenceService
  channel: ContactChannel
}

/** An opt-out holds for ever after: what stands open is closed, and nothing follows (E3). */
export async function keepPreference(
  tx: Transaction,
  access: Access,
  stated: Stated,
  at: Date,
): Promise<void> {
  const today = todayOf(at)
  if (stated.kind === 'OPT_OUT') {
    const services: PreferenceService[] =
      stated.service === 'ALL'
        ? ['ALL', 'FOLLOW_UP', 'CHECK_UP', 'SUPPLY', 'COUNSELLING', 'APPOINTMENT']
        : [stated.service]
    await endPreferences(tx, access, { clientId: stated.client.id, kind: 'CONSENT', services, today })
  }
  await insertPreference(tx, access, { ...stated, id: newId(at.getTime()), today, at })
  await replan(tx, access, stated.client.id, today, at)
}

export async function statePreference(
  { db, now }: Office,
  access: Access,
  client: Id,
  body: NewContactPreference,
): Promise<ContactPreference> {
  const at = now()
  return await transaction(db, access, async (tx) => {
    const place = await findPlace(tx, access, client)
    if (!place) throw new Refused('not-found')
    if (body.kind === 'CONSENT' && (await isOptedOut(tx, access, client, body.service)))
      throw new Refused('opted-out')
    await keepPreference(tx, access, { ...body, client: { id: client, ...place } }, at)
    return await told(
      tx,
      access,
      { client, place, fields: [body.kind, body.service] },
      at,
      ({ kind, service, endedOn }) => kind === body.kind && service === body.service && endedOn === null,
    )
  })
}

export async function endPreference(
  { db, now }: Office,
  access: Access,
  client: Id,
  id: Id,
): Promise<ContactPreference> {
  const at = now()
  const today = todayOf(at)
  return await transaction(db, access, async (tx) => {
    const place = await findPlace(tx, access, client)
    if (!place || !(await endPreferenceById(tx, access, { clientId: client, id, today })))
      throw new Refused('not-found')
    await replan(tx, access, client, today, at)
    return await told(
      tx,
      access,
      { client, place, fields: ['ended'] },
      at,
      (preference) => preference.id === id,
    )
  })
}

async function told(
  tx: Transaction,
  access: Access,
  { client, place, fields }: { client: Id; place: { divisionCode: DivisionCode }; fields: string[] },
  at: Date,
  isMeant: (preference: KeptPreference) => boolean,
): Promise<ContactPreference> {
  const [preferences] = await Promise.all([
    selectPreferences(tx, access, client),
    record(
      tx,
      access,
      {
        action: 'change',
        entity: 'contact-preference',
        entityId: client,
        division: place.divisionCode,
        fields,
      },
      at,
    ),
  ])
  return shown(preferences.find(isMeant)!)
}

/** Asking again is hers alone: without her word the opt-out stands. */
export async function resumeServices(
  tx: Transaction,
  access: Access,
  { clientId, service, resume }: NewServiceRequest,
  today: CivilDate,
): Promise<void> {
  if (!(await isOptedOut(tx, access, clientId, service))) return
  if (!resume) throw new Refused('opted-out')
  await endPreferences(tx, access, { clientId, kind: 'OPT_OUT', services: ['ALL', service], today })
}
