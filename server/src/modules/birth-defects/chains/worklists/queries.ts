import type { ChainItem } from '@youyu/shared/birth-defects/chain-values'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import { prefixOf } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../../database/statements.ts'
import { within } from '../../../population/index.ts'
import type { ItemList, StateList } from './rules.ts'

export type WorkRow = {
  chainId: Id
  subjectId: Id
  womanId: Id
  womanName: string
  womanBirthDate: CivilDate
  womanPhone: string | null
  divisionCode: DivisionCode
  divisionName: string
  item: ChainItem
  state: 'DUE' | 'OFFERED' | 'OVERDUE'
  since: CivilDate
  windowFrom: CivilDate | null
  windowTo: CivilDate | null
  expectedOn: CivilDate | null
  bornOn: CivilDate | null
  /** The day that orders the list, and the record where it is of one. */
  key: CivilDate
  recordId: Id
}

export type Asked = {
  item?: ChainItem | undefined
  division?: DivisionCode | undefined
  today: CivilDate
  after: readonly string[] | null
  limit: number
}

const columns = `l.chain_id as "chainId", l.subject_id as "subjectId", w.id as "womanId", w.name as "womanName", w.birth_date as "womanBirthDate",
  w.phone_mask as "womanPhone", l.place as "divisionCode", coalesce(d.name, l.place) as "divisionName", l.expected as "expectedOn",
  l.born as "bornOn"`
/** Links of the page first, by their index; then, once for the page, whose they are. */
function whose(page: string, order: string, shown: string): string {
  return `with l as materialized (${page}),
    k as materialized (select l.*, c.woman_id, c.division_code as place, c.expected_on as expected, c.born_on as born
      from l join chains c on c.county_code = l.county_code and c.id = l.chain_id)
    select ${shown} from k as l
    join (select distinct on (n.id) n.* from app.clients_of($1, array(select k.woman_id from k)) n) w on w.id = l.woman_id
    left join divisions d on d.code = l.place and d.valid_to is null order by ${order}`
}

/** The first gate: chains that the facility manages. */
function ofFacility(bound: Bound, access: Access, alias: string): string[] {
  return [
    `${alias}.county_code = ${bound.bind(access.county)}`,
    `${alias}.facility_id = ${bound.bind(access.facility)}`,
  ]
}

function inside(bound: Bound, { division }: Asked, alias: string): string[] {
  return division ? [within(bound, `${alias}.division_code`, [prefixOf(division)])] : []
}

const linkColumns =
  'l.county_code, l.chain_id, l.item, l.subject_id, l.state, l.window_from, l.window_to, l.offered_on'

function pageOfLinks(order: string, since: string, key: string, links: string): string {
  const shown = `${columns}, l.item, l.state, ${since} as since, l.window_from as "windowFrom", l.window_to as "windowTo",
      ${key} as key, l.chain_id as "recordId"`
  return whose(links, order, shown)
}

const sinces = { DUE: 'l.window_from', OFFERED: 'l.offered_on', OVERDUE: '(l.window_to + 1)' }

export async function selectByState(
  tx: Transaction,
  access: Access,
  { state, order }: StateList,
  asked: Asked,
): Promise<WorkRow[]> {
  const bound = new Bound()
  const where = [
    ...ofFacility(bound, access, 'l'),
    `l.state = '${state}' and l.drop_reason is null and l.window_to is not null`,
    ...inside(bound, asked, 'l'),
  ]
  if (asked.item) where.push(`l.item = ${bound.bind(asked.item)}`)
  const [direction, beyond] = order === 'ascending' ? ['', '>'] : [' desc', '<']
  const [day, chainId, item, subjectId] = asked.after ?? []
  if (asked.after)
    where.push(
      `(l.window_to, l.chain_id, l.item, l.subject_id) ${beyond} (${bound.bind(day)}::date, ${bound.bind(chainId)}::uuid, ${bound.bind(item)}, ${bound.bind(subjectId)}::uuid)`,
    )
  const sorted = ['window_to', 'chain_id', 'item', 'subject_id'].map((by) => `l.${by}${direction}`).join(', ')
  const links = `select ${linkColumns} from chain_links l where ${where.join(' and ')} order by ${sorted} limit ${pageLimit(asked.limit)}`
  return await ask(tx, pageOfLinks(sorted, sinces[state], 'l.window_to', links), bound.values)
}

