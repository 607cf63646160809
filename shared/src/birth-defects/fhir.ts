import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { Cursor, Id } from '../values.ts'
import { Barcode } from './lab-codes.ts'

/** The systems of our own codes. */
export const fhirSystems = {
  barcode: 'urn:youyu:lab-barcode',
  analyte: 'urn:youyu:lab-analyte',
  panel: 'urn:youyu:lab-panel',
  flag: 'urn:youyu:lab-flag',
  batch: 'urn:youyu:lab-batch',
  loinc: 'http://loinc.org',
  interpretation: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation',
} as const

const FhirText = z.string().max(2000)
export const FhirIdentifier = z.looseObject({ system: FhirText.optional(), value: FhirText.optional() })
export const FhirReference = z.looseObject({
  reference: FhirText.optional(),
  identifier: FhirIdentifier.optional(),
})
export const FhirCodeableConcept = z.looseObject({
  coding: z
    .array(
      z.looseObject({ system: FhirText.optional(), code: FhirText.optional(), display: FhirText.optional() }),
    )
    .max(20)
    .optional(),
  text: FhirText.optional(),
})
export type FhirCodeableConcept = z.infer<typeof FhirCodeableConcept>
export const FhirObservation = z.looseObject({
  resourceType: z.literal('Observation'),
  status: FhirText,
  code: FhirCodeableConcept,
  basedOn: z.array(FhirReference).max(10).optional(),
  effectiveDateTime: FhirText.optional(),
  issued: FhirText.optional(),
  valueQuantity: z
    .looseObject({
      value: z.number().optional(),
      comparator: FhirText.optional(),
      unit: FhirText.optional(),
      code: FhirText.optional(),
    })
    .optional(),
  valueCodeableConcept: FhirCodeableConcept.optional(),
  interpretation: z.array(FhirCodeableConcept).max(10).optional(),
  note: z
    .array(z.looseObject({ text: FhirText.optional() }))
    .max(10)
    .optional(),
})
export type FhirObservation = z.infer<typeof FhirObservation>
export const FhirDiagnosticReport = z.looseObject({
  resourceType: z.literal('DiagnosticReport'),
  status: FhirText,
  basedOn: z.array(FhirReference).max(10).optional(),
  effectiveDateTime: FhirText.optional(),
  issued: FhirText.optional(),
  result: z.array(FhirReference).max(200).optional(),
})
export type FhirDiagnosticReport = z.infer<typeof FhirDiagnosticReport>
export const FhirServiceRequest = z.looseObject({
  resourceType: z.literal('ServiceRequest'),
  identifier: z.array(FhirIdentifier).max(20).optional(),
})
const FhirEntry = z.looseObject({
  fullUrl: FhirText.optional(),
  resource: z.looseObject({ resourceType: z.string().max(64), id: FhirText.optional() }),
})
/** The part of FHIR R4 that is read; other elements of these resources are passed over, other resources refused. */
export const FhirBundle = z.looseObject({
  resourceType: z.literal('Bundle'),
  id: FhirText.optional(),
  identifier: FhirIdentifier.optional(),
  /** transaction and message: all or nothing; batch: each entry for itself. */
  type: z.enum(['transaction', 'message', 'batch']),
  entry: z.array(FhirEntry).min(1).max(1500),
})
export type FhirBundle = z.infer<typeof FhirBundle>

const tags = ['fhir'] as [string]
const measuring = { permission: 'care.lab', dataClass: 'L4', raw: true } as const
const response = { 200: z.string() }
const params = z.strictObject({ id: Id })
const querystring = z.strictObject({
  /** The barcode, with or without its system and `|`. */
  identifier: z.string().max(80).optional(),
  _count: z.coerce.number().int().min(1).max(200).default(50),
  cursor: Cursor.optional(),
})
export const fhirMetadata = defineEndpoint({
  method: 'GET',
  url: '/api/v1/fhir/metadata',
  schema: { summary: 'FHIR R4 CapabilityStatement', tags, response },
  config: { permission: 'public', dataClass: 'L0', raw: true },
})
export const postFhirBundle = defineEndpoint({
  method: 'POST',
  url: '/api/v1/fhir',
  schema: {
    summary: 'A Bundle of DiagnosticReport and Observation: results of my laboratory',
    tags,
    body: FhirBundle,
    response,
  },
  config: measuring,
})
export const listFhirServiceRequests = defineEndpoint({
  method: 'GET',
  url: '/api/v1/fhir/ServiceRequest',
  schema: { summary: 'Orders of mine as a searchset', tags, querystring, response },
  config: measuring,
})
export const getFhirServiceRequest = defineEndpoint({
  method: 'GET',
  url: '/api/v1/fhir/ServiceRequest/:id',
  schema: { summary: 'One order', tags, params, response },
  config: measuring,
})
export const listFhirDiagnosticReports = defineEndpoint({
  method: 'GET',
  url: '/api/v1/fhir/DiagnosticReport',
  schema: { summary: 'Reports of orders of mine as a searchset', tags, querystring, response },
  config: measuring,
})
export const getFhirDiagnosticReport = defineEndpoint({
  method: 'GET',
  url: '/api/v1/fhir/DiagnosticReport/:id',
  schema: { summary: 'The report of one order', tags, params, response },
  config: measuring,
})
export const listFhirObservations = defineEndpoint({
  method: 'GET',
  url: '/api/v1/fhir/Observation',
  schema: { summary: 'Answers to orders of mine as a searchset', tags, querystring, response },
  config: measuring,
})
export const getFhirObservation = defineEndpoint({
  method: 'GET',
  url: '/api/v1/fhir/Observation/:id',
  schema: { summary: 'One answer', tags, params, response },
  config: measuring,
})

/** The barcode in a search parameter of type token. */
export function barcodeIn(token: string): string | null {
  const [system, value] = token.includes('|') ? token.split('|', 2) : ['', token]
  if (system !== '' && system !== fhirSystems.barcode) return null
  const parsed = Barcode.safeParse(value)
  return parsed.success ? parsed.data : null
}
