import {
  fileBirthRegistration,
  getBirthRegistration,
  listBirthRegistrations,
  listRegistrationVersions,
} from '@youyu/shared/population/birth-registrations'
import { withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { registrationChangeRoutes } from './changes/routes.ts'
import { file, listAll, listVersions, readRegistration } from './service.ts'

export function birthRegistrationRoutes(app: App, office: Office): void {
  app.route({
    ...listBirthRegistrations,
    handler: async (request, reply) => {
      const page = await listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...fileBirthRegistration,
    handler: async (request, reply) => {
      const { registration, isExisting } = await file(office, request.access, request.body)
      return withVersion(reply, registration.version)
        .code(isExisting ? 200 : 201)
        .header('location', `/api/v1/birth-registrations/${registration.id}`)
        .send(registration)
    },
  })

  app.route({
    ...getBirthRegistration,
    handler: async (request, reply) => {
      const registration = await readRegistration(office, request.access, request.params.id)
      return withVersion(reply, registration.version).send(registration)
    },
  })

  app.route({
    ...listRegistrationVersions,
    handler: ({ access, params }) => listVersions(office, access, params.id),
  })

  registrationChangeRoutes(app, office)
}
