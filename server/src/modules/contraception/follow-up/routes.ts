import { getFollowUpTask, listFollowUpTasks, recordTaskOutcome } from '@youyu/shared/contraception/follow-up'
import { listFollowUpPlans, startFollowUpPlan } from '@youyu/shared/contraception/protocols'
import { linkNext } from '../../../http/paging.ts'
import { offerWork } from '../../../jobs/index.ts'
import type { App, Office } from '../../../office.ts'
import { useNights } from './nights.ts'
import { followUpWork, runsOf, startPlan } from './planning.ts'
import { readTask, recordOutcome, worklist } from './service.ts'

export function followUpRoutes(app: App, office: Office): void {
  app.route({
    ...listFollowUpTasks,
    handler: async (request, reply) => {
      const page = await worklist(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
  app.route({
    ...getFollowUpTask,
    handler: (request) => readTask(office, request.access, request.params.id),
  })
  app.route({
    ...recordTaskOutcome,
    handler: async ({ access, params, body }, reply) =>
      reply.code(201).send(await recordOutcome(office, access, params.id, body)),
  })
  app.route({ ...listFollowUpPlans, handler: (request) => runsOf(office, request.access) })
  app.route({
    ...startFollowUpPlan,
    handler: async (request, reply) => {
      const job = await startPlan(office, request.access)
      return reply.code(202).header('location', `/api/v1/jobs/${job.id}`).send(job)
    },
  })
  offerWork(office, 'follow-up', followUpWork)
  useNights(app, office)
}
