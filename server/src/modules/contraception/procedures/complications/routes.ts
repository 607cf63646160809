import * as contracts from '@youyu/shared/contraception/complications'
import { linkNext } from '../../../../http/paging.ts'
import type { App, Office } from '../../../../office.ts'
import { assess, enterComplication, listAll, voidComplication } from './service.ts'

export function complicationRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listComplications,
    handler: async (request, reply) => {
      const page = await listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.recordComplication,
    handler: async (request, reply) =>
      reply.code(201).send(await enterComplication(office, request.access, request.body)),
  })

  app.route({
    ...contracts.assessComplication,
    handler: async (request, reply) =>
      reply.code(201).send(await assess(office, request.access, request.params.id, request.body)),
  })

  app.route({
    ...contracts.voidComplication,
    handler: async (request, reply) =>
      reply.code(201).send(await voidComplication(office, request.access, request.params.id, request.body)),
  })
}
