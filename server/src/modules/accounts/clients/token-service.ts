import { randomBytes } from 'node:crypto'
import { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { sha256 } from '../../../crypto/keys.ts'
import { transaction } from '../../../database/transaction.ts'
import type { Office } from '../../../office.ts'
import { systemAccess } from '../system-access.ts'
import { isAllowed } from './addresses.ts'
import { findWorkingClient, useSecret } from './queries.ts'
import { credentialsIn, scopesFor, type TokenError, type TokenRequest } from './rules.ts'

type Caller = { authorization: string | undefined; address: string; requestId: string }
type Grant = { clientId: string; jti: string; scope: string }

/** Client credentials (RFC 6749 §4.4): who is it, from where, and for which of her scopes? */
export async function grantToken(
  office: Office,
  asked: TokenRequest,
  caller: Caller,
): Promise<Grant | TokenError> {
  if (asked.grant_type !== 'client_credentials') return 'unsupported_grant_type'
  const credentials = credentialsIn(caller.authorization, asked)
  if (typeof credentials === 'string') return credentials
  const { db, now } = office
  const { address, requestId } = caller
  const access: Access = { ...systemAccess, address, requestId }
  const isId = Id.safeParse(credentials.id).success
  const [client] = isId ? await findWorkingClient(db.statements, { id: credentials.id, now: now() }) : []

  return await transaction(db, access, async (tx) => {
    const entityId = client?.id ?? null
    const division = (client?.divisionPrefix ?? '').padEnd(12, '0')
    const isHer =
      client &&
      isAllowed(address, client.allowedAddresses) &&
      (await useSecret(tx, client.id, sha256(credentials.secret), now()))
    const scopes = client && isHer ? scopesFor(asked.scope, client.scopes) : 'invalid_client'
    const result = scopes === 'invalid_client' ? 'refused' : 'allowed'
    await record(tx, access, { action: 'sign-in', entity: 'api-client', entityId, division, result }, now())
    if (!client || typeof scopes === 'string') return scopes as TokenError
    return { clientId: client.id, jti: randomBytes(16).toString('base64url'), scope: scopes.join(' ') }
  })
}
