import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

const over = `('DRAFT', 'REJECTED', 'UPHELD', 'WITHDRAWN', 'CONFIRMED', 'BENEFICIARY_ACTIVE')`

/** Counties in which somebody draws a benefit or asks for one. */
export async function countiesWithClaimants(tx: Transaction): Promise<number[]> {
  const text = `select county_code as county from beneficiaries where state in ('ACTIVE', 'SUSPENDED') group by 1
    union select county_code from applications where state not in ${over} group by 1 order by 1`
  return (await ask<{ county: number }>(tx, text, [])).map(({ county }) => county)
}

const claimants = `claimants as (
      select b.programme, b.person_id, b.recorded_at as since from beneficiaries b where b.county_code = $1 and b.state in ('ACTIVE', 'SUSPENDED')
      union all
      select a.programme, a.subject_id, a.recorded_at from applications a where a.county_code = $1 and a.state not in ${over}
    )`

export type ToAsk = { programme: string; personId: Id }
/**
 * So many claimants of whom the other counties were not asked since they applied, or not for a month, each with all her
 * programmes: that she was asked about is kept of the person.
 */
export async function selectToAsk(
  tx: Transaction,
  { county }: Access,
  { before, limit }: { before: Date; limit: number },
): Promise<ToAsk[]> {
  const text = `with ${claimants}, due as (
      select c.person_id from claimants c left join claim_keys k on k.county_code = $1 and k.person_id = c.person_id
      where k.asked_at is null or k.asked_at < $2::timestamptz or k.asked_at < c.since
      group by c.person_id order by c.person_id limit $3
    )
    select distinct c.programme, c.person_id as "personId" from claimants c join due d on d.person_id = c.person_id
    order by c.programme, "personId"`
  return await ask(tx, text, [county, before, limit])
}

/** Claimants who were asked about while a peer was silent, the earliest first; all of one moment together. */
export async function selectMissed(
  tx: Transaction,
  { county }: Access,
  { since, limit }: { since: Date; limit: number },
): Promise<(ToAsk & { askedAt: Date })[]> {
  const text = `with ${claimants}, missed as (
      select k.person_id, k.asked_at from claim_keys k
      where k.county_code = $1 and k.asked_at > $2::timestamptz and exists (select from claimants c where c.person_id = k.person_id)
      order by k.asked_at fetch first $3 rows with ties
    )
    select distinct c.programme, c.person_id as "personId", m.asked_at as "askedAt" from claimants c join missed m on m.person_id = c.person_id
    order by c.programme, "personId"`
  return await ask(tx, text, [county, since, limit])
}

export type KeyRow = { personId: Id; number: string | null; name: string; kin: string | null }
export async function selectKeys(
  tx: Transaction,
  { county }: Access,
  people: readonly Id[],
): Promise<KeyRow[]> {
  const text = `select person_id as "personId", encode(number_key, 'hex') as number, encode(name_key, 'hex') as name, encode(kin_key, 'hex') as kin
    from claim_keys where county_code = $1 and person_id = any ($2::uuid[])`
  return await ask(tx, text, [county, people])
}

export type Found = { personId: Id; programme: string; otherCounty: number; isNumber: boolean }
/** Keeps what other counties said for a human, as what is found at home is kept; told twice, nothing new. */
export async function insertFound(
  tx: Transaction,
  { county }: Access,
  found: readonly Found[],
  on: CivilDate,
): Promise<number> {
  const text = `with kept as (
      insert into claim_matches (county_code, id, programme, person_id, division_code, source, key_kind, answer, other_county, state, found_on)
      select $1::integer, app.derived_id(concat_ws('/', 'claim', $1::integer, f.programme, f.person_id, 'EXCHANGE', f.other, f.key_kind)), f.programme,
        f.person_id, p.hukou_division, 'EXCHANGE', f.key_kind, 'SAME_PROGRAMME', f.other,
        case f.key_kind when 'NAME' then 'POSSIBLE' else 'SUSPECTED' end, $6::date
      from unnest($2::uuid[], $3::text[], $4::integer[], $5::text[]) as f (person_id, programme, other, key_kind)
      join persons p on p.county_code = $1 and p.id = f.person_id
      on conflict do nothing returning 1)
    select count(*)::int as found from kept`
  const [row] = await ask<{ found: number }>(tx, text, [
    county,
    found.map(({ personId }) => personId),
    found.map(({ programme }) => programme),
    found.map(({ otherCounty }) => otherCounty),
    found.map(({ isNumber }) => (isNumber ? 'NUMBER' : 'NAME')),
    on,
  ])
  return row!.found
}

