import type { FastifyReply } from 'fastify'
import {
  countyDefectReturnFile,
  defectReturnFile,
  fileCountyDefectReturn,
  fileDefectReturn,
  getCountyDefectReturn,
  getDefectReturn,
} from '@youyu/shared/birth-defects/defect-returns'
import type { App, Office } from '../../../office.ts'
import { fileReturn, readReturn, returnFile, type ReturnFile } from './service.ts'

const ofFacility = { scope: 'FACILITY' } as const
const ofCounty = { scope: 'COUNTY' } as const

export function defectReturnRoutes(app: App, office: Office): void {
  app.route({
    ...getDefectReturn,
    handler: ({ access, params }) => readReturn(office, access, { ...ofFacility, ...params }),
  })

  app.route({
    ...fileDefectReturn,
    handler: async ({ access, params }, reply) =>
      await reply.code(201).send(await fileReturn(office, access, { ...ofFacility, ...params })),
  })

  app.route({
    ...defectReturnFile,
    handler: async ({ access, params, query }, reply) =>
      await sent(reply, await returnFile(office, access, { ...ofFacility, ...params, ...query })),
  })

  app.route({
    ...getCountyDefectReturn,
    handler: ({ access, params }) => readReturn(office, access, { ...ofCounty, ...params }),
  })

  app.route({
    ...fileCountyDefectReturn,
    handler: async ({ access, params }, reply) =>
      await reply.code(201).send(await fileReturn(office, access, { ...ofCounty, ...params })),
  })

  app.route({
    ...countyDefectReturnFile,
    handler: async ({ access, params, query }, reply) =>
      await sent(reply, await returnFile(office, access, { ...ofCounty, ...params, ...query })),
  })
}

async function sent(reply: FastifyReply, { name, contentType, content }: ReturnFile): Promise<FastifyReply> {
  return await reply
    .header('content-type', contentType)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    .send(content)
}
