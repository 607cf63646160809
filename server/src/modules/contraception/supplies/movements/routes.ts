import {
  listSupplyMovements,
  receiveSupplies,
  recordLoss,
  reverseMovement,
  writeOffExpired,
} from '@youyu/shared/contraception/supplies-movements'
import { linkNext } from '../../../../http/paging.ts'
import type { App, Office } from '../../../../office.ts'
import { listMovements, lose, receive, reverse, writeOff } from './service.ts'

export function movementRoutes(app: App, office: Office): void {
  app.route({
    ...listSupplyMovements,
    handler: async (request, reply) => {
      const page = await listMovements(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...receiveSupplies,
    handler: async ({ access, body }, reply) => reply.code(201).send(await receive(office, access, body)),
  })

  app.route({
    ...recordLoss,
    handler: async ({ access, body }, reply) => reply.code(201).send(await lose(office, access, body)),
  })

  app.route({
    ...writeOffExpired,
    handler: async ({ access, params, body }, reply) =>
      reply.code(201).send(await writeOff(office, access, params.id, body)),
  })

  app.route({
    ...reverseMovement,
    handler: async ({ access, params, body }, reply) =>
      reply.code(201).send(await reverse(office, access, params.id, body.reason)),
  })
}
