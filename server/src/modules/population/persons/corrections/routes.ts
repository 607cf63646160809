import * as contracts from '@youyu/shared/population/persons'
import { versionExpected, withVersion } from '../../../../http/conditional.ts'
import type { App, Office } from '../../../../office.ts'
import { correctPerson, previewCorrection } from './service.ts'

export function correctionRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.correctPerson,
    handler: async (request, reply) => {
      const asked = { id: request.params.id, version: versionExpected(request), correction: request.body }
      if (request.query.dryRun) return await previewCorrection(office, request.access, asked)
      const person = await correctPerson(office, request.access, asked)
      return withVersion(reply, person.version).code(201).send(person)
    },
  })
}
