import type { PopulationChoice } from '@youyu/shared/population/indicators'
import { prefixOf, rangeOf, type CivilDate, type DivisionCode } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { within } from '../../area.ts'
import { ask, Bound } from '../../../../database/statements.ts'
import { widened } from '../../widening.ts'
import type { Area } from '../area.ts'
import type { Relations } from './relations.ts'
import { movesTo, type Move, type Succession } from './rules-boundary.ts'

/** What is counted: an area by the divisions of a day, whole or by its parts. */
export type Scope = {
  area: Area
  population: PopulationChoice
  isParted: boolean
  boundary: CivilDate
  today: CivilDate
  /** Where the catalogue's facts are kept. */
  relations: Relations
  /** Codes that are another at the boundary than they were. */
  moves: readonly Move[]
}

/** Successions of divisions of a county; most counties have none for years. */
async function selectSuccessions(tx: Transaction, county: number): Promise<Succession[]> {
  const { lo, hi } = rangeOf(String(county))
  const text = `select from_code as "from", to_code as "to", effective_on as "on",
    coalesce(population_share, 1)::float8 as share, origin_share::float8 as "originShare"
  from division_successions where (from_code >= $1 and from_code < $2) or (to_code >= $1 and to_code < $2)`
  return await ask(tx, text, [lo, hi])
}

/** What came to the area from codes outside it is read with it: the first gate has let her reach the division of today. */
export async function scopeOf(
  tx: Transaction,
  access: Access,
  area: Area,
  asked: {
    population: PopulationChoice
    boundary: CivilDate
    today: CivilDate
    isParted: boolean
    relations: Relations
  },
): Promise<Scope> {
  const successions = await selectSuccessions(tx, area.county)
  const moves = successions.length === 0 ? [] : movesTo(asked.boundary, successions)
  const arriving = moves.filter(({ to }) => area.parts.some((part) => to.startsWith(part)))
  if (arriving.length > 0)
    await widened(
      tx,
      access,
      arriving.map(({ code }) => code),
    )
  return { area, ...asked, moves }
}

const partDigits = { 3: 9, 4: 12, 5: 12 } as const

/** The part that a place belongs to. */
export function partOf(bound: Bound, { area, isParted }: Scope, place: string): string {
  return isParted ? `rpad(left(${place}, ${partDigits[area.level]}), 12, '0')` : bound.bind(area.division)
}

/** Prefixes that the area is read by. */
export function prefixesOf({ level, division, parts }: Area): readonly string[] {
  return level === 5 ? [prefixOf(division)] : parts
}

/** A place as it is at the boundary: a join for the codes that moved, the condition, and the expression. */
export function placed(
  bound: Bound,
  scope: Scope,
  place: string,
  day: string | null,
): { join: string; inside: string; place: string } {
  const prefixes = prefixesOf(scope.area)
  const inside = within(bound, place, prefixes)
  if (scope.moves.length === 0) return { join: '', inside, place }
  const columns = (['code', 'from', 'until', 'to'] as const).map((column) =>
    bound.bind(scope.moves.map((move) => move[column])),
  )
  const on = day ?? `${bound.bind(scope.today)}::date`
  const at = `coalesce(moved.to_code collate "C", ${place})`
  const arriving = scope.moves
    .filter(({ to }) => prefixes.some((prefix) => to.startsWith(prefix)))
    .map(({ code }) => code)
  return {
    join: `left join unnest(${columns[0]}::text[], ${columns[1]}::date[], ${columns[2]}::date[], ${columns[3]}::text[]) as moved (code, from_on, until_on, to_code)
      on moved.code collate "C" = ${place} and ${on} >= moved.from_on and ${on} < moved.until_on`,
    inside: `(${inside} or ${place} = any(${bound.bind(arriving)}::text[])) and ${within(bound, at, prefixes)}`,
    place: at,
  }
}

/** The parts in force at the boundary, and whatever else something was counted for. */
export async function selectParts(
  tx: Transaction,
  { area, boundary }: Scope,
  counted: readonly DivisionCode[],
): Promise<DivisionCode[]> {
  if (area.level === 5) return [area.division]
  const bound = new Bound()
  const text = `select distinct code from divisions
  where level = ${area.level + 1} and ${within(bound, 'code', prefixesOf(area))}
    and valid_from <= ${bound.bind(boundary)}::date and (valid_to is null or valid_to > ${bound.bind(boundary)}::date)`
  const inForce = await ask<{ code: DivisionCode }>(tx, text, bound.values)
  return [...new Set([...inForce.map(({ code }) => code), ...counted])].sort()
}

/** Names of divisions by which a past boundary tells them; one that began later had no other than its first. */
export async function findNamesOn(
  tx: Transaction,
  codes: readonly DivisionCode[],
  day: CivilDate,
): Promise<Map<DivisionCode, { name: string; level: number }>> {
  const text = `select distinct on (code) code, name, level::int as level from divisions where code = any($1::text[])
  order by code, case when valid_from <= $2::date then valid_from end desc nulls last, valid_from`
  const places = await ask<{ code: DivisionCode; name: string; level: number }>(tx, text, [codes, day])
  return new Map(places.map(({ code, ...place }) => [code, place]))
}
