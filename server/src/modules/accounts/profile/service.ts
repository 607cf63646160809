import type { CurrentUser } from '@youyu/shared/accounts'
import { moduleOf, roles, type Permission } from '@youyu/shared/permissions'
import { countiesIn, countsIn, countyAmong } from '../../../access/access.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { pendingOf, widestOf } from '../sessions/rules.ts'
import { findDivisionNames, findProfile } from './queries.ts'

/** Who somebody is and what she may at this moment, in the county chosen for her session or the first of hers. */
export async function currentUser(
  { db, config, now }: Office,
  userId: string,
  chosen: number | null = null,
): Promise<CurrentUser> {
  const profile = await findProfile(db.statements, userId, now())
  if (!profile) throw new Refused('session-revoked')
  const { mustChangePassword, passwordChangedAt, totpConfirmedAt, grants, ...shown } = profile
  const secondFactor = totpConfirmedAt !== null
  const standing = {
    mustChangePassword,
    passwordChangedAt,
    secondFactor,
    roles: grants.map(({ role }) => role),
  }
  const counties = countiesIn(grants.map(({ divisionPrefix }) => divisionPrefix))
  const county = countyAmong(counties, chosen)
  const here = grants.filter(({ divisionPrefix }) => countsIn(county, divisionPrefix))
  const widest = widestOf(here.map(({ divisionPrefix }) => divisionPrefix))
  const place = widest ? widest.padEnd(12, '0') : null
  const codes = counties.map((each) => String(each).padEnd(12, '0'))
  const names = await findDivisionNames(db.statements, place ? [place, ...codes] : codes)
  const named = (code: string) => ({ code, name: names.get(code) ?? code })
  return {
    ...shown,
    secondFactor,
    pending: pendingOf(standing, config, now()),
    permissions: permissionsOf(here),
    grants,
    division: place ? named(place) : null,
    counties: codes.map((code) => ({ ...named(code), current: code.startsWith(String(county)) })),
  }
}

function permissionsOf(grants: CurrentUser['grants']): Permission[] {
  const held = grants.flatMap(({ role, modules }) =>
    roles[role].permissions.filter((each) => modules.includes(moduleOf(each))),
  )
  return [...new Set(held)]
}
