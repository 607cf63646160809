import type { Transaction } from '../../../../database/connect.ts'
import { hukouOn, stayOn } from '../../births/queries-circumstances.ts'

/** Somebody named by her identity number, as she was on the day of the event and as she is. */
export type PersonThen = {
  id: string
  version: number
  name: string
  sex: string
  birthDate: string
  diedOn: string | null
  ethnicity: string | null
  residence: string
  residenceStatus: string
  hukou: string
  nowResidence: string
  nowStatus: string
  nowSince: string | null
  nowHukou: string
  maritalStatus: string | null
  motherId: string | null
  fatherId: string | null
  birthId: string | null
  householdId: string | null
  relation: string | null
}

export type Named = { idNumber: string; on: string }
/** With the blind index of her number, worked out as the row is read. */
export type Sought = Named & { hash: Buffer }
const keyOf = ({ idNumber, on }: Named) => `${on}${idNumber}`
export type People = {
  of(idNumber: string | null, on: string): PersonThen | undefined
  readonly all: readonly PersonThen[]
}

/** All who are named in a chunk, found by the blind index of their numbers in one statement. */
export async function findPeople(tx: Transaction, county: number, named: readonly Sought[]): Promise<People> {
  const sought = new Map(named.map((each) => [keyOf(each), each]))
  const asked = [...sought.values()]
  const { rows } = await tx.client.query<PersonThen & { place: number }>(
    `select n.place::int as place, p.id, p.version, p.name, p.sex, p.birth_date as "birthDate", d.occurred_on as "diedOn", p.ethnicity,
       coalesce(stay.division_code, p.residence_division) as residence, coalesce(stay.status, p.residence_status) as "residenceStatus",
       ${hukouOn('$1', 'n.day')} as hukou, p.residence_division as "nowResidence", p.residence_status as "nowStatus",
       p.residence_since as "nowSince", p.hukou_division as "nowHukou", p.marital_status as "maritalStatus", p.mother_id as "motherId", p.father_id as "fatherId",
       b.id as "birthId", p.household_id as "householdId", p.relation_to_head as relation
     from unnest($2::bytea[], $3::date[]) with ordinality as n (hash, day, place)
     join persons p on p.county_code = $1 and p.id_number_hash = n.hash and p.status <> 'MERGED' and p.status <> 'ARCHIVED'
     left join deaths d on d.county_code = $1 and d.person_id = p.id and d.voided_at is null
     left join births b on b.county_code = $1 and b.child_id = p.id and b.voided_at is null
     left join lateral (${stayOn('$1', 'n.day', { onlyMoved: true })}) stay on true`,
    [county, asked.map(({ hash }) => hash), asked.map(({ on }) => on)],
  )
  const found = new Map(rows.map((person) => [keyOf(asked[person.place - 1]!), person]))
  const of: People['of'] = (idNumber, on) =>
    idNumber === null ? undefined : found.get(keyOf({ idNumber, on }))
  return { of, all: rows }
}

/** Nobody else changes them until the import ends; answers whether all are still as they were found. */
export async function holdPeople(tx: Transaction, county: number, { all }: People): Promise<boolean> {
  const found = new Map(all.map(({ id, version }) => [id, version]))
  const { rows } = await tx.client.query<{ count: number }>(
    `select count(*)::int as count from (
       select from unnest($2::uuid[], $3::int[]) as n (id, version)
       join persons p on p.county_code = $1 and p.id = n.id and p.version = n.version
       order by p.id for no key update of p) held`,
    [county, [...found.keys()], [...found.values()]],
  )
  return rows[0]!.count === found.size
}
