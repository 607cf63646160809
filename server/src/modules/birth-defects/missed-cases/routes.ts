import {
  addLogEntries,
  closeMissedCaseAudit,
  excludeLogEntry,
  getAuditFigures,
  getMissedCaseAudit,
  listMissedCaseAudits,
  openMissedCaseAudit,
  voidLogEntry,
} from '@youyu/shared/birth-defects/missed-cases'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import type { App, Office } from '../../../office.ts'
import * as service from './service.ts'

export function missedCaseRoutes(app: App, office: Office): void {
  app.route({ ...listMissedCaseAudits, handler: ({ access }) => service.listAudits(office, access) })

  app.route({
    ...openMissedCaseAudit,
    handler: async ({ access, body }, reply) => {
      const audit = await service.openAudit(office, access, body)
      return await withVersion(reply, audit.version)
        .code(201)
        .header('location', `/api/v1/missed-case-audits/${audit.id}`)
        .send(audit)
    },
  })

  app.route({
    ...getMissedCaseAudit,
    handler: async ({ access, params }, reply) => {
      const audit = await service.readAudit(office, access, params.id)
      return withVersion(reply, audit.version).send(audit)
    },
  })

  app.route({
    ...addLogEntries,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await service.enterEntries(office, access, params.id, body)),
  })

  app.route({
    ...closeMissedCaseAudit,
    handler: async (request, reply) => {
      const asked = { ...request.body, version: versionExpected(request) }
      const audit = await service.closeAudit(office, request.access, request.params.id, asked)
      return await withVersion(reply, audit.version).code(201).send(audit)
    },
  })

  app.route({
    ...excludeLogEntry,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await service.excludeEntry(office, access, params.id, body.reason)),
  })

  app.route({
    ...voidLogEntry,
    handler: ({ access, params, body }) => service.voidEntry(office, access, params.id, body.reason),
  })

  app.route({
    ...getAuditFigures,
    handler: ({ access, query }) => service.readFigures(office, access, query.quarter),
  })
}
