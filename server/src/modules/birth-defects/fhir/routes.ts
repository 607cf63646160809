import type { FastifyReply } from 'fastify'
import * as contracts from '@youyu/shared/birth-defects/fhir'
import { todayOf, type App, type Office } from '../../../office.ts'
import { capabilityStatement, operationOutcomeOf } from './rules-resources.ts'
import { readResource, searchResources, takeBundle } from './service.ts'

const FHIR = 'application/fhir+json; charset=utf-8'

export function fhirRoutes(app: App, office: Office): void {
  const answer = (reply: FastifyReply, resource: object) =>
    reply.type(FHIR).send(JSON.stringify(resource)) as never

  app.route({
    ...contracts.fhirMetadata,
    handler: (_, reply) => answer(reply, capabilityStatement(todayOf(office.now()))),
  })

  app.route({
    ...contracts.postFhirBundle,
    handler: async ({ access, body }, reply) => answer(reply, await takeBundle(office, access, body)),
  })

  app.route({
    ...contracts.listFhirServiceRequests,
    handler: async ({ access, query }, reply) =>
      answer(reply, await searchResources(office, access, 'ServiceRequest', query)),
  })

  app.route({
    ...contracts.listFhirDiagnosticReports,
    handler: async ({ access, query }, reply) =>
      answer(reply, await searchResources(office, access, 'DiagnosticReport', query)),
  })

  app.route({
    ...contracts.listFhirObservations,
    handler: async ({ access, query }, reply) =>
      answer(reply, await searchResources(office, access, 'Observation', query)),
  })

  app.route({
    ...contracts.getFhirServiceRequest,
    handler: async ({ access, params }, reply) =>
      answer(reply, await readResource(office, access, 'ServiceRequest', params.id)),
  })

  app.route({
    ...contracts.getFhirDiagnosticReport,
    handler: async ({ access, params }, reply) =>
      answer(reply, await readResource(office, access, 'DiagnosticReport', params.id)),
  })

  app.route({
    ...contracts.getFhirObservation,
    handler: async ({ access, params }, reply) =>
      answer(reply, await readResource(office, access, 'Observation', params.id)),
  })

  answerAsOutcomes(app)
}

/** Refusals to who speaks FHIR are OperationOutcomes, whoever refuses; to all others the problem document stays. */
function answerAsOutcomes(app: App): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    const isFhir = request.routeOptions.url?.startsWith('/api/v1/fhir')
    const spoken = `${request.headers.accept ?? ''} ${request.headers['content-type'] ?? ''}`
    const isProblem = String(reply.getHeader('content-type') ?? '').startsWith('application/problem+json')
    if (!isFhir || !isProblem || !spoken.includes('fhir') || typeof payload !== 'string')
      return done(null, payload)
    const problem = JSON.parse(payload) as Parameters<typeof operationOutcomeOf>[0]
    const outcome = JSON.stringify(operationOutcomeOf(problem))
    void reply.header('content-type', FHIR).header('content-length', Buffer.byteLength(outcome))
    done(null, outcome)
  })
}
