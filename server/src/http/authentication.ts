import type { FastifyRequest } from 'fastify'
import type { Actor } from '../access/access.ts'
import { Refused } from '../refused.ts'

/** Looks the bearer of a verified token up, at every request: a revoked session or client is refused at once. */
export type Authenticator = {
  ofSession(sessionId: string): Promise<Actor>
  ofClient(clientId: string, scopes: readonly string[], address: string): Promise<Actor>
}

type TokenClaims = { sub: string; jti: string; kind: 'user' | 'client'; scope?: string }

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

export async function authenticate(request: FastifyRequest, authenticator: Authenticator): Promise<Actor> {
  const claims = await request.jwtVerify<TokenClaims>()
  if (claims.kind === 'user') return await authenticator.ofSession(claims.jti)
  if (claims.kind === 'client')
    return await authenticator.ofClient(
      claims.sub,
      typeof claims.scope === 'string' ? claims.scope.split(' ') : [],
      request.ip,
    )
  throw new Refused('token-invalid')
}
