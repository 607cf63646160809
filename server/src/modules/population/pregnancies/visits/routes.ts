import {
  correctAntenatalVisit,
  listAntenatalVisits,
  recordAntenatalVisit,
  voidAntenatalVisit,
} from '@youyu/shared/population/antenatal-visits'
import type { App, Office } from '../../../../office.ts'
import { applyWish, listVisits, previewWish } from './service.ts'

export function visitRoutes(app: App, office: Office): void {
  app.route({
    ...listAntenatalVisits,
    handler: ({ access, params, query }) => listVisits(office, access, params.id, query.voided ?? false),
  })

  app.route({
    ...recordAntenatalVisit,
    handler: async ({ access, params, query, body }, reply) => {
      const wish = { kind: 'record', body } as const
      if (query.dryRun) return await previewWish(office, access, params.id, wish)
      return reply.code(201).send(await applyWish(office, access, params.id, wish))
    },
  })

  app.route({
    ...correctAntenatalVisit,
    handler: async ({ access, params: { id, visitId }, query, body }, reply) => {
      const wish = { kind: 'correct', visitId, ...body } as const
      if (query.dryRun) return await previewWish(office, access, id, wish)
      return reply.code(201).send(await applyWish(office, access, id, wish))
    },
  })

  app.route({
    ...voidAntenatalVisit,
    handler: async ({ access, params: { id, visitId }, query, body }, reply) => {
      const wish = { kind: 'void', visitId, ...body } as const
      if (query.dryRun) return await previewWish(office, access, id, wish)
      return reply.code(201).send(await applyWish(office, access, id, wish))
    },
  })
}
