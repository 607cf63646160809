import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, Text } from '../values.ts'
import { CheckItem, FindingKind, FindingTreatment, Icd10 } from './check-codes.ts'
import { ProgrammeCode } from './programmes.ts'

const PlaceName = z.object({ code: DivisionCode, name: z.string() })
const params = z.strictObject({ id: Id })
const tags = ['check-ups'] as [string]

const finding = {
  icd10: Icd10,
  treatment: FindingTreatment,
  treatedOn: CivilDate.nullable(),
  referredTo: Text(100).nullable(),
  /** Enciphered. */
  note: Text(500).nullable(),
}
export const NewCheckFinding = z
  .strictObject(finding)
  .partial({ treatedOn: true, referredTo: true, note: true })
export type NewCheckFinding = z.infer<typeof NewCheckFinding>

/** What was measured and seen; enciphered as it is. */
export const CheckResult = z.strictObject({
  systolic: z.int().min(40).max(300).optional(),
  diastolic: z.int().min(20).max(200).optional(),
  hpv: z.enum(['NEGATIVE', 'POSITIVE', 'INVALID']).optional(),
  cytology: z.enum(['NILM', 'ASC_US', 'LSIL', 'ASC_H', 'HSIL', 'SCC', 'AGC', 'INVALID']).optional(),
  hbsAg: z.enum(['NEGATIVE', 'POSITIVE']).optional(),
  hiv: z.enum(['NEGATIVE', 'REACTIVE']).optional(),
  syphilis: z.enum(['NEGATIVE', 'REACTIVE']).optional(),
  iudInPlace: z.boolean().optional(),
  ultrasound: Text(500).optional(),
  breast: Text(300).optional(),
  laboratory: Text(500).optional(),
  advice: Text(500).optional(),
})
export type CheckResult = z.infer<typeof CheckResult>

/** The check-up inside an encounter: who, when and where stand in the encounter. */
export const CheckPart = z.strictObject({
  programme: ProgrammeCode.optional(),
  items: z.array(CheckItem).min(1).max(20),
  /** Given on its own; without it no HBsAg, HIV or syphilis test. */
  infectionConsent: z.boolean().optional(),
  findings: z.array(NewCheckFinding).max(12).optional(),
  result: CheckResult.optional(),
})
export type CheckPart = z.infer<typeof CheckPart>

export const CheckPlace = z.enum(['STATION', 'VILLAGE', 'HOME'])
export const NewCheckVisit = CheckPart.extend({
  clientId: Id,
  occurredOn: CivilDate,
  place: CheckPlace,
  /** The village where it was, when not the session's. */
  venueDivision: DivisionCode.optional(),
  sessionId: Id.optional(),
  outreachId: Id.optional(),
})
export type NewCheckVisit = z.infer<typeof NewCheckVisit>

export const CheckVisitRow = z.object({
  id: Id,
  client: z.object({ id: Id, name: z.string(), sex: z.string(), birthDate: CivilDate }),
  occurredOn: CivilDate,
  place: CheckPlace,
  programme: ProgrammeCode.nullable(),
  items: z.array(CheckItem),
  hasFinding: z.boolean(),
  isTreated: z.boolean(),
  /** Recorded by my facility; otherwise shared by her consent. */
  isMine: z.boolean(),
  voidedAt: Instant.nullable(),
})
export type CheckVisitRow = z.infer<typeof CheckVisitRow>
export const CheckVisit = CheckVisitRow.extend({
  venue: PlaceName.nullable(),
  sessionId: Id.nullable(),
  outreachId: Id.nullable(),
  encounterId: Id.nullable(),
  infectionConsent: z.boolean(),
  findings: z.array(z.object({ ...finding, id: Id, kind: FindingKind, caseId: Id.nullable() })),
  result: CheckResult.nullable(),
  recordedAt: Instant,
  voidReason: z.string().nullable(),
})
export type CheckVisit = z.infer<typeof CheckVisit>

export const listCheckVisits = defineEndpoint({
  method: 'GET',
  url: '/api/v1/check-visits',
  schema: {
    summary: 'Check-ups at my facility, newest first; of one client also those shared with it',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      clientId: Id.optional(),
      sessionId: Id.optional(),
      outreachId: Id.optional(),
      from: CivilDate.optional(),
      to: CivilDate.optional(),
    }),
    response: { 200: Page(CheckVisitRow) },
  },
  config: { permission: 'care.read', dataClass: 'L4' },
})
export const getCheckVisit = defineEndpoint({
  method: 'GET',
  url: '/api/v1/check-visits/:id',
  schema: { summary: 'One check-up with findings and results', tags, params, response: { 200: CheckVisit } },
  config: { permission: 'care.read', dataClass: 'L4' },
})
export const recordCheckVisit = defineEndpoint({
  method: 'POST',
  url: '/api/v1/check-visits',
  schema: {
    summary: 'Record a check-up; an infection opens its case',
    tags,
    body: NewCheckVisit,
    response: { 201: CheckVisit },
  },
  config: { permission: 'care.record', dataClass: 'L4', idempotent: true },
})
export const voidCheckVisit = defineEndpoint({
  method: 'POST',
  url: '/api/v1/check-visits/:id/void',
  schema: {
    summary: 'Void a check-up entered by mistake, with the reason',
    tags,
    params,
    body: z.strictObject({ reason: Text(200) }),
    response: { 200: CheckVisit },
  },
  config: { permission: 'care.record', dataClass: 'L4', idempotent: true },
})
