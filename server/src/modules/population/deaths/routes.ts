import * as contracts from '@youyu/shared/population/deaths'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { listAll, perform, readCause, readDeath, rehearse } from './service.ts'

export function deathRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listDeaths,
    handler: async (request, reply) => {
      const page = await listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.getDeath,
    handler: (request) => readDeath(office, request.access, request.params.id),
  })

  app.route({
    ...contracts.revealCauseOfDeath,
    handler: (request) => readCause(office, request.access, request.params.id, request.body),
  })

  app.route({
    ...contracts.recordDeath,
    handler: async (request, reply) => {
      const deed = { record: request.body }
      if (request.query.dryRun) return await rehearse(office, request.access, deed)
      const death = await perform(office, request.access, deed)
      return reply.code(201).header('location', `/api/v1/deaths/${death.id}`).send(death)
    },
  })

  app.route({
    ...contracts.correctDeath,
    handler: async (request, reply) => {
      const deed = { correct: request.body, id: request.params.id }
      if (request.query.dryRun) return await rehearse(office, request.access, deed)
      return reply.code(201).send(await perform(office, request.access, deed))
    },
  })

  app.route({
    ...contracts.voidDeath,
    handler: async (request, reply) => {
      const deed = { void: request.body, id: request.params.id }
      if (request.query.dryRun) return await rehearse(office, request.access, deed)
      return reply.code(201).send(await perform(office, request.access, deed))
    },
  })
}
