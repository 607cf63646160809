import { listDueForOutcome } from '@youyu/shared/population/pregnancies'
import { linkNext } from '../../../../http/paging.ts'
import type { App, Office } from '../../../../office.ts'
import { listDue } from './service.ts'

export function dueRoutes(app: App, office: Office): void {
  app.route({
    ...listDueForOutcome,
    handler: async (request, reply) => {
      const page = await listDue(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
}
