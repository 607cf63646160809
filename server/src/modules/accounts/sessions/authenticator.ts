import { Module } from '@youyu/shared/permissions'
import { grantOfRole, type Actor } from '../../../access/access.ts'
import type { Lines } from '../../../access/standing.ts'
import { askLines } from '../../../database/transaction.ts'
import type { Authenticator } from '../../../http/authentication.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { isAllowed } from '../clients/addresses.ts'
import { findWorkingClient } from '../clients/queries.ts'
import { clearanceOf, permissionsOf } from '../clients/rules.ts'
import { signedInOf, whoIsSignedIn, type SignedIn } from './queries.ts'
import { pendingOf } from './rules.ts'

const SESSIONS_REMEMBERED = 5000

/** Looks a session or a machine client up at every request: whatever was taken away is gone at once. */
export function authenticatorOf(office: Office): Authenticator {
  const remembered = new Map<string, { lines: Lines; signedIn: SignedIn }>()

  return {
    async ofSession(sessionId) {
      if (!isId(sessionId)) throw new Refused('token-invalid')
      const now = office.now()
      const lines = await askLines(office.db.pool, whoIsSignedIn(sessionId, now))
      const signedIn = signedInOf(lines)
      remembered.delete(sessionId)
      if (!signedIn) throw new Refused('session-revoked')
      if (remembered.size >= SESSIONS_REMEMBERED) remembered.delete(remembered.keys().next().value as string)
      remembered.set(sessionId, { lines, signedIn })
      return actorOf(sessionId, signedIn, office.config, now)
    },
    recall(sessionId) {
      const known = remembered.get(sessionId)
      if (!known) return null
      const now = office.now()
      const question = whoIsSignedIn(sessionId, now)
      return {
        ...actorOf(sessionId, known.signedIn, office.config, now),
        standing: { question, answer: known.lines, isConfirmed: false },
      }
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

function actorOf(
  sessionId: string,
  { grants, roles, ...signedIn }: SignedIn,
  config: Office['config'],
  now: Date,
): Actor {
  return {
    kind: 'user',
    id: signedIn.userId,
    name: signedIn.displayName,
    sessionId,
    pending: pendingOf({ ...signedIn, roles }, config, now),
    grants: grants.map(({ role, prefix, modules, purposes }) => grantOfRole(role, prefix, modules, purposes)),
    requestsPerMinute: null,
    organisationId: signedIn.organisationId,
  }
}

type Client = Awaited<ReturnType<typeof findWorkingClient>>[number]

function clientActor(
  { id, name, purposes, divisionPrefix, requestsPerMinute, organisationId, ...client }: Client,
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
  return {
    ...{ kind: 'client', id, name, sessionId: null, pending: [], grants: [grant], requestsPerMinute },
    organisationId,
  }
}
