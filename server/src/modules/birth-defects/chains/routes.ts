import * as contracts from '@youyu/shared/birth-defects/chains'
import type { App, Office } from '../../../office.ts'
import { chainScheduleRoutes } from './schedules/index.ts'
import { chainOf, join, leave, openFor, say, takeBack } from './service.ts'
import { cascadeRoutes } from './tallies/index.ts'
import { chainWorklistRoutes } from './worklists/index.ts'

export function chainRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.getBirthDefectChain,
    handler: ({ access, params }) => chainOf(office, access, params.id),
  })
  app.route({
    ...contracts.openBirthDefectChain,
    handler: async ({ access, body }, reply) => reply.code(201).send(await openFor(office, access, body)),
  })
  app.route({
    ...contracts.recordChainLink,
    handler: async ({ access, params, body }, reply) =>
      reply.code(201).send(await say(office, access, params.id, body)),
  })
  app.route({
    ...contracts.voidChainLink,
    handler: async ({ access, params, body }, reply) =>
      reply.code(201).send(await takeBack(office, access, params.id, params.recordId, body.reason)),
  })
  app.route({
    ...contracts.joinBirthDefectChain,
    handler: async ({ access, body }, reply) => reply.code(201).send(await join(office, access, body)),
  })
  app.route({
    ...contracts.leaveBirthDefectChain,
    handler: async ({ access, params, body }, reply) =>
      reply.code(201).send(await leave(office, access, params.id, body)),
  })
  chainWorklistRoutes(app, office)
  chainScheduleRoutes(app, office)
  cascadeRoutes(app, office)
}
