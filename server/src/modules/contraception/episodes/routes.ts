import * as contracts from '@youyu/shared/contraception/episodes'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { listAll, perform, readEpisode, rehearse } from './service.ts'

export function episodeRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listEpisodes,
    handler: async (request, reply) => {
      const page = await listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.getEpisode,
    handler: (request) => readEpisode(office, request.access, request.params.id),
  })

  app.route({
    ...contracts.recordEpisode,
    handler: async (request, reply) => {
      const deed = { begin: request.body }
      if (request.query.dryRun) return await rehearse(office, request.access, deed)
      const episode = await perform(office, request.access, deed)
      return reply.code(201).header('location', `/api/v1/method-episodes/${episode.id}`).send(episode)
    },
  })

  app.route({
    ...contracts.endEpisode,
    handler: async (request, reply) => {
      const deed = { end: request.body, id: request.params.id }
      if (request.query.dryRun) return await rehearse(office, request.access, deed)
      return reply.code(201).send(await perform(office, request.access, deed))
    },
  })

  app.route({
    ...contracts.correctEpisode,
    handler: async (request, reply) => {
      const deed = { correct: request.body, id: request.params.id }
      if (request.query.dryRun) return await rehearse(office, request.access, deed)
      return reply.code(201).send(await perform(office, request.access, deed))
    },
  })

  app.route({
    ...contracts.voidEpisode,
    handler: async (request, reply) => {
      const deed = { void: request.body, id: request.params.id }
      if (request.query.dryRun) return await rehearse(office, request.access, deed)
      return reply.code(201).send(await perform(office, request.access, deed))
    },
  })
}
