import {
  approveSettlement,
  getSettlement,
  listServiceTariffs,
  listSettlements,
  makeSettlement,
  paySettlement,
  setServiceTariff,
  voidSettlement,
} from '@youyu/shared/subsidies/settlements'
import { withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import * as service from './service.ts'

export function settlementRoutes(app: App, office: Office): void {
  app.route({
    ...listSettlements,
    handler: async (request, reply) => {
      const page = await service.list(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
  app.route({
    ...getSettlement,
    handler: async ({ access, params }, reply) => {
      const settlement = await service.read(office, access, params.id)
      return withVersion(reply, settlement.version).send(settlement)
    },
  })
  app.route({
    ...makeSettlement,
    handler: async ({ access, body }, reply) =>
      await reply.code(201).send(await service.make(office, access, body)),
  })
  app.route({
    ...approveSettlement,
    handler: async ({ access, params }, reply) =>
      await reply.code(201).send(await service.approve(office, access, params.id)),
  })
  app.route({
    ...paySettlement,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await service.pay(office, access, params.id, body)),
  })
  app.route({
    ...voidSettlement,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await service.cancel(office, access, params.id, body.reason)),
  })
  app.route({
    ...listServiceTariffs,
    handler: ({ access, query }) => service.listTariffs(office, access, query),
  })
  app.route({
    ...setServiceTariff,
    handler: async ({ access, body }, reply) =>
      await reply.code(201).send(await service.setTariff(office, access, body)),
  })
}
