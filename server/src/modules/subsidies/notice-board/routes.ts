import {
  getBoardNotice,
  listBoardCounties,
  listBoardNotices,
  listBoardPlaces,
  lodgeObjection,
  readObjectionReply,
} from '@youyu/shared/subsidies/notice-board'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import * as service from './service.ts'

/** From one address: enough for a reader, too little to copy the board line by line or to drown the office. */
const looks = { rateLimit: { max: 120, timeWindow: '1 minute' } }
const words = { rateLimit: { max: 10, timeWindow: '10 minutes' } }

export function noticeBoardRoutes(app: App, office: Office): void {
  app.route({
    ...listBoardCounties,
    config: { ...listBoardCounties.config, ...looks },
    handler: () => service.listCounties(office),
  })

  app.route({
    ...listBoardPlaces,
    config: { ...listBoardPlaces.config, ...looks },
    handler: ({ params }) => service.listPlaces(office, params.county),
  })

  app.route({
    ...listBoardNotices,
    config: { ...listBoardNotices.config, ...looks },
    handler: async (request, reply) => {
      const page = await service.listNotices(office, request.params.county, request.query)
      return linkNext(request, reply, page.nextCursor).header('x-robots-tag', 'noindex').send(page)
    },
  })

  app.route({
    ...getBoardNotice,
    config: { ...getBoardNotice.config, ...looks },
    handler: async ({ params, query }, reply) =>
      await reply
        .header('x-robots-tag', 'noindex')
        .send(await service.readNotice(office, params.county, params.id, query.cursor)),
  })

  app.route({
    ...lodgeObjection,
    config: { ...lodgeObjection.config, ...words },
    handler: async ({ params, body }, reply) =>
      await reply.code(201).send(await service.lodge(office, params.county, params.id, body)),
  })

  app.route({
    ...readObjectionReply,
    config: { ...readObjectionReply.config, ...words },
    handler: ({ params, body }) => service.readReply(office, params.county, body),
  })
}
