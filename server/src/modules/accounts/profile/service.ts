import type { CurrentUser } from '@youyu/shared/accounts'
import { moduleOf, roles, type Permission } from '@youyu/shared/permissions'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { pendingOf, widestOf } from '../sessions/rules.ts'
import { findDivisionName, findProfile } from './queries.ts'

/** Who somebody is and what she may at this moment. */
export async function currentUser({ db, config, now }: Office, userId: string): Promise<CurrentUser> {
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
  return {
    ...shown,
    secondFactor,
    pending: pendingOf(standing, config, now()),
    permissions: permissionsOf(grants),
    grants,
    division: await divisionOf(db, widestOf(grants.map(({ divisionPrefix }) => divisionPrefix))),
  }
}

function permissionsOf(grants: CurrentUser['grants']): Permission[] {
  const held = grants.flatMap(({ role, modules }) =>
    roles[role].permissions.filter((each) => modules.includes(moduleOf(each))),
  )
  return [...new Set(held)]
}

async function divisionOf(db: Office['db'], prefix: string | null): Promise<CurrentUser['division']> {
  if (!prefix) return null
  const code = prefix.padEnd(12, '0')
  return { code, name: (await findDivisionName(db.statements, code)) ?? code }
}
