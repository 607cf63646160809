import * as contracts from '@youyu/shared/birth-defects/prenatal'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import {
  continueScreen,
  correctScreen,
  listScreens,
  readScreen,
  readWindows,
  recordScreen,
  voidScreen,
} from './service.ts'

export function prenatalScreenRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listPrenatalScreens,
    handler: async (request, reply) => {
      const page = await listScreens(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.getPrenatalScreen,
    handler: async (request, reply) => {
      const found = await readScreen(office, request.access, request.params.id)
      return withVersion(reply, found.version).send(found)
    },
  })

  app.route({
    ...contracts.recordPrenatalScreen,
    handler: async (request, reply) => {
      const screen = await recordScreen(office, request.access, request.body)
      return withVersion(reply, screen.version).code(201).send(screen)
    },
  })

  app.route({
    ...contracts.continuePrenatalScreen,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const screen = await continueScreen(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, screen.version).send(screen)
    },
  })

  app.route({
    ...contracts.correctPrenatalScreen,
    handler: async (request, reply) => {
      const screen = await correctScreen(office, request.access, request.params.id, request.body)
      return withVersion(reply, screen.version).code(201).send(screen)
    },
  })

  app.route({
    ...contracts.voidPrenatalScreen,
    handler: async (request, reply) =>
      reply.code(201).send(await voidScreen(office, request.access, request.params.id, request.body)),
  })

  app.route({
    ...contracts.getPrenatalWindows,
    handler: async (request) => await readWindows(office, request.access, request.query),
  })
}
