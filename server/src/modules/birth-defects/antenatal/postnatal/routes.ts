import {
  correctPostnatalContact,
  getPostnatalContact,
  recordPostnatalContact,
  voidPostnatalContact,
} from '@youyu/shared/birth-defects/antenatal'
import type { App, Office } from '../../../../office.ts'
import * as service from './service.ts'

export function postnatalRoutes(app: App, office: Office): void {
  app.route({
    ...recordPostnatalContact,
    handler: async ({ access, query, body }, reply) => {
      if (query.dryRun) return await service.rehearsePostnatal(office, access, body)
      return reply.code(201).send(await service.enterPostnatal(office, access, body))
    },
  })

  app.route({
    ...getPostnatalContact,
    handler: ({ access, params }) => service.readPostnatal(office, access, params.id),
  })

  app.route({
    ...correctPostnatalContact,
    handler: async ({ access, params, query, body }, reply) => {
      if (query.dryRun) return await service.rehearseCorrection(office, access, params.id, body)
      return reply.code(201).send(await service.correctPostnatal(office, access, params.id, body))
    },
  })

  app.route({
    ...voidPostnatalContact,
    handler: ({ access, params, body }) => service.voidOne(office, access, params.id, body.reason),
  })
}
