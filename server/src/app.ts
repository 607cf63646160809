import Fastify, { type FastifyBaseLogger } from 'fastify'
import { auditRoutes, noteRefusal, useSealing, viewLog } from './audit/index.ts'
import type { Config } from './config.ts'
import { makeCiphers } from './crypto/field-cipher.ts'
import { newId } from './crypto/ids.ts'
import type { Keys } from './crypto/keys.ts'
import type { Database } from './database/connect.ts'
import { useAuthorization } from './http/authorization.ts'
import { useConditionalReads } from './http/conditional.ts'
import { useDraining } from './http/draining.ts'
import { useFloor } from './http/floor.ts'
import { healthRoutes } from './http/health.ts'
import { useIdempotency } from './http/idempotency.ts'
import { useJsonBodies } from './http/json-bodies.ts'
import { useOpenApi } from './http/openapi.ts'
import { answerBrokenRequest, answerUnroutable, useProblems } from './http/problem.ts'
import { useContracts } from './http/schemas.ts'
import { useSite } from './http/site.ts'
import { jobRoutes, startWorker } from './jobs/index.ts'
import { accountRoutes, authenticatorOf } from './modules/accounts/index.ts'
import { birthDefectRoutes } from './modules/birth-defects/index.ts'
import { contraceptionRoutes } from './modules/contraception/index.ts'
import { divisionRoutes } from './modules/divisions/index.ts'
import { organisationRoutes } from './modules/organisations/index.ts'
import { populationRoutes } from './modules/population/index.ts'
import { reportCheckRoutes } from './modules/statistics/index.ts'
import { subsidyRoutes } from './modules/subsidies/index.ts'
import type { App, Office } from './office.ts'

export type Parts = {
  config: Config
  db: Database
  keys: Keys
  log: FastifyBaseLogger
  now?: () => Date
  isClosing?: () => boolean
}

/** The table of contents: what every request passes, then the modules in reading order. */
export async function buildApp({
  config,
  db,
  keys,
  log,
  now = () => new Date(),
  isClosing = () => false,
}: Parts): Promise<{ app: App; office: Office }> {
  const app = Fastify({
    loggerInstance: log,
    genReqId: () => newId(),
    requestIdHeader: false,
    trustProxy: config.TRUST_PROXY ?? false,
    bodyLimit: 1024 * 1024,
    // Longer than the longest statement: a connection on which nothing moves any more.
    connectionTimeout: 620_000,
    requestTimeout: 300_000,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    clientErrorHandler: answerBrokenRequest,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: answerUnroutable,
  }) as unknown as App
  const office: Office = {
    config,
    db,
    keys,
    ciphers: makeCiphers(keys),
    views: viewLog(db, log, now),
    log,
    now,
  }

  useProblems(app)
  useJsonBodies(app)
  useContracts(app)
  await useFloor(app, config, keys)
  useAuthorization(app, authenticatorOf(office), (request) => noteRefusal(office.views, request))
  useIdempotency(app)
  useConditionalReads(app)
  useDraining(app, isClosing)
  await useOpenApi(app)
  useSealing(app, office)

  healthRoutes(app, { db, isClosing })
  accountRoutes(app, office)
  divisionRoutes(app, office)
  organisationRoutes(app, office)
  populationRoutes(app, office)
  contraceptionRoutes(app, office)
  birthDefectRoutes(app, office)
  subsidyRoutes(app, office)
  reportCheckRoutes(app)
  auditRoutes(app, office)
  jobRoutes(app, office)
  if (config.WORKERS) startWorker(app, office)

  await useSite(app)

  return { app, office }
}
