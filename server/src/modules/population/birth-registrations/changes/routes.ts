import {
  completeBirthRegistration,
  correctBirthRegistration,
  linkBirthRegistration,
  withdrawBirthRegistration,
} from '@youyu/shared/population/birth-registrations'
import { versionExpected, withVersion } from '../../../../http/conditional.ts'
import type { App, Office } from '../../../../office.ts'
import { complete, correct, link, withdraw } from './service.ts'

export function registrationChangeRoutes(app: App, office: Office): void {
  app.route({
    ...completeBirthRegistration,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const registration = await complete(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, registration.version).send(registration)
    },
  })

  app.route({
    ...correctBirthRegistration,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const registration = await correct(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, registration.version).send(registration)
    },
  })

  app.route({
    ...withdrawBirthRegistration,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const registration = await withdraw(office, access, params.id, versionExpected(request), body.reason)
      return withVersion(reply, registration.version).send(registration)
    },
  })

  app.route({
    ...linkBirthRegistration,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const registration = await link(office, access, params.id, versionExpected(request), body.birthId)
      return withVersion(reply, registration.version).send(registration)
    },
  })
}
