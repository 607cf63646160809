import * as contracts from '@youyu/shared/birth-defects/torch'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { listCases, readCase, takeStep, takeStepBack } from './cases.ts'
import * as service from './service.ts'

export function torchRoutes(app: App, office: Office): void {
  app.route({ ...contracts.getTorchMatrix, handler: ({ access }) => service.readMatrix(office, access) })

  app.route({
    ...contracts.listTorchTests,
    handler: async (request, reply) => {
      const page = await service.listTests(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.recordTorchTest,
    handler: async ({ access, body, query }, reply) => {
      if (query.dryRun) return await service.previewTest(office, access, body)
      const test = await service.enterTest(office, access, body)
      return await reply.code(201).header('location', `/api/v1/torch-tests/${test.id}`).send(test)
    },
  })

  app.route({
    ...contracts.getTorchTest,
    handler: ({ access, params }) => service.readTest(office, access, params.id),
  })

  app.route({
    ...contracts.confirmTorchTest,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await service.confirmTest(office, access, params.id, body)),
  })

  app.route({
    ...contracts.correctTorchTest,
    handler: async ({ access, params, body, query }, reply) => {
      if (query.dryRun) return await service.previewCorrection(office, access, params.id, body)
      return await reply.code(201).send(await service.setRight(office, access, params.id, body))
    },
  })

  app.route({
    ...contracts.voidTorchTest,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await service.takeBack(office, access, params.id, body.reason)),
  })

  app.route({
    ...contracts.listTorchCases,
    handler: async (request, reply) => {
      const page = await listCases(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.getTorchCase,
    handler: ({ access, params }) => readCase(office, access, params.id),
  })

  app.route({
    ...contracts.stepTorchCase,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await takeStep(office, access, params.id, body)),
  })

  app.route({
    ...contracts.voidTorchStep,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await takeStepBack(office, access, params.id, body.reason)),
  })
}
