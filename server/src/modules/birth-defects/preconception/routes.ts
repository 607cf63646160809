import { followUpPreconception, listPreconceptionFollowUps } from '@youyu/shared/birth-defects/preconception'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { followUp, listAll } from './service.ts'

export function preconceptionRoutes(app: App, office: Office): void {
  app.route({
    ...listPreconceptionFollowUps,
    handler: async (request, reply) => {
      const page = await listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...followUpPreconception,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const done = await followUp(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, done.version).send(done)
    },
  })
}
