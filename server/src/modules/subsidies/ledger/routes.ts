import * as contracts from '@youyu/shared/subsidies/ledger'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { balancesOf, entryOf, headOf, listEntries, takeBack } from './service.ts'

export function ledgerRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listLedgerEntries,
    handler: async (request, reply) => {
      const page = await listEntries(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
  app.route({
    ...contracts.getLedgerEntry,
    handler: ({ access, params }) => entryOf(office, access, params.id),
  })
  app.route({
    ...contracts.reverseLedgerEntry,
    handler: async ({ access, params, body }, reply) =>
      reply.code(201).send(await takeBack(office, access, params.id, body.reason)),
  })
  app.route({
    ...contracts.getLedgerBalances,
    handler: ({ access, query }) => balancesOf(office, access, query),
  })
  app.route({ ...contracts.getLedgerHead, handler: ({ access, query }) => headOf(office, access, query) })
}
