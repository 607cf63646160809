import { applyDivisionChange, listDivisionChanges, previewDivisionChange } from '@youyu/shared/divisions'
import { keyIn, linkNext, pageOf } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import * as queries from './queries.ts'
import * as service from './service.ts'

export function changeRoutes(app: App, office: Office): void {
  app.route({
    ...previewDivisionChange,
    handler: async (request) => await service.previewChange(office, request.access, request.body),
  })

  app.route({
    ...applyDivisionChange,
    handler: async (request, reply) => {
      const change = await service.applyChange(office, request.access, request.body)
      return await reply.code(201).send(change)
    },
  })

  app.route({
    ...listDivisionChanges,
    handler: async (request, reply) => {
      const { division, limit, cursor } = request.query
      const before = keyIn(cursor, ['string'])?.[0] ?? null
      const rows = await queries.listChanges(office.db.statements, { division, before, limit })
      const page = pageOf(
        rows,
        limit,
        (row) => row,
        (row) => [row.id],
      )
      return await linkNext(request, reply, page.nextCursor).send(page)
    },
  })
}
