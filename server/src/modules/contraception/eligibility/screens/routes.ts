import {
  correctScreen,
  getScreen,
  getScreenPrefill,
  listScreens,
  overrideScreen,
  recordScreen,
  reevaluateScreen,
  voidScreen,
} from '@youyu/shared/contraception/eligibility'
import { linkNext } from '../../../../http/paging.ts'
import type { App, Office } from '../../../../office.ts'
import { enterOverride } from '../overrides/service.ts'
import {
  enterScreen,
  listAll,
  prefill,
  previewCorrection,
  previewScreen,
  readScreen,
  reevaluate,
  setRight,
  takeBack,
} from './service.ts'

export function screenRoutes(app: App, office: Office): void {
  app.route({
    ...listScreens,
    handler: async (request, reply) => {
      const page = await listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({ ...getScreenPrefill, handler: (request) => prefill(office, request.access, request.query) })

  app.route({
    ...recordScreen,
    handler: async (request, reply) => {
      if (request.query.dryRun) return await previewScreen(office, request.access, request.body)
      const screen = await enterScreen(office, request.access, request.body)
      return await reply.code(201).header('location', `/api/v1/eligibility-screens/${screen.id}`).send(screen)
    },
  })

  app.route({ ...getScreen, handler: (request) => readScreen(office, request.access, request.params.id) })

  app.route({
    ...reevaluateScreen,
    handler: ({ access, params, query }) => reevaluate(office, access, params.id, query.edition),
  })

  app.route({
    ...overrideScreen,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await enterOverride(office, access, params.id, body)),
  })

  app.route({
    ...correctScreen,
    handler: async ({ access, params, body, query }, reply) => {
      if (query.dryRun) return await previewCorrection(office, access, params.id, body)
      return await reply.code(201).send(await setRight(office, access, params.id, body))
    },
  })

  app.route({
    ...voidScreen,
    handler: ({ access, params, body }) => takeBack(office, access, params.id, body.reason),
  })
}
