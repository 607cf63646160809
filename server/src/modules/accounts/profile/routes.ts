import { getMe, signInOptions } from '@youyu/shared/accounts'
import type { App, Office } from '../../../office.ts'
import { userSession } from '../signed-in-user.ts'
import { optionsOfSignIn } from './sign-in-options.ts'
import { currentUser } from './service.ts'

export function profileRoutes(app: App, office: Office): void {
  app.route({ ...signInOptions, handler: async () => await optionsOfSignIn(office) })

  app.route({
    ...getMe,
    handler: async (request) => {
      userSession(request)
      return await currentUser(office, request.access.actorId, request.access.county)
    },
  })
}
