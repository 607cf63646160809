import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking } from '../../../database/connect.ts'
import { ask, Bound } from '../../../database/statements.ts'
import { peopleOfCounty, within } from '../../population/index.ts'

type MarriedCouple = { womanId: Id | null; manId: Id | null; occurredOn: CivilDate }

/** The couple of a marriage that still stands, registered in the area. */
export async function findMarriage(tx: Asking, access: Access, id: Id): Promise<MarriedCouple | undefined> {
  const bound = new Bound()
  const area = ['m.division_a', 'm.division_b'].map((column) => within(bound, column, access.prefixes))
  const text = `select case when m.sex_a = '2' then m.party_a when m.sex_b = '2' then m.party_b end as "womanId",
      case when m.sex_a = '1' then m.party_a when m.sex_b = '1' then m.party_b end as "manId", m.occurred_on as "occurredOn"
    from marriage_events m where m.county_code = ${bound.bind(access.county)} and m.id = ${bound.bind(id)}
      and m.event in ('MARRY', 'REMARRY') and m.voided_at is null and (${area.join(' or ')})`
  const [found] = await ask<MarriedCouple>(tx, text, bound.values)
  return found
}

/** A facility of the county that cares for people. */
export async function findFacility(
  tx: Asking,
  { county }: Access,
  id: Id,
): Promise<{ id: Id; name: string } | undefined> {
  const text = `select id, name from organisations where id = $2 and left(division_code, 6) = lpad($1::text, 6, '0')`
  const [found] = await ask<{ id: Id; name: string }>(tx, text, [county, id])
  return found
}

/** Whether the registry's area knows her. */
export async function isOfArea(tx: Asking, access: Access, id: Id): Promise<boolean> {
  const bound = new Bound()
  const text = `select 1 from persons p where ${peopleOfCounty(bound, access, 'p')} and p.id = ${bound.bind(id)}`
  return (await ask(tx, text, bound.values)).length > 0
}
