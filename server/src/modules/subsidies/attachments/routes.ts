import {
  addAttachment,
  listAttachments,
  readAttachment,
  voidAttachment,
} from '@youyu/shared/subsidies/attachments'
import type { App, Office } from '../../../office.ts'
import { receiveFile } from './receiving.ts'
import * as service from './service.ts'

export function attachmentRoutes(app: App, office: Office): void {
  app.route({
    ...addAttachment,
    handler: async (request, reply) => {
      const received = await receiveFile(request, ['subjectType', 'subjectId', 'kind'])
      return await reply.code(201).send(await service.addAttachment(office, request.access, received))
    },
  })

  app.route({
    ...listAttachments,
    handler: ({ access, query }) => service.listAttachments(office, access, query),
  })

  app.route({
    ...readAttachment,
    handler: async ({ access, params, query }, reply) => {
      const file = await service.readAttachment(office, access, params.id, query.county)
      return await reply
        .header('content-type', file.mediaType)
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`)
        .send(file.content as never)
    },
  })

  app.route({
    ...voidAttachment,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await service.voidAttachment(office, access, params.id, body.reason)),
  })
}
