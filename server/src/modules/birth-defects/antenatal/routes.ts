import {
  getAntenatalCare,
  listAntenatalCare,
  listPregnanciesOfClient,
} from '@youyu/shared/birth-defects/antenatal-care'
import {
  correctAntenatalContact,
  getAntenatalContact,
  recordAntenatalContact,
  voidAntenatalContact,
} from '@youyu/shared/birth-defects/antenatal-contacts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { antenatalContacts } from './contacts.ts'
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
    handler: ({ access, params }) => antenatalContacts.read(office, access, params.id),
  })

  app.route({
    ...recordAntenatalContact,
    handler: async ({ access, query, body }, reply) => {
      if (query.dryRun) return await antenatalContacts.rehearse(office, access, body)
      return reply.code(201).send(await antenatalContacts.enter(office, access, body))
    },
  })

  app.route({
    ...correctAntenatalContact,
    handler: async ({ access, params, query, body }, reply) => {
      if (query.dryRun) return await antenatalContacts.rehearseCorrection(office, access, params.id, body)
      return reply.code(201).send(await antenatalContacts.correct(office, access, params.id, body))
    },
  })

  app.route({
    ...voidAntenatalContact,
    handler: ({ access, params, body }) => antenatalContacts.void(office, access, params.id, body.reason),
  })

  postnatalRoutes(app, office)
}
