import type {
  ContactChannel,
  ContactPreference,
  PreferenceKind,
  PreferenceService,
} from '@youyu/shared/contraception/offers'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Asking } from '../../../../database/connect.ts'
import { ask, Bound } from '../../../../database/statements.ts'
import { personOfCounty } from '../../../population/index.ts'

export type KeptPreference = Omit<ContactPreference, 'recordedAt'> & { recordedAt: Date }

const columns = `f.id, f.kind, f.service, f.channel, f.occurred_on as "occurredOn", f.ended_on as "endedOn", f.recorded_at as "recordedAt",
  u.display_name as "recordedBy"`

/** Who may be spoken of in the area, and where she lives. */
export async function findPlace(
  tx: Asking,
  access: Access,
  id: Id,
): Promise<{ divisionCode: DivisionCode } | undefined> {
  const bound = new Bound()
  const text = `select p.residence_division as "divisionCode" from persons p where ${personOfCounty(bound, access, 'p')} and p.id = ${bound.bind(id)}`
  const [place] = await ask<{ divisionCode: DivisionCode }>(tx, text, bound.values)
  return place
}

export async function selectPreferences(
  tx: Asking,
  { county }: Access,
  client: Id,
): Promise<KeptPreference[]> {
  return await ask(
    tx,
    `select ${columns} from contact_preferences f left join users u on u.id = f.recorded_by
     where f.county_code = $1 and f.client_id = $2 and f.voided_at is null order by f.ended_on is not null, f.recorded_at desc`,
    [county, client],
  )
}

export type NewPreference = {
  id: Id
  client: { id: Id; divisionCode: DivisionCode }
  kind: PreferenceKind
  service: PreferenceService
  channel: ContactChannel
  today: CivilDate
  at: Date
}

/** Said twice, it stands as it was said first. */
export async function insertPreference(
  tx: Asking,
  { county, actorId, actorKind }: Access,
  { id, client, kind, service, channel, today, at }: NewPreference,
): Promise<void> {
  await ask(
    tx,
    `insert into contact_preferences (county_code, id, client_id, division_code, kind, service, channel, occurred_on, recorded_at, recorded_by, source)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (county_code, client_id, kind, service) where ended_on is null and voided_at is null do nothing`,
    [
      ...[county, id, client.id, client.divisionCode, kind, service, channel, today, at, actorId],
      actorKind === 'client' ? 'API' : 'MANUAL',
    ],
  )
}

/** Ends what stands of these kinds; answers how many. */
export async function endPreferences(
  tx: Asking,
  { county, actorId }: Access,
  {
    clientId,
    kind,
    services,
    today,
  }: { clientId: Id; kind: PreferenceKind; services: readonly PreferenceService[]; today: CivilDate },
): Promise<number> {
  const rows = await ask(
    tx,
    `update contact_preferences set ended_on = greatest($5::date, occurred_on), ended_by = $6
     where county_code = $1 and client_id = $2 and kind = $3 and service = any($4::text[]) and ended_on is null and voided_at is null
     returning id`,
    [county, clientId, kind, services, today, actorId],
  )
  return rows.length
}

export async function endPreferenceById(
  tx: Asking,
  { county, actorId }: Access,
  { clientId, id, today }: { clientId: Id; id: Id; today: CivilDate },
): Promise<boolean> {
  const rows = await ask(
    tx,
    `update contact_preferences set ended_on = greatest($4::date, occurred_on), ended_by = $5
     where county_code = $1 and client_id = $2 and id = $3 and ended_on is null and voided_at is null returning id`,
    [county, clientId, id, today, actorId],
  )
  return rows.length > 0
}

export async function isOptedOut(
  tx: Asking,
  { county }: Access,
  clientId: Id,
  service: PreferenceService,
): Promise<boolean> {
  const rows = await ask(
    tx,
    `select id from contact_preferences where county_code = $1 and client_id = $2 and kind = 'OPT_OUT' and service in ('ALL', $3)
       and ended_on is null and voided_at is null limit 1`,
    [county, clientId, service],
  )
  return rows.length > 0
}

/** What she said changes what is offered to her, at once. */
export async function replan(
  tx: Asking,
  { county, actorId }: Access,
  client: Id,
  today: CivilDate,
  at: Date,
): Promise<void> {
  await ask(tx, 'select made from app.plan_follow_up($1, array[$2::uuid], $3::date, $4::uuid, $5)', [
    ...[county, client, today, actorId, at],
  ])
}
