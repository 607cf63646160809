import {
  getClosedLedger,
  getReconciliation,
  listClosedLedgerRows,
  listClosedLedgers,
  loadClosedLedgerRows,
  openClosedLedger,
  settleClosedLedger,
} from '@youyu/shared/subsidies/closed-ledgers'
import { withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import * as service from './service.ts'

export function closedLedgerRoutes(app: App, office: Office): void {
  app.route({ ...listClosedLedgers, handler: ({ access }) => service.list(office, access) })
  app.route({
    ...getClosedLedger,
    handler: async ({ access, params }, reply) => {
      const ledger = await service.read(office, access, params.id)
      return withVersion(reply, ledger.version).send(ledger)
    },
  })
  app.route({
    ...listClosedLedgerRows,
    handler: async (request, reply) => {
      const page = await service.listRows(office, request.access, request.params.id, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
  app.route({
    ...openClosedLedger,
    handler: async ({ access, body }, reply) =>
      await reply.code(201).send(await service.open(office, access, body)),
  })
  app.route({
    ...loadClosedLedgerRows,
    bodyLimit: 8 * 1024 * 1024,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await service.load(office, access, params.id, body.rows)),
  })
  app.route({
    ...settleClosedLedger,
    handler: async ({ access, params }, reply) =>
      await reply.code(201).send(await service.close(office, access, params.id)),
  })
  app.route({ ...getReconciliation, handler: ({ access }) => service.reconcile(office, access) })
}
