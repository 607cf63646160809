import * as contracts from '@youyu/shared/birth-defects/folic-acid'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { followCourse, listCourses, readCourse, takeFollowUpBack } from './courses.ts'
import { issue, previewIssue, setIssueRight, takeIssueBack } from './issuing.ts'
import { enterSurvey, listProducts, listSurveys, takeSurveyBack } from './service.ts'

export function folicAcidRoutes(app: App, office: Office): void {
  app.route({ ...contracts.listFolicAcidProducts, handler: ({ access }) => listProducts(office, access) })

  app.route({
    ...contracts.listFolicAcidCourses,
    handler: async (request, reply) => {
      const page = await listCourses(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.getFolicAcidCourse,
    handler: ({ access, params }) => readCourse(office, access, params.id),
  })

  app.route({
    ...contracts.issueFolicAcid,
    handler: async ({ access, body, query }, reply) => {
      if (query.dryRun) return await previewIssue(office, access, body)
      const given = await issue(office, access, body)
      return await reply.code(201).header('location', `/api/v1/folic-acid-courses/${given.id}`).send(given)
    },
  })

  app.route({
    ...contracts.voidFolicAcidIssue,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await takeIssueBack(office, access, params.id, body.reason)),
  })

  app.route({
    ...contracts.correctFolicAcidIssue,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await setIssueRight(office, access, params.id, body)),
  })

  app.route({
    ...contracts.followFolicAcid,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await followCourse(office, access, params.id, body)),
  })

  app.route({
    ...contracts.voidFolicAcidFollowUp,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await takeFollowUpBack(office, access, params.id, body)),
  })

  app.route({
    ...contracts.listFolicAcidSurveys,
    handler: async (request, reply) => {
      const page = await listSurveys(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.recordFolicAcidSurvey,
    handler: async ({ access, body }, reply) =>
      await reply.code(201).send(await enterSurvey(office, access, body)),
  })

  app.route({
    ...contracts.voidFolicAcidSurvey,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await takeSurveyBack(office, access, params.id, body.reason)),
  })
}
