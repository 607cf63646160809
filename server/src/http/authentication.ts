import type { FastifyRequest } from 'fastify'
import type { Actor } from '../access/access.ts'
import { Refused } from '../refused.ts'

/** Looks the bearer of a verified token up, at every request: a revoked session or client is refused at once. */
export type Authenticator = {
  ofSession(sessionId: string): Promise<Actor>
  /** What was known of a session at an earlier request; to be confirmed by the statement that reads. */
  recall(sessionId: string): Actor | null
  ofClient(clientId: string, scopes: readonly string[], address: string): Promise<Actor>
}

export type TokenClaims = { sub: string; jti: string; kind: 'user' | 'client'; scope?: string }

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | null
  }
}
declare module '@fastify/jwt' {
  interface FastifyJWT {
    payload: TokenClaims
    user: TokenClaims
  }
}

export async function claimsOf(request: FastifyRequest): Promise<TokenClaims> {
  return await request.jwtVerify<TokenClaims>()
}

export async function authenticate(
  { kind, sub, jti, scope }: TokenClaims,
  { ip }: FastifyRequest,
  authenticator: Authenticator,
): Promise<Actor> {
  if (kind === 'user') return await authenticator.ofSession(jti)
  if (kind === 'client')
    return await authenticator.ofClient(sub, typeof scope === 'string' ? scope.split(' ') : [], ip)
  throw new Refused('token-invalid')
}
