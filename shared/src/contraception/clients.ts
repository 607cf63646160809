import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { Sex } from '../population/value-sets.ts'
import { CivilDate, DivisionCode, Id, Text } from '../values.ts'
import { ConsentKind, EncounterPlace, ProcedureStatus, ProcedureType } from './care-value-sets.ts'
import { MethodCode } from './methods.ts'

const PlaceName = z.object({ code: DivisionCode, name: z.string() })

/** By own consent from 14 on; below, a guardian's (domain §9.3). */
export const ConsentAge = z.enum(['GUARDIAN', 'CONFIDENTIAL', 'ADULT'])
export type ConsentAge = z.infer<typeof ConsentAge>

/** A person of the register as a clinician sees her at the counter. */
export const ClientRow = z.object({
  id: Id,
  name: z.string(),
  sex: Sex,
  birthDate: CivilDate,
  age: z.int(),
  /** Masked. */
  idNumber: z.string().nullable(),
  phone: z.string().nullable(),
  residence: PlaceName,
  /** She has been seen at my facility. */
  isMine: z.boolean(),
  lastSeenOn: CivilDate.nullable(),
})
export type ClientRow = z.infer<typeof ClientRow>

export const ClientMatch = z.enum(['id-number', 'phone', 'name-and-birth-date', 'name', 'pinyin'])
export type ClientMatch = z.infer<typeof ClientMatch>

/**
 * One box. An identity number, a phone, or a full name with birth date (`birthDate`, or `王秀英 1992-03-05` in `q`) finds
 * anybody of the county's register, exactly; part of a name or pinyin finds my facility's clients only. Never a browse.
 */
export const searchClients = defineEndpoint({
  method: 'GET',
  url: '/api/v1/clients',
  schema: {
    summary:
      'Find a client: my own by name or pinyin, others by identity number, phone, or name and birth date',
    tags: ['clients'],
    querystring: z.strictObject({
      q: Text(60),
      birthDate: CivilDate.optional(),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
    response: { 200: z.object({ items: z.array(ClientRow.extend({ match: ClientMatch })) }) },
  },
  config: { permission: 'care.read', dataClass: 'L4' },
})

export const TodayReason = z.object({
  kind: z.enum(['ENCOUNTER', 'PROCEDURE', 'TASK', 'SESSION', 'CONTACT']),
  /** Of the encounter, procedure, task or invitation. */
  id: Id,
  /** Code of what is due: a procedure type, a follow-up step, a place of encounter. */
  what: z.string(),
})

export type TodayReason = z.infer<typeof TodayReason>

/** Who is expected or was seen on the day at my facility. */
export const listTodaysClients = defineEndpoint({
  method: 'GET',
  url: '/api/v1/clients/today',
  schema: {
    summary:
      'Clients of the day at my facility: booked follow-up, procedures, sessions, agreed contacts, encounters',
    tags: ['clients'],
    querystring: z.strictObject({ on: CivilDate.optional() }),
    response: {
      200: z.object({
        on: CivilDate,
        items: z.array(
          z.object({
            client: ClientRow,
            reasons: z.array(TodayReason),
            /** Encounter of the day, once there is one. */
            encounterId: Id.nullable(),
          }),
        ),
      }),
    },
  },
  config: { permission: 'care.read', dataClass: 'L4' },
})

export const CurrentMethod = z.object({
  episodeId: Id,
  method: MethodCode,
  deviceType: z.string().nullable(),
  startedOn: CivilDate,
  expectedEndOn: CivilDate.nullable(),
  isDual: z.boolean(),
})

export const ClientSummary = ClientRow.extend({
  consentAge: ConsentAge,
  currentMethods: z.array(CurrentMethod),
  /** Newest first, at most five. */
  lastEncounters: z.array(z.object({ id: Id, occurredOn: CivilDate, place: EncounterPlace })),
  openProcedures: z.array(
    z.object({
      id: Id,
      type: ProcedureType,
      status: ProcedureStatus,
      requestedOn: CivilDate,
      scheduledOn: CivilDate.nullable(),
    }),
  ),
  openTasks: z.array(
    z.object({ id: Id, step: z.string(), dueFrom: CivilDate, dueTo: CivilDate, status: z.string() }),
  ),
  /** Kinds that stand today. */
  consents: z.array(z.object({ id: Id, kind: ConsentKind, givenOn: CivilDate })),
  /** She let my facility read what others recorded. */
  isShared: z.boolean(),
})
export type ClientSummary = z.infer<typeof ClientSummary>

/** Anybody of the county by her id; the look is recorded. */
export const getClient = defineEndpoint({
  method: 'GET',
  url: '/api/v1/clients/:id',
  schema: {
    summary: 'A client at a glance: who she is, what she uses, last visits, what is open',
    tags: ['clients'],
    params: z.strictObject({ id: Id }),
    response: { 200: ClientSummary },
  },
  config: { permission: 'care.read', dataClass: 'L4' },
})
