import { checkTypedReport } from '@youyu/shared/population/report-checks'
import type { App } from '../../../office.ts'
import { checkReport } from './rules.ts'

export function reportCheckRoutes(app: App): void {
  app.route({ ...checkTypedReport, handler: async (request) => checkReport(request.body) })
}
