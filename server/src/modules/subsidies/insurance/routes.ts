import {
  downloadInsuredList,
  getInsurancePolicy,
  insureFamilies,
  listInsurancePolicies,
  listInsuredPersons,
  listInsuredStays,
  settleInsuredStay,
  voidInsurancePolicy,
} from '@youyu/shared/subsidies/insurance'
import { withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { asCsv } from '../handed-out.ts'
import * as service from './service.ts'

export function insuranceRoutes(app: App, office: Office): void {
  app.route({
    ...listInsurancePolicies,
    handler: async (request, reply) => {
      const page = await service.list(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
  app.route({
    ...getInsurancePolicy,
    handler: async ({ access, params }, reply) => {
      const policy = await service.read(office, access, params.id)
      return withVersion(reply, policy.version).send(policy)
    },
  })
  app.route({
    ...insureFamilies,
    handler: async ({ access, body, query }, reply) => {
      if (query.dryRun) return await reply.code(200).send(await service.rehearse(office, access, body))
      return await reply.code(201).send(await service.insureFamilies(office, access, body))
    },
  })
  app.route({
    ...voidInsurancePolicy,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await service.cancel(office, access, params.id, body.reason)),
  })
  app.route({
    ...listInsuredPersons,
    handler: async (request, reply) => {
      const page = await service.listInsured(office, request.access, request.params.id, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
  app.route({
    ...downloadInsuredList,
    handler: async ({ access, params }, reply) =>
      asCsv(reply, 'insured.csv').send(await service.insuredFile(office, access, params.id)),
  })
  app.route({
    ...listInsuredStays,
    handler: async (request, reply) => {
      const page = await service.listStays(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
  app.route({
    ...settleInsuredStay,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await service.settle(office, access, params.id, body)),
  })
}
