import {
  downloadWaiverEntitlements,
  importWaivers,
  listFeeWaivers,
} from '@youyu/shared/subsidies/fee-waivers'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { asCsv } from '../handed-out.ts'
import * as service from './service.ts'

export function feeWaiverRoutes(app: App, office: Office): void {
  app.route({
    ...listFeeWaivers,
    handler: async (request, reply) => {
      const page = await service.list(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
  app.route({
    ...importWaivers,
    handler: async ({ access, body }, reply) =>
      await reply.code(201).send(await service.load(office, access, body)),
  })
  app.route({
    ...downloadWaiverEntitlements,
    handler: async ({ access }, reply) =>
      asCsv(reply, 'waiver-entitlements.csv').send(await service.entitlementFile(office, access)),
  })
}
