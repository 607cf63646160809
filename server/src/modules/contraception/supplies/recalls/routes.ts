import {
  disposeRecalled,
  getRecall,
  listRecallClients,
  listRecalls,
  quarantineRecalled,
  recallLot,
  voidRecall,
} from '@youyu/shared/contraception/supplies-recalls'
import { linkNext } from '../../../../http/paging.ts'
import type { App, Office } from '../../../../office.ts'
import { annul, dispose, listAll, listClients, quarantine, readOne, recall } from './service.ts'

export function recallRoutes(app: App, office: Office): void {
  app.route({
    ...listRecalls,
    handler: async (request, reply) => {
      const page = await listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({ ...getRecall, handler: ({ access, params }) => readOne(office, access, params.id) })

  app.route({
    ...recallLot,
    handler: async ({ access, body }, reply) => {
      const made = await recall(office, access, body)
      return reply.code(201).header('location', `/api/v1/lot-recalls/${made.id}`).send(made)
    },
  })

  app.route({
    ...voidRecall,
    handler: async ({ access, params, body }, reply) =>
      reply.code(201).send(await annul(office, access, params.id, body.reason)),
  })

  app.route({
    ...quarantineRecalled,
    handler: async ({ access, params }, reply) =>
      reply.code(201).send(await quarantine(office, access, params)),
  })

  app.route({
    ...disposeRecalled,
    handler: async ({ access, params, body }, reply) =>
      reply.code(201).send(await dispose(office, access, params, body)),
  })

  app.route({
    ...listRecallClients,
    handler: async (request, reply) => {
      const page = await listClients(office, request.access, request.params.id, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
}
