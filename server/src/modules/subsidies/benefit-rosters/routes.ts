import {
  downloadRoster,
  getRoster,
  listRosterLines,
  listRosters,
  makeRoster,
  returnRoster,
  sendRoster,
  voidRoster,
} from '@youyu/shared/subsidies/benefit-rosters'
import { withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { asCsv } from '../handed-out.ts'
import * as service from './service.ts'

export function rosterRoutes(app: App, office: Office): void {
  app.route({
    ...listRosters,
    handler: async (request, reply) => {
      const page = await service.list(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
  app.route({
    ...getRoster,
    handler: async ({ access, params }, reply) => {
      const roster = await service.read(office, access, params.id)
      return withVersion(reply, roster.version).send(roster)
    },
  })
  app.route({
    ...makeRoster,
    handler: async ({ access, body, query }, reply) => {
      if (query.dryRun) return await reply.code(200).send(await service.rehearse(office, access, body))
      return await reply.code(201).send(await service.make(office, access, body))
    },
  })
  app.route({
    ...listRosterLines,
    handler: async (request, reply) => {
      const page = await service.listLines(office, request.access, request.params.id, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
  app.route({
    ...sendRoster,
    handler: async ({ access, params }, reply) =>
      await reply.code(201).send(await service.send(office, access, params.id)),
  })
  app.route({
    ...downloadRoster,
    handler: async ({ access, params }, reply) =>
      asCsv(reply, 'roster.csv').send(await service.file(office, access, params.id)),
  })
  app.route({
    ...returnRoster,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await service.takeBack(office, access, params.id, body.file)),
  })
  app.route({
    ...voidRoster,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await service.cancel(office, access, params.id, body.reason)),
  })
}
