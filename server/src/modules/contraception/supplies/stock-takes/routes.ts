import {
  adjustStockTake,
  cancelStockTake,
  countStockTake,
  getStockTake,
  listStockTakes,
  openStockTake,
} from '@youyu/shared/contraception/supplies-stock-takes'
import { versionExpected, withVersion } from '../../../../http/conditional.ts'
import { linkNext } from '../../../../http/paging.ts'
import type { App, Office } from '../../../../office.ts'
import { adjust, cancel, count, listAll, open, readOne } from './service.ts'

export function stockTakeRoutes(app: App, office: Office): void {
  app.route({
    ...listStockTakes,
    handler: async (request, reply) => {
      const page = await listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...getStockTake,
    handler: async ({ access, params }, reply) => {
      const take = await readOne(office, access, params.id)
      return withVersion(reply, take.version).send(take)
    },
  })

  app.route({
    ...openStockTake,
    handler: async ({ access, body }, reply) => {
      const take = await open(office, access, body)
      return withVersion(reply, take.version)
        .code(201)
        .header('location', `/api/v1/stock-takes/${take.id}`)
        .send(take)
    },
  })

  app.route({
    ...countStockTake,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const take = await count(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, take.version).send(take)
    },
  })

  app.route({
    ...adjustStockTake,
    handler: async (request, reply) => {
      const take = await adjust(office, request.access, request.params.id, versionExpected(request))
      return withVersion(reply, take.version).send(take)
    },
  })

  app.route({
    ...cancelStockTake,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const take = await cancel(office, access, params.id, versionExpected(request), body.reason)
      return withVersion(reply, take.version).send(take)
    },
  })
}
