import type { FastifyRequest } from 'fastify'
import {
  changeUser,
  createUser,
  endUserSessions,
  getUser,
  giveGrant,
  listRoles,
  listUsers,
  resetPassword,
  resetSecondFactor,
  withdrawGrant,
} from '@youyu/shared/accounts'
import { Role, roles, separatedRoles } from '@youyu/shared/permissions'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { keyIn, linkNext, pageOf } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { giveGrant as give, giverOf, withdrawGrant as withdraw } from '../grants/service.ts'
import * as queries from './queries.ts'
import * as service from './service.ts'

const giver = (request: FastifyRequest) => giverOf(request.actor!, request.access)

export function userRoutes(app: App, office: Office): void {
  const { db, now } = office

  app.route({
    ...listRoles,
    handler: (request) => {
      const givable = new Set(giver(request).giving.flatMap(({ role }) => roles[role].mayGive))
      const described = Role.options.map((role) => {
        const { zh, en, levels, permissions, purposes, secondFactor } = roles[role]
        return {
          role,
          zh,
          en,
          levels: [...levels],
          permissions: [...permissions],
          purposes: [...purposes],
          secondFactor,
          grantable: givable.has(role),
        }
      })
      return { roles: described, separated: separatedRoles.map(([one, other]): [Role, Role] => [one, other]) }
    },
  })

  app.route({
    ...listUsers,
    handler: async (request, reply) => {
      const { limit, cursor, ...filter } = request.query
      const after = keyIn(cursor, ['string'])?.[0] ?? null
      const rows = await queries.listUsers(db.statements, request.access.prefixes, filter, after, limit + 1)
      const page = pageOf(
        rows,
        limit,
        (row) => queries.toUser(row, now()),
        ({ username }) => [username],
      )
      return await linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...getUser,
    handler: async (request, reply) => {
      const user = await service.seenUser(db.statements, request.access, request.params.id, now())
      return await withVersion(reply, user.version).send(user)
    },
  })

  app.route({
    ...createUser,
    handler: async (request, reply) => {
      const created = await service.createUser(office, giver(request), request.body)
      return await withVersion(reply.code(201), created.user.version).send(created)
    },
  })

  app.route({
    ...changeUser,
    handler: async (request, reply) => {
      const user = await service.changeUser(
        office,
        giver(request),
        request.params.id,
        versionExpected(request),
        request.body,
      )
      return await withVersion(reply, user.version).send(user)
    },
  })

  app.route({
    ...resetPassword,
    handler: async (request) => ({
      firstPassword: await service.resetPassword(office, giver(request), request.params.id),
    }),
  })

  app.route({
    ...resetSecondFactor,
    handler: async (request, reply) => {
      await service.resetSecondFactor(office, giver(request), request.params.id)
      return await reply.code(204).send(null)
    },
  })

  app.route({
    ...endUserSessions,
    handler: async (request, reply) => {
      await service.endSessionsOf(office, giver(request), request.params.id)
      return await reply.code(204).send(null)
    },
  })

  app.route({
    ...giveGrant,
    handler: async (request, reply) => {
      return await reply.code(201).send(await give(office, giver(request), request.params.id, request.body))
    },
  })

  app.route({
    ...withdrawGrant,
    handler: async (request, reply) => {
      await withdraw(office, giver(request), request.params.id, request.params.grantId)
      return await reply.code(204).send(null)
    },
  })
}
