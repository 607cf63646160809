import type { BookFigures, Month } from '@youyu/shared/population/book'
import { prefixOf, rangeOf, type DivisionCode } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { within } from '../../area.ts'
import { ask, Bound } from '../../../../database/statements.ts'
import type { Ledger } from '../queries.ts'

type Act = 'CONFIRM' | 'SIGN' | 'CLOSE'
const actOfLevel: Record<number, Act | undefined> = { 3: 'CLOSE', 4: 'SIGN', 5: 'CONFIRM' }

export type SignatureRow = {
  id: string
  division: DivisionCode
  month: Month
  act: Act
  figures: { residence: BookFigures; registered: BookFigures }
  note: string | null
  recordedAt: Date
  recordedBy: string
  withdrawnAt: Date | null
  withdrawReason: string | null
}

const columns = `s.id, s.division_code as division, s.month::text as month, s.act, s.figures, s.note, s.recorded_at as "recordedAt",
  coalesce(u.display_name, '') as "recordedBy", s.withdrawn_at as "withdrawnAt", s.withdraw_reason as "withdrawReason"`

/** No posting is under way and none begins until the transaction ends; a year begun since is opened. */
export async function holdBook(tx: Transaction, county: number, at: Date): Promise<void> {
  await ask(tx, 'select app.hold_book()', [])
  await ask(tx, 'select app.open_years($1, $2)', [county, at])
}

/** Of a signature: that it stands now, as the index of those that do says it; or that it stood at a moment. */
function standing(bound: Bound, asOf: Date | null): string {
  if (asOf === null) return 'withdrawn_at is null'
  const moment = `${bound.bind(asOf)}::timestamptz`
  return `recorded_at <= ${moment} and (withdrawn_at is null or withdrawn_at > ${moment})`
}

/** Signatures of divisions as known at a moment, the withdrawn ones too, newest first. */
export async function selectSignatures(
  tx: Transaction,
  county: number,
  divisions: readonly DivisionCode[],
  { from, until, asOf = null }: { from: Month; until: Month; asOf?: Date | null },
): Promise<SignatureRow[]> {
  const text = `select ${columns} from book_signatures s left join users u on u.id = s.recorded_by
  where s.county_code = $1 and s.division_code = any($2::text[]) and s.month between $3 and $4
    and s.recorded_at <= coalesce($5::timestamptz, 'infinity') order by s.recorded_at desc`
  const rows = await ask<SignatureRow>(tx, text, [county, divisions, from, until, asOf])
  return rows.map((row) =>
    asOf && row.withdrawnAt && row.withdrawnAt > asOf
      ? { ...row, withdrawnAt: null, withdrawReason: null }
      : row,
  )
}

/** Standing signatures of a month anywhere in the county: division codes. */
export async function signedIn(
  tx: Transaction,
  county: number,
  month: Month,
  asOf: Date | null = null,
): Promise<Set<DivisionCode>> {
  const bound = new Bound()
  const text = `select division_code as code from book_signatures
  where county_code = ${bound.bind(county)} and month = ${bound.bind(month)} and ${standing(bound, asOf)}`
  const rows = await ask<{ code: DivisionCode }>(tx, text, bound.values)
  return new Set(rows.map(({ code }) => code))
}

/** The same of the own area for whoever signs above them: nobody takes one back meanwhile. */
export async function holdSigned(tx: Transaction, county: number, month: Month): Promise<Set<DivisionCode>> {
  const text = `select division_code as code from book_signatures
  where county_code = $1 and month = $2 and withdrawn_at is null for share`
  const rows = await ask<{ code: DivisionCode }>(tx, text, [county, month])
  return new Set(rows.map(({ code }) => code))
}

/** The same of these divisions for whoever signs their month after it. */
export async function holdFormer(
  tx: Transaction,
  county: number,
  divisions: readonly DivisionCode[],
  month: Month,
): Promise<void> {
  const text = `select from book_signatures
  where county_code = $1 and division_code = any($2::text[]) and month = $3 and withdrawn_at is null for share`
  await ask(tx, text, [county, divisions, month])
}

