import { createPerson, getPerson, listPersons } from '@youyu/shared/population/persons'
import { withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { registerPerson } from './registration/service.ts'
import { listPeople, readPerson } from './service.ts'

export function personRoutes(app: App, office: Office): void {
  app.route({
    ...listPersons,
    config: { ...listPersons.config, confirmedByRead: true },
    handler: async (request, reply) => {
      const page = await listPeople(office, request.access, request.query)
      void linkNext(request, reply, page.nextCursor)
      return page
    },
  })

  app.route({
    ...createPerson,
    config: { ...createPerson.config, confirmedInside: true },
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
    config: { ...getPerson.config, confirmedByRead: true },
    handler: async (request, reply) => {
      const { asOf } = request.query
      const person = await readPerson(office, request.access, request.params.id, asOf)
      if (!asOf) void withVersion(reply, person.version)
      return person
    },
  })
}