export async function selectByItem(
  tx: Transaction,
  access: Access,
  { item }: ItemList,
  days: number,
  asked: Asked,
): Promise<WorkRow[]> {
  const bound = new Bound()
  const where = [
    ...ofFacility(bound, access, 'l'),
    `l.item = ${bound.bind(item)} and l.state in ('DUE', 'OFFERED', 'OVERDUE')`,
    `l.window_from <= ${bound.bind(asked.today)}::date - ${bound.bind(days)}::integer`,
    ...inside(bound, asked, 'l'),
  ]
  const [day, chainId, , subjectId] = asked.after ?? []
  if (asked.after)
    where.push(
      `(l.window_from, l.chain_id, l.subject_id) < (${bound.bind(day)}::date, ${bound.bind(chainId)}::uuid, ${bound.bind(subjectId)}::uuid)`,
    )
  const sorted = 'l.window_from desc, l.chain_id desc, l.subject_id desc'
  const links = `select ${linkColumns} from chain_links l where ${where.join(' and ')} order by ${sorted} limit ${pageLimit(asked.limit)}`
  const since = `(l.window_from + ${bound.bind(days)}::integer)`
  return await ask(tx, pageOfLinks(sorted, since, 'l.window_from', links), bound.values)
}

/** A course under way whose boxes are used up. */
export async function selectNotRefilled(tx: Transaction, access: Access, asked: Asked): Promise<WorkRow[]> {
  const bound = new Bound()
  const where = [
    ...ofFacility(bound, access, 'f'),
    `f.ended_on is null and f.voided_at is null and f.chain_id is not null`,
    `f.refill_due_on <= ${bound.bind(asked.today)}::date`,
    ...inside(bound, asked, 'f'),
  ]
  const [day, , , recordId] = asked.after ?? []
  if (asked.after)
    where.push(`(f.refill_due_on, f.id) < (${bound.bind(day)}::date, ${bound.bind(recordId)}::uuid)`)
  const page = `select f.county_code, f.id, f.chain_id, f.refill_due_on, f.started_on, f.covers_until from folic_acid_courses f
    where ${where.join(' and ')} order by f.refill_due_on desc, f.id desc limit ${pageLimit(asked.limit)}`
  const shown = `${columns.replaceAll('l.subject_id', 'l.chain_id')}, 'FOLIC_ACID' as item, 'OVERDUE' as state, l.refill_due_on as since,
      l.started_on as "windowFrom", l.covers_until as "windowTo", l.refill_due_on as key, l.id as "recordId"`
  return await ask(tx, whose(page, 'l.refill_due_on desc, l.id desc', shown), bound.values)
}

/** Referred by the last screen of the ears, three months old, and no word of a diagnosis. */
export async function selectUndiagnosedHearing(
  tx: Transaction,
  access: Access,
  asked: Asked,
): Promise<WorkRow[]> {
  const bound = new Bound()
  const where = [
    ...ofFacility(bound, access, 'h'),
    `h.outcome = 'REFER' and h.stage in ('FIRST', 'RESCREEN') and h.voided_at is null and h.chain_id is not null`,
    `h.born_on <= ${bound.bind(asked.today)}::date - 90`,
    `not exists (select from hearing_screens n where n.county_code = h.county_code and n.child_id = h.child_id and n.voided_at is null
      and (n.occurred_on, n.id) > (h.occurred_on, h.id))`,
    ...inside(bound, asked, 'h'),
  ]
  const [day, , , recordId] = asked.after ?? []
  if (asked.after) where.push(`(h.born_on, h.id) < (${bound.bind(day)}::date, ${bound.bind(recordId)}::uuid)`)
  const page = `select h.county_code, h.id, h.chain_id, h.child_id, h.born_on, h.occurred_on from hearing_screens h
    where ${where.join(' and ')} order by h.born_on desc, h.id desc limit ${pageLimit(asked.limit)}`
  const shown = `${columns.replaceAll('l.subject_id', 'l.child_id')}, 'HEARING' as item, 'OVERDUE' as state, (l.born_on + 90) as since,
      l.occurred_on as "windowFrom", (l.born_on + 90) as "windowTo", l.born_on as key, l.id as "recordId"`
  return await ask(tx, whose(page, 'l.born_on desc, l.id desc', shown), bound.values)
}
