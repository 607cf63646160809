import {
  addProtocolVersion,
  listFollowUpProtocols,
  listProtocolVersions,
} from '@youyu/shared/contraception/protocols'
import type { App, Office } from '../../../office.ts'
import { addVersion, protocolsOn, rehearseVersion, versionsOf } from './service.ts'

export function protocolRoutes(app: App, office: Office): void {
  app.route({
    ...listFollowUpProtocols,
    handler: (request) => protocolsOn(office, request.access, request.query.on),
  })
  app.route({
    ...listProtocolVersions,
    handler: (request) => versionsOf(office, request.access, request.params.code),
  })
  app.route({
    ...addProtocolVersion,
    handler: async ({ access, params, query, body }, reply) => {
      if (query.dryRun) return reply.send(await rehearseVersion(office, access, params.code, body))
      return reply.code(201).send(await addVersion(office, access, params.code, body))
    },
  })
}
