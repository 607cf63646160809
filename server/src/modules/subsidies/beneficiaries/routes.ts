import * as contracts from '@youyu/shared/subsidies/beneficiaries'
import type { Beneficiary, EntitlementPreview } from '@youyu/shared/subsidies/beneficiaries'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Access } from '../../../access/access.ts'
import { versionExpected, withVersion } from '../../../http/conditional.ts'
import { linkNext } from '../../../http/paging.ts'
import type { App, Office } from '../../../office.ts'
import * as service from './service.ts'

type Asked = FastifyRequest & {
  access: Access
  params: { id: string }
  query: { dryRun?: boolean | undefined }
}

export function beneficiaryRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.listBeneficiaries,
    handler: async (request, reply) => {
      const page = await service.listAll(office, request.access, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...contracts.getBeneficiary,
    handler: async ({ access, params }, reply) => {
      const beneficiary = await service.readBeneficiary(office, access, params.id)
      return withVersion(reply, beneficiary.version).send(beneficiary)
    },
  })

  const decide = async (
    request: Asked,
    reply: FastifyReply,
    deed: service.Deed,
  ): Promise<Beneficiary | EntitlementPreview> => {
    const { access, params } = request
    const version = versionExpected(request)
    if (request.query.dryRun) return await service.rehearse(office, access, params.id, version, deed)
    const beneficiary = await service.perform(office, access, params.id, version, deed)
    void withVersion(reply, beneficiary.version).code(201)
    return beneficiary
  }

  app.route({
    ...contracts.suspendBeneficiary,
    handler: (request, reply) => decide(request as Asked, reply, { suspend: request.body }),
  })
  app.route({
    ...contracts.resumeBeneficiary,
    handler: (request, reply) => decide(request as Asked, reply, { resume: request.body }),
  })
  app.route({
    ...contracts.stopBeneficiary,
    handler: (request, reply) => decide(request as Asked, reply, { stop: request.body }),
  })
  app.route({
    ...contracts.reinstateBeneficiary,
    handler: (request, reply) => decide(request as Asked, reply, { reinstate: request.body }),
  })
  app.route({
    ...contracts.changeLevel,
    handler: (request, reply) => decide(request as Asked, reply, { level: request.body }),
  })
  app.route({
    ...contracts.claimForEstate,
    handler: (request, reply) => decide(request as Asked, reply, { estate: request.body }),
  })
  app.route({
    ...contracts.changePayee,
    handler: (request, reply) => decide(request as Asked, reply, { payee: request.body }),
  })
  app.route({
    ...contracts.transferBeneficiary,
    handler: (request, reply) => decide(request as Asked, reply, { transfer: request.body }),
  })
  app.route({
    ...contracts.answerBeneficiaryTransfer,
    handler: (request, reply) => decide(request as Asked, reply, { answer: request.body }),
  })
}
