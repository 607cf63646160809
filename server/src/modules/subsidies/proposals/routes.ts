import {
  declineProposal,
  fileProposals,
  getBenefitProposal,
  listProposals,
  reopenProposal,
} from '@youyu/shared/subsidies/proposals'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { decline, file, proposalsOf, readProposal, reopen } from './service.ts'

export function proposalRoutes(app: App, office: Office): void {
  app.route({
    ...listProposals,
    handler: async (request, reply) => {
      const page = await proposalsOf(office, request.access, request.query)
      void linkNext(request, reply, page.nextCursor)
      return page
    },
  })
  app.route({
    ...getBenefitProposal,
    handler: ({ access, params }) => readProposal(office, access, params.id),
  })
  app.route({
    ...declineProposal,
    handler: ({ access, params, body }) => decline(office, access, params.id, body),
  })
  app.route({ ...reopenProposal, handler: ({ access, params }) => reopen(office, access, params.id) })
  app.route({
    ...fileProposals,
    handler: async ({ access, body }, reply) => reply.code(201).send(await file(office, access, body)),
  })
}
