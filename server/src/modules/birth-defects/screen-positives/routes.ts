import * as contracts from '@youyu/shared/birth-defects/prenatal-cases'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { listCases, readCase, stepCase, takeBackStep } from './service.ts'

export function screenPositiveRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listPositiveCases,
    handler: async (request, reply) => {
      const page = await listCases(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.getPositiveCase,
    handler: async (request, reply) => {
      const found = await readCase(office, request.access, request.params.id)
      return withVersion(reply, found.version).send(found)
    },
  })

  app.route({
    ...contracts.stepPositiveCase,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const after = await stepCase(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, after.version).code(201).send(after)
    },
  })

  app.route({
    ...contracts.takeBackPositiveStep,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const after = await takeBackStep(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, after.version).code(201).send(after)
    },
  })
}
