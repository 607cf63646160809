import type {
  BookFigures,
  BookState,
  Month,
  PopulationBasis,
  PostingKind,
} from '@youyu/shared/population/book'
import {
  levelOf,
  prefixOf,
  rangeOf,
  type CivilDate,
  type DivisionCode,
  type DivisionPrefix,
} from '@youyu/shared/values'
import type { Asking, Transaction } from '../../../database/connect.ts'
import { within } from '../area.ts'
import { findPlacesThen } from '../overview/queries.ts'
import { placeThenFirst } from '../then.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'

/** Digits of a division of each level 1 … 5. */
const digits = [2, 4, 6, 9, 12] as const

export type Place = { code: DivisionCode; name: string; level: number }

/** What a book is asked for: an area inside one county. */
export type Ledger = { county: number; prefixes: readonly DivisionPrefix[]; basis: PopulationBasis }

export async function findBook(
  tx: Transaction,
  county: number,
): Promise<{ startsOn: CivilDate } | undefined> {
  const text = 'select starts_on as "startsOn" from population_books where county_code = $1'
  const [book] = await ask<{ startsOn: CivilDate }>(tx, text, [county])
  return book
}

const flows: Record<Exclude<keyof BookFigures, 'opening' | 'closing'>, string> = {
  births: `case when kind = 'BIRTH' then n end`,
  deaths: `case when kind = 'DEATH' then -n end`,
  movesIn: `case when kind = 'IN' then n end`,
  movesOut: `case when kind = 'OUT' then -n end`,
  entries: `case when kind in ('ENTRY', 'OPENING') then n end`,
  exits: `case when kind = 'EXIT' then -n end`,
  boundary: `case when kind = 'BOUNDARY' then n end`,
}

/** Sums of a relation with `month`, `kind` and `n`, for one month given as a parameter such as `$2::date`. */
function figuresOf(month: string): string {
  const columns = Object.entries(flows).map(
    ([name, flow]) => `coalesce(sum(${flow}) filter (where month = ${month}), 0)::int as "${name}"`,
  )
  return [
    `coalesce(sum(n) filter (where month < ${month}), 0)::int as opening`,
    ...columns,
    'coalesce(sum(n), 0)::int as closing',
  ].join(', ')
}

/** Kept sums, of villages or of townships: whichever is the coarser that still tells the parts asked for. */
function kept(level: number, basis: PopulationBasis): string {
  return level > 4
    ? `(select county_code, division_code, month, kind, ${basis} as n from village_months) kept`
    : `(select county_code, division_code, month, kind, ${basis} as n from township_months) kept`
}

/** The book as it was known at a moment: summed from the postings themselves. */
function known(asOf: string, basis: PopulationBasis): string {
  return `(select county_code, division_code, date_trunc('month', occurred_on)::date as month, kind, ${basis} as n
    from population_postings where recorded_at <= ${asOf}) kept`
}

/** Figures of a month for each part of `level` inside a division, parts without a row left out. */
export async function sumParts(
  tx: Transaction,
  { county, prefixes, basis }: Ledger,
  asked: { division: DivisionCode; level: number; month: Month; asOf: Date | null },
): Promise<(BookFigures & { code: DivisionCode })[]> {
  const bound = new Bound()
  const month = `${bound.bind(asked.month)}::date`
  const from = asked.asOf ? known(`${bound.bind(asked.asOf)}::timestamptz`, basis) : kept(asked.level, basis)
  const text = `select rpad(left(division_code, ${digits[asked.level - 1]}), 12, '0') as code, ${figuresOf(month)}
  from ${from}
  where county_code = ${bound.bind(county)} and month <= ${month} and ${within(bound, 'division_code', [prefixOf(asked.division)])}
    and ${within(bound, 'division_code', prefixes)}
  group by 1 order by 1`
  return await ask(tx, text, bound.values)
}

export type MonthRow = BookFigures & { month: Month }

