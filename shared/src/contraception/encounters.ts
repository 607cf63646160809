import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { CareChange, CarePreview } from './care-preview.ts'
import { EncounterPlace, EndReason, ProcedureType } from './care-value-sets.ts'
import { ChoicePart } from './choices.ts'
import { consentFields } from './consents.ts'
import { NewOverride, NewScreen } from './eligibility.ts'
import { FollowUpDone } from './follow-up.ts'
import { episodeFields, EpisodeMethod } from './episodes.ts'
import { complicationFields } from './complications.ts'
import { performanceFields, requestFields } from './procedures.ts'
import { dispensePart } from './supplies-dispensing.ts'
import { CheckPart } from './visits.ts'

/** What the encounter made or touched. */
export const EncounterParts = z.object({
  choiceId: Id.nullable(),
  screenId: Id.nullable(),
  overrideId: Id.nullable(),
  consentId: Id.nullable(),
  episodeId: Id.nullable(),
  procedureId: Id.nullable(),
  complicationId: Id.nullable(),
  taskId: Id.nullable(),
  dispensingIds: z.array(Id),
  checkId: Id.nullable(),
})
export type EncounterParts = z.infer<typeof EncounterParts>

export const ContactMode = z.enum(['CLINIC', 'HOME', 'PHONE', 'MESSAGE', 'ONLINE'])
export type ContactMode = z.infer<typeof ContactMode>

export const EncounterRow = z.object({
  id: Id,
  clientId: Id,
  clientName: z.string(),
  occurredOn: CivilDate,
  place: EncounterPlace,
  parts: EncounterParts,
  recordedAt: Instant,
  recordedBy: z.string().nullable(),
  voidedAt: Instant.nullable(),
})
export type EncounterRow = z.infer<typeof EncounterRow>

/** 接诊: one visit of one client, from intention to follow-up. */
export const Encounter = EncounterRow.extend({
  outreachId: Id.nullable(),
  sessionId: Id.nullable(),
  /** A visiting expert (S1-03), by her licence. */
  expert: z.object({ id: Id, name: z.string(), organisationName: z.string() }).nullable(),
  /** Codes of the six-dimension checklist that were done. */
  checklist: z.array(z.string()),
  nextContact: z.object({ on: CivilDate, mode: ContactMode }).nullable(),
  note: z.string().nullable(),
  isOurs: z.boolean(),
  source: z.string(),
  voidReason: z.string().nullable(),
  replaces: Id.nullable(),
  replacedBy: Id.nullable(),
})
export type Encounter = z.infer<typeof Encounter>

const { startedOn: _startedOn, choiceId: _choiceId, ...started } = episodeFields
const { requestedOn: _requestedOn, ...requested } = requestFields
const { performedOn: _performedOn, outreachId: _outreachId, ...performed } = performanceFields
const { givenOn: _givenOn, ...given } = consentFields

/** Days are the encounter's where left out; what one part makes, the others rest on (choice, screen, consent). */
export const NewEncounter = z.strictObject({
  clientId: Id,
  occurredOn: CivilDate,
  place: EncounterPlace.default('STATION'),
  outreachId: Id.optional(),
  sessionId: Id.optional(),
  /** Operator licence of a visiting expert who saw her. */
  expertId: Id.optional(),
  checklist: z.array(z.string().max(40)).max(40).default([]),
  note: Text(2000).optional(),
  choice: ChoicePart.optional(),
  screen: NewScreen.omit({ clientId: true, occurredOn: true }).optional(),
  /** Needs `care.override`. */
  override: NewOverride.optional(),
  consent: z.strictObject(given).optional(),
  /** A start ends the method before it; with a procedure that puts a method in or out, leave it out. */
  episode: z
    .discriminatedUnion('do', [
      z.strictObject({ do: z.literal('START'), startedOn: CivilDate.optional(), ...started }),
      z.strictObject({
        do: z.literal('END'),
        /** The method in use where left out. */
        episodeId: Id.optional(),
        method: EpisodeMethod.optional(),
        endedOn: CivilDate.optional(),
        endReason: EndReason,
      }),
    ])
    .optional(),
  procedure: z
    .discriminatedUnion('do', [
      z.strictObject({ do: z.literal('REQUEST'), ...requested }),
      /** One asked for before (`id`), or asked for and done at once (`type`). */
      z
        .strictObject({
          do: z.literal('PERFORM'),
          id: Id.optional(),
          type: ProcedureType.optional(),
          indication: requestFields.indication,
          ...performed,
        })
        .refine((part) => (part.id === undefined) !== (part.type === undefined), { path: ['type'] }),
      z.strictObject({ do: z.literal('DEFER'), id: Id, reason: Text(300) }),
      z.strictObject({ do: z.literal('CANCEL'), id: Id, reason: Text(300).optional() }),
    ])
    .optional(),
  complication: z
    .strictObject({
      procedureId: Id.optional(),
      procedureType: ProcedureType.optional(),
      ...complicationFields,
      onsetOn: CivilDate.optional(),
    })
    .optional(),
  /** The follow-up that this visit was. */
  followUp: FollowUpDone.optional(),
  dispense: z.array(z.strictObject(dispensePart)).max(5).default([]),
  check: CheckPart.optional(),
  nextContact: z.strictObject({ on: CivilDate, mode: ContactMode.default('CLINIC') }).optional(),
})
export type NewEncounter = z.output<typeof NewEncounter>

