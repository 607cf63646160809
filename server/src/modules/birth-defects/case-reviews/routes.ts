import {
  closeDefectCard,
  decideCaseDuplicate,
  enterProvinceReview,
  getCardToReview,
  listCardsToReview,
  listCaseDuplicates,
  listVersionsToReview,
  reviewInCounty,
  reviewInHospital,
} from '@youyu/shared/birth-defects/case-reviews'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { listCards, readCard, readVersions } from '../defect-cases/index.ts'
import * as service from './service.ts'

export function caseReviewRoutes(app: App, office: Office): void {
  app.route({
    ...reviewInHospital,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const card = await service.reviewInHospital(office, access, params.id, versionExpected(request), body)
      return await withVersion(reply, card.version).code(201).send(card)
    },
  })

  app.route({
    ...listCardsToReview,
    handler: async (request, reply) => {
      const page = await listCards(office, request.access, request.query, { byDeadline: true })
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...getCardToReview,
    handler: async ({ access, params }, reply) => {
      const card = await readCard(office, access, params.id)
      return withVersion(reply, card.version).send(card)
    },
  })

  app.route({
    ...listVersionsToReview,
    handler: ({ access, params }) => readVersions(office, access, params.id),
  })

  app.route({
    ...reviewInCounty,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const card = await service.reviewInCounty(office, access, params.id, versionExpected(request), body)
      return await withVersion(reply, card.version).code(201).send(card)
    },
  })

  app.route({
    ...enterProvinceReview,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const card = await service.enterProvinceReview(
        office,
        access,
        params.id,
        versionExpected(request),
        body,
      )
      return await withVersion(reply, card.version).code(201).send(card)
    },
  })

  app.route({
    ...closeDefectCard,
    handler: async (request, reply) => {
      const card = await service.closeCard(
        office,
        request.access,
        request.params.id,
        versionExpected(request),
      )
      return await withVersion(reply, card.version).code(201).send(card)
    },
  })

  app.route({
    ...listCaseDuplicates,
    handler: async (request, reply) => {
      const page = await service.listDuplicates(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...decideCaseDuplicate,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await service.decideDuplicate(office, access, params.id, body)),
  })
}
