import {
  downloadSubsidyIndicators,
  getSubsidyIndicator,
  listSubsidyIndicators,
} from '@youyu/shared/subsidies/indicators'
import type { App, Office } from '../../../office.ts'
import { subsidyCatalogue } from './catalogue.ts'
import { readSubsidyIndicator, subsidyTableFile } from './service.ts'

export function subsidyIndicatorRoutes(app: App, office: Office): void {
  app.route({ ...listSubsidyIndicators, handler: () => ({ items: [...subsidyCatalogue.definitions] }) })
  app.route({
    ...getSubsidyIndicator,
    handler: ({ access, params, query }) => readSubsidyIndicator(office, access, params.code, query),
  })
  app.route({
    ...downloadSubsidyIndicators,
    handler: async ({ access, query }, reply) => {
      const { name, contentType, content } = await subsidyTableFile(office, access, query)
      return reply
        .header('content-type', contentType)
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
        .send(content)
    },
  })
}
