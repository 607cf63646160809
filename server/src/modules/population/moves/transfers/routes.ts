import * as contracts from '@youyu/shared/population/moves'
import { linkNext } from '../../../../http/paging.ts'
import type { App, Office } from '../../../../office.ts'
import { answer, listAll, readTransfer, rehearse, send } from './service.ts'

export function transferRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listTransfers,
    handler: async (request, reply) => {
      const page = await listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.getTransfer,
    handler: (request) => readTransfer(office, request.access, request.params.id),
  })

  app.route({
    ...contracts.sendTransfer,
    handler: async (request, reply) => {
      if (request.query.dryRun) return await rehearse(office, request.access, request.body)
      const transfer = await send(office, request.access, request.body)
      return reply.code(201).header('location', `/api/v1/county-transfers/${transfer.id}`).send(transfer)
    },
  })

  app.route({
    ...contracts.answerTransfer,
    handler: async (request, reply) =>
      reply.code(201).send(await answer(office, request.access, request.params.id, request.body)),
  })
}
