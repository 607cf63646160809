import {
  listReturns,
  listUnmatched,
  resolveUnmatched,
  uploadReturn,
} from '@youyu/shared/subsidies/bank-returns'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import * as service from './service.ts'
import { takeUpload } from './uploading.ts'

export function bankReturnRoutes(app: App, office: Office): void {
  app.route({
    ...uploadReturn,
    handler: async (request, reply) => {
      const arriving = { batch: { id: request.params.id }, channel: 'FILE' } as const
      return await reply.code(201).send(await takeUpload(office, request, arriving))
    },
  })
  app.route({
    ...listReturns,
    handler: ({ access, params }) => service.returnsOf(office, access, params.id),
  })
  app.route({
    ...listUnmatched,
    handler: async (request, reply) => {
      const { access, params, query } = request
      const page = await service.unmatchedOf(office, access, params.id, query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
  app.route({
    ...resolveUnmatched,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await service.resolveLine(office, access, params.id, body)),
  })
}
