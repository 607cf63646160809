import { sql, type SQL } from 'drizzle-orm'
import type { DivisionChangePreview } from '@youyu/shared/divisions'
import { prefixOf, type DivisionCode } from '@youyu/shared/values'
import type { Statements, Transaction } from '../../../database/connect.ts'

/**
 * Where records stand: the one place that writes a division code into the tables of other modules, because a change of
 * divisions is one deed in one transaction. Projections follow to the new code; facts keep the code that was valid
 * when they happened.
 */
export type Moving = {
  counties: readonly number[]
  moves: readonly { from: DivisionCode; to: DivisionCode }[]
  changeId: string
  effectiveOn: string
  sourceDocument: string
  actorId: string
  now: Date
}

type Counts = Omit<DivisionChangePreview, 'divisions'>

const intsOf = (numbers: readonly number[]) => sql`${sql.param([...numbers])}::int[]`
const textsOf = (texts: readonly string[]) => sql`${sql.param([...texts])}::text[]`
const mapOf = (moves: Moving['moves'], key: (code: string) => string = (code) => code) =>
  sql`${JSON.stringify(Object.fromEntries(moves.map(({ from, to }) => [key(from), key(to)])))}::jsonb`

const after = (map: SQL, column: SQL) => sql`coalesce(${map} ->> ${column}, ${column})`

/** What stands on these codes: people living or registered there, households, residence that goes on, and so on. */
export async function countRecords(
  db: Statements,
  counties: readonly number[],
  codes: readonly DivisionCode[],
  effectiveOn: string,
): Promise<Counts> {
  const county = intsOf(counties)
  const list = textsOf(codes)
  const prefixes = textsOf(codes.map(prefixOf))
  const { rows } = await db.execute<Counts>(sql`
    select
      (select count(*) from persons where county_code = any(${county}) and (residence_division = any(${list}) or hukou_division = any(${list})))::int as persons,
      (select count(*) from households where county_code = any(${county}) and division_code = any(${list}))::int as households,
      (select count(*) from residence_episodes where county_code = any(${county}) and division_code = any(${list})
        and voided_at is null and (to_on is null or to_on > ${effectiveOn}))::int as "residenceEpisodes",
      (select count(*) from organisations where division_code = any(${list}))::int as organisations,
      ((select count(*) from grants where division_prefix = any(${prefixes}) and withdrawn_at is null)
        + (select count(*) from api_clients where division_prefix = any(${prefixes}) and status = 'active'))::int as grants`)
  return rows[0]!
}

/** Writes a fact for every person whose present place is named anew. */
export async function movePersons(
  tx: Transaction,
  { counties, moves, changeId, effectiveOn, sourceDocument, actorId, now }: Moving,
): Promise<number> {
  const map = mapOf(moves)
  const codes = textsOf(moves.map((move) => move.from))
  const { rows } = await tx.execute<{ moved: number }>(sql`
    with standing as materialized (
      select county_code, id, residence_division as residence, hukou_division as hukou,
        ${after(map, sql`residence_division`)} as new_residence, ${after(map, sql`hukou_division`)} as new_hukou
      from persons
      where county_code = any(${intsOf(counties)}) and (residence_division = any(${codes}) or hukou_division = any(${codes}))
    ), facts as (
      insert into person_facts (county_code, id, person_id, kind, occurred_on, before, after, reason, recorded_at, recorded_by, source, source_ref)
      select county_code, app.derived_id(${changeId} || id::text), id, 'division-change', ${effectiveOn}::date,
        jsonb_strip_nulls(jsonb_build_object(
          'residenceDivision', case when residence <> new_residence then residence end,
          'hukouDivision', case when hukou <> new_hukou then hukou end)),
        jsonb_strip_nulls(jsonb_build_object(
          'residenceDivision', case when residence <> new_residence then new_residence end,
          'hukouDivision', case when hukou <> new_hukou then new_hukou end)),
        ${sourceDocument}, ${now}::timestamptz, ${actorId}::uuid, 'MANUAL', ${changeId}
      from standing
    ), moved as (
      update persons p set residence_division = s.new_residence, hukou_division = s.new_hukou, updated_at = ${now}, version = p.version + 1
      from standing s where p.county_code = s.county_code and p.id = s.id
      returning 1
    )
    select count(*)::int as moved from moved`)
  return rows[0]!.moved
}

/**
 * An episode that reaches over the day of the change ends there under the old code and goes on under the new one; an
 * episode that begins later named a code no longer in force: it is voided and replaced.
 */
