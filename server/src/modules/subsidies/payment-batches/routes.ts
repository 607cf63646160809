import {
  approveBatch,
  closeBatch,
  getBatch,
  listBatches,
  lockBatch,
  makeBatch,
  reconcileBatch,
  refuseBatch,
  reissueBatch,
  voidBatch,
  type PaymentBatch,
} from '@youyu/shared/subsidies/payment-batches'
import { listExclusions, previewRoster } from '@youyu/shared/subsidies/payment-rosters'
import type { FastifyReply } from 'fastify'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import * as reconciling from './reconciling.ts'
import * as rosters from './rosters.ts'
import * as service from './service.ts'

export function paymentBatchRoutes(app: App, office: Office): void {
  const created = (reply: FastifyReply, batch: PaymentBatch) =>
    withVersion(reply, batch.version)
      .code(201)
      .header('location', `/api/v1/payment-batches/${batch.id}`)
      .send(batch)

  app.route({
    ...listBatches,
    handler: async (request, reply) => {
      const page = await service.batchesFor(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
  app.route({
    ...makeBatch,
    handler: async ({ access, body }, reply) =>
      await created(reply, await service.makeBatch(office, access, body)),
  })
  app.route({
    ...getBatch,
    handler: async ({ access, params }, reply) => {
      const batch = await service.readBatch(office, access, params.id)
      return withVersion(reply, batch.version).send(batch)
    },
  })
  app.route({
    ...previewRoster,
    handler: ({ access, params }) => rosters.previewRoster(office, access, params.id),
  })
  app.route({
    ...lockBatch,
    handler: async (request, reply) => {
      const { access, params } = request
      return await created(
        reply,
        await rosters.lockBatch(office, access, params.id, versionExpected(request)),
      )
    },
  })
  app.route({
    ...approveBatch,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const version = versionExpected(request)
      return await created(reply, await service.approveBatch(office, access, params.id, version, body.code))
    },
  })
  app.route({
    ...refuseBatch,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const asked = { version: versionExpected(request), reason: body.reason, step: 'refuse' } as const
      return await created(reply, await service.voidBatch(office, access, params.id, asked))
    },
  })
  app.route({
    ...voidBatch,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const asked = { version: versionExpected(request), reason: body.reason, step: 'void' } as const
      return await created(reply, await service.voidBatch(office, access, params.id, asked))
    },
  })
  app.route({
    ...reissueBatch,
    handler: async ({ access, params, body }, reply) =>
      await created(reply, await service.reissue(office, access, params.id, body.payOn)),
  })
  app.route({
    ...reconcileBatch,
    handler: ({ access, params }) => reconciling.reconcile(office, access, params.id),
  })
  app.route({
    ...closeBatch,
    handler: async (request, reply) => {
      const { access, params } = request
      return await created(
        reply,
        await reconciling.closeBatch(office, access, params.id, versionExpected(request)),
      )
    },
  })
  app.route({
    ...listExclusions,
    handler: async (request, reply) => {
      const { access, params, query } = request
      const page = await rosters.exclusionsFor(office, access, params.id, query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
}
