import type { Permission, Role } from '@youyu/shared/permissions'
import { isOfCare, moduleOf, roles } from '@youyu/shared/permissions'
import type { Pending } from '@youyu/shared/accounts'
import type { DataClass, DivisionPrefix, Purpose } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Standing } from './standing.ts'

export type ActiveGrant = {
  role: Role | null
  /** Of a machine client: its scopes. Of a role: what the role table says. */
  permissions: readonly Permission[]
  prefix: DivisionPrefix
  modules: readonly string[]
  purposes: readonly Purpose[]
  clearance: DataClass
}

/** Whoever sends a request, as the database knows her at this moment. */
export type Actor = {
  kind: 'user' | 'client' | 'system'
  id: string
  name: string
  sessionId: string | null
  pending: readonly z.infer<typeof Pending>[]
  grants: readonly ActiveGrant[]
  requestsPerMinute: number | null
  /** The organisation she works for. */
  organisationId: string | null
  /** Remembered from an earlier request, and to be confirmed by the read. */
  standing?: Standing
}

/** What one request may touch: the rights of its route's permission, no more. */
export type Access = {
  actorId: string
  actorKind: Actor['kind']
  actorName: string
  role: Role | null
  /** Subtrees of divisions; none means no rows. */
  prefixes: readonly DivisionPrefix[]
  /** The county worked in, or 0 where the area is not inside one county. */
  county: number
  clearance: DataClass
  purposes: readonly Purpose[]
  /** The facility whose clients' records the request may touch; only where the permission is one of care. */
  facility: string | null
  /** Whether the request reviews defect cards of the area, which facilities have submitted. */
  reviews?: boolean
  address: string | null
  requestId: string | null
  standing?: Standing
  idempotency?: { key: string; requestHash: Buffer }
}

export function grantOfRole(
  role: Role,
  prefix: DivisionPrefix,
  modules: readonly string[],
  purposes: readonly Purpose[],
): ActiveGrant {
  const { permissions, clearance } = roles[role]
  return { role, permissions, prefix, modules, purposes, clearance }
}

function carries(grant: ActiveGrant, permission: Permission | 'signed-in'): boolean {
  if (permission === 'signed-in') return true
  return grant.permissions.includes(permission) && grant.modules.includes(moduleOf(permission))
}

/** The access that an actor has for a permission, or null where no grant carries it. */
export function accessFor(
  actor: Actor,
  permission: Permission | 'signed-in',
  address: string | null,
  requestId: string | null,
): Access | null {
  const grants = actor.grants.filter((grant) => carries(grant, permission))
  if (grants.length === 0 && permission !== 'signed-in') return null
  const prefixes = [...new Set(grants.map((grant) => grant.prefix))]
  return {
    actorId: actor.id,
    actorKind: actor.kind,
    actorName: actor.name,
    role: grants[0]?.role ?? null,
    prefixes,
    county: countyAmong(countiesIn(prefixes), null),
    clearance:
      grants
        .map((grant) => grant.clearance)
        .sort()
        .at(-1) ?? 'L0',
    purposes: [...new Set(grants.flatMap((grant) => grant.purposes))],
    facility: isOfCare(permission) ? actor.organisationId : null,
    ...(permission === 'care.review' && { reviews: true }),
    address,
    requestId,
    ...(actor.standing && { standing: actor.standing }),
  }
}

const countyOf = (prefix: DivisionPrefix) => (prefix.length < 6 ? null : Number(prefix.slice(0, 6)))

/** The counties that areas lie in; what is wider than a county lies in none. */
export function countiesIn(prefixes: readonly DivisionPrefix[]): number[] {
  return [...new Set(prefixes.map(countyOf).filter((county) => county !== null))]
}

/** People are read inside one county at a time: the one chosen while it is among them, else the first. */
export function countyAmong(counties: readonly number[], chosen: number | null): number {
  return counties.find((county) => county === chosen) ?? counties[0] ?? 0
}

/** Whether a grant counts while its holder works in a county: those in other counties show nothing meanwhile. */
export function countsIn(county: number, prefix: DivisionPrefix): boolean {
  return (countyOf(prefix) ?? county) === county
}

export function covers(prefixes: readonly DivisionPrefix[], codeOrPrefix: string): boolean {
  return prefixes.some((prefix) => codeOrPrefix.startsWith(prefix))
}
