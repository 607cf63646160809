import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { DivisionCode, Id, Instant, Page, PageQuery } from '../values.ts'
import { EventKind, EventRole, Source } from './value-sets.ts'

const PlaceName = z.object({ code: DivisionCode, name: z.string() })

/** One thing that happened to a person, in parts that a sentence is made of; names masked below L2. */
export const PersonEvent = z.object({
  kind: EventKind,
  id: Id,
  /** Null where it is not known since when she lives somewhere. */
  occurredOn: z.string().nullable(),
  /** Last day of what lasts: a stay, a guardianship. */
  endedOn: z.string().nullable(),
  /** Code inside the value set of its kind: outcome of a birth, event of a marriage, kind of a move or parentage, status of a stay; null of a death. */
  code: z.string().nullable(),
  /** What the person of the list is in it: CHILD, MOTHER or FATHER of a birth, CHILD or ADULT of a parentage, SPOUSE of a marriage, else SELF. */
  role: EventRole,
  /** The other people in it, by what they are. */
  others: z.array(z.object({ role: EventRole, id: Id.nullable(), name: z.string() })),
  /** Where it was, and whence of a move. */
  from: PlaceName.nullable(),
  place: PlaceName.nullable(),
  /** 孩次 of a birth; order of a marriage; reason of a move. */
  detail: z.string().nullable(),
  findings: z.array(z.string()),
  recordedAt: Instant,
  recordedBy: z.string().nullable(),
  source: Source,
  voidedAt: Instant.nullable(),
  voidReason: z.string().nullable(),
  replaces: Id.nullable(),
})
export type PersonEvent = z.infer<typeof PersonEvent>

export const listPersonEvents = defineEndpoint({
  method: 'GET',
  url: '/api/v1/persons/:id/events',
  schema: {
    summary:
      'Everything that happened to a person, newest first; voided events included, or as known at a moment',
    tags: ['events'],
    params: z.strictObject({ id: Id }),
    querystring: z.strictObject({ asOf: Instant.optional() }),
    response: { 200: z.object({ items: z.array(PersonEvent) }) },
  },
  config: { permission: 'person.read', dataClass: 'L2' },
})

/** An event that is implausible and not refused. */
export const EventFinding = z.object({
  code: z.string(),
  kind: EventKind,
  eventId: Id,
  occurredOn: z.string(),
  person: z.object({ id: Id, name: z.string() }).nullable(),
  division: PlaceName,
  recordedAt: Instant,
})
export type EventFinding = z.infer<typeof EventFinding>

export const listEventFindings = defineEndpoint({
  method: 'GET',
  url: '/api/v1/events/findings',
  schema: {
    summary: 'Open plausibility findings of events in my area, the latest recorded first',
    tags: ['events'],
    querystring: z.strictObject({
      ...PageQuery,
      division: DivisionCode.optional(),
      kind: EventKind.exclude(['RESIDENCE']).optional(),
      code: z
        .string()
        .regex(/^[A-Z]\d{1,2}$/)
        .optional(),
    }),
    response: { 200: Page(EventFinding) },
  },
  config: { permission: 'event.read', dataClass: 'L2' },
})
