import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { ask } from '../../../../database/statements.ts'

/** Where events name a person. What was voided stays with the record that it was recorded of. */
const namings = [
  ['births', 'child_id', true],
  ['births', 'mother_id', true],
  ['births', 'father_id', true],
  ['deaths', 'person_id', true],
  ['marriage_events', 'party_a', true],
  ['marriage_events', 'party_b', true],
  ['migration_events', 'person_id', true],
  ['pregnancies', 'woman_id', true],
  ['parentage_events', 'child_id', true],
  ['parentage_events', 'adult_id', true],
  ['birth_registrations', 'registrant_id', false],
  ['birth_registrations', 'partner_id', false],
  ['childcare_enrolments', 'child_id', true],
] as const

/** Events that went over with a merge: ids by table and column. */
export type CarriedEvents = Record<string, Id[]>

/** Events of one record become events of the other. */
export async function carryEvents(tx: Transaction, access: Access, from: Id, to: Id): Promise<CarriedEvents> {
  const carried = await Promise.all(
    namings.map(async ([table, column, isVoidable]) => {
      const text = `update ${table} set ${column} = $3 where county_code = $1 and ${column} = $2${isVoidable ? ' and voided_at is null' : ''} returning id`
      const rows = await ask<{ id: Id }>(tx, text, [access.county, from, to])
      return [`${table}.${column}`, rows.map(({ id }) => id)] as const
    }),
  )
  return Object.fromEntries(carried.filter(([, ids]) => ids.length > 0))
}

/** The same events back; answers whether all of them still stood as they had come. */
export async function returnEvents(
  tx: Transaction,
  access: Access,
  carried: CarriedEvents,
  from: Id,
  to: Id,
): Promise<boolean> {
  const returned = await Promise.all(
    namings.map(async ([table, column, isVoidable]) => {
      const ids = carried[`${table}.${column}`]
      if (!ids) return true
      const text = `update ${table} set ${column} = $3 where county_code = $1 and ${column} = $2 and id = any($4::uuid[])${isVoidable ? ' and voided_at is null' : ''} returning id`
      return (await ask(tx, text, [access.county, from, to, ids])).length === ids.length
    }),
  )
  return returned.every(Boolean)
}

/** Events that one person cannot have both: born twice, dead twice, married to herself. */
export async function findClashes(tx: Transaction, access: Access, a: Id, b: Id): Promise<string[]> {
  const both = 'county_code = $1 and voided_at is null'
  const text = `select array_remove(array[
    case when (select count(*) from births where ${both} and child_id in ($2, $3)) > 1 then 'births' end,
    case when exists (select from births x join births y on y.county_code = $1 and y.mother_id = $3 and y.voided_at is null
      and y.occurred_on = x.occurred_on and y.sequence = x.sequence
      where x.county_code = $1 and x.mother_id = $2 and x.voided_at is null) then 'births of the mother' end,
    case when exists (select from births where ${both} and child_id in ($2, $3)
      and (mother_id in ($2, $3) or father_id in ($2, $3))) then 'births of parent and child' end,
    case when (select count(*) from deaths where ${both} and person_id in ($2, $3)) > 1 then 'deaths' end,
    case when exists (select from marriage_events where ${both} and party_a in ($2, $3) and party_b in ($2, $3)) then 'marriage_events' end,
    case when exists (select from parentage_events where ${both} and child_id in ($2, $3) and adult_id in ($2, $3)) then 'parentage_events' end,
    case when exists (select from birth_registrations where county_code = $1 and registrant_id in ($2, $3) and partner_id in ($2, $3))
      then 'birth_registrations' end
  ], null) as clashes`
  const [row] = await ask<{ clashes: string[] }>(tx, text, [access.county, a, b])
  return row?.clashes ?? []
}

/** Whether a death that stands names the person. */
export async function isDeadByEvent(tx: Transaction, access: Access, personId: Id): Promise<boolean> {
  const text = 'select id from deaths where county_code = $1 and person_id = $2 and voided_at is null'
  return (await ask(tx, text, [access.county, personId])).length > 0
}
