import * as contracts from '@youyu/shared/subsidies/overpayments'
import type { Overpayment } from '@youyu/shared/subsidies/overpayments'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import * as service from './service.ts'

export function overpaymentRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listOverpayments,
    handler: async (request, reply) => {
      const page = await service.listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.listWriteOffs,
    handler: async (request, reply) => {
      const page = await service.listAll(office, request.access, { ...request.query, awaitsFinance: true })
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.getOverpayment,
    handler: async ({ access, params }, reply) => {
      const overpayment = await service.readOverpayment(office, access, params.id)
      return withVersion(reply, overpayment.version).send(overpayment)
    },
  })

  const take = async (
    request: FastifyRequest,
    reply: FastifyReply,
    step: service.Step,
  ): Promise<Overpayment> => {
    const { id } = request.params as { id: string }
    const taken = await service.take(office, request.access, id, versionExpected(request), step)
    void withVersion(reply, taken.version).code(201)
    return taken
  }

  app.route({
    ...contracts.notifyOverpayment,
    handler: (request, reply) => take(request, reply, { notify: request.body }),
  })
  app.route({
    ...contracts.replyToOverpayment,
    handler: (request, reply) => take(request, reply, { reply: request.body }),
  })
  app.route({
    ...contracts.decideOverpayment,
    handler: (request, reply) => take(request, reply, { decide: request.body }),
  })
  app.route({
    ...contracts.settleOverpayment,
    handler: (request, reply) => take(request, reply, { settle: request.body }),
  })
  app.route({
    ...contracts.returnOverpayment,
    handler: (request, reply) => take(request, reply, { return: request.body }),
  })
  app.route({
    ...contracts.proposeWriteOff,
    handler: (request, reply) => take(request, reply, { propose: request.body }),
  })
  app.route({
    ...contracts.approveWriteOffInOffice,
    handler: (request, reply) => take(request, reply, { office: request.body }),
  })
  app.route({
    ...contracts.approveWriteOffInFinance,
    handler: (request, reply) => take(request, reply, { finance: request.body }),
  })
  app.route({
    ...contracts.reportOverpayment,
    handler: (request, reply) => take(request, reply, { report: request.body }),
  })
}
