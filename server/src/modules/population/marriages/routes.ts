import * as contracts from '@youyu/shared/population/marriages'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { listAll, perform, readMarriage, rehearse } from './service.ts'

export function marriageRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listMarriages,
    handler: async (request, reply) => {
      const page = await listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.getMarriage,
    handler: (request) => readMarriage(office, request.access, request.params.id),
  })

  app.route({
    ...contracts.recordMarriage,
    handler: async (request, reply) => {
      const deed = { record: request.body }
      if (request.query.dryRun) return await rehearse(office, request.access, deed)
      const marriage = await perform(office, request.access, deed)
      return reply.code(201).header('location', `/api/v1/marriages/${marriage.id}`).send(marriage)
    },
  })

  app.route({
    ...contracts.correctMarriage,
    handler: async (request, reply) => {
      const deed = { correct: request.body, id: request.params.id }
      if (request.query.dryRun) return await rehearse(office, request.access, deed)
      return reply.code(201).send(await perform(office, request.access, deed))
    },
  })

  app.route({
    ...contracts.voidMarriage,
    handler: async (request, reply) => {
      const deed = { void: request.body, id: request.params.id }
      if (request.query.dryRun) return await rehearse(office, request.access, deed)
      return reply.code(201).send(await perform(office, request.access, deed))
    },
  })
}
