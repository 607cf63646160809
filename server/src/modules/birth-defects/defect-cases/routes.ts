import {
  changeDefectCard,
  correctDefectCard,
  createDefectCard,
  getDefectCard,
  listDefectCards,
  listDefectCardVersions,
  prefillDefectCard,
  submitDefectCard,
  withdrawDefectCard,
} from '@youyu/shared/birth-defects/defect-cases'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import {
  changeCard,
  correctCard,
  draftCard,
  listCards,
  prefilled,
  readCard,
  readVersions,
  submitCard,
  withdrawCard,
} from './service.ts'

export function defectCaseRoutes(app: App, office: Office): void {
  app.route({
    ...listDefectCards,
    handler: async (request, reply) => {
      const page = await listCards(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({ ...prefillDefectCard, handler: ({ access, query }) => prefilled(office, access, query) })

  app.route({
    ...createDefectCard,
    handler: async ({ access, body }, reply) => {
      const card = await draftCard(office, access, body)
      return await withVersion(reply, card.version)
        .code(201)
        .header('location', `/api/v1/defect-cards/${card.id}`)
        .send(card)
    },
  })

  app.route({
    ...getDefectCard,
    handler: async ({ access, params }, reply) => {
      const card = await readCard(office, access, params.id)
      return withVersion(reply, card.version).send(card)
    },
  })

  app.route({
    ...changeDefectCard,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const card = await changeCard(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, card.version).send(card)
    },
  })

  app.route({
    ...submitDefectCard,
    handler: async (request, reply) => {
      const card = await submitCard(office, request.access, request.params.id, versionExpected(request))
      return await withVersion(reply, card.version).code(201).send(card)
    },
  })

  app.route({
    ...withdrawDefectCard,
    handler: async (request, reply) => {
      const asked = { ...request.body, version: versionExpected(request) }
      const card = await withdrawCard(office, request.access, request.params.id, asked)
      return await withVersion(reply, card.version).code(201).send(card)
    },
  })

  app.route({
    ...correctDefectCard,
    handler: async (request, reply) => {
      const asked = { ...request.body, version: versionExpected(request) }
      const card = await correctCard(office, request.access, request.params.id, asked)
      return await withVersion(reply, card.version).code(201).send(card)
    },
  })

  app.route({
    ...listDefectCardVersions,
    handler: ({ access, params }) => readVersions(office, access, params.id),
  })
}