/** A signature that is to be taken back: nobody else does so, and nobody signs above it or after it meanwhile. */
export async function lockSignature(
  tx: Transaction,
  access: Access,
  id: string,
): Promise<SignatureRow | undefined> {
  const bound = new Bound()
  const text = `select ${columns} from book_signatures s left join users u on u.id = s.recorded_by
  where s.county_code = ${bound.bind(access.county)} and s.id = ${bound.bind(id)} and ${within(bound, 's.division_code', access.prefixes)}
  for no key update of s`
  const [row] = await ask<SignatureRow>(tx, text, bound.values)
  return row
}

/** The latest month of all that the division has signed; null where it never has. */
export async function lastSigned(
  tx: Transaction,
  county: number,
  division: DivisionCode,
  asOf: Date | null = null,
): Promise<Month | null> {
  const bound = new Bound()
  const text = `select max(month)::text as month from book_signatures
  where county_code = ${bound.bind(county)} and division_code = ${bound.bind(division)} and ${standing(bound, asOf)}`
  const [row] = await ask<{ month: Month | null }>(tx, text, bound.values)
  return row?.month ?? null
}

/** The latest month before this one that each of the divisions has signed; those that never have are left out. */
export async function latestSigned(
  tx: Transaction,
  county: number,
  divisions: readonly DivisionCode[],
  month: Month,
  asOf: Date | null = null,
): Promise<Map<DivisionCode, Month>> {
  const bound = new Bound()
  const text = `select division_code as code, max(month)::text as month from book_signatures
  where county_code = ${bound.bind(county)} and division_code = any(${bound.bind(divisions)}::text[]) and month < ${bound.bind(month)}
    and ${standing(bound, asOf)} group by 1`
  const rows = await ask<{ code: DivisionCode; month: Month }>(tx, text, bound.values)
  return new Map(rows.map((row) => [row.code, row.month]))
}

/**
 * The parts of a level that answer for a month: all that are in the book but those that no longer stood, or did not
 * stand yet, and had nobody and no change in it.
 */
export async function partsInBook(
  tx: Transaction,
  { county, prefixes }: Pick<Ledger, 'county' | 'prefixes'>,
  division: DivisionCode,
  level: 4 | 5,
  month: Month,
): Promise<DivisionCode[]> {
  const bound = new Bound()
  const table = level === 5 ? 'village_months' : 'township_months'
  const own = bound.bind(county)
  const day = `${bound.bind(month)}::date`
  const text = `select part.code from (
    select distinct v.division_code as code from ${table} v where v.county_code = ${own}
      and ${within(bound, 'v.division_code', [prefixOf(division)])} and ${within(bound, 'v.division_code', prefixes)} and v.month <= ${day}
  ) part
  where exists (select from divisions d where d.code = part.code and d.valid_from < ${day} + interval '1 month'
      and (d.valid_to is null or d.valid_to > ${day}))
    or (select sum(v.residence) <> 0 or sum(v.registered) <> 0 or bool_or(v.month = ${day} and (v.residence <> 0 or v.registered <> 0))
      from ${table} v where v.county_code = ${own} and v.division_code = part.code and v.month <= ${day})
  order by 1`
  return (await ask<{ code: DivisionCode }>(tx, text, bound.values)).map(({ code }) => code)
}

const flowNames = ['births', 'deaths', 'movesIn', 'movesOut', 'entries', 'exits', 'boundary'] as const
const flowOf: Record<(typeof flowNames)[number], [kinds: string, sign: 1 | -1]> = {
  births: [`'BIRTH'`, 1],
  deaths: [`'DEATH'`, -1],
  movesIn: [`'IN'`, 1],
  movesOut: [`'OUT'`, -1],
  entries: [`'ENTRY', 'OPENING'`, 1],
  exits: [`'EXIT'`, -1],
  boundary: [`'BOUNDARY'`, 1],
}

