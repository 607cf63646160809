import { listAccessLog, listPersonViewers } from '@youyu/shared/audit'
import { reading } from '../database/transaction.ts'
import { keyIn, linkNext, pageOf } from '../http/paging.ts'
import type { App, Office } from '../office.ts'
import { Refused } from '../refused.ts'
import * as queries from './queries.ts'

export function auditRoutes(app: App, { db, views }: Office): void {
  app.route({
    ...listAccessLog,
    handler: async (request, reply) => {
      const { cursor, limit, ...filter } = request.query
      const before = keyIn(cursor, ['string'])?.[0] ?? null
      await views.flush()
      const entries = await reading(db, request.access, (tx) =>
        queries.listEntries(tx, request.access, { ...filter, before, limit }),
      )
      const page = pageOf(
        entries,
        limit,
        (entry) => entry,
        (entry) => [entry.id],
      )
      return await linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...listPersonViewers,
    handler: async (request, reply) => {
      const { access, params, query } = request
      const before = keyIn(query.cursor, ['string'])?.[0] ?? null
      await views.flush()
      const entries = await reading(db, access, async (tx) => {
        if (!(await queries.seesPerson(tx, access, params.id))) throw new Refused('not-found')
        return await queries.listViewers(tx, access, { personId: params.id, before, limit: query.limit })
      })
      const page = pageOf(
        entries,
        query.limit,
        (entry) => entry,
        (entry) => [entry.id],
      )
      return await linkNext(request, reply, page.nextCursor).send(page)
    },
  })
}
