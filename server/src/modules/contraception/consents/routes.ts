import * as contracts from '@youyu/shared/contraception/consents'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { giveConsent, listAll, readConsent, voidConsent, withdraw } from './service.ts'

export function consentRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listConsents,
    handler: async (request, reply) => {
      const page = await listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.getConsent,
    handler: (request) => readConsent(office, request.access, request.params.id),
  })

  app.route({
    ...contracts.recordConsent,
    handler: async (request, reply) => {
      const consent = await giveConsent(office, request.access, request.body)
      return reply.code(201).header('location', `/api/v1/care-consents/${consent.id}`).send(consent)
    },
  })

  app.route({
    ...contracts.withdrawConsent,
    handler: async (request, reply) =>
      reply.code(201).send(await withdraw(office, request.access, request.params.id, request.body)),
  })

  app.route({
    ...contracts.voidConsent,
    handler: async (request, reply) =>
      reply.code(201).send(await voidConsent(office, request.access, request.params.id, request.body)),
  })
}
