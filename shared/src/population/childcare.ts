import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Fen, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { EventPreview } from './event-preview.ts'
import { ChildcareKind } from './value-sets.ts'

const Place = z.object({ code: DivisionCode, name: z.string() })
const places = z.int().min(0).max(2000)

const fields = {
  name: Text(100),
  organisationId: Id.nullable(),
  kind: ChildcareKind,
  /** 备案号. */
  filingNumber: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9-]{1,30}$/)
    .nullable(),
  /** 普惠. */
  inclusive: z.boolean(),
  placesUnder1: places,
  places1: places,
  places2: places,
  staff: z.int().min(0).max(1000).nullable(),
  feeMonthFen: Fen.min(0).max(10_000_000).nullable(),
  openedOn: CivilDate,
  closedOn: CivilDate.nullable(),
  divisionCode: DivisionCode,
}

/** 托育机构 */
export const ChildcareInstitution = z
  .object(fields)
  .omit({ divisionCode: true })
  .extend({
    id: Id,
    division: Place,
    places: z.int(),
    /** Children enrolled today. */
    enrolled: z.int(),
    /** T1 more children than places. */
    findings: z.array(z.string()),
    updatedAt: Instant,
    version: z.int(),
  })
export type ChildcareInstitution = z.infer<typeof ChildcareInstitution>

const params = z.strictObject({ id: Id })
const dryRun = z.strictObject({ dryRun: QueryFlag.optional() })
const managing = { permission: 'childcare.manage', dataClass: 'L0' } as const

export const listChildcareInstitutions = defineEndpoint({
  method: 'GET',
  url: '/api/v1/childcare-institutions',
  schema: {
    summary: 'Childcare institutions in my area',
    tags: ['childcare'],
    querystring: z.strictObject({
      ...PageQuery,
      division: DivisionCode.optional(),
      kind: ChildcareKind.optional(),
      inclusive: QueryFlag.optional(),
      /** Open today. */
      isOpen: QueryFlag.optional(),
    }),
    response: { 200: Page(ChildcareInstitution) },
  },
  config: { permission: 'childcare.read', dataClass: 'L0' },
})
export const getChildcareInstitution = defineEndpoint({
  method: 'GET',
  url: '/api/v1/childcare-institutions/:id',
  schema: {
    summary: 'One childcare institution',
    tags: ['childcare'],
    params,
    response: { 200: ChildcareInstitution },
  },
  config: { permission: 'childcare.read', dataClass: 'L0' },
})
export const NewChildcareInstitution = z.strictObject(fields).partial({
  organisationId: true,
  filingNumber: true,
  inclusive: true,
  placesUnder1: true,
  places1: true,
  places2: true,
  staff: true,
  feeMonthFen: true,
  closedOn: true,
})
export type NewChildcareInstitution = z.infer<typeof NewChildcareInstitution>
export const createChildcareInstitution = defineEndpoint({
  method: 'POST',
  url: '/api/v1/childcare-institutions',
  schema: {
    summary: 'Add a childcare institution',
    tags: ['childcare'],
    body: NewChildcareInstitution,
    response: { 201: ChildcareInstitution },
  },
  config: { ...managing, idempotent: true },
})
export const ChangedChildcareInstitution = z.strictObject(fields).partial()
export type ChangedChildcareInstitution = z.infer<typeof ChangedChildcareInstitution>
export const changeChildcareInstitution = defineEndpoint({
  method: 'PATCH',
  url: '/api/v1/childcare-institutions/:id',
  schema: {
    summary: 'Change a childcare institution; close it with the day it closed',
    tags: ['childcare'],
    params,
    body: ChangedChildcareInstitution,
    response: { 200: ChildcareInstitution },
  },
  config: { ...managing, conditional: true },
})
export const removeChildcareInstitution = defineEndpoint({
  method: 'DELETE',
  url: '/api/v1/childcare-institutions/:id',
  schema: {
    summary: 'Remove an institution entered by mistake, as long as no child was enrolled',
    tags: ['childcare'],
    params,
    response: { 204: z.null() },
  },
  config: { ...managing, conditional: true },
})

/** 入托 */
export const ChildcareEnrolment = z.object({
  id: Id,
  institution: z.object({ id: Id, name: z.string() }),
  child: z.object({ id: Id, name: z.string() }),
  fromOn: CivilDate,
  /** The first day she no longer comes. */
  toOn: CivilDate.nullable(),
  ageMonthsAtEntry: z.int(),
  recordedAt: Instant,
  voidedAt: Instant.nullable(),
  voidReason: z.string().nullable(),
  replaces: Id.nullable(),
  /** T1 more children than places on the day of entry, T2 three years or older, T3 enrolled elsewhere at the same time. */
  findings: z.array(z.string()),
})
export type ChildcareEnrolment = z.infer<typeof ChildcareEnrolment>

const enrolling = { permission: 'childcare.manage', dataClass: 'L2', idempotent: true } as const

export const listChildcareEnrolments = defineEndpoint({
  method: 'GET',
  url: '/api/v1/childcare-institutions/:id/enrolments',
  schema: {
    summary: 'The children of an institution, the latest first',
    tags: ['childcare'],
    params,
    querystring: z.strictObject({ ...PageQuery, current: QueryFlag.optional() }),
    response: { 200: Page(ChildcareEnrolment) },
  },
  config: { permission: 'person.read', dataClass: 'L2' },
})
const days = z.strictObject({ fromOn: CivilDate, toOn: CivilDate.nullable() })
export const NewChildcareEnrolment = days.extend({ childId: Id }).partial({ toOn: true })
export type NewChildcareEnrolment = z.infer<typeof NewChildcareEnrolment>
export const enrolChild = defineEndpoint({
  method: 'POST',
  url: '/api/v1/childcare-institutions/:id/enrolments',
  schema: {
    summary: 'Enrol a child',
    tags: ['childcare'],
    params,
    querystring: dryRun,
    body: NewChildcareEnrolment,
    response: { 200: EventPreview, 201: ChildcareEnrolment },
  },
  config: enrolling,
})
export const EnrolmentCorrection = days.partial()
export type EnrolmentCorrection = z.infer<typeof EnrolmentCorrection>
export const correctChildcareEnrolment = defineEndpoint({
  method: 'POST',
  url: '/api/v1/childcare-enrolments/:id/corrections',
  schema: {
    summary: 'Correct an enrolment or end it: the old one is voided, the right one appended',
    tags: ['childcare'],
    params,
    querystring: dryRun,
    body: z.strictObject({ set: EnrolmentCorrection, reason: Text(200) }),
    response: { 200: EventPreview, 201: ChildcareEnrolment },
  },
  config: enrolling,
})
export const voidChildcareEnrolment = defineEndpoint({
  method: 'POST',
  url: '/api/v1/childcare-enrolments/:id/void',
  schema: {
    summary: 'Void an enrolment that never was',
    tags: ['childcare'],
    params,
    querystring: dryRun,
    body: z.strictObject({ reason: Text(200) }),
    response: { 200: EventPreview, 201: ChildcareEnrolment },
  },
  config: enrolling,
})