/** Months of a division that lie before a month, newest first, each with its opening and closing. */
export async function sumMonths(
  tx: Transaction,
  { county, prefixes, basis }: Ledger,
  asked: { division: DivisionCode; from: Month; until: Month; before: Month | null; limit: number },
): Promise<MonthRow[]> {
  const bound = new Bound()
  const columns = Object.entries(flows).map(([name, flow]) => `coalesce(sum(${flow}), 0)::int as "${name}"`)
  const source = kept(levelOf(asked.division), basis)
  const text = `select month::text as month, (closing - change)::int as opening, closing::int as closing, ${Object.keys(
    flows,
  )
    .map((name) => `"${name}"`)
    .join(', ')}
  from (
    select m.month, ${Object.keys(flows)
      .map((name) => `coalesce(f."${name}", 0) as "${name}"`)
      .join(', ')}, coalesce(f.change, 0) as change,
      sum(coalesce(f.change, 0)) over (order by m.month) + ${`(select coalesce(sum(n), 0) from ${source} where county_code = ${bound.bind(county)} and ${within(bound, 'division_code', [prefixOf(asked.division)])} and ${within(bound, 'division_code', prefixes)} and month < ${bound.bind(asked.from)}::date)`} as closing
    from (select generate_series(${bound.bind(asked.from)}::date, ${bound.bind(asked.until)}::date, interval '1 month')::date as month) m
    left join (
      select month, sum(n) as change, ${columns.join(', ')} from ${source}
      where county_code = ${bound.bind(county)} and ${within(bound, 'division_code', [prefixOf(asked.division)])} and ${within(bound, 'division_code', prefixes)}
      group by month
    ) f on f.month = m.month
  ) months
  where ${bound.bind(asked.before)}::date is null or month < ${bound.bind(asked.before)}::date
  order by month desc limit ${bound.bind(asked.limit)}`
  return await ask(tx, text, bound.values)
}

/** Names of divisions, present or past; with a moment, those that they were known by then. */
export async function findNames(
  tx: Asking,
  codes: readonly DivisionCode[],
  asOf: Date | null = null,
): Promise<Map<string, Place>> {
  if (asOf) return await findPlacesThen(tx, codes, asOf)
  const text = `select distinct on (code) code, name, level::int as level from divisions where code = any($1::text[]) order by code, valid_from desc`
  const places = await ask<Place>(tx, text, [[...new Set(codes)]])
  return new Map(places.map((place) => [place.code, place]))
}

export type PostingRow = {
  id: string
  division: DivisionCode
  divisionName: string
  occurredOn: CivilDate
  kind: PostingKind
  quantity: number
  personId: string
  personName: string
  sex: '0' | '1' | '2' | '9'
  birthDate: CivilDate
  factId: string
  recordedAt: Date
  recordedBy: string | null
  isAmendment: boolean
}

/** Postings of a month in the order of village, day and id; their person may have gone out of sight. */
export async function selectPostings(
  tx: Transaction,
  { county, prefixes, basis }: Ledger,
  asked: {
    division: DivisionCode
    month: Month
    kind: PostingKind | undefined
    signedAt: Date | null
    amendments: boolean
    asOf: Date | null
    after: readonly [string, string, string] | null
    limit: number
  },
): Promise<PostingRow[]> {
  const bound = new Bound()
  const month = bound.bind(asked.month)
  const signedAt = `${bound.bind(asked.signedAt)}::timestamptz`
  const where = [
    `q.county_code = ${bound.bind(county)}`,
    // Villages by name, so that the day leads inside each of them and no other month is touched.
    `q.division_code = any(array(select v.division_code from village_months v where v.county_code = ${bound.bind(county)}
      and v.month = ${month}::date and ${within(bound, 'v.division_code', [prefixOf(asked.division)])} and ${within(bound, 'v.division_code', prefixes)}))`,
    `q.occurred_on >= ${month}::date and q.occurred_on < ${month}::date + interval '1 month'`,
    `q.${basis} <> 0`,
  ]
  if (asked.kind) where.push(`q.kind = ${bound.bind(asked.kind)}`)
  if (asked.amendments) where.push(`q.recorded_at > ${signedAt}`)
  if (asked.asOf) where.push(`q.recorded_at <= ${bound.bind(asked.asOf)}::timestamptz`)
  if (asked.after) {
    const [division, day, id] = asked.after.map((part) => bound.bind(part))
    where.push(
      `(q.division_code, q.occurred_on, q.id) > (${division}::text collate "C", ${day}::date, ${id}::uuid)`,
    )
  }
  const placeFirst = asked.asOf
    ? placeThenFirst('d', `${bound.bind(asked.asOf)}::timestamptz`)
    : 'valid_from desc'
  const text = `select q.id, q.division_code as division, coalesce(d.name, q.division_code) as "divisionName", q.occurred_on as "occurredOn", q.kind,
    q.${basis}::int as quantity, q.person_id as "personId", coalesce(p.name, '＊') as "personName", q.sex,
    coalesce(p.birth_date, q.birth_month) as "birthDate", q.fact_id as "factId", q.recorded_at as "recordedAt", u.display_name as "recordedBy",
    coalesce(q.recorded_at > ${signedAt}, false) as "isAmendment"
  from population_postings q
  left join persons p on p.county_code = q.county_code and p.id = q.person_id
  left join users u on u.id = q.recorded_by
  left join lateral (select name from divisions d where d.code = q.division_code order by ${placeFirst} limit 1) d on true
  where ${where.join(' and ')}
  order by q.division_code, q.occurred_on, q.id limit ${pageLimit(asked.limit)}`
  return await ask(tx, text, bound.values)
}

