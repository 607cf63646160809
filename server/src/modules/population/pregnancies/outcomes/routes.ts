import { endPregnancy, transferPregnancy, voidPregnancy } from '@youyu/shared/population/pregnancies'
import { versionExpected, withVersion } from '../../../../http/conditional.ts'
import type { App, Office } from '../../../../office.ts'
import { previewOutcome, recordOutcome, transferCare, voidMistaken } from './service.ts'

export function outcomeRoutes(app: App, office: Office): void {
  app.route({
    ...endPregnancy,
    handler: async (request, reply) => {
      const { access, params, query, body } = request
      const version = versionExpected(request)
      if (query.dryRun) return await previewOutcome(office, access, params.id, version, body)
      const pregnancy = await recordOutcome(office, access, params.id, version, body)
      return withVersion(reply, pregnancy.version).code(201).send(pregnancy)
    },
  })

  app.route({
    ...transferPregnancy,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const pregnancy = await transferCare(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, pregnancy.version).send(pregnancy)
    },
  })

  app.route({
    ...voidPregnancy,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const version = versionExpected(request)
      const pregnancy = await voidMistaken(office, access, params.id, version, body.reason)
      return withVersion(reply, pregnancy.version).send(pregnancy)
    },
  })
}
