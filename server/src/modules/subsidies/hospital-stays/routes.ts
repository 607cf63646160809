import {
  checkHospitalStay,
  getHospitalStay,
  listHospitalStays,
  recordHospitalStay,
} from '@youyu/shared/subsidies/hospital-stays'
import { withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import * as service from './service.ts'

export function hospitalStayRoutes(app: App, office: Office): void {
  app.route({
    ...listHospitalStays,
    handler: async (request, reply) => {
      const page = await service.list(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
  app.route({
    ...getHospitalStay,
    handler: async ({ access, params }, reply) => {
      const stay = await service.read(office, access, params.id)
      return withVersion(reply, stay.version).send(stay)
    },
  })
  app.route({
    ...recordHospitalStay,
    handler: async ({ access, body, query }, reply) => {
      if (query.dryRun) return await reply.code(200).send(await service.preview(office, access, body))
      return await reply.code(201).send(await service.recordStay(office, access, body))
    },
  })
  app.route({
    ...checkHospitalStay,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await service.check(office, access, params.id, body)),
  })
}
