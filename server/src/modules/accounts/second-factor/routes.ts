import { confirmSecondFactor, enrolSecondFactor, removeSecondFactor } from '@youyu/shared/accounts'
import type { App, Office } from '../../../office.ts'
import { userSession } from '../signed-in-user.ts'
import { confirm, enrol, remove } from './service.ts'

export function secondFactorRoutes(app: App, office: Office): void {
  app.route({
    ...enrolSecondFactor,
    handler: async (request, reply) => {
      userSession(request)
      return await reply.code(201).send(await enrol(office, request.access, request.body.password))
    },
  })

  app.route({
    ...confirmSecondFactor,
    handler: async (request) => {
      userSession(request)
      return { recoveryCodes: await confirm(office, request.access, request.body.code) }
    },
  })

  app.route({
    ...removeSecondFactor,
    handler: async (request, reply) => {
      userSession(request)
      await remove(office, request.access, request.body)
      return await reply.code(204).send(null)
    },
  })
}
