import type { FastifyRequest } from 'fastify'
import * as contracts from '@youyu/shared/contraception/encounters'
import { accessFor } from '../../../access/access.ts'
import { linkNext } from '../../../http/paging.ts'
import { todayOf, type App, type Office } from '../../../office.ts'
import {
  checklistOn,
  listAll,
  perform,
  readEncounter,
  recordVisit,
  rehearse,
  rehearseVisit,
} from './service.ts'

/** A visit may hold an override, whose right is its own. */
function rightsOf({ actor, ip, id }: FastifyRequest) {
  return { mayOverride: actor !== null && accessFor(actor, 'care.override', ip, id) !== null }
}

export function encounterRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listEncounters,
    handler: async (request, reply) => {
      const page = await listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.getEncounter,
    handler: (request) => readEncounter(office, request.access, request.params.id),
  })

  app.route({
    ...contracts.recordEncounter,
    handler: async (request, reply) => {
      const { access, body, query } = request
      if (query.dryRun) return await rehearseVisit(office, access, body, rightsOf(request))
      const encounter = await recordVisit(office, access, body, rightsOf(request))
      return reply.code(201).header('location', `/api/v1/encounters/${encounter.id}`).send(encounter)
    },
  })

  app.route({
    ...contracts.correctEncounter,
    handler: async (request, reply) => {
      const deed = { correct: request.body, id: request.params.id }
      if (request.query.dryRun) return await rehearse(office, request.access, deed)
      return reply.code(201).send(await perform(office, request.access, deed))
    },
  })

  app.route({
    ...contracts.voidEncounter,
    handler: async (request, reply) => {
      const deed = { void: request.body, id: request.params.id }
      if (request.query.dryRun) return await rehearse(office, request.access, deed)
      return reply.code(201).send(await perform(office, request.access, deed))
    },
  })

  app.route({
    ...contracts.listChecklist,
    handler: async (request) => ({
      items: await checklistOn(office, request.access, request.query.on ?? todayOf(office.now())),
    }),
  })
}
