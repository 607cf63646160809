import * as contracts from '@youyu/shared/subsidies/circumstances'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { circumstanceOf, circumstancesOf, correctOne, recordOne, reveal, voidOne } from './service.ts'

export function circumstanceRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listCircumstances,
    handler: async (request, reply) => {
      const page = await circumstancesOf(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
  app.route({
    ...contracts.getCircumstance,
    handler: ({ access, params }) => circumstanceOf(office, access, params.id),
  })
  app.route({
    ...contracts.recordCircumstance,
    handler: async ({ access, body }, reply) => reply.code(201).send(await recordOne(office, access, body)),
  })
  app.route({
    ...contracts.correctCircumstance,
    handler: async ({ access, params, body }, reply) =>
      reply.code(201).send(await correctOne(office, access, params.id, body)),
  })
  app.route({
    ...contracts.voidCircumstance,
    handler: async ({ access, params, body }, reply) =>
      reply.code(201).send(await voidOne(office, access, params.id, body.reason)),
  })
  app.route({
    ...contracts.revealCircumstance,
    handler: ({ access, params, body }) => reveal(office, access, params.id, body),
  })
}
