import * as contracts from '@youyu/shared/subsidies/entitlements'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import * as service from './service.ts'

export function entitlementRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listEntitlementMonths,
    handler: ({ access, params, query }) =>
      service.monthsOfBeneficiary(office, access, params.id, query.year),
  })

  app.route({
    ...contracts.getPersonBenefits,
    handler: ({ access, params }) => service.benefitsOfPerson(office, access, params.id),
  })

  app.route({
    ...contracts.listEventEntitlements,
    handler: async (request, reply) => {
      const page = await service.listEvents(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.voidEventEntitlement,
    handler: async ({ access, params, body }, reply) =>
      reply.code(201).send(await service.takeBackEvent(office, access, params.id, body.reason)),
  })

  app.route({
    ...contracts.listEntitlementRuns,
    handler: async (request, reply) => {
      const page = await service.listRuns(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.runEntitlements,
    handler: async ({ access, body, query }, reply) => {
      if (query.dryRun) return await service.rehearseRun(office, access, body)
      return reply.code(201).send(await service.performRun(office, access, body))
    },
  })
}
