import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound } from '../../../database/statements.ts'
import { within } from '../../population/index.ts'

export type PersonRecord = {
  id: Id
  name: string
  birthDate: CivilDate
  status: string
  hukouDivision: DivisionCode
  hukouName: string | null
  motherId: Id | null
  fatherId: Id | null
}
export async function findPeople(
  tx: Transaction,
  access: Access,
  ids: readonly Id[],
): Promise<Map<Id, PersonRecord>> {
  const bound = new Bound()
  const text = `select p.id, p.name, p.birth_date as "birthDate", p.status, p.hukou_division as "hukouDivision", d.name as "hukouName",
      p.mother_id as "motherId", p.father_id as "fatherId"
    from unnest(${bound.bind(ids)}::uuid[]) as asked (id)
    join lateral (select * from persons s where s.county_code = ${bound.bind(access.county)} and s.id = asked.id
      and (${within(bound, 's.hukou_division', access.prefixes)} or ${within(bound, 's.residence_division', access.prefixes)}) offset 0) p on true
    left join divisions d on d.code = p.hukou_division and d.valid_to is null`
  const people = await ask<PersonRecord>(tx, text, bound.values)
  return new Map(people.map((person) => [person.id, person]))
}
