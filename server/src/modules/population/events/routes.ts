import * as contracts from '@youyu/shared/population/events'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { eventsOf, listFindings } from './service.ts'

export function eventRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listPersonEvents,
    handler: (request) => eventsOf(office, request.access, request.params.id, request.query.asOf),
  })

  app.route({
    ...contracts.listEventFindings,
    handler: async (request, reply) => {
      const page = await listFindings(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
}