export const RecordedEncounter = Encounter.extend({
  /** What it changed beside its own parts: methods ended or fitted, follow-up planned, stock taken. */
  changes: z.array(CareChange),
  findings: z.array(z.string()),
})
export type RecordedEncounter = z.infer<typeof RecordedEncounter>

const params = z.strictObject({ id: Id })
const dryRun = z.strictObject({ dryRun: QueryFlag.optional() })

export const listEncounters = defineEndpoint({
  method: 'GET',
  url: '/api/v1/encounters',
  schema: {
    summary: 'Encounters of my facility, newest first',
    tags: ['encounters'],
    querystring: z.strictObject({
      ...PageQuery,
      clientId: Id.optional(),
      from: CivilDate.optional(),
      to: CivilDate.optional(),
      place: EncounterPlace.optional(),
      outreachId: Id.optional(),
      sessionId: Id.optional(),
      voided: QueryFlag.optional(),
    }),
    response: { 200: Page(EncounterRow) },
  },
  config: { permission: 'care.read', dataClass: 'L4' },
})

export const getEncounter = defineEndpoint({
  method: 'GET',
  url: '/api/v1/encounters/:id',
  schema: {
    summary: 'One encounter, voided ones too',
    tags: ['encounters'],
    params,
    response: { 200: Encounter },
  },
  config: { permission: 'care.read', dataClass: 'L4' },
})

/** With `dryRun=true` answers 200 and what it would do, and changes nothing. */
export const recordEncounter = defineEndpoint({
  method: 'POST',
  url: '/api/v1/encounters',
  schema: {
    summary:
      'Record a visit as a whole: choice, screen, consent, method, procedure, supplies; all of it or nothing',
    tags: ['encounters'],
    querystring: dryRun,
    body: NewEncounter,
    response: { 200: CarePreview, 201: RecordedEncounter },
  },
  config: { permission: 'care.record', dataClass: 'L4', idempotent: true },
})

/** Of the visit itself; a part that is wrong is corrected where it is kept. */
export const EncounterCorrection = z.strictObject({
  set: z
    .strictObject({
      occurredOn: CivilDate,
      place: EncounterPlace,
      outreachId: Id.nullable(),
      sessionId: Id.nullable(),
      expertId: Id.nullable(),
      checklist: z.array(z.string().max(40)).max(40),
      note: Text(2000).nullable(),
      nextContact: z.strictObject({ on: CivilDate, mode: ContactMode }).nullable(),
    })
    .partial()
    .refine((fields) => Object.keys(fields).length > 0),
  reason: Text(200),
})
export type EncounterCorrection = z.output<typeof EncounterCorrection>

export const correctEncounter = defineEndpoint({
  method: 'POST',
  url: '/api/v1/encounters/:id/corrections',
  schema: {
    summary: 'Correct a visit: voids it with the reason and appends its replacement, which keeps the parts',
    tags: ['encounters'],
    params,
    querystring: dryRun,
    body: EncounterCorrection,
    response: { 200: CarePreview, 201: Encounter },
  },
  config: { permission: 'care.record', dataClass: 'L4', idempotent: true },
})

export const voidEncounter = defineEndpoint({
  method: 'POST',
  url: '/api/v1/encounters/:id/void',
  schema: {
    summary: 'Void a visit that never was; with its parts where asked',
    tags: ['encounters'],
    params,
    querystring: dryRun,
    body: z.strictObject({ reason: Text(200), withParts: z.boolean().default(false) }),
    response: { 200: CarePreview, 201: Encounter },
  },
  config: { permission: 'care.record', dataClass: 'L4', idempotent: true },
})

/** 六化服务 (S1-01): what a good encounter holds, by dimension; a memory aid, never a mark. */
export const ChecklistItem = z.object({
  code: z.string(),
  dimension: z.string(),
  dimensionZh: z.string(),
  dimensionEn: z.string(),
  zh: z.string(),
  en: z.string(),
})
export type ChecklistItem = z.infer<typeof ChecklistItem>

export const listChecklist = defineEndpoint({
  method: 'GET',
  url: '/api/v1/encounter-checklist',
  schema: {
    summary: 'The checklist of an encounter in force on a day',
    tags: ['encounters'],
    querystring: z.strictObject({ on: CivilDate.optional() }),
    response: { 200: z.object({ items: z.array(ChecklistItem) }) },
  },
  config: { permission: 'care-rule.read', dataClass: 'L0' },
})
