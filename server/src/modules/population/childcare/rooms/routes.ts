import {
  changeMotherInfantRoom,
  createMotherInfantRoom,
  getMotherInfantRoom,
  listMotherInfantRooms,
  removeMotherInfantRoom,
} from '@youyu/shared/population/mother-infant-rooms'
import { versionExpected, withVersion } from '../../../../http/conditional.ts'
import { linkNext } from '../../../../http/paging.ts'
import type { App, Office } from '../../../../office.ts'
import { addRoom, listRooms, patchRoom, readRoom, removeRoom } from './service.ts'

export function roomRoutes(app: App, office: Office): void {
  app.route({
    ...listMotherInfantRooms,
    handler: async (request, reply) => {
      const page = await listRooms(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...createMotherInfantRoom,
    handler: async (request, reply) => {
      const room = await addRoom(office, request.access, request.body)
      return withVersion(reply, room.version)
        .code(201)
        .header('location', `/api/v1/mother-infant-rooms/${room.id}`)
        .send(room)
    },
  })

  app.route({
    ...getMotherInfantRoom,
    handler: async (request, reply) => {
      const room = await readRoom(office, request.access, request.params.id)
      return withVersion(reply, room.version).send(room)
    },
  })

  app.route({
    ...changeMotherInfantRoom,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const room = await patchRoom(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, room.version).send(room)
    },
  })

  app.route({
    ...removeMotherInfantRoom,
    handler: async (request, reply) => {
      await removeRoom(office, request.access, request.params.id, versionExpected(request))
      return reply.code(204).send(null)
    },
  })
}
