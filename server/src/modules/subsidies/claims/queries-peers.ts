import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

/** Counties in which somebody draws a benefit or asks for one. */
export async function countiesWithClaimants(tx: Transaction): Promise<number[]> {
  const text = `select county_code as county from beneficiaries where state in ('ACTIVE', 'SUSPENDED') group by 1
    union select county_code from applications where state not in ${over} group by 1 order by 1`
  return (await ask<{ county: number }>(tx, text, [])).map(({ county }) => county)
}

const over = `('DRAFT', 'REJECTED', 'UPHELD', 'WITHDRAWN', 'CONFIRMED', 'BENEFICIARY_ACTIVE')`

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
  const text = `with claimants as (
      select b.programme, b.person_id, b.recorded_at as since from beneficiaries b where b.county_code = $1 and b.state in ('ACTIVE', 'SUSPENDED')
      union all
      select a.programme, a.subject_id, a.recorded_at from applications a where a.county_code = $1 and a.state not in ${over}
    ), due as (
      select c.person_id from claimants c left join claim_keys k on k.county_code = $1 and k.person_id = c.person_id
      where k.asked_at is null or k.asked_at < $2::timestamptz or k.asked_at < c.since
      group by c.person_id order by c.person_id limit $3
    )
    select distinct c.programme, c.person_id as "personId" from claimants c join due d on d.person_id = c.person_id
    order by c.programme, "personId"`
  return await ask(tx, text, [county, before, limit])
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
