import {
  decideObjection,
  getObjection,
  investigateObjection,
  listObjections,
  recordObjection,
} from '@youyu/shared/subsidies/objections'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import * as service from './service.ts'

export function objectionRoutes(app: App, office: Office): void {
  app.route({
    ...listObjections,
    handler: async (request, reply) => {
      const page = await service.listOf(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...getObjection,
    handler: async ({ access, params }, reply) => {
      const objection = await service.readObjection(office, access, params.id)
      return withVersion(reply, objection.version).send(objection)
    },
  })

  app.route({
    ...recordObjection,
    handler: async ({ access, body }, reply) => {
      const objection = await service.recordObjection(office, access, body)
      return await withVersion(reply, objection.version).code(201).send(objection)
    },
  })

  app.route({
    ...investigateObjection,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const version = versionExpected(request)
      const objection = await service.investigate(office, access, params.id, version, body.finding)
      return await withVersion(reply, objection.version).code(201).send(objection)
    },
  })

  app.route({
    ...decideObjection,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const objection = await service.decide(office, access, params.id, versionExpected(request), body)
      return await withVersion(reply, objection.version).code(201).send(objection)
    },
  })
}
