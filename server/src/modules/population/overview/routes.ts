import { getOverview } from '@youyu/shared/population/overview'
import type { App, Office } from '../../../office.ts'
import { getArea } from './service.ts'

export function overviewRoutes(app: App, office: Office): void {
  app.route({ ...getOverview, handler: (request) => getArea(office, request.access, request.query.division) })
}
