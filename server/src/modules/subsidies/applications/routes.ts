import { getApplicationLetter } from '@youyu/shared/subsidies/application-letters'
import {
  appealApplication,
  completeApplication,
  countApplications,
  fileApplication,
  getApplication,
  listApplicationQueue,
  listApplications,
  reevaluateDecision,
  revealApplication,
  withdrawApplication,
} from '@youyu/shared/subsidies/applications'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { inCounty } from '../attachments/index.ts'
import { readLetter } from './letters.ts'
import { reviewRoutes } from './routes-reviews.ts'
import * as filing from './service-filing.ts'
import * as service from './service.ts'

export function applicationRoutes(app: App, office: Office): void {
  app.route({
    ...listApplications,
    handler: async (request, reply) => {
      const { access, query } = request
      const page = await service.listAll(office, inCounty(access, query.county), query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...listApplicationQueue,
    handler: async (request, reply) => {
      const { access, query } = request
      const page = await service.listQueue(office, inCounty(access, query.county), query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...countApplications,
    handler: ({ access, query }) => service.countAll(office, inCounty(access, query.county), query.division),
  })

  app.route({
    ...getApplication,
    handler: async ({ access, params, query }, reply) => {
      const application = await service.readCase(office, inCounty(access, query.county), params.id)
      return withVersion(reply, application.version).send(application)
    },
  })

  app.route({
    ...fileApplication,
    handler: async ({ access, body, query }, reply) => {
      if (query.dryRun) return await reply.send(await filing.preview(office, access, body))
      const application = await filing.file(office, access, body)
      const location = `/api/v1/applications/${application.id}`
      return await withVersion(reply, application.version)
        .code(201)
        .header('location', location)
        .send(application)
    },
  })

  app.route({
    ...completeApplication,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const application = await filing.complete(office, access, params.id, versionExpected(request), body)
      return await withVersion(reply, application.version).code(201).send(application)
    },
  })

  app.route({
    ...withdrawApplication,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const application = await filing.withdraw(
        office,
        access,
        params.id,
        versionExpected(request),
        body.reason,
      )
      return await withVersion(reply, application.version).code(201).send(application)
    },
  })

  app.route({
    ...appealApplication,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const application = await filing.appeal(office, access, params.id, versionExpected(request), body)
      return await withVersion(reply, application.version).code(201).send(application)
    },
  })

  app.route({
    ...revealApplication,
    handler: ({ access, params, body }) => service.reveal(office, access, params.id, body),
  })

  app.route({
    ...getApplicationLetter,
    handler: ({ access, params }) => readLetter(office, access, params.id),
  })

  app.route({
    ...reevaluateDecision,
    handler: ({ access, params }) => service.reevaluate(office, access, params.id, params.decisionId),
  })

  reviewRoutes(app, office)
}
