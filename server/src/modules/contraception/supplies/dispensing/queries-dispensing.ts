import type { Access } from '../../../../access/access.ts'
import { recording } from '../../../../audit/index.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { ask, Bound } from '../../../../database/statements.ts'

export type Handed = {
  id: string
  store: { id: string; divisionCode: string }
  itemCode: string
  method: string
  quantity: number
  lotId: string | undefined
  occurredOn: string
  clientToken: string | null
  isFirstUse: boolean
  byClinician: boolean
  isBeyondAllowance: boolean
}

export type Taken = {
  /** Usable units there were (of the lot, where one was named); fewer than asked for: nothing was written. */
  usable: number
  /** In other lots, where one was named. */
  beside: number
  /** What came in after the day of the dispensing. */
  arrivedSince: number
  lots: { id: string; lotNumber: string; expiresOn: string; quantity: number }[]
}

/**
 * One statement: the lots that expire first are locked, and if they suffice the dispensing, its movements, the stock and the month are
 * written. Whoever comes at the same time waits for the rows and sees what is left.
 */
export async function takeFromShelf(
  tx: Transaction,
  access: Access,
  handed: Handed,
  at: Date,
): Promise<Taken> {
  const bound = new Bound()
  const county = bound.bind(access.county)
  const [id, store, place] = [handed.id, handed.store.id, handed.store.divisionCode].map((value) =>
    bound.bind(value),
  )
  const item = bound.bind(handed.itemCode)
  const quantity = `${bound.bind(handed.quantity)}::integer`
  const day = `${bound.bind(handed.occurredOn)}::date`
  const lot = handed.lotId === undefined ? '' : `and s.lot_id = ${bound.bind(handed.lotId)}`
  const beside =
    handed.lotId === undefined
      ? '0'
      : `(select coalesce(sum(on_hand), 0)::integer from supply_stocks where county_code = ${county} and store_id = ${store} and item_code = ${item}
        and not is_quarantined and expires_on >= ${day} and lot_id <> ${bound.bind(handed.lotId)})`
  const now = bound.bind(at)
  const by = bound.bind(access.actorId)
  const deed = {
    action: 'create',
    entity: 'dispensing',
    entityId: handed.id,
    division: handed.store.divisionCode,
  } as const
  const fact = [
    handed.method,
    handed.clientToken,
    handed.isFirstUse,
    handed.byClinician,
    handed.isBeyondAllowance,
  ]
  const [method, token, isFirst, byClinician, isBeyond] = fact.map((value) => bound.bind(value))
  const text = `with held as materialized (
      select s.lot_id, s.expires_on, s.on_hand from supply_stocks s
      where s.county_code = ${county} and s.store_id = ${store} and s.item_code = ${item} and s.on_hand > 0
        and not s.is_quarantined and s.expires_on >= ${day} ${lot}
      order by s.expires_on, s.lot_id for no key update of s
    ),
    share as (
      select lot_id, expires_on, on_hand,
        coalesce(sum(on_hand) over (order by expires_on, lot_id rows between unbounded preceding and 1 preceding), 0) as before from held
    ),
    enough as (select coalesce(sum(on_hand), 0)::integer as usable from held),
    taken as (
      select lot_id, expires_on, least(on_hand, ${quantity} - before)::integer as q
      from share, enough where before < ${quantity} and usable >= ${quantity}
    ),
    fact as (
      insert into dispensings (county_code, id, store_id, division_code, item_code, method, quantity, returned, occurred_on, client_token,
        is_first_use, by_clinician, is_beyond_allowance, recorded_at, recorded_by, source)
      select ${county}, ${id}::uuid, ${store}::uuid, ${place}, ${item}, ${method}, ${quantity}, 0, ${day}, ${token}, ${isFirst}::boolean,
        ${byClinician}::boolean, ${isBeyond}::boolean, ${now}::timestamptz, ${by}::uuid, 'MANUAL' from enough where usable >= ${quantity}
      returning id
    ),
    moved as (
      insert into supply_movements (county_code, id, kind, item_code, lot_id, quantity, from_account, from_store_id, from_division, to_account,
        occurred_on, dispensing_id, recorded_at, recorded_by, source)
      select ${county}, overlay(${id}::text placing left(md5(lot_id::text), 12) from 25)::uuid, 'DISPENSE', ${item}, lot_id, q, 'STORE', ${store}::uuid, ${place}, 'CLIENT',
        ${day}, ${id}::uuid, ${now}::timestamptz, ${by}::uuid, 'MANUAL' from taken
    ),
    kept as (
      update supply_stocks s set on_hand = s.on_hand - t.q, updated_at = ${now}::timestamptz from taken t
      where s.county_code = ${county} and s.store_id = ${store} and s.lot_id = t.lot_id
    ),
    month as (
      insert into supply_months (county_code, store_id, item_code, month, lot_id, division_code, received, dispensed, shipped, wasted, adjusted)
      select ${county}, ${store}::uuid, ${item}, date_trunc('month', ${day})::date, lot_id, ${place}, 0, q, 0, 0, 0 from taken order by lot_id
      on conflict (county_code, store_id, item_code, month, lot_id) do update set dispensed = supply_months.dispensed + excluded.dispensed
    ),
    logged as (${recording(bound, access, [deed], { at, from: 'fact' })})
    select usable, ${beside} as beside, (select coalesce(sum(quantity), 0)::integer from supply_movements where county_code = ${county} and to_store_id = ${store}
        and item_code = ${item} and occurred_on > ${day}) as "arrivedSince",
      coalesce((select json_agg(json_build_object('id', l.id, 'lotNumber', l.lot_number, 'expiresOn', l.expires_on, 'quantity', t.q)
        order by t.expires_on, t.lot_id)
      from taken t join supply_lots l on l.county_code = ${county} and l.id = t.lot_id), '[]') as lots
    from enough`
  const [taken] = await ask<Taken>(tx, text, bound.values)
  return taken!
}

