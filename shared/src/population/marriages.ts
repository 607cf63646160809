import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { EventPreview } from './event-preview.ts'
import { MarriageEvent, MarriageOrder, Sex, Source } from './value-sets.ts'

/** One side of a marriage event; a party from elsewhere has a name and no id. */
export const MarriageParty = z.object({
  id: Id.nullable(),
  name: z.string().nullable(),
  sex: Sex.nullable(),
  /** Completed years on the day. */
  age: z.int().nullable(),
  order: MarriageOrder.nullable(),
  division: z.object({ code: DivisionCode, name: z.string() }).nullable(),
})
export type MarriageParty = z.infer<typeof MarriageParty>

/** A marriage, divorce, widowhood or annulment as a list shows it: names masked below L2. */
export const MarriageRow = z.object({
  id: Id,
  event: MarriageEvent,
  occurredOn: z.string(),
  /** Of a widowhood: who survives. */
  partyA: MarriageParty,
  partyB: MarriageParty,
  findings: z.array(z.string()),
  recordedAt: Instant,
  voidedAt: Instant.nullable(),
})
export type MarriageRow = z.infer<typeof MarriageRow>

export const Marriage = MarriageRow.extend({
  certificateNumber: z.string().nullable(),
  registryId: Id.nullable(),
  recordedBy: z.string().nullable(),
  source: Source,
  voidReason: z.string().nullable(),
  replaces: Id.nullable(),
  replacedBy: Id.nullable(),
})
export type Marriage = z.infer<typeof Marriage>

const fields = {
  event: MarriageEvent,
  occurredOn: CivilDate,
  partyA: Id,
  /** The other party: by id where she is in the register, else by name; of a divorce, widowhood or annulment the spouse known where neither is given. */
  partyB: Id.nullable(),
  partyBName: Text(50).nullable(),
  certificateNumber: Text(40).nullable(),
  registryId: Id.nullable(),
}

export const NewMarriage = z
  .strictObject(fields)
  .partial({ partyB: true, partyBName: true, certificateNumber: true, registryId: true })
export type NewMarriage = z.infer<typeof NewMarriage>

export const MarriageCorrection = z.strictObject({
  set: z
    .strictObject(fields)
    .partial()
    .refine((set) => Object.keys(set).length > 0),
  reason: Text(200),
})
export type MarriageCorrection = z.infer<typeof MarriageCorrection>

const params = z.strictObject({ id: Id })
const dryRun = z.strictObject({ dryRun: QueryFlag.optional() })

export const listMarriages = defineEndpoint({
  method: 'GET',
  url: '/api/v1/marriages',
  schema: {
    summary: 'Marriages, divorces and widowhoods of people in my area, newest first',
    tags: ['marriages'],
    querystring: z.strictObject({
      ...PageQuery,
      /** Subtree where either party lived on the day. */
      division: DivisionCode.optional(),
      from: CivilDate.optional(),
      to: CivilDate.optional(),
      event: MarriageEvent.optional(),
      order: MarriageOrder.optional(),
      voided: QueryFlag.optional(),
    }),
    response: { 200: Page(MarriageRow) },
  },
  config: { permission: 'event.read', dataClass: 'L2' },
})

export const getMarriage = defineEndpoint({
  method: 'GET',
  url: '/api/v1/marriages/:id',
  schema: {
    summary: 'One marriage event, voided ones too',
    tags: ['marriages'],
    params,
    response: { 200: Marriage },
  },
  config: { permission: 'event.read', dataClass: 'L2' },
})

/** With `dryRun=true` answers 200 and what it would do, and changes nothing. */
export const recordMarriage = defineEndpoint({
  method: 'POST',
  url: '/api/v1/marriages',
  schema: {
    summary: 'Record a marriage, divorce, widowhood or annulment at its true day; both parties follow',
    tags: ['marriages'],
    querystring: dryRun,
    body: NewMarriage,
    response: { 200: EventPreview, 201: Marriage },
  },
  config: { permission: 'event.record', dataClass: 'L2', idempotent: true },
})

export const correctMarriage = defineEndpoint({
  method: 'POST',
  url: '/api/v1/marriages/:id/corrections',
  schema: {
    summary: 'Correct a marriage event: voids it with the reason and appends its replacement',
    tags: ['marriages'],
    params,
    querystring: dryRun,
    body: MarriageCorrection,
    response: { 200: EventPreview, 201: Marriage },
  },
  config: { permission: 'event.correct', dataClass: 'L2', idempotent: true },
})

export const voidMarriage = defineEndpoint({
  method: 'POST',
  url: '/api/v1/marriages/:id/void',
  schema: {
    summary: 'Void a marriage event that never was; both parties are what their other events make them',
    tags: ['marriages'],
    params,
    querystring: dryRun,
    body: z.strictObject({ reason: Text(200) }),
    response: { 200: EventPreview, 201: Marriage },
  },
  config: { permission: 'event.correct', dataClass: 'L2', idempotent: true },
})
