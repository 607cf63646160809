import { and, desc, lt, sql } from 'drizzle-orm'
import type { DivisionChange, DivisionChangePreview, NewDivisionChange } from '@youyu/shared/divisions'
import { prefixOf, rangeOf, type DivisionCode } from '@youyu/shared/values'
import type { Statements, Transaction } from '../../../database/connect.ts'
import { placeReadings } from '../readings.ts'
import { divisionChanges, divisionSuccessions } from '../tables.ts'
import type { ChangePlan, KnownDivision } from './rules.ts'

const prefixLengths = [2, 4, 6, 9, 12]

/** The divisions in force on or after a day: those above the codes, the codes themselves and all below. */
export async function divisionsAround(
  db: Statements,
  codes: readonly DivisionCode[],
  from: string,
): Promise<KnownDivision[]> {
  const above = codes.flatMap((code) => prefixLengths.map((length) => code.slice(0, length).padEnd(12, '0')))
  const ranges = codes.map((code) => rangeOf(prefixOf(code)))
  const { rows } = await db.execute<KnownDivision>(sql`
    select code, name, level, parent_code as "parentCode", urban_rural as "urbanRural",
      valid_from as "validFrom", valid_to as "validTo"
    from divisions d
    where (valid_to is null or valid_to > ${from}) and (
      code = any(${sql.param([...new Set(above)])}::text[])
      or exists (
        select from unnest(${sql.param(ranges.map((range) => range.lo))}::text[], ${sql.param(ranges.map((range) => range.hi))}::text[]) as under (lo, hi)
        where d.code >= under.lo collate "C" and d.code < under.hi collate "C"))
    order by code`)
  return rows
}

/** Two changes of the same divisions wait for each other. */
export async function lockDivisions(tx: Transaction, codes: readonly DivisionCode[]): Promise<void> {
  await tx.execute(sql`
    select code from divisions where code = any(${sql.param([...codes])}::text[]) and valid_to is null order by code for update`)
}

export async function closeAndOpen(
  tx: Transaction,
  plan: ChangePlan,
  { effectiveOn, sourceDocument }: NewDivisionChange,
  now: Date,
): Promise<void> {
  const closing = JSON.stringify(plan.closing)
  const opening = JSON.stringify(
    plan.opening.map(({ code, name, level, parentCode, urbanRural }) => ({
      code,
      name,
      level,
      parent_code: parentCode,
      urban_rural: urbanRural,
      ...placeReadings(name),
    })),
  )
  await tx.execute(sql`
    update divisions d set valid_to = ${effectiveOn},
      successors = array(select jsonb_array_elements_text(ending.successors))
    from jsonb_to_recordset(${closing}::jsonb) as ending (code text, successors jsonb)
    where d.code = ending.code and d.valid_to is null`)
  await tx.execute(sql`
    insert into divisions (code, valid_from, name, pinyin, initials, level, parent_code, urban_rural, source_document, recorded_at)
    select code, ${effectiveOn}, name, pinyin, initials, level, parent_code, urban_rural, ${sourceDocument}, ${now}
    from jsonb_to_recordset(${opening}::jsonb)
      as row (code text, name text, pinyin text, initials text, level smallint, parent_code text, urban_rural text)`)
}

export async function insertSuccessions(
  tx: Transaction,
  changeId: string,
  effectiveOn: string,
  successions: readonly { from: string; to: string; share: number | null; originShare: number }[],
): Promise<void> {
  if (successions.length === 0) return
  await tx.insert(divisionSuccessions).values(
    successions.map(({ from, to, share, originShare }) => ({
      changeId,
      fromCode: from,
      toCode: to,
      effectiveOn,
      populationShare: share,
      originShare,
    })),
  )
}

export async function insertChange(
  tx: Transaction,
  change: NewDivisionChange,
  row: { id: string; moved: DivisionChangePreview; recordedAt: Date; recordedBy: string },
): Promise<void> {
  const { kind, from, to, effectiveOn, sourceDocument } = change
  await tx.insert(divisionChanges).values({
    ...row,
    kind,
    fromCodes: from,
    toCodes: to.map(({ code }) => code),
    effectiveOn,
    sourceDocument,
  })
}

/** Newest first; of one division, those that it came from or went to. */
export async function listChanges(
  db: Statements,
  { division, before, limit }: { division: DivisionCode | undefined; before: string | null; limit: number },
): Promise<DivisionChange[]> {
  const rows = await db
    .select()
    .from(divisionChanges)
    .where(
      and(
        before === null ? undefined : lt(divisionChanges.id, before),
        division === undefined
          ? undefined
          : sql`(${division} = any(${divisionChanges.fromCodes}) or ${division} = any(${divisionChanges.toCodes})
              or exists (select from ${divisionSuccessions} s where s.change_id = ${divisionChanges.id} and ${division} in (s.from_code, s.to_code)))`,
      ),
    )
    .orderBy(desc(divisionChanges.id))
    .limit(limit + 1)
  return rows.map(({ id, kind, fromCodes, toCodes, effectiveOn, sourceDocument, recordedAt, moved }) => ({
    id,
    kind,
    from: fromCodes,
    to: toCodes,
    effectiveOn,
    sourceDocument,
    recordedAt: recordedAt.toISOString(),
    moved,
  }))
}

/** People living today in the subtree of each code, for the shares of a merger. */
export async function residentsOf(
  tx: Statements,
  counties: readonly number[],
  codes: readonly DivisionCode[],
): Promise<number[]> {
  const ranges = codes.map((code) => rangeOf(prefixOf(code)))
  const { rows } = await tx.execute<{ residents: number }>(sql`
    select coalesce((
      select sum(c.residents) from village_counts c
      where c.county_code = any(${sql.param([...counties])}::int[])
        and c.division_code >= under.lo collate "C" and c.division_code < under.hi collate "C"), 0)::int as residents
    from unnest(${sql.param(ranges.map((range) => range.lo))}::text[], ${sql.param(ranges.map((range) => range.hi))}::text[])
      with ordinality as under (lo, hi, place)
    order by place`)
  return rows.map((row) => row.residents)
}
