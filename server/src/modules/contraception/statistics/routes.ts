import {
  downloadCareIndicators,
  getCareIndicator,
  getCareMonths,
  getComplicationSurveillance,
  getContraceptivePrevalence,
  getMethodContinuation,
  getOwnComplications,
  listCareIndicators,
  recountCare,
} from '@youyu/shared/contraception/statistics'
import type { App, Office } from '../../../office.ts'
import { readContinuation } from './continuation/service.ts'
import { careCatalogue } from './indicators/catalogue.ts'
import { careTableFile, readCareIndicator } from './indicators/service.ts'
import { readMonths } from './months/service.ts'
import { readPrevalence } from './prevalence/service.ts'
import { recount } from './recounts/service.ts'
import { readOwnOperators, readSurveillance } from './surveillance/service.ts'

export function careStatisticsRoutes(app: App, office: Office): void {
  app.route({ ...listCareIndicators, handler: () => ({ items: [...careCatalogue.definitions] }) })

  app.route({
    ...getCareIndicator,
    handler: ({ access, params, query }) => readCareIndicator(office, access, params.code, query),
  })

  app.route({
    ...downloadCareIndicators,
    handler: async (request, reply) => {
      const { name, contentType, content } = await careTableFile(office, request.access, request.query)
      return await reply
        .header('content-type', contentType)
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
        .send(content)
    },
  })

  app.route({
    ...getContraceptivePrevalence,
    handler: ({ access, query }) => readPrevalence(office, access, query.division),
  })

  app.route({
    ...getMethodContinuation,
    handler: ({ access, query }) => readContinuation(office, access, query),
  })

  app.route({
    ...getComplicationSurveillance,
    handler: ({ access, query }) => readSurveillance(office, access, query),
  })

  app.route({
    ...getOwnComplications,
    handler: ({ access, query }) => readOwnOperators(office, access, query),
  })

  app.route({ ...getCareMonths, handler: ({ access, query }) => readMonths(office, access, query) })

  app.route({ ...recountCare, handler: ({ access, body }) => recount(office, access, body.division) })
}
