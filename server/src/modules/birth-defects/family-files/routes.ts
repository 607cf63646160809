import * as contracts from '@youyu/shared/birth-defects/family-files'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { attend, countEducation, listAttendances } from './education/service.ts'
import * as service from './service.ts'
import { listSurveys, recordSurvey, voidSurvey } from './surveys/service.ts'

export function familyFileRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listFamilyFiles,
    handler: async (request, reply) => {
      const page = await service.listFiles(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.getFamilyFile,
    handler: async (request, reply) => {
      const found = await service.readFile(office, request.access, request.params.id)
      return withVersion(reply, found.version).send(found)
    },
  })

  app.route({
    ...contracts.openFamilyFile,
    handler: async ({ access, body }, reply) => {
      const opened = await service.openFile(office, access, body)
      return withVersion(reply, opened.version).code(201).send(opened)
    },
  })

  app.route({
    ...contracts.changeFamilyFile,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const changed = await service.changeFile(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, changed.version).send(changed)
    },
  })

  app.route({
    ...contracts.recordCounselling,
    handler: async ({ access, params, body }, reply) =>
      reply.code(201).send(await service.recordCounselling(office, access, params.id, body)),
  })

  app.route({
    ...contracts.voidCounselling,
    handler: ({ access, params, body }) => service.voidCounselling(office, access, params.id, body.reason),
  })

  surveyRoutes(app, office)
  educationRoutes(app, office)
}

function surveyRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listChildSurveys,
    handler: async (request, reply) => {
      const page = await listSurveys(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.recordChildSurvey,
    handler: async ({ access, body }, reply) =>
      reply.code(201).send(await recordSurvey(office, access, body)),
  })

  app.route({
    ...contracts.voidChildSurvey,
    handler: ({ access, params, body }) => voidSurvey(office, access, params.id, body.reason),
  })
}

function educationRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listEducationAttendances,
    handler: async (request, reply) => {
      const page = await listAttendances(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.attendEducation,
    handler: async ({ access, body }, reply) => reply.code(201).send(await attend(office, access, body)),
  })

  app.route({
    ...contracts.countEducation,
    handler: ({ access, query }) => countEducation(office, access, query),
  })
}
