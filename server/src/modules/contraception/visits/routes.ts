import {
  getCheckVisit,
  listCheckVisits,
  recordCheckVisit,
  voidCheckVisit,
} from '@youyu/shared/contraception/visits'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { listVisits, readVisit, recordVisit, voidOne } from './service.ts'

export function checkVisitRoutes(app: App, office: Office): void {
  app.route({
    ...listCheckVisits,
    handler: async (request, reply) => {
      const page = await listVisits(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...getCheckVisit,
    handler: (request) => readVisit(office, request.access, request.params.id),
  })

  app.route({
    ...recordCheckVisit,
    handler: async (request, reply) => {
      const visit = await recordVisit(office, request.access, request.body)
      return reply.code(201).header('location', `/api/v1/check-visits/${visit.id}`).send(visit)
    },
  })

  app.route({
    ...voidCheckVisit,
    handler: ({ access, params, body }) => voidOne(office, access, params.id, body.reason),
  })
}
