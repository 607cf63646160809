import {
  createImport,
  decideImportReviews,
  getImport,
  importErrorFile,
  importTemplate,
  inspectFile,
  listImportErrors,
  listImportFields,
  listImportMappings,
  listImportReviews,
  listImports,
  saveImportMapping,
} from '@youyu/shared/population/imports'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { errorFile, errorsFor, templateFile } from './errors-file.ts'
import { keepMapping, mappingsFor } from './mappings.ts'
import { decide, reviewsFor } from './reviews/service.ts'
import { importFields } from './rules-fields.ts'
import { importFor, importsFor } from './service.ts'
import { inspect, startImport, sweepUploads } from './uploading.ts'

export function importRoutes(app: App, office: Office): void {
  if (office.config.WORKERS) app.addHook('onReady', () => sweepUploads(office))

  app.route({
    ...listImportFields,
    handler: (request) => ({ kind: request.params.kind, fields: importFields[request.params.kind] }),
  })
  app.route({
    ...importTemplate,
    handler: async (request, reply) => {
      const { kind } = request.params
      void reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${kind}-template.csv"`)
      return reply.send(templateFile(importFields[kind], request.query.language))
    },
  })
  app.route({ ...inspectFile, handler: (request) => inspect(office, request) })
  app.route({
    ...createImport,
    handler: async (request, reply) => {
      const started = await startImport(office, request)
      return reply.code(202).header('location', `/api/v1/jobs/${started.job.id}`).send(started)
    },
  })
  app.route({
    ...listImports,
    handler: async (request, reply) => {
      const page = await importsFor(office, request.access, request.query)
      void linkNext(request, reply, page.nextCursor)
      return page
    },
  })
  app.route({ ...getImport, handler: (request) => importFor(office, request.access, request.params.id) })
  app.route({
    ...listImportErrors,
    handler: async (request, reply) => {
      const page = await errorsFor(office, request.access, request.params.id, request.query)
      void linkNext(request, reply, page.nextCursor)
      return page
    },
  })
  app.route({
    ...importErrorFile,
    handler: async (request, reply) => {
      const { name, stream } = await errorFile(office, request, request.params.id)
      const disposition = `attachment; filename="errors.csv"; filename*=UTF-8''${encodeURIComponent(name)}`
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', disposition)
        .send(stream as never)
    },
  })
  app.route({
    ...listImportReviews,
    handler: async (request, reply) => {
      const page = await reviewsFor(office, request.access, request.params.id, request.query)
      void linkNext(request, reply, page.nextCursor)
      return page
    },
  })
  app.route({
    ...decideImportReviews,
    handler: (request) => decide(office, request, request.params.id, request.body),
  })
  app.route({
    ...listImportMappings,
    handler: (request) => mappingsFor(office, request.access, request.query.kind),
  })
  app.route({
    ...saveImportMapping,
    handler: (request) => keepMapping(office, request.access, { ...request.params, ...request.body }),
  })
}
