import * as contracts from '@youyu/shared/contraception/clients'
import { todayOf, type App, type Office } from '../../../office.ts'
import { readClient, search, todaysClients } from './service.ts'

export function clientRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.searchClients,
    handler: (request) => search(office, request.access, request.query),
  })

  app.route({
    ...contracts.listTodaysClients,
    handler: (request) => todaysClients(office, request.access, request.query.on ?? todayOf(office.now())),
  })

  app.route({
    ...contracts.getClient,
    handler: (request) => readClient(office, request.access, request.params.id),
  })
}
