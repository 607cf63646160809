import {
  correctPostnatalContact,
  getPostnatalContact,
  recordPostnatalContact,
  voidPostnatalContact,
} from '@youyu/shared/birth-defects/postnatal-contacts'
import type { App, Office } from '../../../../office.ts'
import { postnatalContacts } from './service.ts'

export function postnatalRoutes(app: App, office: Office): void {
  app.route({
    ...recordPostnatalContact,
    handler: async ({ access, query, body }, reply) => {
      if (query.dryRun) return await postnatalContacts.rehearse(office, access, body)
      return reply.code(201).send(await postnatalContacts.enter(office, access, body))
    },
  })

  app.route({
    ...getPostnatalContact,
    handler: ({ access, params }) => postnatalContacts.read(office, access, params.id),
  })

  app.route({
    ...correctPostnatalContact,
    handler: async ({ access, params, query, body }, reply) => {
      if (query.dryRun) return await postnatalContacts.rehearseCorrection(office, access, params.id, body)
      return reply.code(201).send(await postnatalContacts.correct(office, access, params.id, body))
    },
  })

  app.route({
    ...voidPostnatalContact,
    handler: ({ access, params, body }) => postnatalContacts.void(office, access, params.id, body.reason),
  })
}
