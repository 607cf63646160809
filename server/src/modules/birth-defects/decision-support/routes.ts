import {
  getDecisionTable,
  getDecisionTableInForce,
  listDecisionTables,
  publishDecisionTable,
} from '@youyu/shared/birth-defects/decision-support'
import type { App, Office } from '../../../office.ts'
import { listTables, publish, readTable, rehearsePublication, tableOn } from './service.ts'

export function decisionTableRoutes(app: App, office: Office): void {
  app.route({
    ...listDecisionTables,
    handler: ({ access, query }) => listTables(office, access, query.kind),
  })

  app.route({
    ...getDecisionTableInForce,
    handler: ({ access, query }) => tableOn(office, access, query.kind, query.on),
  })

  app.route({
    ...getDecisionTable,
    handler: ({ access, params }) => readTable(office, access, params.table),
  })

  app.route({
    ...publishDecisionTable,
    handler: async ({ access, query, body }, reply) => {
      if (query.dryRun) return await rehearsePublication(office, access, body)
      return reply.code(201).send(await publish(office, access, body))
    },
  })
}
