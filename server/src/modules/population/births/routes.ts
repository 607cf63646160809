import * as contracts from '@youyu/shared/population/births'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { listAll, perform, readBirth, rehearse } from './service.ts'

export function birthRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listBirths,
    handler: async (request, reply) => {
      const page = await listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.getBirth,
    handler: (request) => readBirth(office, request.access, request.params.id),
  })

  app.route({
    ...contracts.recordBirth,
    config: { ...contracts.recordBirth.config, confirmedInside: true },
    handler: async (request, reply) => {
      const deed = { record: request.body }
      if (request.query.dryRun) return await rehearse(office, request.access, deed)
      const birth = await perform(office, request.access, deed)
      return reply.code(201).header('location', `/api/v1/births/${birth.id}`).send(birth)
    },
  })

  app.route({
    ...contracts.correctBirth,
    handler: async (request, reply) => {
      const deed = { correct: request.body, id: request.params.id }
      if (request.query.dryRun) return await rehearse(office, request.access, deed)
      return reply.code(201).send(await perform(office, request.access, deed))
    },
  })

  app.route({
    ...contracts.voidBirth,
    handler: async (request, reply) => {
      const deed = { void: request.body, id: request.params.id }
      if (request.query.dryRun) return await rehearse(office, request.access, deed)
      return reply.code(201).send(await perform(office, request.access, deed))
    },
  })
}
