import { getPersonHistory } from '@youyu/shared/population/persons'
import type { App, Office } from '../../../../office.ts'
import { historyOf } from './service.ts'

export function historyRoutes(app: App, office: Office): void {
  app.route({
    ...getPersonHistory,
    handler: (request) => historyOf(office, request.access, request.params.id),
  })
}
