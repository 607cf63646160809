import * as contracts from '@youyu/shared/population/persons'
import type { App, Office } from '../../../../office.ts'
import { listMerges, merge, previewMerge } from './service.ts'
import { previewUndo, undo } from './undo/service.ts'

export function mergeRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.mergePersons,
    handler: async (request, reply) => {
      if (request.query.dryRun) return await previewMerge(office, request.access, request.body)
      return reply.code(201).send(await merge(office, request.access, request.body))
    },
  })

  app.route({
    ...contracts.undoMerge,
    handler: async (request, reply) => {
      const { id } = request.params
      if (request.query.dryRun) return await previewUndo(office, request.access, id)
      return reply.code(201).send(await undo(office, request.access, id, request.body.reason))
    },
  })

  app.route({
    ...contracts.listMerges,
    handler: (request) => listMerges(office, request.access, request.params.id),
  })
}
