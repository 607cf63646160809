import {
  addFamilyMember,
  answerFamilyOffer,
  assignContact,
  consentToContact,
  giveFamilyService,
  offerBenefit,
  openSupportFile,
} from '@youyu/shared/subsidies/family-support'
import {
  closeFamily,
  getFamilyCoverage,
  getSpecialFamily,
  identifyFamily,
  listContactCandidates,
  listSpecialFamilies,
  revealFamily,
} from '@youyu/shared/subsidies/special-families'
import {
  getMyFamily,
  listMyFamilies,
  recordFamilyVisit,
  voidFamilyVisit,
} from '@youyu/shared/subsidies/my-families'
import { withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import * as caring from './caring.ts'
import * as contacts from './contacts.ts'
import * as offers from './offers.ts'
import * as service from './service.ts'

export function specialFamilyRoutes(app: App, office: Office): void {
  app.route({
    ...listSpecialFamilies,
    handler: async (request, reply) => {
      const page = await service.listFamilies(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
  app.route({
    ...getSpecialFamily,
    handler: async ({ access, params }, reply) => {
      const family = await service.readFamily(office, access, params.id)
      return withVersion(reply, family.version).send(family)
    },
  })
  app.route({
    ...identifyFamily,
    handler: async ({ access, body }, reply) =>
      await reply.code(201).send(await service.identify(office, access, body)),
  })
  app.route({
    ...assignContact,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await caring.assign(office, access, params.id, body)),
  })
  app.route({
    ...listContactCandidates,
    handler: ({ access, params, query }) => caring.listCandidates(office, access, params.id, query.tier),
  })
  app.route({
    ...consentToContact,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await caring.consent(office, access, params.id, body)),
  })
  app.route({
    ...openSupportFile,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await caring.openFile(office, access, params.id, body.openedOn)),
  })
  app.route({
    ...addFamilyMember,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await caring.changeMember(office, access, params.id, body)),
  })
  app.route({
    ...giveFamilyService,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await caring.giveService(office, access, params.id, body)),
  })
  app.route({
    ...offerBenefit,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await offers.offer(office, access, params.id, body)),
  })
  app.route({
    ...answerFamilyOffer,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await offers.answer(office, access, params, body)),
  })
  app.route({
    ...closeFamily,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await caring.close(office, access, params.id, body)),
  })
  app.route({
    ...revealFamily,
    handler: ({ access, params, body }) => service.reveal(office, access, params.id, body),
  })
  app.route({ ...getFamilyCoverage, handler: ({ access }) => service.readCoverage(office, access) })

  app.route({ ...listMyFamilies, handler: ({ access, query }) => contacts.listMine(office, access, query) })
  app.route({
    ...getMyFamily,
    handler: ({ access, params }) => contacts.readMine(office, access, params.id),
  })
  app.route({
    ...recordFamilyVisit,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await contacts.recordVisit(office, access, params.id, body)),
  })
  app.route({
    ...voidFamilyVisit,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await contacts.takeBackVisit(office, access, params, body.reason)),
  })
}
