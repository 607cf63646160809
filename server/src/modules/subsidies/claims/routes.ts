import {
  checkClaims,
  getClaimMatch,
  judgeClaimMatch,
  listClaimLists,
  listClaimMatches,
  listClaimRefusals,
  loadClaimList,
  notifyCounties,
  resolveClaimMatch,
  searchClaims,
} from '@youyu/shared/subsidies/claims'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { receiveFile } from '../attachments/index.ts'
import * as lists from './lists.ts'
import * as service from './service.ts'

export function claimRoutes(app: App, office: Office): void {
  app.route({
    ...listClaimMatches,
    handler: async (request, reply) => {
      const page = await service.listMatches(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...getClaimMatch,
    handler: async ({ access, params }, reply) => {
      const match = await service.readMatch(office, access, params.id)
      return withVersion(reply, match.version).send(match)
    },
  })

  app.route({
    ...judgeClaimMatch,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const match = await service.judge(office, access, params.id, versionExpected(request), body)
      return await withVersion(reply, match.version).code(201).send(match)
    },
  })

  app.route({
    ...notifyCounties,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const version = versionExpected(request)
      const match = await service.notify(office, access, params.id, version, body.letterNumber)
      return await withVersion(reply, match.version).code(201).send(match)
    },
  })

  app.route({
    ...resolveClaimMatch,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const match = await service.resolve(office, access, params.id, versionExpected(request), body)
      return await withVersion(reply, match.version).code(201).send(match)
    },
  })

  app.route({
    ...searchClaims,
    handler: async ({ access, body }, reply) =>
      await reply.code(201).send(await service.search(office, access, body.programme)),
  })

  app.route({
    ...loadClaimList,
    handler: async (request, reply) => {
      const received = await receiveFile(request, ['title'], lists.MAX_LIST_BYTES)
      return await reply.code(201).send(await lists.loadList(office, request.access, received))
    },
  })

  app.route({ ...listClaimLists, handler: ({ access }) => lists.listLists(office, access) })

  app.route({ ...listClaimRefusals, handler: ({ access }) => service.refusalsOf(office, access) })

  app.route({ ...checkClaims, handler: ({ access, body }) => lists.answerClaims(office, access, body) })
}