/** What a token was given with a method: ever, and in the year of a day. */
export async function selectEarlier(
  tx: Transaction,
  access: Access,
  token: string,
  method: string,
  day: string,
): Promise<{ hadBefore: boolean; thisYear: number }> {
  const text = `select count(*) > 0 as "hadBefore",
      coalesce(sum(quantity - returned) filter (where occurred_on >= date_trunc('year', $4::date) and occurred_on < date_trunc('year', $4::date) + interval '1 year'), 0)::integer as "thisYear"
    from dispensings where county_code = $1 and client_token = $2 and method = $3 and voided_at is null`
  const [earlier] = await ask<{ hadBefore: boolean; thisYear: number }>(tx, text, [
    access.county,
    token,
    method,
    day,
  ])
  return earlier!
}

/** The token under which a facility's store knows a client. */
export async function findTokenOfClient(
  tx: Transaction,
  access: Access,
  clientId: string,
): Promise<string | undefined> {
  const text = `select client_token as token from dispensing_clients
    where county_code = $1 and client_id = $2 and facility_id = $3 order by id limit 1`
  const [known] = await ask<{ token: string }>(tx, text, [access.county, clientId, access.facility])
  return known?.token
}

export async function linkClient(
  tx: Transaction,
  access: Access,
  link: {
    id: string
    dispensingId: string
    client: { id: string; divisionCode: string }
    token: string
    encounterId: string | null
  },
): Promise<void> {
  const text = `insert into dispensing_clients (county_code, id, dispensing_id, facility_id, client_id, division_code, client_token, encounter_id)
    values ($1, $2, $3, $4, $5, $6, $7, $8)`
  const { id, dispensingId, client, token, encounterId } = link
  await ask(tx, text, [
    access.county,
    id,
    dispensingId,
    access.facility,
    client.id,
    client.divisionCode,
    token,
    encounterId,
  ])
}
