import type { MatchSource, MatchState } from '@youyu/shared/subsidies/claims'
import type { CivilDate, Id } from '@youyu/shared/values'
import { prefixOf } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'
import { within } from '../../population/index.ts'

export type MatchRecord = {
  id: Id
  programme: string
  personId: Id
  name: string
  idNumber: string | null
  division: string
  place: string | null
  source: MatchSource
  keyKind: 'NUMBER' | 'NAME'
  otherCounty: number
  otherCountyName: string | null
  state: MatchState
  foundOn: CivilDate
  notifiedOn: CivilDate | null
  letterNumber: string | null
  ownerCounty: number | null
  stopFrom: CivilDate | null
  resolvedOn: CivilDate | null
  reason: string | null
  version: number
}

/** The first gate: matches of people registered in the area. */
function ofCounty(bound: Bound, access: Access): string {
  return `m.county_code = ${bound.bind(access.county)} and ${within(bound, 'm.division_code', access.prefixes)}`
}

const placeOf = (code: string) =>
  `(select d.name from divisions d where d.code = ${code} and d.valid_to is null limit 1)`

export type MatchFilter = {
  state?: MatchState | undefined
  programme?: string | undefined
  division?: string | undefined
  id?: Id
}

export async function selectMatches(
  tx: Transaction,
  access: Access,
  filter: MatchFilter,
  after: readonly [string, string] | null,
  limit: number,
): Promise<MatchRecord[]> {
  const bound = new Bound()
  const conditions = [ofCounty(bound, access)]
  if (filter.state) conditions.push(`m.state = ${bound.bind(filter.state)}`)
  if (filter.programme) conditions.push(`m.programme = ${bound.bind(filter.programme)}`)
  if (filter.division) conditions.push(within(bound, 'm.division_code', [prefixOf(filter.division)]))
  if (filter.id) conditions.push(`m.id = ${bound.bind(filter.id)}`)
  if (after)
    conditions.push(`(m.found_on, m.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select m.id, m.programme, m.person_id as "personId", coalesce(p.name, '') as name, p.id_number_mask as "idNumber",
      m.division_code as division, ${placeOf('m.division_code')} as place, m.source, m.key_kind as "keyKind",
      m.other_county as "otherCounty", ${placeOf(`rpad(m.other_county::text, 12, '0')`)} as "otherCountyName", m.state,
      to_char(m.found_on, 'YYYY-MM-DD') as "foundOn", to_char(m.notified_on, 'YYYY-MM-DD') as "notifiedOn",
      m.letter_number as "letterNumber", m.owner_county as "ownerCounty", to_char(m.stop_from, 'YYYY-MM-DD') as "stopFrom",
      to_char(m.resolved_on, 'YYYY-MM-DD') as "resolvedOn", m.reason, m.version
    from claim_matches m left join persons p on p.county_code = m.county_code and p.id = m.person_id
    where ${conditions.join(' and ')} order by m.found_on desc, m.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function lockMatch(tx: Transaction, access: Access, id: Id): Promise<void> {
  await ask(tx, 'select id from claim_matches where county_code = $1 and id = $2 for update', [
    access.county,
    id,
  ])
}

const settable = {
  state: 'state',
  notifiedOn: 'notified_on',
  notifiedBy: 'notified_by',
  letterNumber: 'letter_number',
  ownerCounty: 'owner_county',
  stopFrom: 'stop_from',
  resolvedOn: 'resolved_on',
  resolvedBy: 'resolved_by',
  reason: 'reason',
} as const

export async function updateMatch(
  tx: Transaction,
  access: Access,
  id: Id,
  set: Partial<Record<keyof typeof settable, unknown>>,
): Promise<void> {
  const bound = new Bound()
  const changes = Object.entries(set).map(
    ([field, value]) => `${settable[field as keyof typeof settable]} = ${bound.bind(value)}`,
  )
  await ask(
    tx,
    `update claim_matches set ${changes.join(', ')}, version = version + 1
     where county_code = ${bound.bind(access.county)} and id = ${bound.bind(id)}`,
    bound.values,
  )
}

export type ClaimantRow = {
  id: Id
  idType: string
  cipher: Buffer | null
  namePinyin: string
  birthDate: string
  sex: string
  kinId: Id | null
  kinCipher: Buffer | null
}

/** Those of these people who have no keys yet. */
export async function selectKeyless(
  tx: Transaction,
  access: Access,
  people: readonly Id[],
  limit: number,
): Promise<ClaimantRow[]> {
  return await ask(
    tx,
    `select p.id, p.id_type as "idType", p.id_number_cipher as cipher, p.name_pinyin as "namePinyin",
       to_char(p.birth_date, 'YYYY-MM-DD') as "birthDate", p.sex, m.id as "kinId", m.id_number_cipher as "kinCipher"
     from persons p left join persons m on m.county_code = p.county_code and m.id = p.mother_id
     where p.county_code = $1 and p.id = any ($2)
       and not exists (select from claim_keys k where k.county_code = p.county_code and k.person_id = p.id)
     limit $3`,
    [access.county, people, limit],
  )
}

export async function insertKeys(
  tx: Transaction,
  access: Access,
  keys: readonly { id: Id; number: Buffer | null; name: Buffer; kin: Buffer | null }[],
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `insert into claim_keys (county_code, person_id, number_key, name_key, kin_key, recorded_at)
     select $1, k.id, k.number, k.name, k.kin, $6 from unnest($2::uuid[], $3::bytea[], $4::bytea[], $5::bytea[]) as k (id, number, name, kin)
     on conflict do nothing`,
    [
      access.county,
      keys.map(({ id }) => id),
      keys.map(({ number }) => number),
      keys.map(({ name }) => name),
      keys.map(({ kin }) => kin),
      at,
    ],
  )
}

export async function findClaims(
  tx: Transaction,
  access: Access,
  people: readonly Id[],
  programme: string,
  on: CivilDate,
): Promise<number> {
  const [row] = await ask<{ found: number }>(tx, 'select app.find_claims($1, $2, $3, $4) as found', [
    access.county,
    people,
    programme,
    on,
  ])
  return row!.found
}

export type Conflict = {
  personId: Id
  matchId: Id
  state: MatchState
  source: MatchSource
  keyKind: 'NUMBER' | 'NAME'
  otherCounty: number
}

/** What stands against paying these people here: open matches, and those that were settled for another county. */
export async function selectConflicts(
  tx: Transaction,
  access: Access,
  people: readonly Id[],
  programme: string,
): Promise<Conflict[]> {
  return await ask(
    tx,
    `select person_id as "personId", id as "matchId", state, source, key_kind as "keyKind", other_county as "otherCounty"
     from claim_matches where county_code = $1 and person_id = any ($2) and programme = $3
       and (state in ('POSSIBLE', 'SUSPECTED', 'NOTIFIED') or (state = 'RESOLVED' and owner_county <> county_code))`,
    [access.county, people, programme],
  )
}

/** Everybody who stands in a programme of the county or is on the way to it. */
export async function selectClaimants(tx: Transaction, access: Access, programme: string): Promise<Id[]> {
  const rows = await ask<{ id: Id }>(
    tx,
    `select person_id as id from beneficiaries where county_code = $1 and programme = $2 and state in ('ACTIVE', 'SUSPENDED')
     union
     select subject_id from applications where county_code = $1 and programme = $2
       and state not in ('DRAFT', 'NOT_ACCEPTED', 'REJECTED', 'UPHELD', 'WITHDRAWN')`,
    [access.county, programme],
  )
  return rows.map(({ id }) => id)
}

export async function findBeneficiary(
  tx: Transaction,
  access: Access,
  personId: Id,
  programme: string,
): Promise<Id | null> {
  const [row] = await ask<{ id: Id }>(
    tx,
    `select id from beneficiaries where county_code = $1 and person_id = $2 and programme = $3 and state in ('ACTIVE', 'SUSPENDED')`,
    [access.county, personId, programme],
  )
  return row?.id ?? null
}
