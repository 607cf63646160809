import {
  getPostnatalContact,
  recordPostnatalContact,
  voidPostnatalContact,
} from '@youyu/shared/birth-defects/antenatal'
import type { App, Office } from '../../../../office.ts'
import { enterPostnatal, readPostnatal, rehearsePostnatal, voidOne } from './service.ts'

export function postnatalRoutes(app: App, office: Office): void {
  app.route({
    ...recordPostnatalContact,
    handler: async ({ access, query, body }, reply) => {
      if (query.dryRun) return await rehearsePostnatal(office, access, body)
      return reply.code(201).send(await enterPostnatal(office, access, body))
    },
  })

  app.route({
    ...getPostnatalContact,
    handler: ({ access, params }) => readPostnatal(office, access, params.id),
  })

  app.route({
    ...voidPostnatalContact,
    handler: ({ access, params, body }) => voidOne(office, access, params.id, body.reason),
  })
}
