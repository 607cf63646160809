import { decideCheckProgramme, listCheckProgrammes } from '@youyu/shared/contraception/programmes'
import type { App, Office } from '../../../office.ts'
import { decideProgramme, listProgrammes } from './service.ts'

export function programmeRoutes(app: App, office: Office): void {
  app.route({
    ...listCheckProgrammes,
    handler: (request) => listProgrammes(office, request.access, request.query),
  })

  app.route({
    ...decideCheckProgramme,
    handler: async (request, reply) =>
      reply.code(201).send(await decideProgramme(office, request.access, request.body)),
  })
}
