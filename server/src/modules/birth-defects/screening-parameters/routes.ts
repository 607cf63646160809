import {
  listScreeningParameters,
  setScreeningParameter,
} from '@youyu/shared/birth-defects/screening-parameters'
import type { App, Office } from '../../../office.ts'
import { listParameters, setParameter } from './service.ts'

export function screeningParameterRoutes(app: App, office: Office): void {
  app.route({
    ...listScreeningParameters,
    handler: async (request) => await listParameters(office, request.access, request.query),
  })

  app.route({
    ...setScreeningParameter,
    handler: async (request, reply) =>
      reply.code(201).send(await setParameter(office, request.access, request.body)),
  })
}
