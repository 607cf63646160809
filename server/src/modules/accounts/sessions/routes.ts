import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  createSession,
  endSession as endCurrent,
  listSessions,
  refreshSession,
  revokeSession,
  switchCounty as switchTo,
  type SignedIn,
} from '@youyu/shared/accounts'
import type { App, Office } from '../../../office.ts'
import { currentUser } from '../profile/service.ts'
import { userSession } from '../signed-in-user.ts'
import { listLiving } from './queries.ts'
import { giveRefreshCookie, refreshTokenIn, takeRefreshCookie } from './refresh-cookie.ts'
import { endSession, refresh, signIn, switchCounty, type Caller, type OpenSession } from './service.ts'
import { rememberStrangers } from './strangers.ts'

export function sessionRoutes(app: App, office: Office): void {
  const { config } = office
  const secure = config.COOKIE_SECURE
  const strangers = rememberStrangers()
  const attempts = { max: config.SIGN_INS_PER_MINUTE, timeWindow: '1 minute' }

  app.route({
    ...createSession,
    config: { ...createSession.config, rateLimit: attempts },
    handler: async (request, reply) => {
      const session = await signIn(office, strangers, request.body, callerOf(request))
      return await reply.code(201).send(await admit(reply, session))
    },
  })

  app.route({
    ...refreshSession,
    handler: async (request, reply) => {
      const session = await refresh(office, refreshTokenIn(request, secure), callerOf(request))
      return await admit(reply, session)
    },
  })

  app.route({
    ...endCurrent,
    handler: async (request, reply) => {
      await endSession(office, request.access, userSession(request))
      takeRefreshCookie(reply, secure)
      return await reply.code(204).send(null)
    },
  })

  app.route({
    ...switchTo,
    handler: async (request) =>
      await switchCounty(office, request.access, userSession(request), request.body.code),
  })

  app.route({
    ...listSessions,
    handler: async (request) => {
      const current = userSession(request)
      const living = await listLiving(office.db.statements, request.access.actorId, office.now())
      return { items: living.map((session) => ({ ...shown(session), current: session.id === current })) }
    },
  })

  app.route({
    ...revokeSession,
    handler: async (request, reply) => {
      await endSession(office, request.access, request.params.id)
      return await reply.code(204).send(null)
    },
  })

  async function admit(
    reply: FastifyReply,
    { id, userId, refreshToken, expiresAt, county }: OpenSession,
  ): Promise<SignedIn> {
    const accessToken = app.jwt.sign(
      { sub: userId, jti: id, kind: 'user' },
      { expiresIn: `${config.ACCESS_TOKEN_MINUTES}m` },
    )
    const { exp } = app.jwt.decode<{ exp: number }>(accessToken)!
    if (refreshToken) giveRefreshCookie(reply, refreshToken, expiresAt, secure)
    return {
      accessToken,
      expiresAt: new Date(exp * 1000).toISOString(),
      user: await currentUser(office, userId, county),
    }
  }
}

function callerOf(request: FastifyRequest): Caller {
  return {
    address: request.ip,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
    requestId: request.id,
  }
}

function shown({
  id,
  createdAt,
  lastSeenAt,
  expiresAt,
  address,
  userAgent,
}: Awaited<ReturnType<typeof listLiving>>[number]) {
  const moments = {
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }
  return { id, ...moments, address, userAgent }
}
