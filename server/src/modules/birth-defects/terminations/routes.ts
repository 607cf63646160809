import * as contracts from '@youyu/shared/birth-defects/prenatal-cases'
import { withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import {
  listAll,
  performTermination,
  readTermination,
  recordTermination,
  voidTermination,
} from './service.ts'

export function terminationRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listTerminations,
    handler: async (request, reply) => {
      const page = await listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.getTermination,
    handler: async (request, reply) => {
      const found = await readTermination(office, request.access, request.params.id)
      return withVersion(reply, found.version).send(found)
    },
  })

  app.route({
    ...contracts.recordTermination,
    handler: async (request, reply) => {
      const found = await recordTermination(office, request.access, request.body)
      return withVersion(reply, found.version).code(201).send(found)
    },
  })

  app.route({
    ...contracts.performTermination,
    handler: async (request, reply) =>
      reply.code(201).send(await performTermination(office, request.access, request.params.id)),
  })

  app.route({
    ...contracts.voidTermination,
    handler: async (request, reply) =>
      reply.code(201).send(await voidTermination(office, request.access, request.params.id, request.body)),
  })
}
