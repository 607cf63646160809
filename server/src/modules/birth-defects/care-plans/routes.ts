import {
  changeHighRiskPlan,
  closeHighRiskPlan,
  getHighRiskPlan,
  listHighRiskPlans,
  openHighRiskPlan,
  settlePlanContact,
} from '@youyu/shared/birth-defects/care-plans'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import { changePlan, closePlan, listPlans, openPlan, readPlan, settleContact } from './service.ts'

export function carePlanRoutes(app: App, office: Office): void {
  app.route({
    ...listHighRiskPlans,
    handler: async (request, reply) => {
      const page = await listPlans(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...getHighRiskPlan,
    handler: async (request, reply) => {
      const plan = await readPlan(office, request.access, request.params.id)
      return withVersion(reply, plan.version).send(plan)
    },
  })

  app.route({
    ...openHighRiskPlan,
    handler: async (request, reply) => {
      const plan = await openPlan(office, request.access, request.body)
      return withVersion(reply, plan.version).code(201).send(plan)
    },
  })

  app.route({
    ...changeHighRiskPlan,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const plan = await changePlan(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, plan.version).send(plan)
    },
  })

  app.route({
    ...settlePlanContact,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const plan = await settleContact(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, plan.version).send(plan)
    },
  })

  app.route({
    ...closeHighRiskPlan,
    handler: async (request, reply) => {
      const { access, params, body } = request
      const plan = await closePlan(office, access, params.id, versionExpected(request), body)
      return withVersion(reply, plan.version).send(plan)
    },
  })
}
