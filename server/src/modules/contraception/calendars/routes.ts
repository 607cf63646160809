import {
  discardCheckCalendar,
  getCheckCalendar,
  getPlanExecution,
  listCheckCalendars,
  listUnplaced,
  proposeCheckCalendar,
  publishCheckCalendar,
  replanCheckCalendar,
} from '@youyu/shared/contraception/calendars'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import { offerWork } from '../../../jobs/index.ts'
import type { App, Office } from '../../../office.ts'
import { replanCalendar } from './replanning.ts'
import * as service from './service.ts'
import { stationRoutes } from './stations/routes.ts'
import { calendarWork } from './work.ts'

export function calendarRoutes(app: App, office: Office): void {
  app.route({
    ...listCheckCalendars,
    handler: async (request, reply) => {
      const page = await service.listCalendars(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...proposeCheckCalendar,
    handler: async (request, reply) => {
      const calendar = await service.proposeCalendar(office, request.access, request.body)
      return reply.code(202).header('location', `/api/v1/check-calendars/${calendar.id}`).send(calendar)
    },
  })

  app.route({
    ...getCheckCalendar,
    handler: async (request, reply) => {
      const calendar = await service.readCalendar(office, request.access, request.params.id)
      return withVersion(reply, calendar.version).send(calendar)
    },
  })

  app.route({
    ...listUnplaced,
    handler: async (request, reply) => {
      const page = await service.listUnplacedOf(office, request.access, request.params.id, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...publishCheckCalendar,
    handler: async (request, reply) => {
      const { access, params } = request
      const calendar = await service.publishCalendar(office, access, params.id, versionExpected(request))
      return withVersion(reply, calendar.version).send(calendar)
    },
  })

  app.route({
    ...discardCheckCalendar,
    handler: async (request, reply) => {
      const { access, params } = request
      const calendar = await service.discardCalendar(office, access, params.id, versionExpected(request))
      return withVersion(reply, calendar.version).send(calendar)
    },
  })

  app.route({
    ...replanCheckCalendar,
    handler: async ({ access, params, query, body }) =>
      replanCalendar(office, access, params.id, body, query.dryRun ?? false),
  })

  app.route({
    ...getPlanExecution,
    handler: (request) => service.readExecution(office, request.access, request.params.id),
  })

  stationRoutes(app, office)
  offerWork(office, 'calendar', calendarWork)
}
