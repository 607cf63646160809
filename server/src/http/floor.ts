import type { IncomingMessage, ServerResponse } from 'node:http'
import cookie from '@fastify/cookie'
import jwt from '@fastify/jwt'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import helmet from 'helmet'
import type { Config } from '../config.ts'
import type { Keys } from '../crypto/keys.ts'
import { Refused } from '../refused.ts'

const AUDIENCE = 'youyu-api'

/** What every request passes before its route: headers, limits, shedding, cookies, tokens. */
export async function useFloor(app: FastifyInstance, config: Config, keys: Keys): Promise<void> {
  const protection = protectionOf(config)
  app.addHook('onRequest', (request, reply, done) => {
    void reply.headers(protection).header('x-request-id', request.id)
    if (/^\/(api|oauth|health)\//.test(request.url)) void reply.header('cache-control', 'no-store')
    done()
  })
  shedLoad(app, config)
  await app.register(underPressure, {
    maxEventLoopDelay: config.MAX_EVENT_LOOP_DELAY,
    exposeStatusRoute: false,
    pressureHandler(request, _reply, _type, measured) {
      // Endless where nothing was measured yet, as just after the start: no reason to turn anybody away.
      const isMeasured = measured !== undefined && Number.isFinite(measured)
      if (isMeasured && !isAboutHealth(request)) throw overloaded()
    },
  })
  await app.register(cookie)
  await app.register(jwt, {
    secret: keys.derive('access tokens'),
    sign: { algorithm: 'HS256', iss: 'youyu', aud: AUDIENCE },
    verify: {
      algorithms: ['HS256'],
      allowedIss: 'youyu',
      allowedAud: AUDIENCE,
      requiredClaims: ['exp', 'iss', 'aud', 'sub', 'jti'],
    },
  })
  await app.register(multipart, {
    limits: {
      fileSize: config.UPLOAD_MAX_BYTES,
      files: 1,
      fields: 20,
      fieldSize: 100_000,
      fieldNameSize: 100,
      parts: 21,
      headerPairs: 50,
    },
  })
  await app.register(rateLimit, {
    max: (request) => request.actor?.requestsPerMinute ?? config.REQUESTS_PER_MINUTE,
    timeWindow: '1 minute',
    hook: 'preValidation',
    keyGenerator: (request) => request.actor?.sessionId ?? request.actor?.id ?? request.ip,
    allowList: isAboutHealth,
    errorResponseBuilder: (_request, { ttl }) =>
      new Refused('rate-limited', { headers: { 'retry-after': String(Math.ceil(ttl / 1000)) } }),
  })
}

const isAboutHealth = ({ url }: FastifyRequest) => url.startsWith('/health/')
const overloaded = () => new Refused('overloaded', { headers: { 'retry-after': '2' } })

/** The security headers of every answer: helmet's, asked once, because they are the same each time. */
function protectionOf(config: Config): Record<string, string> {
  const headers: Record<string, string> = {}
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        scriptSrcAttr: ["'none'"],
      },
    },
    strictTransportSecurity: config.production && config.COOKIE_SECURE,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  })
  const answer = {
    setHeader: (name: string, value: string) => (headers[name.toLowerCase()] = value),
    removeHeader: () => undefined,
  }
  protect({} as IncomingMessage, answer as unknown as ServerResponse, () => undefined)
  return headers
}

/** Beyond a number of requests under way the next one is told to come back, before it costs anything. */
function shedLoad(app: FastifyInstance, { MAX_REQUESTS_IN_FLIGHT }: Config): void {
  let inFlight = 0
  app.addHook('onRequest', async (request, reply) => {
    if (inFlight >= MAX_REQUESTS_IN_FLIGHT && !isAboutHealth(request)) throw overloaded()
    inFlight += 1
    reply.raw.once('close', () => (inFlight -= 1))
  })
}
