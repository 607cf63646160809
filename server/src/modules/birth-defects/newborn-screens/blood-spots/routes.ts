import * as contracts from '@youyu/shared/birth-defects/newborn'
import { versionExpected, withVersion } from '../../../../http/conditional.ts'
import { linkNext } from '../../../../http/paging.ts'
import type { App, Office } from '../../../../office.ts'
import { correctSpot } from './correcting.ts'
import { listAll, readOne, recordSpot, remind, stepSpot, voidSpot } from './service.ts'

export function bloodSpotRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listBloodSpots,
    handler: async (request, reply) => {
      const page = await listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.getBloodSpot,
    handler: async (request, reply) => {
      const found = await readOne(office, request.access, request.params.id)
      return withVersion(reply, found.version).send(found)
    },
  })

  app.route({
    ...contracts.recordBloodSpot,
    handler: async (request, reply) =>
      reply.code(201).send(await recordSpot(office, request.access, request.body)),
  })

  app.route({
    ...contracts.stepBloodSpot,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const after = await stepSpot(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, after.version).code(201).send(after)
    },
  })

  app.route({
    ...contracts.remindBloodSpot,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const after = await remind(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, after.version).code(201).send(after)
    },
  })

  app.route({
    ...contracts.correctBloodSpot,
    handler: async (request, reply) =>
      reply.code(201).send(await correctSpot(office, request.access, request.params.id, request.body)),
  })

  app.route({
    ...contracts.voidBloodSpot,
    handler: async (request, reply) =>
      reply.code(201).send(await voidSpot(office, request.access, request.params.id, request.body)),
  })
}