/** Postings of a month that came after it was signed, as known at a moment. */
export async function countAmendments(
  tx: Transaction,
  { county, prefixes, basis }: Ledger,
  division: DivisionCode,
  months: readonly { month: Month; signedAt: Date }[],
  asOf: Date | null = null,
): Promise<Map<Month, number>> {
  if (months.length === 0) return new Map()
  const bound = new Bound()
  const text = `select s.month::text as month, count(*)::int as count
  from unnest(${bound.bind(months.map(({ month }) => month))}::date[], ${bound.bind(months.map(({ signedAt }) => signedAt))}::timestamptz[]) as s (month, signed_at),
    lateral (select v.division_code from village_months v where v.county_code = ${bound.bind(county)} and v.month = s.month
      and ${within(bound, 'v.division_code', [prefixOf(division)])} and ${within(bound, 'v.division_code', prefixes)} group by 1) v,
    lateral (select from population_postings q where q.county_code = ${bound.bind(county)} and q.division_code = v.division_code
      and q.occurred_on >= s.month and q.occurred_on < s.month + interval '1 month' and q.recorded_at > s.signed_at
      and q.recorded_at <= coalesce(${bound.bind(asOf)}::timestamptz, 'infinity') and q.${basis} <> 0) q
  group by s.month`
  const rows = await ask<{ month: Month; count: number }>(tx, text, bound.values)
  return new Map(rows.map(({ month, count }) => [month, count]))
}

/** BookState of a division: closed with its county, else signed by its own level. */
export function stateOf(code: DivisionCode, county: DivisionCode, signed: ReadonlySet<string>): BookState {
  if (signed.has(county)) return 'CLOSED'
  return signed.has(code) ? 'SIGNED' : 'OPEN'
}

/** People by part at a month's end, counted without the book. */
export async function recount(
  tx: Transaction,
  { county, prefixes, basis }: Ledger,
  { division, month, level }: { division: DivisionCode; month: Month; level: 4 | 5 },
): Promise<Map<DivisionCode, number>> {
  const bound = new Bound()
  const { lo, hi } = rangeOf(prefixOf(division))
  const part = `rpad(left(code, ${digits[level - 1]}), 12, '0')`
  const text = `select ${part} as code, sum(${basis})::int as recounted from app.recount_people(${bound.bind(county)}, ${bound.bind(lo)}, ${bound.bind(hi)},
    (${bound.bind(month)}::date + interval '1 month' - interval '1 day')::date) where ${basis} <> 0 and ${within(bound, 'code', prefixes)} group by 1`
  const rows = await ask<{ code: DivisionCode; recounted: number }>(tx, text, bound.values)
  return new Map(rows.map(({ code, recounted }) => [code, recounted]))
}
