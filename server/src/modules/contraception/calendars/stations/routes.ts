import {
  changeCheckStation,
  createBusyPeriod,
  createCheckStation,
  listBusyPeriods,
  listCheckStations,
  listHolidays,
  listVillageDistances,
  removeBusyPeriod,
  setVillageDistances,
} from '@youyu/shared/contraception/check-stations'
import { versionExpected, withVersion } from '../../../../http/conditional.ts'
import { linkNext } from '../../../../http/paging.ts'
import type { App, Office } from '../../../../office.ts'
import * as service from './service.ts'

export function stationRoutes(app: App, office: Office): void {
  app.route({
    ...listHolidays,
    handler: (request) => service.listHolidaysOf(office, request.access, request.query.year),
  })

  app.route({ ...listCheckStations, handler: (request) => service.listStations(office, request.access) })

  app.route({
    ...createCheckStation,
    handler: async (request, reply) => {
      const station = await service.openStation(office, request.access, request.body)
      return withVersion(reply, station.version).code(201).send(station)
    },
  })

  app.route({
    ...changeCheckStation,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const station = await service.patchStation(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, station.version).send(station)
    },
  })

  app.route({
    ...listVillageDistances,
    handler: async (request, reply) => {
      const page = await service.listDistances(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...setVillageDistances,
    handler: (request) => service.setDistances(office, request.access, request.body.rows),
  })

  app.route({
    ...listBusyPeriods,
    handler: (request) => service.listBusy(office, request.access, request.query.year),
  })

  app.route({
    ...createBusyPeriod,
    handler: async (request, reply) =>
      reply.code(201).send(await service.keepBusy(office, request.access, request.body)),
  })

  app.route({
    ...removeBusyPeriod,
    handler: async (request, reply) => {
      await service.removeBusy(office, request.access, request.params.id)
      return reply.code(204).send(null)
    },
  })
}
