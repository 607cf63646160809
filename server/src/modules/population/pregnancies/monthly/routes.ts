import { getPregnancyMonths } from '@youyu/shared/population/pregnancies'
import type { App, Office } from '../../../../office.ts'
import { readMonths } from './service.ts'

export function monthlyRoutes(app: App, office: Office): void {
  app.route({
    ...getPregnancyMonths,
    handler: (request) => readMonths(office, request.access, request.query),
  })
}
