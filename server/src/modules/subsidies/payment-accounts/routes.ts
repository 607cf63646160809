import {
  changeAccount,
  decideAccount,
  getAccount,
  getAccountOfPayee,
  holdAccount,
  listAccountAlerts,
  listAccounts,
  openAccount,
  releaseAccount,
  resolveAccountAlert,
  revealAccount,
} from '@youyu/shared/subsidies/payment-accounts'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import * as alerts from './alerts.ts'
import * as service from './service.ts'

export function paymentAccountRoutes(app: App, office: Office): void {
  app.route({
    ...getAccountOfPayee,
    handler: async ({ access, params }, reply) => {
      const account = await service.readAccount(office, access, { payeeId: params.id })
      return withVersion(reply, account.version).send(account)
    },
  })
  app.route({
    ...openAccount,
    handler: async ({ access, params, body }, reply) => {
      const account = await service.openAccount(office, access, params.id, body)
      return await withVersion(reply, account.version).code(201).send(account)
    },
  })
  app.route({
    ...changeAccount,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const account = await service.changeAccount(office, access, params.id, versionExpected(request), body)
      return await withVersion(reply, account.version).code(201).send(account)
    },
  })
  app.route({
    ...decideAccount,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const account = await service.decideOnAccount(office, access, params.id, versionExpected(request), body)
      return await withVersion(reply, account.version).code(201).send(account)
    },
  })
  app.route({
    ...listAccounts,
    handler: async (request, reply) => {
      const page = await service.accountsOf(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
  app.route({
    ...getAccount,
    handler: async ({ access, params }, reply) => {
      const account = await service.readAccount(office, access, { id: params.id })
      return withVersion(reply, account.version).send(account)
    },
  })
  app.route({
    ...revealAccount,
    handler: ({ access, params, body }) => service.revealNumber(office, access, params.id, body),
  })
  app.route({
    ...holdAccount,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const account = await service.holdAccount(
        office,
        access,
        params.id,
        versionExpected(request),
        body.reason,
      )
      return await withVersion(reply, account.version).code(201).send(account)
    },
  })
  app.route({
    ...releaseAccount,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const account = await service.releaseAccount(
        office,
        access,
        params.id,
        versionExpected(request),
        body.reason,
      )
      return await withVersion(reply, account.version).code(201).send(account)
    },
  })
  app.route({
    ...listAccountAlerts,
    handler: async (request, reply) => {
      const page = await alerts.listAlerts(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
  app.route({
    ...resolveAccountAlert,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await alerts.resolveAlert(office, access, params.id, body.resolution)),
  })
}
