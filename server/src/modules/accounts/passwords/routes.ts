import { changePassword } from '@youyu/shared/accounts'
import type { App, Office } from '../../../office.ts'
import { userSession } from '../signed-in-user.ts'
import { changePassword as change } from './service.ts'

export function passwordRoutes(app: App, office: Office): void {
  app.route({
    ...changePassword,
    handler: async (request, reply) => {
      await change(office, request.access, userSession(request), request.body)
      return await reply.code(204).send(null)
    },
  })
}
