import * as contracts from '@youyu/shared/contraception/procedures'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { listAll, perform, readProcedure, rehearse } from './service.ts'

export function procedureRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listProcedures,
    handler: async (request, reply) => {
      const page = await listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.getProcedure,
    handler: async (request, reply) => {
      const procedure = await readProcedure(office, request.access, request.params.id)
      return withVersion(reply, procedure.version).send(procedure)
    },
  })

  app.route({
    ...contracts.requestProcedure,
    handler: async (request, reply) => {
      const procedure = await perform(office, request.access, { request: request.body })
      const created = reply.code(201).header('location', `/api/v1/procedures/${procedure.id}`)
      return withVersion(created, procedure.version).send(procedure)
    },
  })

  app.route({
    ...contracts.stepProcedure,
    handler: async (request, reply) => {
      const version = versionExpected(request)
      const deed = { step: request.body, id: request.params.id, version }
      if (request.query.dryRun) return await rehearse(office, request.access, deed)
      const procedure = await perform(office, request.access, deed)
      return withVersion(reply.code(201), procedure.version).send(procedure)
    },
  })

  app.route({
    ...contracts.correctProcedure,
    handler: async (request, reply) => {
      const deed = { correct: request.body, id: request.params.id }
      if (request.query.dryRun) return await rehearse(office, request.access, deed)
      return reply.code(201).send(await perform(office, request.access, deed))
    },
  })

  app.route({
    ...contracts.voidProcedure,
    handler: async (request, reply) => {
      const deed = { void: request.body, id: request.params.id }
      if (request.query.dryRun) return await rehearse(office, request.access, deed)
      return reply.code(201).send(await perform(office, request.access, deed))
    },
  })
}
