import { listLabBatches, postLabBatch } from '@youyu/shared/birth-defects/laboratory'
import { linkNext } from '../../../../http/paging.ts'
import type { App, Office } from '../../../../office.ts'
import { listBatches, postBatch } from './service.ts'

export function labBatchRoutes(app: App, office: Office): void {
  app.route({
    ...postLabBatch,
    handler: async ({ access, body }, reply) => {
      const channel = access.actorKind === 'client' ? 'API' : 'FORM'
      return await reply.code(201).send(await postBatch(office, access, { ...body, channel }))
    },
  })

  app.route({
    ...listLabBatches,
    handler: async (request, reply) => {
      const page = await listBatches(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
}
