import {
  correctChoice,
  decideChoice,
  getChoice,
  getChoiceSheet,
  listChoices,
  recordChoice,
  recordGroupSession,
  voidChoice,
} from '@youyu/shared/contraception/choices'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { recordSession } from './groups/service.ts'
import {
  decide,
  enterChoice,
  listAll,
  previewChoice,
  previewCorrection,
  readChoice,
  setRight,
  takeBack,
} from './service.ts'
import { readSheet } from './sheets/service.ts'

export function choiceRoutes(app: App, office: Office): void {
  app.route({
    ...listChoices,
    handler: async (request, reply) => {
      const page = await listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...recordChoice,
    handler: async ({ access, body, query }, reply) => {
      if (query.dryRun) return await previewChoice(office, access, body)
      const choice = await enterChoice(office, access, body)
      return await reply.code(201).header('location', `/api/v1/informed-choices/${choice.id}`).send(choice)
    },
  })

  app.route({ ...getChoice, handler: ({ access, params }) => readChoice(office, access, params.id) })

  app.route({ ...getChoiceSheet, handler: ({ access, params }) => readSheet(office, access, params.id) })

  app.route({
    ...decideChoice,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await decide(office, access, params.id, body)),
  })

  app.route({
    ...correctChoice,
    handler: async ({ access, params, body, query }, reply) => {
      if (query.dryRun) return await previewCorrection(office, access, params.id, body)
      return await reply.code(201).send(await setRight(office, access, params.id, body))
    },
  })

  app.route({
    ...voidChoice,
    handler: ({ access, params, body }) => takeBack(office, access, params.id, body.reason),
  })

  app.route({
    ...recordGroupSession,
    handler: async ({ access, body }, reply) =>
      await reply.code(201).send(await recordSession(office, access, body)),
  })
}
