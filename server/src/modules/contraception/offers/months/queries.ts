import type { Equation } from '@youyu/shared/contraception/offers'
import type { OfferService } from '@youyu/shared/contraception/protocols'
import { prefixOf, type CivilDate, type DivisionCode, type Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Asking } from '../../../../database/connect.ts'
import { ask, Bound } from '../../../../database/statements.ts'
import { within } from '../../../population/index.ts'

export type MonthRow = Equation & {
  divisionCode: DivisionCode
  divisionName: string | null
  service: OfferService
}

const sums = [
  'opening',
  'opened',
  'done',
  'declined',
  'moved',
  'not_needed',
  'unreachable',
  'died',
  'expired',
  'closing',
]
  .map((column) => `sum(m.${column})::int as "${column.replace('_n', 'N')}"`)
  .join(', ')

type Question = {
  month: CivilDate
  list: 'VILLAGE' | 'FACILITY'
  isClosed: boolean
  division?: DivisionCode | undefined
  facilityId?: Id | undefined
}

/** A closed month is read as it was closed, an open one is taken now. */
export async function selectMonth(
  tx: Asking,
  access: Access,
  { month, list, isClosed, division, facilityId }: Question,
): Promise<MonthRow[]> {
  const bound = new Bound()
  const [county, day] = [bound.bind(access.county), bound.bind(month)]
  const conditions = [`m.list = ${bound.bind(list)}`]
  // Townships are all of the county's, and asked for by whoever answers for it.
  conditions.push(within(bound, 'm.division_code', access.prefixes))
  if (isClosed) conditions.push(`m.county_code = ${county} and m.month = ${day}::date`)
  if (division) conditions.push(within(bound, 'm.division_code', [prefixOf(division)]))
  if (facilityId) conditions.push(`m.facility_id = ${bound.bind(facilityId)}`)
  const source = isClosed ? 'due_service_months' : `app.count_due_services(${county}::int, ${day}::date)`
  const text = `select m.division_code as "divisionCode", d.name as "divisionName", m.service, ${sums}
  from ${source} m left join divisions d on d.code = m.division_code and d.valid_to is null
  where ${conditions.join(' and ')} group by 1, 2, 3 order by 1, 3`
  return await ask(tx, text, bound.values)
}

export async function isMonthClosed(tx: Asking, { county }: Access, month: CivilDate): Promise<boolean> {
  const rows = await ask(
    tx,
    'select month from due_service_closings where county_code = $1 and month = $2::date',
    [county, month],
  )
  return rows.length > 0
}

export async function closeMonth(
  tx: Asking,
  { county, actorId }: Access,
  month: CivilDate,
  today: CivilDate,
  at: Date,
): Promise<number> {
  const [row] = await ask<{ rows: number }>(
    tx,
    'select app.close_due_services($1, $2::date, $3::date, $4::uuid, $5) as rows',
    [county, month, today, actorId, at],
  )
  return row!.rows
}

/** Months over and not closed, from the last closed one on, or the last alone. */
export async function selectMonthsOver(
  tx: Asking,
  { county }: Access,
  today: CivilDate,
): Promise<CivilDate[]> {
  const rows = await ask<{ month: CivilDate }>(
    tx,
    `select m::date as month from generate_series(
       coalesce((select max(c.month) + interval '1 month' from due_service_closings c where c.county_code = $1),
         date_trunc('month', $2::date) - interval '1 month'),
       date_trunc('month', $2::date) - interval '1 month', interval '1 month') as m order by 1`,
    [county, today],
  )
  return rows.map(({ month }) => month)
}
