import * as contracts from '@youyu/shared/subsidies/programme-changes'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { changeOf, changesOf, decide, propose, revise, tried } from './service.ts'

export function programmeChangeRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listProgrammeChanges,
    handler: async (request, reply) => {
      const page = await changesOf(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
  app.route({
    ...contracts.getProgrammeChange,
    handler: async ({ access, params, query }, reply) => {
      const change = await changeOf(office, access, params.id, query.county)
      return withVersion(reply, change.version).send(change)
    },
  })
  app.route({
    ...contracts.proposeProgrammeChange,
    handler: async ({ access, body }, reply) => {
      const change = await propose(office, access, body)
      return withVersion(reply, change.version).code(201).send(change)
    },
  })
  app.route({
    ...contracts.reviseProgrammeChange,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const change = await revise(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, change.version).send(change)
    },
  })
  app.route({
    ...contracts.decideProgrammeChange,
    handler: async ({ access, params, body }, reply) =>
      reply.code(201).send(await decide(office, access, params.id, body)),
  })
  app.route({
    ...contracts.tryProgrammeRule,
    handler: ({ access, body }) => tried(office, access, body),
  })
}
