import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { EventPreview } from './event-preview.ts'
import { ParentageKind, Source } from './value-sets.ts'

const Named = z.object({ id: Id, name: z.string() })

/** An adoption, step-parenthood or guardianship as a list shows it: names masked below L2. */
export const ParentageRow = z.object({
  id: Id,
  kind: ParentageKind,
  occurredOn: z.string(),
  endedOn: z.string().nullable(),
  child: Named,
  adult: Named.nullable(),
  findings: z.array(z.string()),
  recordedAt: Instant,
  voidedAt: Instant.nullable(),
})
export type ParentageRow = z.infer<typeof ParentageRow>

export const Parentage = ParentageRow.extend({
  certificateNumber: z.string().nullable(),
  recordedBy: z.string().nullable(),
  source: Source,
  voidReason: z.string().nullable(),
  replaces: Id.nullable(),
  replacedBy: Id.nullable(),
})
export type Parentage = z.infer<typeof Parentage>

const fields = {
  childId: Id,
  adultId: Id,
  kind: ParentageKind,
  occurredOn: CivilDate,
  endedOn: CivilDate.nullable(),
  certificateNumber: Text(40).nullable(),
}

export const NewParentage = z.strictObject(fields).partial({ endedOn: true, certificateNumber: true })
export type NewParentage = z.infer<typeof NewParentage>

export const ParentageCorrection = z.strictObject({
  set: z
    .strictObject(fields)
    .omit({ childId: true })
    .partial()
    .refine((set) => Object.keys(set).length > 0),
  reason: Text(200),
})
export type ParentageCorrection = z.infer<typeof ParentageCorrection>

const params = z.strictObject({ id: Id })
const dryRun = z.strictObject({ dryRun: QueryFlag.optional() })

export const listParentage = defineEndpoint({
  method: 'GET',
  url: '/api/v1/parentage-events',
  schema: {
    summary: 'Adoptions and guardianships of people in my area, newest first',
    tags: ['parentage-events'],
    querystring: z.strictObject({
      ...PageQuery,
      /** Subtree where the child lives or is registered. */
      division: DivisionCode.optional(),
      from: CivilDate.optional(),
      to: CivilDate.optional(),
      kind: ParentageKind.optional(),
      childId: Id.optional(),
      adultId: Id.optional(),
      voided: QueryFlag.optional(),
    }),
    response: { 200: Page(ParentageRow) },
  },
  config: { permission: 'event.read', dataClass: 'L2' },
})

export const getParentage = defineEndpoint({
  method: 'GET',
  url: '/api/v1/parentage-events/:id',
  schema: {
    summary: 'One adoption or guardianship, voided ones too',
    tags: ['parentage-events'],
    params,
    response: { 200: Parentage },
  },
  config: { permission: 'event.read', dataClass: 'L2' },
})

/** With `dryRun=true` answers 200 and what it would do, and changes nothing. */
export const recordParentage = defineEndpoint({
  method: 'POST',
  url: '/api/v1/parentage-events',
  schema: {
    summary: 'Record an adoption, step-parenthood or guardianship at its true day',
    tags: ['parentage-events'],
    querystring: dryRun,
    body: NewParentage,
    response: { 200: EventPreview, 201: Parentage },
  },
  config: { permission: 'event.record', dataClass: 'L2', idempotent: true },
})

export const correctParentage = defineEndpoint({
  method: 'POST',
  url: '/api/v1/parentage-events/:id/corrections',
  schema: {
    summary: 'Correct an adoption or guardianship, or say since when it has ended',
    tags: ['parentage-events'],
    params,
    querystring: dryRun,
    body: ParentageCorrection,
    response: { 200: EventPreview, 201: Parentage },
  },
  config: { permission: 'event.correct', dataClass: 'L2', idempotent: true },
})

export const voidParentage = defineEndpoint({
  method: 'POST',
  url: '/api/v1/parentage-events/:id/void',
  schema: {
    summary: 'Void an adoption or guardianship that never was; the parents of before are restored',
    tags: ['parentage-events'],
    params,
    querystring: dryRun,
    body: z.strictObject({ reason: Text(200) }),
    response: { 200: EventPreview, 201: Parentage },
  },
  config: { permission: 'event.correct', dataClass: 'L2', idempotent: true },
})
