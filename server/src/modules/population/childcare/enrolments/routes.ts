import {
  correctChildcareEnrolment,
  enrolChild,
  listChildcareEnrolments,
  voidChildcareEnrolment,
} from '@youyu/shared/population/childcare'
import { linkNext } from '../../../../http/paging.ts'
import type { App, Office } from '../../../../office.ts'
import { applyWish, listEnrolments, previewWish } from './service.ts'

export function enrolmentRoutes(app: App, office: Office): void {
  app.route({
    ...listChildcareEnrolments,
    handler: async (request, reply) => {
      const page = await listEnrolments(office, request.access, request.params.id, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...enrolChild,
    handler: async ({ access, params, query, body }, reply) => {
      const wish = { kind: 'enrol', institutionId: params.id, body } as const
      if (query.dryRun) return await previewWish(office, access, wish)
      return reply.code(201).send(await applyWish(office, access, wish))
    },
  })

  app.route({
    ...correctChildcareEnrolment,
    handler: async ({ access, params, query, body }, reply) => {
      const wish = { kind: 'correct', id: params.id, ...body } as const
      if (query.dryRun) return await previewWish(office, access, wish)
      return reply.code(201).send(await applyWish(office, access, wish))
    },
  })

  app.route({
    ...voidChildcareEnrolment,
    handler: async ({ access, params, query, body }, reply) => {
      const wish = { kind: 'void', id: params.id, ...body } as const
      if (query.dryRun) return await previewWish(office, access, wish)
      return reply.code(201).send(await applyWish(office, access, wish))
    },
  })
}
