import * as contracts from '@youyu/shared/subsidies/programmes'
import type { App, Office } from '../../../office.ts'
import { programmeOf, programmesOf, versionOf } from './service.ts'

export function programmeRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listProgrammes,
    handler: ({ access, query }) => programmesOf(office, access, query),
  })
  app.route({
    ...contracts.getProgramme,
    handler: ({ access, params, query }) => programmeOf(office, access, params.code, query),
  })
  app.route({
    ...contracts.getProgrammeVersion,
    handler: ({ access, params, query }) => versionOf(office, access, params.id, query),
  })
}
