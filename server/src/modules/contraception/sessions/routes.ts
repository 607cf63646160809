import {
  cancelCheckSession,
  getCheckSession,
  holdCheckSession,
  listCheckSessions,
  moveCheckSession,
} from '@youyu/shared/contraception/sessions'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { cancelOne, holdOne, listSessions, moveOne, readSession } from './service.ts'

export function sessionRoutes(app: App, office: Office): void {
  app.route({
    ...listCheckSessions,
    handler: async (request, reply) => {
      const page = await listSessions(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...getCheckSession,
    handler: async (request, reply) => {
      const session = await readSession(office, request.access, request.params.id)
      return withVersion(reply, session.version).send(session)
    },
  })

  app.route({
    ...moveCheckSession,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const session = await moveOne(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, session.version).send(session)
    },
  })

  app.route({
    ...cancelCheckSession,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const session = await cancelOne(office, access, params.id, versionExpected(request), body.reason)
      return withVersion(reply, session.version).send(session)
    },
  })

  app.route({
    ...holdCheckSession,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const session = await holdOne(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, session.version).send(session)
    },
  })
}
