import {
  getMecEdition,
  getMecEditionInForce,
  listLocalRules,
  listMecEditions,
  publishMecEdition,
  withdrawMecEdition,
} from '@youyu/shared/contraception/mec-editions'
import type { App, Office } from '../../../../office.ts'
import {
  listEditions,
  previewEdition,
  publishEdition,
  readEdition,
  readEditionInForce,
  readLocalRules,
  takeBackEdition,
} from './service.ts'

export function editionRoutes(app: App, office: Office): void {
  app.route({ ...listMecEditions, handler: (request) => listEditions(office, request.access) })

  app.route({
    ...getMecEditionInForce,
    handler: (request) => readEditionInForce(office, request.access, request.query.on),
  })

  app.route({
    ...getMecEdition,
    handler: (request) => readEdition(office, request.access, request.params.edition),
  })

  app.route({
    ...publishMecEdition,
    handler: async (request, reply) => {
      if (request.query.dryRun) return await previewEdition(office, request.access, request.body)
      return await reply.code(201).send(await publishEdition(office, request.access, request.body))
    },
  })

  app.route({
    ...withdrawMecEdition,
    handler: (request) =>
      takeBackEdition(office, request.access, request.params.edition, request.body.reason),
  })

  app.route({
    ...listLocalRules,
    handler: (request) => readLocalRules(office, request.access, request.query.on),
  })
}
