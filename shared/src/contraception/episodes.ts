import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { CarePreview } from './care-preview.ts'
import { EndReason, OwnSource, StartContext } from './care-value-sets.ts'
import { MethodCode } from './methods.ts'

/** What may be in use over a time: emergency contraception and "none" are not. */
export const EpisodeMethod = MethodCode.exclude(['M00', 'M85'])
export type EpisodeMethod = z.infer<typeof EpisodeMethod>

/** Methods used beside another one, for protection. */
export const dualMethods = ['M70', 'M71'] as const

/** 避孕措施记录: a method in use from a day until the day it ended. */
export const Episode = z.object({
  id: Id,
  clientId: Id,
  method: EpisodeMethod,
  deviceType: z.string().nullable(),
  lotId: Id.nullable(),
  startedOn: CivilDate,
  startContext: StartContext,
  ownSource: OwnSource,
  /** Start and validity of the device. */
  expectedEndOn: CivilDate.nullable(),
  /** As stated, or the day a later method began. */
  endedOn: CivilDate.nullable(),
  endReason: EndReason.nullable(),
  isDual: z.boolean(),
  isLongActingCn: z.boolean(),
  isLarcWho: z.boolean(),
  choiceId: Id.nullable(),
  procedureId: Id.nullable(),
  /** Recorded at my facility; others' are seen where she consented to sharing. */
  isOurs: z.boolean(),
  /** V6, V7, V9. */
  findings: z.array(z.string()),
  recordedAt: Instant,
  recordedBy: z.string().nullable(),
  source: z.string(),
  voidedAt: Instant.nullable(),
  voidReason: z.string().nullable(),
  replaces: Id.nullable(),
  replacedBy: Id.nullable(),
})
export type Episode = z.infer<typeof Episode>

export const episodeFields = {
  method: EpisodeMethod,
  /** Code of a device type of the method; gives the expected end. */
  deviceType: Text(30).nullable().optional(),
  lotId: Id.nullable().optional(),
  startedOn: CivilDate,
  startContext: StartContext.default('INTERVAL'),
  ownSource: OwnSource.default('FREE'),
  /** Where it is known otherwise than from the device. */
  expectedEndOn: CivilDate.nullable().optional(),
  endedOn: CivilDate.nullable().optional(),
  endReason: EndReason.nullable().optional(),
  /** A condom beside another method. */
  isDual: z.boolean().default(false),
  choiceId: Id.nullable().optional(),
}

export const NewEpisode = z.strictObject({ clientId: Id, ...episodeFields })
export type NewEpisode = z.output<typeof NewEpisode>

export const EpisodeEnd = z.strictObject({ endedOn: CivilDate, endReason: EndReason })
export type EpisodeEnd = z.infer<typeof EpisodeEnd>

const { startContext: _context, ownSource: _source, isDual: _dual, ...rest } = episodeFields
export const EpisodeCorrection = z.strictObject({
  set: z
    .strictObject({
      ...rest,
      startContext: StartContext,
      ownSource: OwnSource,
      isDual: z.boolean(),
    })
    .partial()
    .refine((fields) => Object.keys(fields).length > 0),
  reason: Text(200),
})
export type EpisodeCorrection = z.output<typeof EpisodeCorrection>

const params = z.strictObject({ id: Id })
const dryRun = z.strictObject({ dryRun: QueryFlag.optional() })

export const listEpisodes = defineEndpoint({
  method: 'GET',
  url: '/api/v1/method-episodes',
  schema: {
    summary:
      'Methods in use or used: of my facility, or of one client as far as I may see; latest start first',
    tags: ['method-episodes'],
    querystring: z.strictObject({
      ...PageQuery,
      clientId: Id.optional(),
      method: MethodCode.optional(),
      /** In use on the day. */
      currentOn: CivilDate.optional(),
      from: CivilDate.optional(),
      to: CivilDate.optional(),
      /** Expected to end up to the day. */
      expiringBy: CivilDate.optional(),
      voided: QueryFlag.optional(),
    }),
    response: { 200: Page(Episode.extend({ clientName: z.string() })) },
  },
  config: { permission: 'care.read', dataClass: 'L4' },
})

export const getEpisode = defineEndpoint({
  method: 'GET',
  url: '/api/v1/method-episodes/:id',
  schema: {
    summary: 'One method episode, voided ones too',
    tags: ['method-episodes'],
    params,
    response: { 200: Episode },
  },
  config: { permission: 'care.read', dataClass: 'L4' },
})

/** With `dryRun=true` answers 200 and what it would do, and changes nothing. */
export const recordEpisode = defineEndpoint({
  method: 'POST',
  url: '/api/v1/method-episodes',
  schema: {
    summary: 'A method is started, at its true day however late; earlier and later ones are fitted around it',
    tags: ['method-episodes'],
    querystring: dryRun,
    body: NewEpisode,
    response: { 200: CarePreview, 201: Episode },
  },
  config: { permission: 'care.record', dataClass: 'L4', idempotent: true },
})

export const endEpisode = defineEndpoint({
  method: 'POST',
  url: '/api/v1/method-episodes/:id/end',
  schema: {
    summary: 'A method is stopped, with its reason',
    tags: ['method-episodes'],
    params,
    querystring: dryRun,
    body: EpisodeEnd,
    response: { 200: CarePreview, 201: Episode },
  },
  config: { permission: 'care.record', dataClass: 'L4', idempotent: true },
})

export const correctEpisode = defineEndpoint({
  method: 'POST',
  url: '/api/v1/method-episodes/:id/corrections',
  schema: {
    summary: 'Correct a method episode: voids it with the reason and appends its replacement',
    tags: ['method-episodes'],
    params,
    querystring: dryRun,
    body: EpisodeCorrection,
    response: { 200: CarePreview, 201: Episode },
  },
  config: { permission: 'care.record', dataClass: 'L4', idempotent: true },
})

export const voidEpisode = defineEndpoint({
  method: 'POST',
  url: '/api/v1/method-episodes/:id/void',
  schema: {
    summary: 'Void an episode that never was: the others are what they would be without it',
    tags: ['method-episodes'],
    params,
    querystring: dryRun,
    body: z.strictObject({ reason: Text(200) }),
    response: { 200: CarePreview, 201: Episode },
  },
  config: { permission: 'care.record', dataClass: 'L4', idempotent: true },
})
