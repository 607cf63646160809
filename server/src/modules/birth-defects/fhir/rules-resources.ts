import { fhirSystems } from '@youyu/shared/birth-defects/fhir'
import type { LabResult, LabWork } from '@youyu/shared/birth-defects/laboratory'

export type Terms = {
  panel: { nameZh: string; loinc: string | null }
  analytes: ReadonlyMap<string, { nameZh: string; loinc: string | null }>
}

const request = (order: LabWork) => ({
  reference: `ServiceRequest/${order.id}`,
  identifier: { system: fhirSystems.barcode, value: order.barcode },
})
const coded = (
  system: string,
  code: string,
  named: { nameZh: string; loinc: string | null } | undefined,
) => ({
  coding: [{ system, code }, ...(named?.loinc ? [{ system: fhirSystems.loinc, code: named.loinc }] : [])],
  ...(named && { text: named.nameZh }),
})

const requestStatus = {
  ORDERED: 'active',
  RECEIVED: 'active',
  RESULTED: 'completed',
  REJECTED: 'revoked',
  CANCELLED: 'revoked',
} as const

export function serviceRequestOf(order: LabWork, { panel }: Terms) {
  return {
    resourceType: 'ServiceRequest',
    id: order.id,
    meta: { versionId: String(order.version) },
    identifier: [{ system: fhirSystems.barcode, value: order.barcode }],
    status: requestStatus[order.state],
    intent: 'order',
    code: coded(fhirSystems.panel, order.panelCode, panel),
    subject: subjectOf(order),
    authoredOn: order.orderedOn,
    requester: { display: order.orderedBy },
    performer: [{ display: order.lab }],
  }
}

/** As on the label and no more: whose sample it is, the ordering facility knows. */
function subjectOf({ name, birthYear }: LabWork) {
  return { display: [name, birthYear].filter((part) => part !== null).join(' ') || 'unknown' }
}

export function observationOf(order: LabWork, result: LabResult, { analytes }: Terms) {
  const { id, analyte, flag, number, unit, note, measuredOn, revision, recordedAt, voidedAt } = result
  const flagged = flag === null ? null : { coding: [{ system: fhirSystems.flag, code: flag }] }
  return {
    resourceType: 'Observation',
    id,
    meta: { versionId: String(revision) },
    basedOn: [request(order)],
    status: voidedAt ? 'entered-in-error' : revision > 1 ? 'corrected' : 'final',
    code: coded(fhirSystems.analyte, analyte, analytes.get(analyte)),
    subject: subjectOf(order),
    effectiveDateTime: measuredOn,
    issued: recordedAt,
    ...(number !== null
      ? {
          valueQuantity: { value: number, ...(unit && { unit }) },
          ...(flagged && { interpretation: [flagged] }),
        }
      : flagged && { valueCodeableConcept: flagged }),
    ...(note && { note: [{ text: note }] }),
  }
}

export function diagnosticReportOf(order: LabWork, results: readonly LabResult[], { panel }: Terms) {
  const standing = results.filter(({ voidedAt }) => voidedAt === null)
  const isCorrected = standing.some(({ revision }) => revision > 1)
  return {
    resourceType: 'DiagnosticReport',
    id: order.id,
    identifier: [{ system: fhirSystems.barcode, value: order.barcode }],
    basedOn: [request(order)],
    status: order.state === 'RESULTED' ? (isCorrected ? 'corrected' : 'final') : 'partial',
    code: coded(fhirSystems.panel, order.panelCode, panel),
    subject: subjectOf(order),
    ...(order.resultedOn && { effectiveDateTime: order.resultedOn }),
    result: standing.map(({ id }) => ({ reference: `Observation/${id}` })),
  }
}

export function searchsetOf(resources: readonly { resourceType: string; id: string }[], next: string | null) {
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(next && { link: [{ relation: 'next', url: next }] }),
    entry: resources.map((resource) => ({
      fullUrl: `${resource.resourceType}/${resource.id}`,
      resource,
      search: { mode: 'match' },
    })),
  }
}

const interactions = (...codes: string[]) => codes.map((code) => ({ code }))
const searched = { searchParam: [{ name: 'identifier', type: 'token' }] }

export function capabilityStatement(date: string) {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date,
    kind: 'instance',
    software: { name: 'Youyu' },
    implementation: { description: 'Laboratory orders and results of a county' },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json'],
    rest: [
      {
        mode: 'server',
        security: {
          service: [
            {
              coding: [
                { system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'OAuth' },
              ],
            },
          ],
          description: 'OAuth 2 client credentials at /oauth/token, scope care.lab',
        },
        interaction: interactions('transaction', 'batch'),
        resource: [
          { type: 'ServiceRequest', interaction: interactions('read', 'search-type'), ...searched },
          { type: 'DiagnosticReport', interaction: interactions('read', 'search-type'), ...searched },
          { type: 'Observation', interaction: interactions('read', 'search-type'), ...searched },
        ],
      },
    ],
  }
}

/** A problem document as FHIR says it: each field by the element of its entry. */
export function operationOutcomeOf(problem: {
  status: number
  code: string
  title: string
  errors?: readonly { pointer: string; code: string; detail?: string }[]
}) {
  const kind = kinds[problem.status] ?? (problem.status >= 500 ? 'exception' : 'invalid')
  const named = problem.errors ?? []
  const issues = named.length > 0 ? named : [{ pointer: '', code: problem.code, detail: problem.title }]
  return {
    resourceType: 'OperationOutcome',
    issue: issues.map(({ pointer, code, detail }) => ({
      severity: 'error',
      code: kind,
      details: { coding: [{ system: 'urn:youyu:problem', code }], ...(detail && { text: detail }) },
      ...(pointer && { expression: [expressionOf(pointer)] }),
    })),
  }
}

const kinds: Record<number, string> = {
  401: 'login',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  413: 'too-long',
  429: 'throttled',
  503: 'transient',
  507: 'no-store',
}

/** `/entry/3/resource/code` → `Bundle.entry[3].resource.code`. */
export function expressionOf(pointer: string): string {
  const parts = pointer.split('/').filter(Boolean)
  return parts.reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : `${path}.${part}`), 'Bundle')
}
