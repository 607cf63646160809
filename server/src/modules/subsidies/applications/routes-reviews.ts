import {
  acceptApplication,
  acceptTogether,
  approveInCity,
  approveTogether,
  confirmInCounty,
  confirmTogether,
  giveVillageOpinion,
  lapseVillageOpinion,
  opineTogether,
  reconsiderApplication,
  reconsiderInCity,
  reviewInTownship,
  reviewTogether,
} from '@youyu/shared/subsidies/application-reviews'
import type {
  Reconsideration,
  TierReview,
  TogetherRequest,
} from '@youyu/shared/subsidies/application-reviews'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Id } from '@youyu/shared/values'
import type { Application } from '@youyu/shared/subsidies/application-case'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import type { App, Office } from '../../../office.ts'
import { inCounty } from '../attachments/index.ts'
import * as reviewing from './reviewing.ts'
import { passTogether, type TogetherStep } from './together.ts'

const created = (reply: FastifyReply, application: Application) =>
  withVersion(reply, application.version).code(201).send(application)

export function reviewRoutes(app: App, office: Office): void {
  app.route({
    ...acceptApplication,
    handler: async (request, reply) => {
      const { access, params, body } = request
      return created(reply, await reviewing.accept(office, access, params.id, versionExpected(request), body))
    },
  })

  app.route({
    ...giveVillageOpinion,
    handler: async (request, reply) => {
      const { access, params, body } = request
      return created(reply, await reviewing.opine(office, access, params.id, versionExpected(request), body))
    },
  })

  app.route({
    ...lapseVillageOpinion,
    handler: async (request, reply) => {
      const { access, params } = request
      return created(reply, await reviewing.lapse(office, access, params.id, versionExpected(request)))
    },
  })

  app.route({ ...reviewInTownship, handler: (request, reply) => tier(office, request, reply, 'TOWN_REVIEW') })
  app.route({
    ...confirmInCounty,
    handler: (request, reply) => tier(office, request, reply, 'COUNTY_CONFIRM'),
  })
  app.route({ ...approveInCity, handler: (request, reply) => tier(office, request, reply, 'CITY_APPROVE') })
  app.route({ ...reconsiderApplication, handler: (request, reply) => answer(office, request, reply, false) })
  app.route({ ...reconsiderInCity, handler: (request, reply) => answer(office, request, reply, true) })

  app.route({ ...acceptTogether, handler: (request) => together(office, request, 'SUBMITTED') })
  app.route({ ...opineTogether, handler: (request) => together(office, request, 'VILLAGE_OPINION') })
  app.route({ ...reviewTogether, handler: (request) => together(office, request, 'TOWN_REVIEW') })
  app.route({ ...confirmTogether, handler: (request) => together(office, request, 'COUNTY_CONFIRM') })
  app.route({ ...approveTogether, handler: (request) => together(office, request, 'CITY_APPROVE') })
}

type Sent<Body> = Pick<FastifyRequest, 'access' | 'headers'> & {
  body: Body
  query: { county?: number | undefined }
}
type SentTo<Body> = Sent<Body> & { params: { id: Id } }

async function tier(
  office: Office,
  request: SentTo<TierReview>,
  reply: FastifyReply,
  step: Parameters<typeof reviewing.review>[4],
) {
  const { params, body } = request
  const version = versionExpected(request)
  return created(reply, await reviewing.review(office, placed(request), params.id, version, step, body))
}

async function answer(
  office: Office,
  request: SentTo<Reconsideration>,
  reply: FastifyReply,
  isCity: boolean,
) {
  const { params, body } = request
  const version = versionExpected(request)
  return created(reply, await reviewing.reconsider(office, placed(request), params.id, version, body, isCity))
}

const together = (office: Office, request: Sent<TogetherRequest>, step: TogetherStep) =>
  passTogether(office, placed(request), step, request.body)

const placed = ({ access, query }: Pick<Sent<unknown>, 'access' | 'query'>) => inCounty(access, query.county)
