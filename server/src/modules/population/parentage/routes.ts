import * as contracts from '@youyu/shared/population/parentage'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { listAll, perform, readParentage, rehearse } from './service.ts'

export function parentageRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listParentage,
    handler: async (request, reply) => {
      const page = await listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.getParentage,
    handler: (request) => readParentage(office, request.access, request.params.id),
  })

  app.route({
    ...contracts.recordParentage,
    handler: async (request, reply) => {
      const deed = { record: request.body }
      if (request.query.dryRun) return await rehearse(office, request.access, deed)
      const parentage = await perform(office, request.access, deed)
      return reply.code(201).header('location', `/api/v1/parentage-events/${parentage.id}`).send(parentage)
    },
  })

  app.route({
    ...contracts.correctParentage,
    handler: async (request, reply) => {
      const deed = { correct: request.body, id: request.params.id }
      if (request.query.dryRun) return await rehearse(office, request.access, deed)
      return reply.code(201).send(await perform(office, request.access, deed))
    },
  })

  app.route({
    ...contracts.voidParentage,
    handler: async (request, reply) => {
      const deed = { void: request.body, id: request.params.id }
      if (request.query.dryRun) return await rehearse(office, request.access, deed)
      return reply.code(201).send(await perform(office, request.access, deed))
    },
  })
}
