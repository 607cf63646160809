import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { EventPreview } from './event-preview.ts'
import {
  Acknowledgement,
  Evidence,
  MoveDistance,
  MoveKind,
  MoveReason,
  ResidenceStatus,
  Sex,
  Source,
} from './value-sets.ts'

const PlaceName = z.object({ code: DivisionCode, name: z.string() })
const Named = z.object({ id: Id, name: z.string() })

/** A change of hukou or residence as a list shows it: names masked below L2. */
export const MoveRow = z.object({
  id: Id,
  kind: MoveKind,
  occurredOn: z.string(),
  person: Named,
  from: PlaceName,
  to: PlaceName,
  reason: MoveReason,
  distance: MoveDistance,
  acknowledgement: Acknowledgement,
  findings: z.array(z.string()),
  recordedAt: Instant,
  voidedAt: Instant.nullable(),
})
export type MoveRow = z.infer<typeof MoveRow>

export const Move = MoveRow.extend({
  expectedReturn: CivilDate.nullable(),
  /** The residence that the move began; null where the hukou alone moved or the absence is short. */
  residence: z
    .object({ id: Id, status: ResidenceStatus, from: CivilDate.nullable(), to: CivilDate.nullable() })
    .nullable(),
  acknowledgedAt: Instant.nullable(),
  /** The county transfer of which it is the departure or the arrival. */
  transferId: Id.nullable(),
  recordedBy: z.string().nullable(),
  source: Source,
  voidReason: z.string().nullable(),
  replaces: Id.nullable(),
  replacedBy: Id.nullable(),
})
export type Move = z.infer<typeof Move>

const fields = {
  personId: Id,
  kind: MoveKind,
  occurredOn: CivilDate,
  /** Where the hukou (the residence) was on the day, where left out. */
  fromDivision: DivisionCode,
  toDivision: DivisionCode,
  reason: MoveReason,
  /** Of a flow: an absence under half a year changes no residence. */
  expectedReturn: CivilDate.nullable(),
  /** Of a flow: by the half-year rule from the dates where left out. */
  residenceStatus: ResidenceStatus.nullable(),
  evidence: Evidence.nullable(),
  /** Of a hukou move: the residence moves with it. */
  withResidence: z.boolean(),
}
const optional = {
  fromDivision: true,
  expectedReturn: true,
  residenceStatus: true,
  evidence: true,
  withResidence: true,
} as const

export const NewMove = z.strictObject(fields).partial(optional)
export type NewMove = z.infer<typeof NewMove>

export const MoveCorrection = z.strictObject({
  set: z
    .strictObject(fields)
    .omit({ personId: true })
    .partial()
    .refine((set) => Object.keys(set).length > 0),
  reason: Text(200),
})
export type MoveCorrection = z.infer<typeof MoveCorrection>

const params = z.strictObject({ id: Id })
const dryRun = z.strictObject({ dryRun: QueryFlag.optional() })

export const listMoves = defineEndpoint({
  method: 'GET',
  url: '/api/v1/migration-events',
  schema: {
    summary: 'Moves of hukou and residence from or to my area, newest first',
    tags: ['migration-events'],
    querystring: z.strictObject({
      ...PageQuery,
      /** Subtree that the move leaves or reaches. */
      division: DivisionCode.optional(),
      from: CivilDate.optional(),
      to: CivilDate.optional(),
      kind: MoveKind.optional(),
      reason: MoveReason.optional(),
      personId: Id.optional(),
      acknowledgement: Acknowledgement.optional(),
      voided: QueryFlag.optional(),
    }),
    response: { 200: Page(MoveRow) },
  },
  config: { permission: 'event.read', dataClass: 'L2' },
})

export const getMove = defineEndpoint({
  method: 'GET',
  url: '/api/v1/migration-events/:id',
  schema: {
    summary: 'One move, voided ones too',
    tags: ['migration-events'],
    params,
    response: { 200: Move },
  },
  config: { permission: 'event.read', dataClass: 'L2' },
})

/** With `dryRun=true` answers 200 and what it would do, and changes nothing. */
export const recordMove = defineEndpoint({
  method: 'POST',
  url: '/api/v1/migration-events',
  schema: {
    summary: 'Record a move of hukou or residence at its true day, however late',
    tags: ['migration-events'],
    querystring: dryRun,
    body: NewMove,
    response: { 200: EventPreview, 201: Move },
  },
  config: { permission: 'event.record', dataClass: 'L2', idempotent: true },
})

