import { listItems } from '@youyu/shared/subsidies/payment-rosters'
import {
  answerConfirmation,
  drawConfirmations,
  listConfirmations,
} from '@youyu/shared/subsidies/payment-confirmations'
import {
  listPaymentsOfPerson,
  reverseItem,
  stopItem,
  tracePayment,
} from '@youyu/shared/subsidies/payment-items'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import * as service from './service.ts'

export function paymentItemRoutes(app: App, office: Office): void {
  app.route({
    ...listItems,
    handler: async (request, reply) => {
      const page = await service.itemsFor(office, request.access, request.params.id, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
  app.route({ ...tracePayment, handler: ({ access, params }) => service.trace(office, access, params.id) })
  app.route({
    ...listPaymentsOfPerson,
    handler: async (request, reply) => {
      const page = await service.paymentsOfPerson(office, request.access, request.params.id, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
  app.route({
    ...stopItem,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await service.stopItem(office, access, params.id, body.reason)),
  })
  app.route({
    ...reverseItem,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await service.reverse(office, access, params.id, body)),
  })
  app.route({
    ...drawConfirmations,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await service.drawSample(office, access, params.id, body.size)),
  })
  app.route({
    ...listConfirmations,
    handler: ({ access, params }) => service.confirmationsOf(office, access, params.id),
  })
  app.route({
    ...answerConfirmation,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await service.answer(office, access, params.id, body)),
  })
}
