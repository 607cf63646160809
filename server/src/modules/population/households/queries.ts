import type { Household } from '@youyu/shared/population/households'
import type { HouseholdType } from '@youyu/shared/population/value-sets'
import type { DivisionCode } from '@youyu/shared/values'
import { prefixOf } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { householdsOfCounty, peopleOfCounty, within } from '../area.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'

export type KeptHousehold = {
  id: string
  number: string
  type: HouseholdType
  divisionCode: DivisionCode
  divisionName: string | null
  headId: string | null
  headName: string | null
  members: number
  address: string | null
  version: number
}
export type KeptMember = Household['memberList'][number]

const columns = `h.id, h.number, h.type, h.division_code as "divisionCode", d.name as "divisionName", p.id as "headId", p.name as "headName",
  h.address, h.version, (select count(*)::int from household_members m where m.county_code = h.county_code and m.household_id = h.id
    and m.to_on is null and m.voided_at is null) as members`

function around(bound: Bound, access: Access): string {
  return `left join divisions d on d.code = h.division_code and d.valid_to is null
  left join persons p on p.id = h.head_person_id and ${peopleOfCounty(bound, access, 'p')}`
}

type ListQuestion = {
  division?: DivisionCode | undefined
  number?: string | undefined
  type?: HouseholdType | undefined
  after: readonly [string, string] | null
  limit: number
}

/** Households in the order of their place, from a key on. */
export async function selectHouseholds(
  tx: Transaction,
  access: Access,
  { division, number, type, after, limit }: ListQuestion,
): Promise<KeptHousehold[]> {
  const bound = new Bound()
  const conditions = [householdsOfCounty(bound, access, 'h')]
  if (division) conditions.push(within(bound, 'h.division_code', [prefixOf(division)]))
  if (number) conditions.push(`h.number = ${bound.bind(number)}`)
  if (type) conditions.push(`h.type = ${bound.bind(type)}`)
  if (after)
    conditions.push(`(h.division_code, h.id) > (${bound.bind(after[0])}, ${bound.bind(after[1])}::uuid)`)
  const inOrder = 'order by h.division_code, h.id'
  const text = `select ${columns} from (select * from households h where ${conditions.join(' and ')} ${inOrder} limit ${pageLimit(limit)}) h ${around(bound, access)} ${inOrder}`
  return await ask(tx, text, bound.values)
}

export async function findHousehold(
  tx: Transaction,
  access: Access,
  id: string,
): Promise<KeptHousehold | undefined> {
  const bound = new Bound()
  const text = `select ${columns} from households h ${around(bound, access)} where ${householdsOfCounty(bound, access, 'h')} and h.id = ${bound.bind(id)}`
  const [household] = await ask<KeptHousehold>(tx, text, bound.values)
  return household
}

/** Present members first, then those who left; whoever the reader may not see is not named. */
export async function listMembers(
  tx: Transaction,
  access: Access,
  householdId: string,
): Promise<KeptMember[]> {
  const bound = new Bound()
  const text = `select m.id as "membershipId", m.person_id as "personId", p.name, p.sex, p.birth_date as "birthDate", m.relation,
    m.from_on as "from", m.to_on as "to"
  from household_members m join persons p on p.id = m.person_id and ${peopleOfCounty(bound, access, 'p')}
  where m.county_code = ${bound.bind(access.county)} and m.household_id = ${bound.bind(householdId)} and m.voided_at is null
  order by m.to_on desc nulls first, m.relation, p.birth_date, m.id`
  return await ask(tx, text, bound.values)
}

export type NewHousehold = {
  id: string
  number: string
  type: HouseholdType
  divisionCode: DivisionCode
  address: string | null
  headPersonId: string | null
  source: string
  at: Date
}

export async function insertHousehold(
  tx: Transaction,
  access: Access,
  household: NewHousehold,
): Promise<void> {
  const text = `insert into households (county_code, id, number, type, division_code, address, head_person_id, source, recorded_at, recorded_by, updated_at, version)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $9, 1)`
  const { id, number, type, divisionCode, address, headPersonId, source, at } = household
  await ask(tx, text, [
    access.county,
    id,
    number,
    type,
    divisionCode,
    address,
    headPersonId,
    source,
    at,
    access.actorId,
  ])
}

/** The household for a change, locked, with the version that it has. */
export async function lockHousehold(
  tx: Transaction,
  access: Access,
  id: string,
): Promise<LockedHousehold | undefined> {
  return await householdState(tx, access, id, 'for no key update of h')
}

/** The same without a lock, for previews. */
export async function findHouseholdState(
  tx: Transaction,
  access: Access,
  id: string,
): Promise<LockedHousehold | undefined> {
  return await householdState(tx, access, id, '')
}

export type LockedHousehold = {
  id: string
  number: string
  type: HouseholdType
  divisionCode: DivisionCode
  address: string | null
  headPersonId: string | null
  version: number
}

async function householdState(
  tx: Transaction,
  access: Access,
  id: string,
  lock: string,
): Promise<LockedHousehold | undefined> {
  const bound = new Bound()
  const text = `select h.id, h.number, h.type, h.division_code as "divisionCode", h.address, h.head_person_id as "headPersonId", h.version
  from households h where ${householdsOfCounty(bound, access, 'h')} and h.id = ${bound.bind(id)} ${lock}`
  const [household] = await ask<LockedHousehold>(tx, text, bound.values)
  return household
}

export async function updateHousehold(
  tx: Transaction,
  access: Access,
  household: LockedHousehold,
  at: Date,
): Promise<void> {
  const text = `update households set number = $3, type = $4, division_code = $5, address = $6, head_person_id = $7, updated_at = $8, version = version + 1
  where county_code = $1 and id = $2`
  const { id, number, type, divisionCode, address, headPersonId } = household
  await ask(tx, text, [access.county, id, number, type, divisionCode, address, headPersonId, at])
}