export const correctMove = defineEndpoint({
  method: 'POST',
  url: '/api/v1/migration-events/:id/corrections',
  schema: {
    summary: 'Correct a move: voids it with the reason and appends its replacement',
    tags: ['migration-events'],
    params,
    querystring: dryRun,
    body: MoveCorrection,
    response: { 200: EventPreview, 201: Move },
  },
  config: { permission: 'event.correct', dataClass: 'L2', idempotent: true },
})

export const voidMove = defineEndpoint({
  method: 'POST',
  url: '/api/v1/migration-events/:id/void',
  schema: {
    summary: 'Void a move that never was: hukou and residence are what the other moves make them',
    tags: ['migration-events'],
    params,
    querystring: dryRun,
    body: z.strictObject({ reason: Text(200) }),
    response: { 200: EventPreview, 201: Move },
  },
  config: { permission: 'event.correct', dataClass: 'L2', idempotent: true },
})

/** A person who goes from one county's register to another's, as both may see it. */
export const CountyTransfer = z.object({
  id: Id,
  state: Acknowledgement,
  /** OUT: she leaves my area; IN: she comes to it. */
  direction: z.enum(['IN', 'OUT']),
  person: z.object({
    id: Id,
    name: z.string(),
    sex: Sex,
    birthDate: z.string(),
    idNumber: z.string().nullable(),
  }),
  from: PlaceName,
  to: PlaceName,
  occurredOn: CivilDate,
  reason: MoveReason,
  withResidence: z.boolean(),
  note: z.string().nullable(),
  departureId: Id,
  /** The arrival in the receiving register, once accepted. */
  arrivalId: Id.nullable(),
  /** Why it was refused. */
  answer: z.string().nullable(),
  recordedAt: Instant,
  answeredAt: Instant.nullable(),
})
export type CountyTransfer = z.infer<typeof CountyTransfer>

export const NewTransfer = z
  .strictObject({
    personId: Id,
    toDivision: DivisionCode,
    occurredOn: CivilDate,
    reason: MoveReason,
    withResidence: z.boolean().default(true),
    note: Text(200),
  })
  .partial({ note: true })
export type NewTransfer = z.infer<typeof NewTransfer>

export const listTransfers = defineEndpoint({
  method: 'GET',
  url: '/api/v1/county-transfers',
  schema: {
    summary: 'Transfers between counties that leave or reach my area, newest first',
    tags: ['county-transfers'],
    querystring: z.strictObject({
      ...PageQuery,
      state: Acknowledgement.optional(),
      direction: z.enum(['IN', 'OUT']).optional(),
    }),
    response: { 200: Page(CountyTransfer) },
  },
  config: { permission: 'event.read', dataClass: 'L2' },
})

export const getTransfer = defineEndpoint({
  method: 'GET',
  url: '/api/v1/county-transfers/:id',
  schema: {
    summary: 'One transfer between counties',
    tags: ['county-transfers'],
    params,
    response: { 200: CountyTransfer },
  },
  config: { permission: 'event.read', dataClass: 'L2' },
})

export const sendTransfer = defineEndpoint({
  method: 'POST',
  url: '/api/v1/county-transfers',
  schema: {
    summary:
      'A person’s hukou goes to another county: the departure is recorded and that county asked to answer',
    tags: ['county-transfers'],
    querystring: dryRun,
    body: NewTransfer,
    response: { 200: EventPreview, 201: CountyTransfer },
  },
  config: { permission: 'event.record', dataClass: 'L2', idempotent: true },
})

export const answerTransfer = defineEndpoint({
  method: 'POST',
  url: '/api/v1/county-transfers/:id/acknowledgement',
  schema: {
    summary:
      'The receiving county accepts (the person stands in its register) or refuses (the departure is voided)',
    tags: ['county-transfers'],
    params,
    body: z
      .strictObject({ accept: z.boolean(), reason: Text(200).optional() })
      .refine(({ accept, reason }) => accept || reason !== undefined, { path: ['reason'] }),
    response: { 201: CountyTransfer },
  },
  config: { permission: 'event.record', dataClass: 'L2', idempotent: true },
})
