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

const TOKENS_REMEMBERED = 2000

type Verified = TokenClaims & { exp: number }
const verified = new WeakMap<object, Map<string, Verified>>()

/** What a token says. Its signature is checked once: it comes with every request of a session, and ends by the clock. */
export async function claimsOf(request: FastifyRequest): Promise<TokenClaims> {
  const { authorization } = request.headers
  let known = verified.get(request.server.jwt)
  if (!known) verified.set(request.server.jwt, (known = new Map<string, Verified>()))
  const before = authorization === undefined ? undefined : known.get(authorization)
  if (before && Date.now() < before.exp * 1000) return (request.user = before)
  const claims = await request.jwtVerify<Verified>()
  if (known.size >= TOKENS_REMEMBERED) known.delete(known.keys().next().value as string)
  known.set(authorization as string, claims)
  return claims
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
