import * as contracts from '@youyu/shared/birth-defects/prenatal-cases'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import {
  continueDiagnosis,
  correctDiagnosis,
  listAll,
  readDiagnosis,
  recordDiagnosis,
  voidDiagnosis,
} from './service.ts'

export function prenatalDiagnosisRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listDiagnoses,
    handler: async (request, reply) => {
      const page = await listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.getDiagnosis,
    handler: async (request, reply) => {
      const found = await readDiagnosis(office, request.access, request.params.id)
      return withVersion(reply, found.version).send(found)
    },
  })

  app.route({
    ...contracts.recordDiagnosis,
    handler: async (request, reply) => {
      const found = await recordDiagnosis(office, request.access, request.body)
      return withVersion(reply, found.version).code(201).send(found)
    },
  })

  app.route({
    ...contracts.continueDiagnosis,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const after = await continueDiagnosis(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, after.version).send(after)
    },
  })

  app.route({
    ...contracts.correctDiagnosis,
    handler: async (request, reply) => {
      const after = await correctDiagnosis(office, request.access, request.params.id, request.body)
      return withVersion(reply, after.version).code(201).send(after)
    },
  })

  app.route({
    ...contracts.voidDiagnosis,
    handler: async (request, reply) =>
      reply.code(201).send(await voidDiagnosis(office, request.access, request.params.id, request.body)),
  })
}
