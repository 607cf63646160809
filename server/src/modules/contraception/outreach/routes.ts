import {
  changeOutreach,
  getOutreach,
  listOutreach,
  recordOutreach,
  voidOutreach,
} from '@youyu/shared/contraception/outreach'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { changeSession, listSessions, readSession, recordSession, voidSession } from './service.ts'

export function outreachRoutes(app: App, office: Office): void {
  app.route({
    ...listOutreach,
    handler: async (request, reply) => {
      const page = await listSessions(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...getOutreach,
    handler: async (request, reply) => {
      const session = await readSession(office, request.access, request.params.id)
      return withVersion(reply, session.version).send(session)
    },
  })

  app.route({
    ...recordOutreach,
    handler: async (request, reply) => {
      const session = await recordSession(office, request.access, request.body)
      return withVersion(reply, session.version)
        .code(201)
        .header('location', `/api/v1/outreach-sessions/${session.id}`)
        .send(session)
    },
  })

  app.route({
    ...changeOutreach,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const session = await changeSession(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, session.version).send(session)
    },
  })

  app.route({
    ...voidOutreach,
    handler: ({ access, params, body }) => voidSession(office, access, params.id, body.reason),
  })
}
