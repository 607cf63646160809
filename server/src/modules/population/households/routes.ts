import {
  changeHousehold,
  createHousehold,
  getHousehold,
  listHouseholds,
} from '@youyu/shared/population/households'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { listAll, openHousehold, patchHousehold, readHousehold } from './service.ts'

export function householdRoutes(app: App, office: Office): void {
  app.route({
    ...listHouseholds,
    handler: async (request, reply) => {
      const page = await listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...createHousehold,
    handler: async (request, reply) => {
      const household = await openHousehold(office, request.access, request.body)
      return withVersion(reply, household.version)
        .code(201)
        .header('location', `/api/v1/households/${household.id}`)
        .send(household)
    },
  })

  app.route({
    ...getHousehold,
    handler: async (request, reply) => {
      const household = await readHousehold(office, request.access, request.params.id)
      return withVersion(reply, household.version).send(household)
    },
  })

  app.route({
    ...changeHousehold,
    handler: async (request, reply) => {
      const household = await patchHousehold(
        office,
        request.access,
        request.params.id,
        versionExpected(request),
        request.body,
      )
      return withVersion(reply, household.version).send(household)
    },
  })
}
