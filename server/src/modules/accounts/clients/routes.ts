import {
  changeApiClient,
  createApiClient,
  listApiClients,
  rotateClientSecret,
  withdrawClientSecret,
} from '@youyu/shared/accounts'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { keyIn, linkNext, pageOf } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { listClients, toClient } from './queries.ts'
import { changeClient, createClient, rotateSecret, withdrawSecret } from './service.ts'

export function clientRoutes(app: App, office: Office): void {
  app.route({
    ...listApiClients,
    handler: async (request, reply) => {
      const { limit, cursor } = request.query
      const after = keyIn(cursor, ['string'])?.[0] ?? null
      const rows = await listClients(
        office.db.statements,
        request.access.prefixes,
        after,
        limit + 1,
        office.now(),
      )
      const page = pageOf(rows, limit, toClient, ({ name }) => [name])
      return await linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...createApiClient,
    handler: async (request, reply) => {
      const created = await createClient(office, request.access, request.body)
      return await withVersion(reply.code(201), created.client.version).send(created)
    },
  })

  app.route({
    ...changeApiClient,
    handler: async (request, reply) => {
      const client = await changeClient(
        office,
        request.access,
        request.params.id,
        versionExpected(request),
        request.body,
      )
      return await withVersion(reply, client.version).send(client)
    },
  })

  app.route({
    ...rotateClientSecret,
    handler: async (request, reply) => {
      return await reply
        .code(201)
        .send(await rotateSecret(office, request.access, request.params.id, request.body.overlapHours))
    },
  })

  app.route({
    ...withdrawClientSecret,
    handler: async (request, reply) => {
      await withdrawSecret(office, request.access, request.params.id, request.params.secretId)
      return await reply.code(204).send(null)
    },
  })
}
