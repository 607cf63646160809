import {
  closeNotices,
  drawNotices,
  getNotice,
  listNoticeEntries,
  listNotices,
  listNoticesDue,
  postNotice,
  recordPosting,
  voidNotice,
} from '@youyu/shared/subsidies/notices'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { receiveFile } from '../attachments/index.ts'
import { useNoticeNights } from './nights.ts'
import * as service from './service.ts'

export function noticeRoutes(app: App, office: Office): void {
  app.route({
    ...listNotices,
    handler: async (request, reply) => {
      const page = await service.listOf(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...getNotice,
    handler: async ({ access, params }, reply) => {
      const notice = await service.readNotice(office, access, params.id)
      return withVersion(reply, notice.version).send(notice)
    },
  })

  app.route({
    ...listNoticeEntries,
    handler: async (request, reply) => {
      const page = await service.listEntries(office, request.access, request.params.id, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({ ...listNoticesDue, handler: ({ access }) => service.listDue(office, access) })

  app.route({
    ...drawNotices,
    handler: async ({ access, query, body }, reply) => {
      const isRehearsal = query.dryRun ?? false
      const run = await service.draw(office, access, body, { isRehearsal })
      return await reply.code(isRehearsal ? 200 : 201).send(run)
    },
  })

  app.route({
    ...postNotice,
    handler: async (request, reply) => {
      const { access, params } = request
      const notice = await service.post(office, access, params.id, versionExpected(request))
      return await withVersion(reply, notice.version).code(201).send(notice)
    },
  })

  app.route({
    ...recordPosting,
    handler: async (request, reply) => {
      const received = await receiveFile(request, ['place', 'seenOn'])
      const posting = await service.recordPosting(office, request.access, request.params.id, received)
      return await reply.code(201).send(posting)
    },
  })

  app.route({
    ...voidNotice,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const notice = await service.takeDown(office, access, params.id, versionExpected(request), body.reason)
      return await withVersion(reply, notice.version).code(201).send(notice)
    },
  })

  app.route({
    ...closeNotices,
    handler: async ({ access, body }, reply) =>
      await reply.code(201).send(await service.close(office, access, body.division)),
  })

  useNoticeNights(app, office)
}