export async function moveEpisodes(
  tx: Transaction,
  { counties, moves, changeId, effectiveOn, sourceDocument, actorId, now }: Moving,
): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    with ended as (
      update residence_episodes e set
        to_on = case when o.from_on >= ${effectiveOn} then e.to_on else ${effectiveOn}::date end,
        voided_at = case when o.from_on >= ${effectiveOn} then ${now}::timestamptz end,
        voided_by = case when o.from_on >= ${effectiveOn} then ${actorId}::uuid end,
        void_reason = case when o.from_on >= ${effectiveOn} then ${sourceDocument} end
      from residence_episodes o
      where e.county_code = any(${intsOf(counties)}) and o.county_code = e.county_code and o.id = e.id
        and o.division_code = any(${textsOf(moves.map((move) => move.from))})
        and o.voided_at is null and (o.to_on is null or o.to_on > ${effectiveOn})
      returning o.*
    )
    insert into residence_episodes (county_code, id, person_id, division_code, from_on, to_on, status, evidence, expected_return,
      recorded_at, recorded_by, source, source_ref, replaces)
    select county_code, app.derived_id(${changeId} || id::text), person_id, ${mapOf(moves)} ->> division_code,
      greatest(from_on, ${effectiveOn}::date), to_on, status, evidence, expected_return,
      ${now}::timestamptz, ${actorId}::uuid, source, ${changeId}, case when from_on >= ${effectiveOn} then id end
    from ended`)
  return rowCount ?? 0
}

export async function moveHouseholds(tx: Transaction, { counties, moves, now }: Moving): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    update households set division_code = ${mapOf(moves)} ->> division_code, updated_at = ${now}, version = version + 1
    where county_code = any(${intsOf(counties)}) and division_code = any(${textsOf(moves.map((move) => move.from))})`)
  return rowCount ?? 0
}

export async function moveOrganisations(tx: Transaction, { moves, now }: Moving): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    update organisations set division_code = ${mapOf(moves)} ->> division_code, updated_at = ${now}, version = version + 1
    where division_code = any(${textsOf(moves.map((move) => move.from))})`)
  return rowCount ?? 0
}

/** Where somebody already has the same role in the new area, the second grant is withdrawn. */
export async function moveGrants(tx: Transaction, { moves, actorId, now }: Moving): Promise<number> {
  const map = mapOf(moves, prefixOf)
  const prefixes = textsOf(moves.map((move) => prefixOf(move.from)))
  await tx.execute(sql`
    update grants set withdrawn_at = ${now}, withdrawn_by = ${actorId}::uuid
    where id in (
      select id from (
        select id, row_number() over (
          partition by user_id, role, ${after(map, sql`division_prefix`)} order by division_prefix = any(${prefixes}), id) as place
        from grants where withdrawn_at is null
      ) as same where place > 1)`)
  const moved = await tx.execute(sql`
    update grants set division_prefix = ${map} ->> division_prefix where division_prefix = any(${prefixes}) and withdrawn_at is null`)
  const clients = await tx.execute(sql`
    update api_clients set division_prefix = ${map} ->> division_prefix, version = version + 1 where division_prefix = any(${prefixes})`)
  return (moved.rowCount ?? 0) + (clients.rowCount ?? 0)
}

/** From here on nobody is counted into a village until the change is done; whoever was being counted is in. */
export async function holdCounts(tx: Transaction): Promise<void> {
  await tx.execute(sql`select app.hold_counts()`)
}

/** Kept counts leave the old villages and arrive at the new ones. */
export async function moveCounts(tx: Transaction, { counties, moves, now }: Moving): Promise<void> {
  const map = mapOf(moves)
  const sums = ['residents', 'registered', 'inflow', 'away', 'households', 'male', 'female'].map((column) =>
    sql.raw(column),
  )
  for (const county of counties) {
    await tx.execute(sql`
      with leaving as (
        select * from village_counts where county_code = ${county} and division_code = any(${textsOf(moves.map((move) => move.from))})
      ), delta as (
        select division_code as village, ${sql.join(
          sums.map((sum) => sql`-${sum} as ${sum}`),
          sql`, `,
        )} from leaving
        union all
        select ${map} ->> division_code, ${sql.join(sums, sql`, `)} from leaving
      )
      select app.adjust_village_counts(${county}, array_agg(village), ${sql.join(
        sums.map((sum) => sql`array_agg(${sum})`),
        sql`, `,
      )}, ${now}::timestamptz)
      from delta having count(*) > 0`)
  }
}

/** The book of people follows: who stood on an old code leaves it on the day of the change and comes to the new one. */
export async function postMoved(
  tx: Transaction,
  { counties, changeId, actorId, now }: Moving,
): Promise<void> {
  for (const county of counties) {
    await tx.execute(sql`
      select count(*) from app.post_people(${county}, array(
        select person_id from person_facts where county_code = ${county} and kind = 'division-change' and source_ref = ${changeId}
        union
        select person_id from residence_episodes where county_code = ${county} and source_ref = ${changeId}
      ), ${now}::timestamptz, ${actorId}::uuid)`)
  }
}

/** What belongs to the area of its maker stays visible there: imports and exports. */
export async function moveWork(tx: Transaction, { counties, moves }: Moving): Promise<void> {
  for (const table of ['imports', 'person_exports']) {
    await tx.execute(sql`
      update ${sql.raw(table)} set division_code = ${mapOf(moves)} ->> division_code
      where county_code = any(${intsOf(counties)}) and division_code = any(${textsOf(moves.map((move) => move.from))})`)
  }
}
