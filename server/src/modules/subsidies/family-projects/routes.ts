import {
  endFamilyProject,
  getProjectSums,
  listFamilyProjects,
  startFamilyProjects,
  voidFamilyProject,
} from '@youyu/shared/subsidies/family-projects'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import * as service from './service.ts'

export function familyProjectRoutes(app: App, office: Office): void {
  app.route({
    ...listFamilyProjects,
    handler: async (request, reply) => {
      const page = await service.list(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
  app.route({ ...getProjectSums, handler: ({ access, query }) => service.sums(office, access, query.year) })
  app.route({
    ...startFamilyProjects,
    handler: async ({ access, body }, reply) =>
      await reply.code(201).send(await service.start(office, access, body.projects)),
  })
  app.route({
    ...endFamilyProject,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await service.end(office, access, params.id, body)),
  })
  app.route({
    ...voidFamilyProject,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await service.cancel(office, access, params.id, body.reason)),
  })
}
