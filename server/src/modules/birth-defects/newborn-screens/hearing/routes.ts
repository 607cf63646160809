import * as contracts from '@youyu/shared/birth-defects/hearing-screens'
import { linkNext } from '../../../../http/paging.ts'
import type { App, Office } from '../../../../office.ts'
import { correctHearing, recordHearing, hearingScreens } from './service.ts'

export function hearingRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listHearingScreens,
    handler: async (request, reply) => {
      const page = await hearingScreens.list(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.getHearingScreen,
    handler: async (request) => await hearingScreens.read(office, request.access, request.params.id),
  })

  app.route({
    ...contracts.recordHearingScreen,
    handler: async (request, reply) =>
      reply.code(201).send(await recordHearing(office, request.access, request.body)),
  })

  app.route({
    ...contracts.correctHearingScreen,
    handler: async (request, reply) =>
      reply.code(201).send(await correctHearing(office, request.access, request.params.id, request.body)),
  })

  app.route({
    ...contracts.voidHearingScreen,
    handler: async (request, reply) =>
      reply
        .code(201)
        .send(await hearingScreens.void(office, request.access, request.params.id, request.body)),
  })
}
