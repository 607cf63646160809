import {
  getShipment,
  listShipments,
  receiveShipment,
  shipSupplies,
} from '@youyu/shared/contraception/supplies-movements'
import { withVersion } from '../../../../http/conditional.ts'
import { linkNext } from '../../../../http/paging.ts'
import type { App, Office } from '../../../../office.ts'
import { arrive, listAll, readOne, ship } from './service.ts'

export function shipmentRoutes(app: App, office: Office): void {
  app.route({
    ...listShipments,
    handler: async (request, reply) => {
      const page = await listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...getShipment,
    handler: async ({ access, params }, reply) => {
      const shipment = await readOne(office, access, params.id)
      return withVersion(reply, shipment.version).send(shipment)
    },
  })

  app.route({
    ...shipSupplies,
    handler: async ({ access, body }, reply) => {
      const shipment = await ship(office, access, body)
      return reply.code(201).header('location', `/api/v1/supply-shipments/${shipment.id}`).send(shipment)
    },
  })

  app.route({
    ...receiveShipment,
    handler: async ({ access, params, body }, reply) =>
      reply.code(201).send(await arrive(office, access, params.id, body)),
  })
}
