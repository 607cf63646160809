import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import jwt from '@fastify/jwt'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import type { Keys } from '../crypto/keys.ts'
import { Refused } from '../refused.ts'

const AUDIENCE = 'youyu-api'

/** What every request passes before its route: headers, limits, shedding, cookies, tokens. */
export async function useFloor(app: FastifyInstance, config: Config, keys: Keys): Promise<void> {
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id)
    if (/^\/(api|oauth|health)\//.test(request.url)) void reply.header('cache-control', 'no-store')
  })
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: config.production && config.COOKIE_SECURE,
    referrerPolicy: { policy: 'no-referrer' },
  })
  shedLoad(app, config)
  await app.register(underPressure, {
    maxEventLoopDelay: 2000,
    exposeStatusRoute: false,
    pressureHandler(request) {
      if (!isAboutHealth(request)) throw overloaded()
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
      cache: 2000,
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

/** Beyond a number of requests under way the next one is told to come back, before it costs anything. */
function shedLoad(app: FastifyInstance, { MAX_REQUESTS_IN_FLIGHT }: Config): void {
  let inFlight = 0
  app.addHook('onRequest', async (request, reply) => {
    if (inFlight >= MAX_REQUESTS_IN_FLIGHT && !isAboutHealth(request)) throw overloaded()
    inFlight += 1
    reply.raw.once('close', () => (inFlight -= 1))
  })
}
