import * as contracts from '@youyu/shared/birth-defects/laboratory'
import { versionExpected, withVersion } from '../../../../http/conditional.ts'
import { linkNext } from '../../../../http/paging.ts'
import type { App, Office } from '../../../../office.ts'
import * as service from './service.ts'

export function labOrderRoutes(app: App, office: Office): void {
  app.route({ ...contracts.listLaboratories, handler: ({ access }) => service.listLabs(office, access) })

  app.route({
    ...contracts.listLabOrders,
    handler: async (request, reply) => {
      const page = await service.listOrders(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.getLabOrder,
    handler: async (request, reply) => {
      const found = await service.readOrder(office, request.access, request.params.id)
      return withVersion(reply, found.version).send(found)
    },
  })

  app.route({
    ...contracts.orderLabPanel,
    handler: async (request, reply) => {
      const order = await service.orderPanel(office, request.access, request.body)
      return withVersion(reply, order.version).code(201).send(order)
    },
  })

  app.route({
    ...contracts.fileLabOrder,
    handler: async ({ access, params }, reply) => {
      const order = await service.fileAgain(office, access, params.id)
      return withVersion(reply, order.version).code(201).send(order)
    },
  })

  app.route({
    ...contracts.changeLabOrder,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const order = await service.changeOrder(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, order.version).send(order)
    },
  })

  app.route({
    ...contracts.listLabWork,
    handler: async (request, reply) => {
      const page = await service.listWork(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.getLabWork,
    handler: ({ access, params }) => service.readWork(office, access, params.barcode),
  })

  app.route({
    ...contracts.receiveLabSample,
    handler: async ({ access, body }, reply) =>
      reply.code(201).send(await service.receiveSample(office, access, body)),
  })

  app.route({
    ...contracts.rejectLabSample,
    handler: async ({ access, body }, reply) =>
      reply.code(201).send(await service.rejectSample(office, access, body)),
  })
}
