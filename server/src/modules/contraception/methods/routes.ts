import {
  listMethods,
  listMethodSheets,
  listSheetVersions,
  publishMethodSheet,
} from '@youyu/shared/contraception/methods'
import type { App, Office } from '../../../office.ts'
import { listAll, listSheets, listVersions, publishSheet } from './service.ts'

export function methodRoutes(app: App, office: Office): void {
  app.route({ ...listMethods, handler: ({ access }) => listAll(office, access) })

  app.route({ ...listMethodSheets, handler: ({ access, query }) => listSheets(office, access, query.on) })

  app.route({
    ...listSheetVersions,
    handler: ({ access, params }) => listVersions(office, access, params.method),
  })

  app.route({
    ...publishMethodSheet,
    handler: async ({ access, body }, reply) =>
      await reply.code(201).send(await publishSheet(office, access, body)),
  })
}
