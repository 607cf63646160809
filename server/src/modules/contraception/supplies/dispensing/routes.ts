import {
  dispenseSupplies,
  getDispensing,
  listDispensings,
  returnDispensed,
  voidDispensing,
} from '@youyu/shared/contraception/supplies-dispensing'
import { linkNext } from '../../../../http/paging.ts'
import type { App, Office } from '../../../../office.ts'
import { annul, hand, listAll, readOne, rehearse, takeBack } from './service.ts'

export function dispensingRoutes(app: App, office: Office): void {
  app.route({
    ...listDispensings,
    handler: async (request, reply) => {
      const page = await listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...getDispensing,
    handler: ({ access, params }) => readOne(office, access, params.id),
  })

  app.route({
    ...dispenseSupplies,
    handler: async ({ access, query, body }, reply) => {
      if (query.dryRun) return reply.send(await rehearse(office, access, body))
      const dispensed = await hand(office, access, body)
      return reply.code(201).header('location', `/api/v1/dispensings/${dispensed.id}`).send(dispensed)
    },
  })

  app.route({
    ...voidDispensing,
    handler: async ({ access, params, body }, reply) =>
      reply.code(201).send(await annul(office, access, params.id, body.reason)),
  })

  app.route({
    ...returnDispensed,
    handler: async ({ access, params, body }, reply) =>
      reply.code(201).send(await takeBack(office, access, params.id, body)),
  })
}
