import { downloadFinanceStatement, getFinanceStatement } from '@youyu/shared/subsidies/finance-statements'
import type { App, Office } from '../../../office.ts'
import { statementFile, statementOf } from './service.ts'

export function statementRoutes(app: App, office: Office): void {
  app.route({
    ...getFinanceStatement,
    handler: ({ access, query }) => statementOf(office, access, query),
  })
  app.route({
    ...downloadFinanceStatement,
    handler: async ({ access, query }, reply) => {
      const { name, contentType, content } = await statementFile(office, access, query)
      return reply
        .header('content-type', contentType)
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
        .send(content)
    },
  })
}
