import type { PersonFilter } from '@youyu/shared/population/persons'
import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking } from '../../../database/connect.ts'
import { householdsOfCounty, peopleOfCounty, personOfCounty, within } from '../area.ts'
import { ask, Bound } from '../../../database/statements.ts'
import { conditionsOf, whereaboutsOf } from './filter.ts'
import type { KeptPerson, ListedPerson } from './person-row.ts'

/** What a list shows, from `p` (person), `r` and `k` (places of residence and hukou), `h` (household). */
export const listedColumns = `p.id, p.name, p.sex, p.birth_date as "birthDate", p.id_number_mask as "idNumber",
  p.residence_division as "residenceDivision", r.name as "residenceName",
  p.hukou_division as "hukouDivision",
  case when p.hukou_division = p.residence_division then r.name else k.name end as "hukouName",
  p.residence_status as "residenceStatus", p.household_id as "householdId", h.number as "householdNumber",
  p.relation_to_head as "relationToHead", p.phone_mask as "phone", p.status`

/** What the columns above are taken from, for statements that pick people first. */
export const pickedColumns = `p.id, p.name, p.sex, p.birth_date, p.id_number_mask, p.residence_division, p.hukou_division,
  p.residence_status, p.household_id, p.relation_to_head, p.phone_mask, p.status`

/** Most people are registered where they live: `nullif` spares the second look at the same place. */
export function placesOf(bound: Bound, access: Access): string {
  return `left join divisions r on r.code = p.residence_division and r.valid_to is null
  left join divisions k on k.code = nullif(p.hukou_division, p.residence_division) and k.valid_to is null
  left join households h on h.id = p.household_id and ${householdsOfCounty(bound, access, 'h')}`
}

/** One person, whoever may see her; the one statement of the person page. */
export async function findPerson(tx: Asking, access: Access, id: string): Promise<KeptPerson | undefined> {
  const bound = new Bound()
  const text = `select ${listedColumns}, p.id_type as "idType", p.birth_date_precision as "birthDatePrecision", p.ethnicity, p.education,
  p.marital_status as "maritalStatus", p.hukou_type as "hukouType", p.residence_since as "residenceSince", p.address,
  m.id as "motherId", m.name as "motherName", f.id as "fatherId", f.name as "fatherName", p.merged_into as "mergedInto",
  p.source, p.recorded_at as "recordedAt", p.updated_at as "updatedAt", p.findings, p.version
  from persons p ${placesOf(bound, access)}
  left join persons m on m.id = p.mother_id and ${peopleOfCounty(bound, access, 'm')}
  left join persons f on f.id = p.father_id and ${peopleOfCounty(bound, access, 'f')}
  where ${personOfCounty(bound, access, 'p')} and p.id = ${bound.bind(id)}`
  const [person] = await ask<KeptPerson>(tx, text, bound.values)
  return person
}

type ListQuestion = {
  filter: PersonFilter
  today: CivilDate
  after: readonly [string, string] | null
  limit: number
}

/** People in the order of their residence, from a key on. */
export async function selectPersons(
  tx: Asking,
  access: Access,
  { filter, today, after, limit }: ListQuestion,
): Promise<ListedPerson[]> {
  const bound = new Bound()
  const count = bound.bind(limit)
  const key = after && `(${bound.bind(after[0])}, ${bound.bind(after[1])}::uuid)`
  const those = `select ${pickedColumns} from persons p where ${peopleOfCounty(bound, access, 'p')} and ${conditionsOf(bound, filter, today)}${key ? ` and (p.residence_division, p.id) > ${key}` : ''}`
  const inOrder = `order by p.residence_division, p.id limit ${count}`
  const found = whereaboutsOf(access.prefixes, filter)
  const page = found
    ? [
        `(${those} and ${within(bound, 'p.residence_division', found.living)} ${inOrder})`,
        ...elsewhere(),
      ].join(' union all ')
    : `${those} ${inOrder}`
  return await ask(
    tx,
    `select ${listedColumns} from (${page}) p ${placesOf(bound, access)} ${inOrder}`,
    bound.values,
  )

  function elsewhere(): string[] {
    if (!found || found.registered.length === 0) return []
    const registered = within(bound, 'p.hukou_division', found.registered)
    const notLiving = `p.residence_division <> p.hukou_division and not ${within(bound, 'p.residence_division', found.living)}`
    return [`(${those} and ${registered} and ${notLiving} ${inOrder})`]
  }
}

export async function countPersons(
  tx: Asking,
  access: Access,
  filter: PersonFilter,
  today: CivilDate,
): Promise<number> {
  const bound = new Bound()
  const text = `select count(*) as total from persons p where ${peopleOfCounty(bound, access, 'p')} and ${conditionsOf(bound, filter, today)}`
  const [row] = await ask<{ total: number }>(tx, text, bound.values)
  return row?.total ?? 0
}
