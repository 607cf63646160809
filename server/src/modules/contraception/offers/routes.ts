import {
  answerOffer,
  closeDueServices,
  endContactPreference,
  getServiceOffer,
  listContactPreferences,
  listServiceOffers,
  listTownshipMonths,
  listVillageMonths,
  remindOfOffer,
  requestService,
  stateContactPreference,
} from '@youyu/shared/contraception/offers'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { close, townshipMonths, villageMonths } from './months/service.ts'
import { endPreference, preferencesOf, statePreference } from './preferences/service.ts'
import { answer, listOffers, readOffer, remind, request as requestOffer } from './service.ts'

export function offerRoutes(app: App, office: Office): void {
  app.route({
    ...listServiceOffers,
    handler: async (request, reply) => {
      const page = await listOffers(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
  app.route({ ...getServiceOffer, handler: ({ access, params }) => readOffer(office, access, params.id) })
  app.route({
    ...requestService,
    handler: async ({ access, body }, reply) => {
      const offer = await requestOffer(office, access, body)
      return reply.code(201).header('location', `/api/v1/service-offers/${offer.id}`).send(offer)
    },
  })
  app.route({
    ...answerOffer,
    handler: async ({ access, params, body }, reply) =>
      reply.code(201).send(await answer(office, access, params.id, body)),
  })
  app.route({
    ...remindOfOffer,
    handler: async ({ access, params, body }, reply) =>
      reply.code(201).send(await remind(office, access, params.id, body)),
  })
  app.route({
    ...listContactPreferences,
    handler: ({ access, params }) => preferencesOf(office, access, params.id),
  })
  app.route({
    ...stateContactPreference,
    handler: async ({ access, params, body }, reply) =>
      reply.code(201).send(await statePreference(office, access, params.id, body)),
  })
  app.route({
    ...endContactPreference,
    handler: async ({ access, params }, reply) =>
      reply.code(201).send(await endPreference(office, access, params.id, params.preferenceId)),
  })
  app.route({ ...listVillageMonths, handler: ({ access, query }) => villageMonths(office, access, query) })
  app.route({ ...listTownshipMonths, handler: ({ access, query }) => townshipMonths(office, access, query) })
  app.route({
    ...closeDueServices,
    handler: async ({ access, params }, reply) =>
      reply.code(201).send(await close(office, access, params.month)),
  })
}
