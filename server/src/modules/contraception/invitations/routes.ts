import {
  answerCheckInvitation,
  inviteClient,
  inviteToSession,
  listCheckInvitations,
  remindCheckInvitation,
} from '@youyu/shared/contraception/invitations'
import { listAttendance } from '@youyu/shared/contraception/sessions'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import * as service from './service.ts'

export function invitationRoutes(app: App, office: Office): void {
  app.route({
    ...listAttendance,
    handler: async (request, reply) => {
      const page = await service.listAttending(office, request.access, request.params.id, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...inviteToSession,
    handler: ({ access, params, body }) => service.inviteToOne(office, access, params.id, body.channel),
  })

  app.route({
    ...listCheckInvitations,
    handler: async (request, reply) => {
      const page = await service.listInvitations(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...inviteClient,
    handler: async (request, reply) => {
      const invitation = await service.inviteOne(office, request.access, request.body)
      return withVersion(reply, invitation.version).code(201).send(invitation)
    },
  })

  app.route({
    ...answerCheckInvitation,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const invitation = await service.answer(
        office,
        access,
        params.id,
        versionExpected(request),
        body.answer,
      )
      return withVersion(reply, invitation.version).send(invitation)
    },
  })

  app.route({
    ...remindCheckInvitation,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const invitation = await service.remind(
        office,
        access,
        params.id,
        versionExpected(request),
        body.channel,
      )
      return withVersion(reply, invitation.version).send(invitation)
    },
  })
}
