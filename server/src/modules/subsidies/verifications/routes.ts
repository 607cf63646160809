import {
  countVerifications,
  getVerification,
  listVerifications,
  openVerifications,
  recordVerification,
  suspendOverdue,
} from '@youyu/shared/subsidies/verifications'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { everyTenMinutes } from '../nights.ts'
import * as service from './service.ts'

export function verificationRoutes(app: App, office: Office): void {
  app.route({
    ...listVerifications,
    handler: async (request, reply) => {
      const page = await service.listOf(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...getVerification,
    handler: async ({ access, params }, reply) => {
      const verification = await service.readVerification(office, access, params.id)
      return withVersion(reply, verification.version).send(verification)
    },
  })

  app.route({
    ...countVerifications,
    handler: ({ access, query }) => service.count(office, access, query.year),
  })

  app.route({
    ...openVerifications,
    handler: async ({ access, body }, reply) =>
      await reply.code(201).send(await service.open(office, access, body)),
  })

  app.route({
    ...recordVerification,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const done = await service.recordResult(office, access, params.id, versionExpected(request), body)
      return await withVersion(reply, done.version).code(201).send(done)
    },
  })

  app.route({
    ...suspendOverdue,
    handler: async ({ access }, reply) =>
      await reply.code(201).send(await service.suspendOverdue(office, access)),
  })

  everyTenMinutes(
    app,
    office,
    service.suspendOverdueOfNight,
    'late verifications could not be suspended; it is tried again',
  )
}
