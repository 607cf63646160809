import { prefixOf, type CivilDate, type DivisionCode, type Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { within } from '../../area.ts'
import { ask, Bound, pageLimit } from '../../../../database/statements.ts'
import type { ListedPregnancy } from '../pregnancy-row.ts'
import { around, listedColumns, pregnanciesInArea } from '../queries.ts'
import { daysAfter, openStatuses, QUIET_AFTER, QUIET_FOR } from '../rules.ts'

export type DuePregnancy = ListedPregnancy & {
  organisationId: Id | null
  organisationName: string | null
  lastVisitOn: CivilDate | null
}

type DueQuestion = {
  division?: DivisionCode | undefined
  organisationId?: Id | undefined
  today: CivilDate
  after: readonly [string, string] | null
  limit: number
}

/** Three weeks past the expected day, and two weeks without a word; the longest overdue first. */
export async function selectDue(
  tx: Transaction,
  access: Access,
  { division, organisationId, today, after, limit }: DueQuestion,
): Promise<DuePregnancy[]> {
  const bound = new Bound()
  const lastVisit = `(select max(v.occurred_on) from antenatal_visits v where v.county_code = g.county_code and v.pregnancy_id = g.id and v.voided_at is null)`
  const conditions = [
    pregnanciesInArea(bound, access, 'g'),
    'g.voided_at is null',
    `g.status = any(${bound.bind(openStatuses)}::text[])`,
    `g.expected_on <= ${bound.bind(daysAfter(today, -QUIET_AFTER - QUIET_FOR))}`,
    `coalesce(${lastVisit}, g.expected_on) <= ${bound.bind(daysAfter(today, -QUIET_FOR))}`,
  ]
  conditions.push(`not exists (select from births b where b.county_code = g.county_code and b.mother_id = g.woman_id and b.voided_at is null
    and b.occurred_on > g.expected_on - 140)`)
  if (division) conditions.push(within(bound, 'g.division_code', [prefixOf(division)]))
  if (organisationId) conditions.push(`g.registered_organisation_id = ${bound.bind(organisationId)}`)
  if (after)
    conditions.push(`(g.expected_on, g.id) > (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const inOrder = 'order by g.expected_on, g.id'
  const text = `select ${listedColumns}, o.id as "organisationId", o.name as "organisationName", ${lastVisit} as "lastVisitOn"
  from (select * from pregnancies g where ${conditions.join(' and ')} ${inOrder} limit ${pageLimit(limit)}) g
  ${around(bound, access)} left join organisations o on o.id = g.registered_organisation_id ${inOrder}`
  return await ask(tx, text, bound.values)
}
