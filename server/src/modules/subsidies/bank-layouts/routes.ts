import { activateLayout, addLayout, lintLayout, listLayouts } from '@youyu/shared/subsidies/bank-layouts'
import type { App, Office } from '../../../office.ts'
import * as service from './service.ts'

export function bankLayoutRoutes(app: App, office: Office): void {
  app.route({ ...listLayouts, handler: ({ access }) => service.listLayouts(office, access) })
  app.route({ ...lintLayout, handler: ({ body }) => service.checkLayout(body.definition) })
  app.route({
    ...addLayout,
    handler: async ({ access, body }, reply) =>
      await reply.code(201).send(await service.draftLayout(office, access, body)),
  })
  app.route({
    ...activateLayout,
    handler: async ({ access, params }, reply) =>
      await reply.code(201).send(await service.activateLayout(office, access, params.id)),
  })
}