export async function noteAsked(
  tx: Transaction,
  { county }: Access,
  people: readonly Id[],
  at: Date,
): Promise<void> {
  await ask(
    tx,
    'update claim_keys set asked_at = $3 where county_code = $1 and person_id = any ($2::uuid[])',
    [county, people, at],
  )
}

export type Silent = { otherCounty: number; reachedUntil: Date; triedAt: Date }
export async function selectSilent(tx: Transaction, { county }: Access): Promise<Silent[]> {
  const text = `select other_county as "otherCounty", reached_until as "reachedUntil", tried_at as "triedAt" from silent_peers
    where county_code = $1 order by other_county`
  return await ask(tx, text, [county])
}

export async function keepSilent(
  tx: Transaction,
  { county }: Access,
  { otherCounty, reachedUntil, triedAt }: Silent,
): Promise<void> {
  const text = `insert into silent_peers (county_code, other_county, reached_until, tried_at) values ($1, $2, $3, $4)
    on conflict (county_code, other_county) do update set reached_until = excluded.reached_until, tried_at = excluded.tried_at`
  await ask(tx, text, [county, otherCounty, reachedUntil, triedAt])
}

export async function forgetSilent(tx: Transaction, { county }: Access, otherCounty: number): Promise<void> {
  await ask(tx, 'delete from silent_peers where county_code = $1 and other_county = $2', [
    county,
    otherCounty,
  ])
}

/** What a peer said of each programme: a code where it refused, null where it answered. */
export type Said = { programme: string; code: string | null }
export async function keepRefusals(
  tx: Transaction,
  { county }: Access,
  otherCounty: number,
  said: readonly Said[],
  at: Date,
): Promise<void> {
  const text = `with said as (select * from unnest($3::text[], $4::text[]) as s (programme, code)),
    answered as (
      delete from claim_refusals r using said s
      where r.county_code = $1 and r.other_county = $2 and r.programme = s.programme and s.code is null)
    insert into claim_refusals (county_code, other_county, programme, code, refused_at)
    select $1, $2, s.programme, s.code, $5 from said s where s.code is not null
    on conflict (county_code, other_county, programme) do update set code = excluded.code, refused_at = excluded.refused_at`
  await ask(tx, text, [
    ...[county, otherCounty, said.map(({ programme }) => programme), said.map(({ code }) => code), at],
  ])
}

const countyName = (code: string) =>
  `(select d.name from divisions d where d.code = rpad(${code}::text, 12, '0') and d.valid_to is null limit 1)`

export type RefusalRecord = {
  otherCounty: number
  otherCountyName: string | null
  programme: string
  code: string
  refusedAt: Date
}
export async function selectRefusals(
  tx: Transaction,
  { county }: Access,
  peers: readonly number[],
): Promise<RefusalRecord[]> {
  const text = `select r.other_county as "otherCounty", ${countyName('r.other_county')} as "otherCountyName", r.programme, r.code,
      r.refused_at as "refusedAt"
    from claim_refusals r where r.county_code = $1 and r.other_county = any ($2::integer[]) order by r.other_county, r.programme`
  return await ask(tx, text, [county, peers])
}

export async function selectSilentNames(
  tx: Transaction,
  { county }: Access,
  peers: readonly number[],
): Promise<{ otherCounty: number; otherCountyName: string | null; since: Date }[]> {
  const text = `select s.other_county as "otherCounty", ${countyName('s.other_county')} as "otherCountyName", s.reached_until as since
    from silent_peers s where s.county_code = $1 and s.other_county = any ($2::integer[]) order by s.other_county`
  return await ask(tx, text, [county, peers])
}
