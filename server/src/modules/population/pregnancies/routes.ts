import {
  changePregnancy,
  getPregnancy,
  listPregnancies,
  registerPregnancy,
} from '@youyu/shared/population/pregnancies'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { dueRoutes } from './due/routes.ts'
import { monthlyRoutes } from './monthly/routes.ts'
import { outcomeRoutes } from './outcomes/routes.ts'
import { enterPregnancy, previewRegistration } from './registration/service.ts'
import { listAll, patchPregnancy, readPregnancy } from './service.ts'
import { visitRoutes } from './visits/routes.ts'

export function pregnancyRoutes(app: App, office: Office): void {
  app.route({
    ...listPregnancies,
    handler: async (request, reply) => {
      const page = await listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...registerPregnancy,
    handler: async (request, reply) => {
      if (request.query.dryRun) return await previewRegistration(office, request.access, request.body)
      const pregnancy = await enterPregnancy(office, request.access, request.body)
      return withVersion(reply, pregnancy.version)
        .code(201)
        .header('location', `/api/v1/pregnancies/${pregnancy.id}`)
        .send(pregnancy)
    },
  })

  app.route({
    ...getPregnancy,
    handler: async (request, reply) => {
      const pregnancy = await readPregnancy(office, request.access, request.params.id)
      return withVersion(reply, pregnancy.version).send(pregnancy)
    },
  })

  app.route({
    ...changePregnancy,
    handler: async (request, reply) => {
      const { params, body } = request
      const pregnancy = await patchPregnancy(
        office,
        request.access,
        params.id,
        versionExpected(request),
        body,
      )
      return withVersion(reply, pregnancy.version).send(pregnancy)
    },
  })

  dueRoutes(app, office)
  monthlyRoutes(app, office)
  outcomeRoutes(app, office)
  visitRoutes(app, office)
}
