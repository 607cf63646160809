import { createPerson, getPerson, listPersons } from '@youyu/shared/population/persons'
import { withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { registerPerson } from './registration/service.ts'
import { listPeople, readPerson } from './service.ts'

export function personRoutes(app: App, office: Office): void {
  app.route({
    ...listPersons,
    handler: async (request, reply) => {
      const page = await listPeople(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...createPerson,
    handler: async (request, reply) => {
      const person = await registerPerson(office, request.access, request.body)
      return withVersion(reply, person.version)
        .code(201)
        .header('location', `/api/v1/persons/${person.id}`)
        .send(person)
    },
  })

  app.route({
    ...getPerson,
    handler: async (request, reply) => {
      const { asOf } = request.query
      const person = await readPerson(office, request.access, request.params.id, asOf)
      return asOf ? person : withVersion(reply, person.version).send(person)
    },
  })
}
