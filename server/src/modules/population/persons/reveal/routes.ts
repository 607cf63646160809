import { revealPerson } from '@youyu/shared/population/persons'
import type { App, Office } from '../../../../office.ts'
import { reveal } from './service.ts'

export function revealRoutes(app: App, office: Office): void {
  app.route({
    ...revealPerson,
    handler: (request) => reveal(office, request.access, request.params.id, request.body),
  })
}
