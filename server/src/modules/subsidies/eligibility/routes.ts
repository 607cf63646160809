import {
  getEligibilityRun,
  listEligibilityRuns,
  startEligibilityRun,
} from '@youyu/shared/subsidies/eligibility'
import { linkNext } from '../../../http/paging.ts'
import { offerWork } from '../../../jobs/index.ts'
import type { App, Office } from '../../../office.ts'
import { eligibilityWork } from './running.ts'
import { readRun, runsOf, startRun } from './service.ts'

export function eligibilityRoutes(app: App, office: Office): void {
  offerWork(office, 'eligibility', eligibilityWork)
  app.route({
    ...listEligibilityRuns,
    handler: async (request, reply) => {
      const page = await runsOf(office, request.access, request.query)
      void linkNext(request, reply, page.nextCursor)
      return page
    },
  })
  app.route({
    ...startEligibilityRun,
    handler: async ({ access, body }, reply) => reply.code(202).send(await startRun(office, access, body)),
  })
  app.route({
    ...getEligibilityRun,
    handler: ({ access, params, query }) => readRun(office, access, params.id, query),
  })
}
