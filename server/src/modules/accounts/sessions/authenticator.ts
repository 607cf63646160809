import { Module } from '@youyu/shared/permissions'
import { grantOfRole, type Actor } from '../../../access/access.ts'
import type { Authenticator } from '../../../http/authentication.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { isAllowed } from '../clients/addresses.ts'
import { findWorkingClient } from '../clients/queries.ts'
import { clearanceOf, permissionsOf } from '../clients/rules.ts'
import { findSignedIn, type SignedInRow } from './queries.ts'
import { pendingOf } from './rules.ts'

/** Looks a session or a machine client up at every request: whatever was taken away is gone at once. */
export function authenticatorOf(office: Office): Authenticator {
  return {
    async ofSession(sessionId) {
      if (!isId(sessionId)) throw new Refused('token-invalid')
      const now = office.now()
      const rows = await findSignedIn(office.db.statements, { id: sessionId, now })
      if (!rows[0]) throw new Refused('session-revoked')
      return actorOf(rows as [SignedInRow], office.config, now)
    },
    async ofClient(clientId, scopes, address) {
      if (!isId(clientId)) throw new Refused('token-invalid')
      const [client] = await findWorkingClient(office.db.statements, { id: clientId, now: office.now() })
      if (!client) throw new Refused('session-revoked')
      if (!isAllowed(address, client.allowedAddresses)) throw new Refused('address-not-allowed')
      return clientActor(client, scopes)
    },
  }
}

/** Claims of a token are signed, but only their presence was checked. */
function isId(claim: unknown): boolean {
  return typeof claim === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(claim)
}

function actorOf(rows: readonly [SignedInRow, ...SignedInRow[]], config: Office['config'], now: Date): Actor {
  const [first] = rows
  const grants = rows.flatMap(({ role, prefix, modules, purposes }) =>
    role === null ? [] : [grantOfRole(role, prefix ?? '', modules ?? [], purposes ?? [])],
  )
  const standing = {
    ...first,
    secondFactor: first.totpConfirmedAt !== null,
    roles: rows.flatMap(({ role }) => role ?? []),
  }
  return {
    kind: 'user',
    id: first.userId,
    name: first.displayName,
    sessionId: first.sessionId,
    pending: pendingOf(standing, config, now),
    grants,
    requestsPerMinute: null,
  }
}

type Client = Awaited<ReturnType<typeof findWorkingClient>>[number]

function clientActor(
  { id, name, purposes, divisionPrefix, requestsPerMinute, ...client }: Client,
  scopes: readonly string[],
): Actor {
  const permissions = permissionsOf(scopes, client.scopes)
  const clearance = clearanceOf(purposes)
  const grant = {
    role: null,
    permissions,
    prefix: divisionPrefix,
    modules: Module.options,
    purposes,
    clearance,
  }
  return { kind: 'client', id, name, sessionId: null, pending: [], grants: [grant], requestsPerMinute }
}
