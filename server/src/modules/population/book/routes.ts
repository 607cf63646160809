import * as contracts from '@youyu/shared/population/book'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { readBook, readMonths, readPostings } from './service.ts'
import { sign, signBelow, withdrawSignature } from './signatures/service.ts'

export function bookRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.getBook,
    handler: (request) => readBook(office, request.access, request.query),
  })

  app.route({
    ...contracts.listBookMonths,
    handler: async (request, reply) => {
      const page = await readMonths(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.listBookPostings,
    handler: async (request, reply) => {
      const page = await readPostings(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.signBook,
    handler: async (request, reply) => reply.code(201).send(await sign(office, request.access, request.body)),
  })

  app.route({
    ...contracts.signBookBelow,
    handler: async (request, reply) =>
      reply.code(201).send(await signBelow(office, request.access, request.body)),
  })

  app.route({
    ...contracts.withdrawBookSignature,
    handler: async (request, reply) =>
      reply
        .code(201)
        .send(await withdrawSignature(office, request.access, { ...request.params, ...request.body })),
  })
}
