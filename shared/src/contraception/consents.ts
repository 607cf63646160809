import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { ConsentEvidence, ConsentGiver, ConsentKind, ProcedureType } from './care-value-sets.ts'

/** 同意书. SHARING lets the facility that keeps it read what others recorded of her; abortions never. */
export const Consent = z.object({
  id: Id,
  clientId: Id,
  kind: ConsentKind,
  /** Of a PROCEDURE consent. */
  procedureType: ProcedureType.nullable(),
  givenOn: CivilDate,
  givenBy: ConsentGiver,
  guardianName: z.string().nullable(),
  evidence: ConsentEvidence,
  formReference: z.string().nullable(),
  /** Language in which it was explained. */
  language: z.string(),
  /** Given by herself between 14 and 17: guardians are not told. */
  isConfidential: z.boolean(),
  withdrawnOn: CivilDate.nullable(),
  withdrawalReason: z.string().nullable(),
  recordedAt: Instant,
  recordedBy: z.string().nullable(),
  voidedAt: Instant.nullable(),
  voidReason: z.string().nullable(),
})
export type Consent = z.infer<typeof Consent>

export const consentFields = {
  kind: ConsentKind,
  procedureType: ProcedureType.optional(),
  givenOn: CivilDate,
  givenBy: ConsentGiver.default('SELF'),
  /** Required of a client under 14. */
  guardianName: Text(50).optional(),
  evidence: ConsentEvidence,
  formReference: Text(60).optional(),
  language: Text(20).default('zh'),
}

export const NewConsent = z.strictObject({ clientId: Id, ...consentFields })
export type NewConsent = z.output<typeof NewConsent>

const params = z.strictObject({ id: Id })

export const listConsents = defineEndpoint({
  method: 'GET',
  url: '/api/v1/care-consents',
  schema: {
    summary: 'Consents given at my facility, newest first',
    tags: ['care-consents'],
    querystring: z.strictObject({
      ...PageQuery,
      clientId: Id.optional(),
      kind: ConsentKind.optional(),
      /** Neither withdrawn nor voided. */
      standing: QueryFlag.optional(),
    }),
    response: { 200: Page(Consent) },
  },
  config: { permission: 'care.read', dataClass: 'L4' },
})

export const getConsent = defineEndpoint({
  method: 'GET',
  url: '/api/v1/care-consents/:id',
  schema: { summary: 'One consent', tags: ['care-consents'], params, response: { 200: Consent } },
  config: { permission: 'care.read', dataClass: 'L4' },
})

export const recordConsent = defineEndpoint({
  method: 'POST',
  url: '/api/v1/care-consents',
  schema: {
    summary: 'Record a consent: a guardian’s under 14, her own from 14 on',
    tags: ['care-consents'],
    body: NewConsent,
    response: { 201: Consent },
  },
  config: { permission: 'care.record', dataClass: 'L4', idempotent: true },
})

export const withdrawConsent = defineEndpoint({
  method: 'POST',
  url: '/api/v1/care-consents/:id/withdrawal',
  schema: {
    summary: 'She withdraws a consent; what was done before stands',
    tags: ['care-consents'],
    params,
    body: z.strictObject({ withdrawnOn: CivilDate, reason: Text(200).optional() }),
    response: { 201: Consent },
  },
  config: { permission: 'care.record', dataClass: 'L4', idempotent: true },
})

export const voidConsent = defineEndpoint({
  method: 'POST',
  url: '/api/v1/care-consents/:id/void',
  schema: {
    summary: 'Void a consent recorded wrongly',
    tags: ['care-consents'],
    params,
    body: z.strictObject({ reason: Text(200) }),
    response: { 201: Consent },
  },
  config: { permission: 'care.record', dataClass: 'L4', idempotent: true },
})
