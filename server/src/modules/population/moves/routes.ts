import * as contracts from '@youyu/shared/population/moves'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { listAll, perform, readMove, rehearse } from './service.ts'

export function moveRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listMoves,
    handler: async (request, reply) => {
      const page = await listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.getMove,
    handler: (request) => readMove(office, request.access, request.params.id),
  })

  app.route({
    ...contracts.recordMove,
    handler: async (request, reply) => {
      const deed = { record: request.body }
      if (request.query.dryRun) return await rehearse(office, request.access, deed)
      const move = await perform(office, request.access, deed)
      return reply.code(201).header('location', `/api/v1/migration-events/${move.id}`).send(move)
    },
  })

  app.route({
    ...contracts.correctMove,
    handler: async (request, reply) => {
      const deed = { correct: request.body, id: request.params.id }
      if (request.query.dryRun) return await rehearse(office, request.access, deed)
      return reply.code(201).send(await perform(office, request.access, deed))
    },
  })

  app.route({
    ...contracts.voidMove,
    handler: async (request, reply) => {
      const deed = { void: request.body, id: request.params.id }
      if (request.query.dryRun) return await rehearse(office, request.access, deed)
      return reply.code(201).send(await perform(office, request.access, deed))
    },
  })
}
