import {
  changeChildcareInstitution,
  createChildcareInstitution,
  getChildcareInstitution,
  listChildcareInstitutions,
  removeChildcareInstitution,
} from '@youyu/shared/population/childcare'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { enrolmentRoutes } from './enrolments/routes.ts'
import { lifeStageRoutes } from './life-stages/routes.ts'
import { roomRoutes } from './rooms/routes.ts'
import {
  listInstitutions,
  openInstitution,
  patchInstitution,
  readInstitution,
  removeInstitution,
} from './service.ts'

export function childcareRoutes(app: App, office: Office): void {
  app.route({
    ...listChildcareInstitutions,
    handler: async (request, reply) => {
      const page = await listInstitutions(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...createChildcareInstitution,
    handler: async (request, reply) => {
      const institution = await openInstitution(office, request.access, request.body)
      return withVersion(reply, institution.version)
        .code(201)
        .header('location', `/api/v1/childcare-institutions/${institution.id}`)
        .send(institution)
    },
  })

  app.route({
    ...getChildcareInstitution,
    handler: async (request, reply) => {
      const institution = await readInstitution(office, request.access, request.params.id)
      return withVersion(reply, institution.version).send(institution)
    },
  })

  app.route({
    ...changeChildcareInstitution,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const institution = await patchInstitution(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, institution.version).send(institution)
    },
  })

  app.route({
    ...removeChildcareInstitution,
    handler: async (request, reply) => {
      await removeInstitution(office, request.access, request.params.id, versionExpected(request))
      return reply.code(204).send(null)
    },
  })

  enrolmentRoutes(app, office)
  roomRoutes(app, office)
  lifeStageRoutes(app)
}
