import {
  cancelRequisition,
  changeRequisition,
  closeRequisition,
  decideRequisition,
  getProposal,
  getRequisition,
  listRequisitions,
  openRequisition,
  shipRequisition,
  submitRequisition,
} from '@youyu/shared/contraception/supplies-requisitions'
import { versionExpected, withVersion } from '../../../../http/conditional.ts'
import { linkNext } from '../../../../http/paging.ts'
import type { App, Office } from '../../../../office.ts'
import { listAll, open, patch, readOne, readProposal } from './service.ts'
import { cancel, close, decide, shipApproved, submit } from './steps.ts'

export function requisitionRoutes(app: App, office: Office): void {
  app.route({ ...getProposal, handler: ({ access, params }) => readProposal(office, access, params.id) })

  app.route({
    ...listRequisitions,
    handler: async (request, reply) => {
      const page = await listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...getRequisition,
    handler: async ({ access, params }, reply) => {
      const requisition = await readOne(office, access, params.id)
      return withVersion(reply, requisition.version).send(requisition)
    },
  })

  app.route({
    ...openRequisition,
    handler: async ({ access, body }, reply) => {
      const requisition = await open(office, access, body)
      return withVersion(reply, requisition.version)
        .code(201)
        .header('location', `/api/v1/supply-requisitions/${requisition.id}`)
        .send(requisition)
    },
  })

  app.route({
    ...changeRequisition,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const requisition = await patch(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, requisition.version).send(requisition)
    },
  })

  app.route({
    ...submitRequisition,
    handler: async (request, reply) => {
      const requisition = await submit(office, request.access, request.params.id, versionExpected(request))
      return withVersion(reply, requisition.version).send(requisition)
    },
  })

  app.route({
    ...decideRequisition,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const requisition = await decide(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, requisition.version).send(requisition)
    },
  })

  app.route({
    ...shipRequisition,
    handler: async ({ access, params, body }, reply) =>
      reply.code(201).send(await shipApproved(office, access, params.id, body)),
  })

  app.route({
    ...closeRequisition,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const requisition = await close(office, access, params.id, versionExpected(request), body.reason)
      return withVersion(reply, requisition.version).send(requisition)
    },
  })

  app.route({
    ...cancelRequisition,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const requisition = await cancel(office, access, params.id, versionExpected(request), body.reason)
      return withVersion(reply, requisition.version).send(requisition)
    },
  })
}
