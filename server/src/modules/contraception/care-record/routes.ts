import * as contracts from '@youyu/shared/contraception/care-record'
import type { App, Office } from '../../../office.ts'
import { readCareRecord } from './service.ts'

export function careRecordRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.getCareRecord,
    handler: (request) => readCareRecord(office, request.access, request.params.id),
  })
}
