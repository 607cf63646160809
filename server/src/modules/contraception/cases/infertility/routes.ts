import {
  changeInfertilityCase,
  getInfertilityCase,
  listInfertilityCases,
  openInfertilityCase,
} from '@youyu/shared/contraception/cases'
import { versionExpected, withVersion } from '../../../../http/conditional.ts'
import { linkNext } from '../../../../http/paging.ts'
import type { App, Office } from '../../../../office.ts'
import { changeCase, listCases, openCase, readCase } from './service.ts'

export function infertilityCaseRoutes(app: App, office: Office): void {
  app.route({
    ...listInfertilityCases,
    handler: async (request, reply) => {
      const page = await listCases(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...getInfertilityCase,
    handler: async (request, reply) => {
      const found = await readCase(office, request.access, request.params.id)
      return withVersion(reply, found.version).send(found)
    },
  })

  app.route({
    ...openInfertilityCase,
    handler: async (request, reply) => {
      const opened = await openCase(office, request.access, request.body)
      return withVersion(reply, opened.version).code(201).send(opened)
    },
  })

  app.route({
    ...changeInfertilityCase,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const changed = await changeCase(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, changed.version).send(changed)
    },
  })
}
