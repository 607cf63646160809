import { addMember, changeHead, splitHousehold } from '@youyu/shared/population/households'
import { versionExpected, withVersion } from '../../../../http/conditional.ts'
import type { App, Office } from '../../../../office.ts'
import { applyDeed, previewDeed } from './service.ts'

export function regroupingRoutes(app: App, office: Office): void {
  app.route({
    ...splitHousehold,
    handler: async (request, reply) => {
      const deed = { id: request.params.id, version: versionExpected(request), split: request.body }
      if (request.query.dryRun) return await previewDeed(office, request.access, deed)
      const founded = await applyDeed(office, request.access, deed)
      return withVersion(reply, founded.version)
        .code(201)
        .header('location', `/api/v1/households/${founded.id}`)
        .send(founded)
    },
  })

  app.route({
    ...addMember,
    handler: async (request, reply) => {
      const deed = { id: request.params.id, version: versionExpected(request), join: request.body }
      if (request.query.dryRun) return await previewDeed(office, request.access, deed)
      const household = await applyDeed(office, request.access, deed)
      return withVersion(reply, household.version).code(201).send(household)
    },
  })

  app.route({
    ...changeHead,
    handler: async (request, reply) => {
      const deed = { id: request.params.id, version: versionExpected(request), head: request.body }
      if (request.query.dryRun) return await previewDeed(office, request.access, deed)
      const household = await applyDeed(office, request.access, deed)
      return withVersion(reply, household.version).code(201).send(household)
    },
  })
}
