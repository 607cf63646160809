import * as contracts from '@youyu/shared/contraception/operator-licences'
import { versionExpected, withVersion } from '../../../../http/conditional.ts'
import { linkNext } from '../../../../http/paging.ts'
import type { App, Office } from '../../../../office.ts'
import { changeLicence, licenseOperator, listAll, readLicence } from './service.ts'

export function licenceRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listOperatorLicences,
    handler: async (request, reply) => {
      const page = await listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.getOperatorLicence,
    handler: async (request, reply) => {
      const licence = await readLicence(office, request.access, request.params.id)
      return withVersion(reply, licence.version).send(licence)
    },
  })

  app.route({
    ...contracts.createOperatorLicence,
    handler: async (request, reply) => {
      const licence = await licenseOperator(office, request.access, request.body)
      const location = `/api/v1/operator-licences/${licence.id}`
      return withVersion(reply.code(201).header('location', location), licence.version).send(licence)
    },
  })

  app.route({
    ...contracts.changeOperatorLicence,
    handler: async (request, reply) => {
      const version = versionExpected(request)
      const licence = await changeLicence(office, request.access, request.params.id, request.body, version)
      return withVersion(reply, licence.version).send(licence)
    },
  })
}
