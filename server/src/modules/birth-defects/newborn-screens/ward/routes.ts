import * as contracts from '@youyu/shared/birth-defects/newborn'
import { linkNext } from '../../../../http/paging.ts'
import type { App, Office } from '../../../../office.ts'
import { readRecalls, readWard } from './service.ts'

export function wardRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listWard,
    handler: async (request, reply) => {
      const page = await readWard(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.listNewbornRecalls,
    handler: async (request, reply) => {
      const page = await readRecalls(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
}
