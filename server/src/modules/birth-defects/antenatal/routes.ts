import {
  correctAntenatalContact,
  getAntenatalCare,
  getAntenatalContact,
  listAntenatalCare,
  listPregnanciesOfClient,
  recordAntenatalContact,
  voidAntenatalContact,
} from '@youyu/shared/birth-defects/antenatal'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { postnatalRoutes } from './postnatal/routes.ts'
import * as service from './service.ts'

export function antenatalRoutes(app: App, office: Office): void {
  app.route({
    ...listAntenatalCare,
    handler: async (request, reply) => {
      const page = await service.listCares(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...getAntenatalCare,
    handler: ({ access, params }) => service.readCare(office, access, params.id),
  })

  app.route({
    ...listPregnanciesOfClient,
    handler: ({ access, params }) => service.pregnanciesOf(office, access, params.id),
  })

  app.route({
    ...getAntenatalContact,
    handler: ({ access, params }) => service.readContact(office, access, params.id),
  })

  app.route({
    ...recordAntenatalContact,
    handler: async ({ access, query, body }, reply) => {
      if (query.dryRun) return await service.rehearseContact(office, access, body)
      return reply.code(201).send(await service.enterContact(office, access, body))
    },
  })

  app.route({
    ...correctAntenatalContact,
    handler: async ({ access, params, query, body }, reply) => {
      if (query.dryRun) return await service.rehearseCorrection(office, access, params.id, body)
      return reply.code(201).send(await service.correctContact(office, access, params.id, body))
    },
  })

  app.route({
    ...voidAntenatalContact,
    handler: ({ access, params, body }) => service.voidOne(office, access, params.id, body.reason),
  })

  postnatalRoutes(app, office)
}
