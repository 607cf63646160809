import {
  changeOrganisation,
  createOrganisation,
  getOrganisation,
  listOrganisations,
} from '@youyu/shared/organisations'
import { versionExpected, withVersion } from '../../http/conditional.ts'
import { keyIn, linkNext, pageOf } from '../../http/paging.ts'
import type { App, Office } from '../../office.ts'
import { Refused } from '../../refused.ts'
import * as queries from './queries.ts'
import * as service from './service.ts'

export function organisationRoutes(app: App, office: Office): void {
  app.route({
    ...listOrganisations,
    handler: async (request, reply) => {
      const { cursor, ...wanted } = request.query
      const after = keyIn(cursor, ['string', 'string'])
      const rows = await queries.listOrganisations(office.db.statements, request.access, { ...wanted, after })
      const page = pageOf(
        rows,
        wanted.limit,
        (row) => row,
        (row) => [row.divisionCode, row.id],
      )
      return await linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...getOrganisation,
    handler: async (request, reply) => {
      const organisation = await queries.findOrganisation(
        office.db.statements,
        request.access,
        request.params.id,
      )
      if (!organisation) throw new Refused('not-found')
      return await withVersion(reply, organisation.version).send(organisation)
    },
  })

  app.route({
    ...createOrganisation,
    handler: async (request, reply) => {
      const organisation = await service.addOrganisation(office, request.access, request.body)
      return await withVersion(reply, organisation.version).code(201).send(organisation)
    },
  })

  app.route({
    ...changeOrganisation,
    handler: async (request, reply) => {
      const version = versionExpected(request)
      const organisation = await service.alterOrganisation(
        office,
        request.access,
        request.params.id,
        version,
        request.body,
      )
      return await withVersion(reply, organisation.version).send(organisation)
    },
  })
}
