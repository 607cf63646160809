import {
  downloadIndicators,
  getBirthRevisions,
  getIndicator,
  getLifeTable,
  getPopulationHome,
  getPyramid,
  getSituationReport,
  listIndicatorRecords,
  listIndicators,
} from '@youyu/shared/population/indicators'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { populationCatalogue } from './catalogue/index.ts'
import { populationTables, tableFile } from './downloads/service.ts'
import { readHome } from './home/service.ts'
import { readLifeTable } from './life-tables/service.ts'
import { listRecords } from './records/service.ts'
import { readReport } from './reports/service.ts'
import { readRevisions } from './revisions/service.ts'
import { readPyramid } from './structure/service.ts'
import { readIndicator } from './values/service.ts'

export function indicatorRoutes(app: App, office: Office): void {
  app.route({ ...listIndicators, handler: () => ({ items: [...populationCatalogue.definitions] }) })

  app.route({
    ...getIndicator,
    handler: ({ access, params, query }) =>
      readIndicator(office, access, populationCatalogue, params.code, query),
  })

  app.route({
    ...listIndicatorRecords,
    handler: async (request, reply) => {
      const page = await listRecords(office, request.access, request.params.code, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...getPopulationHome,
    config: { ...getPopulationHome.config, confirmedByRead: true },
    handler: async (request, reply) => {
      const write = (home: object) => reply.serializeInput({ ...home }, '200') as string
      const home = await readHome(office, request.access, request.query, write)
      return reply.type('application/json; charset=utf-8').send(home as never)
    },
  })

  app.route({
    ...getPyramid,
    config: { ...getPyramid.config, confirmedByRead: true },
    handler: (request) => readPyramid(office, request.access, request.query),
  })

  app.route({
    ...getBirthRevisions,
    handler: (request) => readRevisions(office, request.access, request.query),
  })

  app.route({
    ...getLifeTable,
    handler: (request) => readLifeTable(office, request.access, request.query),
  })

  app.route({
    ...getSituationReport,
    handler: (request) => readReport(office, request.access, request.query),
  })

  app.route({
    ...downloadIndicators,
    handler: async (request, reply) => {
      const { name, contentType, content } = await tableFile(
        office,
        request.access,
        populationTables,
        request.query,
      )
      return await reply
        .header('content-type', contentType)
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
        .send(content)
    },
  })
}
