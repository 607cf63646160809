import { and, asc, eq, gt, gte, isNull, lt, lte, or, sql, type SQL } from 'drizzle-orm'
import type { Division } from '@youyu/shared/divisions'
import type { CivilDate, DivisionCode } from '@youyu/shared/values'
import type { Statements } from '../../database/connect.ts'
import { placeReadings } from './readings.ts'
import { divisions } from './tables.ts'

/** The day on which the divisions of a first load are taken to have been in force: before anything recorded. */
export const BEFORE_RECORDS = '1900-01-01'

function validOn(day: CivilDate): SQL {
  return and(lte(divisions.validFrom, day), or(isNull(divisions.validTo), gt(divisions.validTo, day)))!
}

const shown = (day: CivilDate) => ({
  code: divisions.code,
  name: divisions.name,
  pinyin: divisions.pinyin,
  level: divisions.level,
  parentCode: divisions.parentCode,
  urbanRural: divisions.urbanRural,
  validFrom: divisions.validFrom,
  validTo: divisions.validTo,
  successors: divisions.successors,
  hasChildren: sql<boolean>`exists (
    select from divisions c where c.parent_code = divisions.code and c.valid_from <= ${day} and (c.valid_to is null or c.valid_to > ${day})
  )`,
})

type Wanted = {
  asOf: CivilDate
  limit: number
  /** A code, or `root`. */
  parent?: string | undefined
  under?: DivisionCode | undefined
  level?: number | undefined
  q?: string | undefined
  /** Level and code of the last row before; the level is 0 where rows come in order of code alone. */
  after: readonly [number, string] | null
}

/** In order of code; what a text found, the greater divisions first. */
export async function listDivisions(
  db: Statements,
  wanted: Wanted,
  underRange: { lo: string; hi: string } | null,
): Promise<Division[]> {
  const { asOf, limit, parent, level, q, after } = wanted
  const afterKey =
    after === null
      ? undefined
      : q === undefined
        ? gt(divisions.code, after[1])
        : or(gt(divisions.level, after[0]), and(eq(divisions.level, after[0]), gt(divisions.code, after[1])))
  return await db
    .select(shown(asOf))
    .from(divisions)
    .where(
      and(
        validOn(asOf),
        parent === undefined
          ? undefined
          : parent === 'root'
            ? isNull(divisions.parentCode)
            : eq(divisions.parentCode, parent),
        underRange ? and(gte(divisions.code, underRange.lo), lt(divisions.code, underRange.hi)) : undefined,
        level === undefined ? undefined : eq(divisions.level, level),
        q === undefined ? undefined : matching(q),
        afterKey,
      ),
    )
    .orderBy(...(q === undefined ? [] : [asc(divisions.level)]), asc(divisions.code))
    .limit(limit + 1)
}

function matching(q: string): SQL {
  if (/^\d+$/.test(q)) return begins(divisions.code, q)
  const typed = q.toLowerCase().replaceAll('ü', 'v').replace(/[\s']/g, '')
  if (/^[a-z]+$/.test(typed)) return or(begins(divisions.pinyin, typed), begins(divisions.initials, typed))!
  return sql`position(${q} in ${divisions.name}) > 0`
}

function begins(
  column: typeof divisions.code | typeof divisions.pinyin | typeof divisions.initials,
  prefix: string,
): SQL {
  return and(gte(column, prefix), lt(column, `${prefix}~`))!
}

export async function findDivision(
  db: Statements,
  code: DivisionCode,
  asOf: CivilDate,
): Promise<Division | undefined> {
  const [found] = await db
    .select(shown(asOf))
    .from(divisions)
    .where(and(eq(divisions.code, code), validOn(asOf)))
  return found
}

/** The chain of parents from the province down, the division itself last. */
export async function findPath(
  db: Statements,
  code: DivisionCode,
  asOf: CivilDate,
): Promise<{ code: string; name: string }[]> {
  const { rows } = await db.execute<{ code: string; name: string }>(sql`
    with recursive upward as (
      select code, name, parent_code, 1 as step from divisions
      where code = ${code} and valid_from <= ${asOf} and (valid_to is null or valid_to > ${asOf})
      union all
      select d.code, d.name, d.parent_code, u.step + 1 from upward u join divisions d on d.code = u.parent_code
      where d.valid_from <= ${asOf} and (d.valid_to is null or d.valid_to > ${asOf}) and u.step < 6
    )
    select code, name from upward order by step desc`)
  return rows
}

/** Which of these codes are not in force on a day. */
export async function codesNotValid(
  db: Statements,
  codes: readonly DivisionCode[],
  asOf: CivilDate,
): Promise<DivisionCode[]> {
  const { rows } = await db.execute<{ code: string }>(sql`
    select code from unnest(${sql.param([...codes])}::text[]) as wanted (code)
    where not exists (
      select from divisions d where d.code = wanted.code and d.valid_from <= ${asOf} and (d.valid_to is null or d.valid_to > ${asOf}))`)
  return rows.map((row) => row.code)
}

export type NewDivisionRow = {
  code: DivisionCode
  name: string
  level: number
  parentCode: DivisionCode | null
  urbanRural: string | null
}

/** Adds divisions in one statement; a code already in force is left as it is. Answers the codes added. */
export async function insertDivisions(
  db: Statements,
  rows: readonly NewDivisionRow[],
  {
    validFrom = BEFORE_RECORDS,
    sourceDocument,
    now,
  }: { validFrom?: CivilDate; sourceDocument: string | null; now: Date },
): Promise<DivisionCode[]> {
  const complete = rows.map(({ code, name, level, parentCode, urbanRural }) => ({
    code,
    name,
    level,
    parent_code: parentCode,
    urban_rural: urbanRural,
    ...placeReadings(name),
  }))
  const added = await db.execute<{ code: string }>(sql`
    insert into divisions (code, valid_from, name, pinyin, initials, level, parent_code, urban_rural, source_document, recorded_at)
    select code, ${validFrom}, name, pinyin, initials, level, parent_code, urban_rural, ${sourceDocument}, ${now}
    from jsonb_to_recordset(${JSON.stringify(complete)}::jsonb)
      as row (code text, name text, pinyin text, initials text, level smallint, parent_code text, urban_rural text)
    order by code
    on conflict do nothing
    returning code`)
  return added.rows.map((row) => row.code)
}
