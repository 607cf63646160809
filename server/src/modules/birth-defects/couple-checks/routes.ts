import {
  addCheckItemSet,
  getCheckItemSet,
  listCheckItemSets,
} from '@youyu/shared/birth-defects/check-item-sets'
import * as contracts from '@youyu/shared/birth-defects/couple-checks'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import * as service from './service.ts'
import { addSet, listSets, readSet } from './sets.ts'

export function coupleCheckRoutes(app: App, office: Office): void {
  app.route({ ...listCheckItemSets, handler: ({ access }) => listSets(office, access) })

  app.route({
    ...getCheckItemSet,
    handler: ({ access, params, query }) => readSet(office, access, params.code, query),
  })

  app.route({
    ...addCheckItemSet,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await addSet(office, access, params.code, body)),
  })

  app.route({
    ...contracts.listCoupleChecks,
    handler: async (request, reply) => {
      const page = await service.listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.recordCoupleCheck,
    handler: async ({ access, body, query }, reply) => {
      if (query.dryRun) return await service.previewCheck(office, access, body)
      const check = await service.enterCheck(office, access, body)
      return await reply.code(201).header('location', `/api/v1/couple-checks/${check.id}`).send(check)
    },
  })

  app.route({
    ...contracts.getCoupleCheck,
    handler: ({ access, params }) => service.readCheck(office, access, params.id),
  })

  app.route({
    ...contracts.getAdviceSheet,
    handler: ({ access, params }) => service.readAdviceSheet(office, access, params.id),
  })

  app.route({
    ...contracts.correctCoupleCheck,
    handler: async ({ access, params, body, query }, reply) => {
      if (query.dryRun) return await service.previewCorrection(office, access, params.id, body)
      return await reply.code(201).send(await service.setRight(office, access, params.id, body))
    },
  })

  app.route({
    ...contracts.voidCoupleCheck,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await service.takeBack(office, access, params.id, body.reason)),
  })
}