function figuresObject(basis: 'residence' | 'registered', month: string): string {
  const flows = flowNames.map((name) => {
    const [kinds, sign] = flowOf[name]
    return `'${name}', coalesce(sum(${sign} * ${basis}) filter (where month = ${month} and kind in (${kinds})), 0)`
  })
  return `jsonb_build_object('opening', coalesce(sum(${basis}) filter (where month < ${month}), 0), ${flows.join(', ')}, 'closing', coalesce(sum(${basis}), 0))`
}

export type Signing = {
  division: DivisionCode
  level: 3 | 4 | 5
  parts: readonly DivisionCode[]
  month: Month
  note: string | null
  at: Date
  /** Villages with a residual: nobody signs above them. */
  odd: readonly DivisionCode[]
}

/** Villages of a division whose closing is not what a recount of their people says. */
export async function findResiduals(
  tx: Transaction,
  { county }: Pick<Access, 'county'>,
  division: DivisionCode,
  month: Month,
): Promise<DivisionCode[]> {
  const { lo, hi } = rangeOf(prefixOf(division))
  const text = `with closing as (
    select division_code as code, sum(residence)::int as residence, sum(registered)::int as registered from village_months
    where county_code = $1 and month <= $4::date and division_code >= $2 and division_code < $3 group by 1
  )
  select coalesce(c.code, r.code) as code
  from closing c full join app.recount_people($1, $2, $3, ($4::date + interval '1 month' - interval '1 day')::date) r on r.code = c.code
  where coalesce(c.residence, 0) <> coalesce(r.residence, 0) or coalesce(c.registered, 0) <> coalesce(r.registered, 0)`
  const rows = await ask<{ code: DivisionCode }>(tx, text, [county, lo, hi, month])
  return rows.map(({ code }) => code)
}

/**
 * Signs for these divisions of one level with the figures as they stand, where no village of theirs has a residual;
 * answers which were signed.
 */
export async function insertSignatures(
  tx: Transaction,
  access: Access,
  { division, level, parts, month, note, at, odd }: Signing,
): Promise<DivisionCode[]> {
  const bound = new Bound()
  const county = bound.bind(access.county)
  const day = `${bound.bind(month)}::date`
  const digits = { 3: 6, 4: 9, 5: 12 }[level]
  const upward = (column: string) => `rpad(left(${column}, ${digits}), 12, '0')`
  const text = `with village as materialized (
    select division_code as code, month, kind, residence, registered from village_months
    where county_code = ${county} and month <= ${day} and ${within(bound, 'division_code', [prefixOf(division)])}
  ), figures as (
    select ${upward('code')} as part, jsonb_build_object('residence', ${figuresObject('residence', day)}, 'registered', ${figuresObject('registered', day)}) as figures
    from village group by 1
  )
  insert into book_signatures (county_code, id, division_code, month, act, figures, note, recorded_at, recorded_by)
  select ${county}, app.derived_id(concat_ws('/', part, ${bound.bind(newId(at.getTime()))}::text)), part, ${day}, ${bound.bind(actOfLevel[level])}, figures,
    ${bound.bind(note)}, ${bound.bind(at)}, ${bound.bind(access.actorId)}::uuid
  from figures
  where part = any(${bound.bind(parts)}::text[])
    and part not in (select ${upward('odd.code')} from unnest(${bound.bind(odd)}::text[]) as odd (code))
  returning division_code as code`
  return (await ask<{ code: DivisionCode }>(tx, text, bound.values)).map(({ code }) => code)
}

export async function withdraw(
  tx: Transaction,
  access: Access,
  { id, reason, at }: { id: string; reason: string; at: Date },
): Promise<void> {
  const text = `update book_signatures set withdrawn_at = $3, withdrawn_by = $4, withdraw_reason = $5 where county_code = $1 and id = $2`
  await ask(tx, text, [access.county, id, at, access.actorId, reason])
}
