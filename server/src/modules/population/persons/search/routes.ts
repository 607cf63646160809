import { searchPersons } from '@youyu/shared/population/persons'
import { linkNext } from '../../../../http/paging.ts'
import type { App, Office } from '../../../../office.ts'
import { search } from './service.ts'

export function searchRoutes(app: App, office: Office): void {
  app.route({
    ...searchPersons,
    config: { ...searchPersons.config, confirmedByRead: true },
    handler: async (request, reply) => {
      const { q, limit, cursor, ...filter } = request.query
      const page = await search(office, request.access, { question: q, filter, limit, cursor })
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
}
