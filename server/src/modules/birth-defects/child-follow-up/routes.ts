import * as contracts from '@youyu/shared/birth-defects/child-follow-up'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import * as service from './service.ts'
import { recordSupport, voidSupport } from './supports/service.ts'

export function childFollowUpRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listChildFollowUps,
    handler: async (request, reply) => {
      const page = await service.listFollowUps(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.getChildFollowUp,
    handler: async (request, reply) => {
      const found = await service.readFollowUp(office, request.access, request.params.id)
      return withVersion(reply, found.version).send(found)
    },
  })

  app.route({
    ...contracts.startChildFollowUp,
    handler: async ({ access, body }, reply) => {
      const opened = await service.startFollowUp(office, access, body)
      return withVersion(reply, opened.version).code(201).send(opened)
    },
  })

  app.route({
    ...contracts.giveFollowUpConsent,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const heard = await service.giveConsent(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, heard.version).send(heard)
    },
  })

  app.route({
    ...contracts.closeChildFollowUp,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const closed = await service.closeFollowUp(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, closed.version).send(closed)
    },
  })

  app.route({
    ...contracts.settleChildVisit,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const settled = await service.settleVisit(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, settled.version).send(settled)
    },
  })

  app.route({
    ...contracts.recordChildSupport,
    handler: async ({ access, params, body }, reply) =>
      reply.code(201).send(await recordSupport(office, access, params.id, body)),
  })

  app.route({
    ...contracts.voidChildSupport,
    handler: ({ access, params, body }) => voidSupport(office, access, params.id, body.reason),
  })
}
