import {
  addReferralLink,
  changeReferralLink,
  getReferral,
  listReferralLinks,
  listReferrals,
  moveReferral,
  sendReferral,
} from '@youyu/shared/birth-defects/referrals'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { addLink, changeLink, listLinks } from './network/service.ts'
import { listAll, move, readReferral, send } from './service.ts'

export function referralRoutes(app: App, office: Office): void {
  app.route({ ...listReferralLinks, handler: ({ access, query }) => listLinks(office, access, query) })

  app.route({
    ...addReferralLink,
    handler: async ({ access, body }, reply) => {
      const link = await addLink(office, access, body)
      return withVersion(reply, link.version).code(201).send(link)
    },
  })

  app.route({
    ...changeReferralLink,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const link = await changeLink(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, link.version).send(link)
    },
  })

  app.route({
    ...listReferrals,
    handler: async (request, reply) => {
      const page = await listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...getReferral,
    handler: async (request, reply) => {
      const referral = await readReferral(office, request.access, request.params.id)
      return withVersion(reply, referral.version).send(referral)
    },
  })

  app.route({
    ...sendReferral,
    handler: async (request, reply) => {
      const referral = await send(office, request.access, request.body)
      return withVersion(reply, referral.version).code(201).send(referral)
    },
  })

  app.route({
    ...moveReferral,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const referral = await move(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, referral.version).send(referral)
    },
  })
}
