import * as contracts from '@youyu/shared/birth-defects/schedules'
import { offerWork } from '../../../../jobs/index.ts'
import type { App, Office } from '../../../../office.ts'
import { useChainNights } from '../nights.ts'
import { chainWork, runsOf, startPlan } from '../planning.ts'
import { decide, draft, schedulesOf } from './service.ts'

export function chainScheduleRoutes(app: App, office: Office): void {
  app.route({ ...contracts.listChainSchedules, handler: ({ access }) => schedulesOf(office, access) })
  app.route({
    ...contracts.draftChainSchedule,
    handler: async ({ access, body }, reply) => reply.code(201).send(await draft(office, access, body)),
  })
  app.route({
    ...contracts.settleChainSchedule,
    handler: async ({ access, params, body }, reply) =>
      reply.code(201).send(await decide(office, access, params.version, body.decision)),
  })
  app.route({ ...contracts.listChainPlans, handler: ({ access }) => runsOf(office, access) })
  app.route({
    ...contracts.startChainPlan,
    handler: async ({ access }, reply) => {
      const job = await startPlan(office, access)
      return reply.code(202).header('location', `/api/v1/jobs/${job.id}`).send(job)
    },
  })
  offerWork(office, 'birth-defect-chains', chainWork)
  useChainNights(app, office)
}
