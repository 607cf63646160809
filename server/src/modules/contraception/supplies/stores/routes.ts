import {
  changeSupplyStore,
  createSupplyStore,
  getShelf,
  getStoreMonth,
  getSupplyStore,
  listStockOuts,
  listSupplyAlerts,
  listSupplyItems,
  listSupplyStores,
} from '@youyu/shared/contraception/supplies'
import { versionExpected, withVersion } from '../../../../http/conditional.ts'
import { linkNext } from '../../../../http/paging.ts'
import type { App, Office } from '../../../../office.ts'
import { listItems } from '../items/service.ts'
import { listOuts } from '../stock-outs/service.ts'
import { listAlerts, readMonth, readShelf } from '../lots/service.ts'
import { addStore, listStores, patchStore, readStore } from './service.ts'

export function storeRoutes(app: App, office: Office): void {
  app.route({ ...listSupplyItems, handler: (request) => listItems(office, request.access, request.query) })

  app.route({
    ...listSupplyStores,
    handler: async (request, reply) => {
      const page = await listStores(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...createSupplyStore,
    handler: async (request, reply) => {
      const store = await addStore(office, request.access, request.body)
      return withVersion(reply, store.version)
        .code(201)
        .header('location', `/api/v1/supply-stores/${store.id}`)
        .send(store)
    },
  })

  app.route({
    ...getSupplyStore,
    handler: async (request, reply) => {
      const store = await readStore(office, request.access, request.params.id)
      return withVersion(reply, store.version).send(store)
    },
  })

  app.route({
    ...changeSupplyStore,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const store = await patchStore(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, store.version).send(store)
    },
  })

  app.route({ ...getShelf, handler: (request) => readShelf(office, request.access, request.params.id) })

  app.route({
    ...getStoreMonth,
    handler: ({ access, params }) => readMonth(office, access, params.id, params.month),
  })

  app.route({
    ...listSupplyAlerts,
    handler: async (request, reply) => {
      const page = await listAlerts(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...listStockOuts,
    handler: async (request, reply) => {
      const page = await listOuts(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
}
