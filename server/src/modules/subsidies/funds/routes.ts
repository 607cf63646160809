import * as contracts from '@youyu/shared/subsidies/funds'
import type { App, Office } from '../../../office.ts'
import * as service from './service.ts'

export function fundRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listFunds,
    handler: ({ access, query }) => service.fundsOf(office, access, query),
  })
  app.route({
    ...contracts.listBudgetChanges,
    handler: ({ access, query }) => service.listBudgetChanges(office, access, query),
  })
  app.route({
    ...contracts.changeBudget,
    handler: async ({ access, body }, reply) =>
      reply.code(201).send(await service.changeBudget(office, access, body)),
  })
  app.route({
    ...contracts.listFundArrivals,
    handler: ({ access, query }) => service.listArrivals(office, access, query),
  })
  app.route({
    ...contracts.recordFundArrival,
    handler: async ({ access, body }, reply) =>
      reply.code(201).send(await service.recordArrival(office, access, body)),
  })
  app.route({
    ...contracts.closeFundYear,
    handler: async ({ access, body }, reply) =>
      reply.code(201).send(await service.closeYear(office, access, body)),
  })
  app.route({
    ...contracts.listFundFindings,
    handler: ({ access, query }) => service.listFindings(office, access, query),
  })
  app.route({
    ...contracts.recordFundFinding,
    handler: async ({ access, body }, reply) =>
      reply.code(201).send(await service.recordFinding(office, access, body)),
  })
  app.route({
    ...contracts.putFindingRight,
    handler: async ({ access, params, body }, reply) =>
      reply.code(201).send(await service.putRight(office, access, params.id, body)),
  })
  app.route({ ...contracts.listCountyRevenues, handler: ({ access }) => service.revenuesOf(office, access) })
  app.route({
    ...contracts.recordCountyRevenue,
    handler: async ({ access, body }, reply) =>
      reply.code(201).send(await service.recordRevenue(office, access, body)),
  })
}
