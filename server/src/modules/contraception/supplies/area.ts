import type { Access } from '../../../access/access.ts'
import type { Bound } from '../../../database/statements.ts'
import { within } from '../../population/index.ts'

/** Of a whole county every row is. */
function isWhole({ county, prefixes }: Access): boolean {
  return county !== 0 && prefixes.some((prefix) => String(county).padStart(6, '0').startsWith(prefix))
}

/** The first gate: what is kept in the area. */
export function keptInArea(bound: Bound, access: Access, alias: string, column = 'division_code'): string {
  const county = `${alias}.county_code = ${bound.bind(access.county)}`
  return isWhole(access) ? county : `${county} and ${within(bound, `${alias}.${column}`, access.prefixes)}`
}

/** What lies between two places is seen from either. */
export function betweenInArea(
  bound: Bound,
  access: Access,
  alias: string,
  [first, second]: readonly [string, string],
): string {
  if (isWhole(access)) return `${alias}.county_code = ${bound.bind(access.county)}`
  const ends = [first, second].map((column) => within(bound, `${alias}.${column}`, access.prefixes))
  return `${alias}.county_code = ${bound.bind(access.county)} and (${ends.join(' or ')})`
}
