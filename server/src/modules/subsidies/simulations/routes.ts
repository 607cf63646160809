import {
  getScenario,
  listScenarios,
  listSimulated,
  runSimulation,
  saveScenario,
  withdrawScenario as withdrawScenarioContract,
} from '@youyu/shared/subsidies/simulations'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { simulatedPeople } from './people.ts'
import { keepScenario, readScenario, scenariosOf, simulate, withdrawScenario } from './service.ts'

export function simulationRoutes(app: App, office: Office): void {
  app.route({
    ...runSimulation,
    handler: ({ access, body }) => simulate(office, access, body.scenario, body.division),
  })
  app.route({ ...listSimulated, handler: ({ access, body }) => simulatedPeople(office, access, body) })
  app.route({
    ...listScenarios,
    handler: async (request, reply) => {
      const page = await scenariosOf(office, request.access, request.query)
      void linkNext(request, reply, page.nextCursor)
      return page
    },
  })
  app.route({
    ...saveScenario,
    handler: async ({ access, body }, reply) =>
      reply.code(201).send(await keepScenario(office, access, body)),
  })
  app.route({
    ...getScenario,
    handler: async ({ access, params }, reply) => {
      const scenario = await readScenario(office, access, params.id)
      void withVersion(reply, scenario.version)
      return scenario
    },
  })
  app.route({
    ...withdrawScenarioContract,
    handler: async (request, reply) => {
      await withdrawScenario(office, request.access, request.params.id, versionExpected(request))
      return reply.code(204).send(null)
    },
  })
}
