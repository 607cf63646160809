import * as contracts from '@youyu/shared/birth-defects/cascades'
import type { App, Office } from '../../../../office.ts'
import { cascadeText, closePeriod, periodsOf } from './service.ts'

export function cascadeRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.getBirthDefectCascade,
    handler: async ({ access, query }, reply) => {
      const text = await cascadeText(office, access, query)
      return await reply.header('content-type', 'application/json; charset=utf-8').send(text as never)
    },
  })
  app.route({
    ...contracts.listClosedCascades,
    handler: ({ access, query }) => periodsOf(office, access, query.division),
  })
  app.route({
    ...contracts.closeCascadePeriod,
    handler: async ({ access, body }, reply) => reply.code(201).send(await closePeriod(office, access, body)),
  })
}
