import { rangeOf, type DivisionPrefix } from '@youyu/shared/values'
import { covers, type Access } from '../../access/access.ts'
import { Refused } from '../../refused.ts'
import type { Bound } from '../../database/statements.ts'

/** A column inside subtrees of divisions; no prefix means no row. */
export function within(bound: Bound, column: string, prefixes: readonly DivisionPrefix[]): string {
  const ranges = prefixes.map((prefix) => {
    const { lo, hi } = rangeOf(prefix)
    return `${column} >= ${bound.bind(lo)} and ${column} < ${bound.bind(hi)}`
  })
  return ranges.length === 0 ? 'false' : `(${ranges.join(' or ')})`
}

/** The first gate: people of the county in whose area they live or are registered (domain §2.2). */
export function peopleOfCounty(bound: Bound, access: Access, alias: string): string {
  return `${alias}.county_code = ${bound.bind(access.county)} and ${withinArea(bound, access, alias)}`
}

/** The same of people whose county is known already. */
function withinArea(bound: Bound, access: Access, alias: string): string {
  const residence = within(bound, `${alias}.residence_division`, access.prefixes)
  const hukou = within(bound, `${alias}.hukou_division`, access.prefixes)
  return `(${residence} or ${hukou})`
}

/** Somebody whom a record names, as far as the reader may see her; asked row by row, never as a join of everybody. */
export function personNamed(bound: Bound, access: Access, alias: string, id: string): string {
  return `left join lateral (select * from persons s where s.id = ${id} and ${peopleOfCounty(bound, access, 's')} limit 1) ${alias} on true`
}

/** Rows kept in the area by place, for long lists: of a whole county every row is. */
export function keptInArea(bound: Bound, access: Access, alias: string): string {
  const county = `${alias}.county_code = ${bound.bind(access.county)}`
  const isWhole = access.prefixes.some((prefix) => String(access.county).padStart(6, '0').startsWith(prefix))
  return isWhole ? county : `${county} and ${within(bound, `${alias}.division_code`, access.prefixes)}`
}

/** The same of one who is asked for by her id: the county itself still knows who has left it for good. */
export function personOfCounty(bound: Bound, access: Access, alias: string): string {
  const isCounty = access.county !== 0 && covers(access.prefixes, String(access.county).padEnd(12, '0'))
  if (!isCounty) return peopleOfCounty(bound, access, alias)
  return `${alias}.county_code = ${bound.bind(access.county)} and (${withinArea(bound, access, alias)} or ${alias}.status = 'MOVED_OUT')`
}

/** The first gate of households: those kept in the area. */
export function householdsOfCounty(bound: Bound, access: Access, alias: string): string {
  return `${alias}.county_code = ${bound.bind(access.county)} and ${within(bound, `${alias}.division_code`, access.prefixes)}`
}

/** The parts of an area that lie in a subtree, none inside another. */
export function partsInside(prefixes: readonly DivisionPrefix[], subtree: DivisionPrefix): DivisionPrefix[] {
  const parts = prefixes.flatMap((prefix) =>
    subtree.startsWith(prefix) ? [subtree] : prefix.startsWith(subtree) ? [prefix] : [],
  )
  return parts.filter(
    (part, index) =>
      !parts.some((other, place) => part.startsWith(other) && (part !== other || place < index)),
  )
}

/** One of a person's two places must lie in the area (domain §2.2, two-place persons). */
export function refuseOutside(
  prefixes: readonly DivisionPrefix[],
  hukou: string,
  residence: string,
  pointer = '/residenceDivision',
): void {
  if (covers(prefixes, hukou) || covers(prefixes, residence)) return
  throw new Refused('out-of-area', { errors: [{ pointer, code: 'out-of-area' }] })
}
