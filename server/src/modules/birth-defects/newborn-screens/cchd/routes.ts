import * as contracts from '@youyu/shared/birth-defects/cchd-screens'
import { versionExpected, withVersion } from '../../../../http/conditional.ts'
import { linkNext } from '../../../../http/paging.ts'
import type { App, Office } from '../../../../office.ts'
import { continueCchd, correctCchd, recordCchd, cchdScreens } from './service.ts'

export function cchdRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listCchdScreens,
    handler: async (request, reply) => {
      const page = await cchdScreens.list(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.getCchdScreen,
    handler: async (request, reply) => {
      const found = await cchdScreens.read(office, request.access, request.params.id)
      return withVersion(reply, found.version).send(found)
    },
  })

  app.route({
    ...contracts.recordCchdScreen,
    handler: async (request, reply) =>
      reply.code(201).send(await recordCchd(office, request.access, request.body)),
  })

  app.route({
    ...contracts.continueCchdScreen,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const after = await continueCchd(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, after.version).send(after)
    },
  })

  app.route({
    ...contracts.correctCchdScreen,
    handler: async (request, reply) =>
      reply.code(201).send(await correctCchd(office, request.access, request.params.id, request.body)),
  })

  app.route({
    ...contracts.voidCchdScreen,
    handler: async (request, reply) =>
      reply.code(201).send(await cchdScreens.void(office, request.access, request.params.id, request.body)),
  })
}
