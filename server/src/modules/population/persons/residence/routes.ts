import { movePerson, voidResidenceEpisode } from '@youyu/shared/population/persons'
import { versionExpected, withVersion } from '../../../../http/conditional.ts'
import type { App, Office } from '../../../../office.ts'
import { changeResidence, previewResidence } from './service.ts'

export function residenceRoutes(app: App, office: Office): void {
  app.route({
    ...movePerson,
    handler: async (request, reply) => {
      const asked = { id: request.params.id, version: versionExpected(request), move: request.body }
      if (request.query.dryRun) return await previewResidence(office, request.access, asked)
      const person = await changeResidence(office, request.access, asked)
      return withVersion(reply, person.version).code(201).send(person)
    },
  })

  app.route({
    ...voidResidenceEpisode,
    handler: async (request, reply) => {
      const { id, episodeId } = request.params
      const asked = { id, version: versionExpected(request), voiding: { episodeId, ...request.body } }
      if (request.query.dryRun) return await previewResidence(office, request.access, asked)
      const person = await changeResidence(office, request.access, asked)
      return withVersion(reply, person.version).code(201).send(person)
    },
  })
}
