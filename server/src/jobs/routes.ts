import { cancelJob, getJob, listJobs, watchJob } from '@youyu/shared/jobs'
import { linkNext } from '../http/paging.ts'
import type { App, Office } from '../office.ts'
import { jobEvents } from './events.ts'
import { cancel, jobFor, jobsFor } from './service.ts'

export function jobRoutes(app: App, office: Office): void {
  const events = jobEvents(app)

  app.route({
    ...listJobs,
    handler: async (request, reply) => {
      const page = await jobsFor(office, request.access, request.query)
      void linkNext(request, reply, page.nextCursor)
      return page
    },
  })
  app.route({ ...getJob, handler: (request) => jobFor(office, request.access, request.params.id) })
  app.route({
    ...watchJob,
    handler: (request, reply) => events(reply, () => jobFor(office, request.access, request.params.id)),
  })
  app.route({
    ...cancelJob,
    handler: async (request, reply) =>
      reply.code(202).send(await cancel(office, request.access, request.params.id)),
  })
}
