import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { peopleOfCounty } from '../../area.ts'
import { ask, Bound } from '../../../../database/statements.ts'

export type Revealed = {
  name: string
  birthDate: string
  address: string | null
  idNumber: Buffer | null
  phone: Buffer | null
  residenceDivision: string
  hukouDivision: string
}

export async function findSensitive(
  tx: Transaction,
  access: Access,
  id: string,
): Promise<Revealed | undefined> {
  const bound = new Bound()
  const text = `select p.name, p.birth_date as "birthDate", p.address, p.id_number_cipher as "idNumber", p.phone_cipher as "phone",
  p.residence_division as "residenceDivision", p.hukou_division as "hukouDivision"
  from persons p where ${peopleOfCounty(bound, access, 'p')} and p.id = ${bound.bind(id)}`
  const [person] = await ask<Revealed>(tx, text, bound.values)
  return person
}

/** One reveal of an account after the other, so that two at once cannot both be the last of the day. */
export async function standInLine(tx: Transaction, access: Access): Promise<void> {
  const table = access.actorKind === 'client' ? 'api_clients' : 'users'
  await ask(tx, `select id from ${table} where id = $1 for no key update`, [access.actorId])
}

export async function countReveals(tx: Transaction, access: Access, since: Date): Promise<number> {
  const text = `select count(*)::int as reveals from access_log
  where county_code = $1 and actor_id = $2 and at >= $3 and action = 'reveal' and result = 'allowed'`
  const [row] = await ask<{ reveals: number }>(tx, text, [access.county, access.actorId, since])
  return row?.reveals ?? 0
}
