import type { FastifyRequest } from 'fastify'
import {
  decideExport,
  downloadExport,
  getExport,
  listExports,
  requestExport,
} from '@youyu/shared/population/exports'
import { accessFor } from '../../../access/access.ts'
import { reading } from '../../../database/transaction.ts'
import { keyIn, linkNext, pageOf } from '../../../http/paging.ts'
import { todayOf, type App, type Office } from '../../../office.ts'
import { contentTypes } from './file.ts'
import * as queries from './queries.ts'
import { shownExport, type Reader } from './rules.ts'
import * as service from './service.ts'

export function exportRoutes(app: App, office: Office): void {
  const readerOf = ({ actor, access }: FastifyRequest): Reader => ({
    actorId: access.actorId,
    approvesIn: accessFor(actor!, 'export.approve', null, null)?.prefixes ?? null,
    now: office.now(),
  })

  app.route({
    ...requestExport,
    handler: async (request, reply) => {
      const asked = await service.askForExport(office, request.access, readerOf(request), request.body)
      return await reply.code(201).header('location', `/api/v1/exports/${asked.id}`).send(asked)
    },
  })

  app.route({
    ...listExports,
    handler: async (request, reply) => {
      const { state, cursor, limit } = request.query
      const wanted = { state, limit, before: keyIn(cursor, ['string'])?.[0] ?? null }
      const reader = readerOf(request)
      const rows = await reading(office.db, request.access, (tx) =>
        queries.listExports(tx, request.access, reader, wanted),
      )
      const page = pageOf(
        rows,
        limit,
        (row) => shownExport(row, reader),
        (row) => [row.id],
      )
      return await linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...getExport,
    handler: async (request) =>
      await service.readExport(office, request.access, readerOf(request), request.params.id),
  })

  app.route({
    ...decideExport,
    handler: async (request) =>
      await service.decideExport(office, request.access, readerOf(request), request.params.id, request.body),
  })

  app.route({
    ...downloadExport,
    handler: async (request, reply) => {
      const { file, kept, watermark } = await service.openDownload(
        office,
        request.access,
        readerOf(request),
        request.params.id,
      )
      const name = encodeURIComponent(`人员导出-${todayOf(office.now())}-${kept.id.slice(-8)}.${kept.format}`)
      return await reply
        .header('content-type', contentTypes[kept.format])
        .header('content-disposition', `attachment; filename*=UTF-8''${name}`)
        .header('x-watermark', encodeURIComponent(watermark))
        .send(file as never)
    },
  })
}
