import {
  acceptInstruction,
  deliverReturn,
  fetchInstruction,
  listInstructions,
} from '@youyu/shared/subsidies/bank-exchange'
import { downloadBankFile, sendBatch } from '@youyu/shared/subsidies/payment-batches'
import type { FastifyReply } from 'fastify'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import type { App, Office } from '../../../office.ts'
import { takeUpload } from '../bank-returns/index.ts'
import * as sending from './sending.ts'
import * as service from './service.ts'

export function bankExchangeRoutes(app: App, office: Office): void {
  const sendFile = async (reply: FastifyReply, file: Promise<service.FileSent>) => {
    const { name, sha256, stream } = await file
    return reply
      .header('content-type', 'application/octet-stream')
      .header(
        'content-disposition',
        `attachment; filename="bank-file"; filename*=UTF-8''${encodeURIComponent(name)}`,
      )
      .header('x-content-sha256', sha256)
      .send(stream)
  }

  app.route({
    ...sendBatch,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const asked = { version: versionExpected(request), channel: body.channel }
      const batch = await sending.sendBatch(office, access, params.id, asked)
      return await withVersion(reply, batch.version).code(201).send(batch)
    },
  })
  app.route({
    ...downloadBankFile,
    handler: async ({ access, params }, reply) =>
      await sendFile(reply, service.openFile(office, access, { id: params.id })),
  })
  app.route({ ...listInstructions, handler: ({ access }) => service.instructions(office, access) })
  app.route({
    ...fetchInstruction,
    handler: async ({ access, params }, reply) =>
      await sendFile(reply, service.openFile(office, access, { number: params.number })),
  })
  app.route({
    ...acceptInstruction,
    handler: ({ access, params, body }) => service.acceptFile(office, access, params.number, body),
  })
  app.route({
    ...deliverReturn,
    handler: async (request, reply) => {
      const arriving = { batch: { number: request.params.number }, channel: 'API' } as const
      return await reply.code(201).send(await takeUpload(office, request, arriving))
    },
  })
}
