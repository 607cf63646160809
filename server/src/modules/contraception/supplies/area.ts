import type { Access } from '../../../access/access.ts'
import type { Bound } from '../../../database/statements.ts'
import { within } from '../../population/index.ts'

/** The first gate: what is kept in the area. */
export function keptInArea(bound: Bound, access: Access, alias: string, column = 'division_code'): string {
  return `${alias}.county_code = ${bound.bind(access.county)} and ${within(bound, `${alias}.${column}`, access.prefixes)}`
}

/** What lies between two places is seen from either. */
export function betweenInArea(
  bound: Bound,
  access: Access,
  alias: string,
  [first, second]: readonly [string, string],
): string {
  const ends = [first, second].map((column) => within(bound, `${alias}.${column}`, access.prefixes))
  return `${alias}.county_code = ${bound.bind(access.county)} and (${ends.join(' or ')})`
}
