import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, Text } from '../values.ts'

const PlaceName = z.object({ code: DivisionCode, name: z.string() })
const params = z.strictObject({ id: Id })
const tags = ['outreach'] as [string]
const count = z.int().min(0).max(1_000_000)

export const outreachKinds = {
  ROUND: ['巡回服务', 'Round of the villages'],
  FREE_CLINIC: ['义诊', 'Free clinic'],
  EXPERTS: ['专家到站', 'Visiting experts'],
  EDUCATION: ['优生科普', 'Health education'],
  TRAINING: ['优生优育培训', 'Training'],
} as const
export const OutreachKind = z.enum(['ROUND', 'FREE_CLINIC', 'EXPERTS', 'EDUCATION', 'TRAINING'])
export type OutreachKind = z.infer<typeof OutreachKind>

/** What a team carries (S2-48); the list may be longer. */
export const outreachKit = {
  STETHOSCOPE: ['听诊器', 'Stethoscope'],
  SPHYGMOMANOMETER: ['血压计', 'Sphygmomanometer'],
  THERMOMETER: ['体温计', 'Thermometer'],
  ULTRASOUND: ['便携式B超', 'Portable ultrasound'],
  GYN_COUCH: ['妇科检查床', 'Examination couch'],
  SPECULA: ['一次性窥器', 'Disposable specula'],
  LAB_KIT: ['化验箱', 'Laboratory kit'],
  SUPPLIES: ['药具', 'Contraceptive supplies'],
  LEAFLETS: ['宣传资料', 'Leaflets'],
  SCREEN: ['屏风', 'Privacy screen'],
} as const
export const OutreachKitItem = z.enum(
  Object.keys(outreachKit) as [keyof typeof outreachKit, ...(keyof typeof outreachKit)[]],
)

const counters = {
  /** Persons (人次) seen. */
  clients: count,
  ultrasound: count,
  gynaecology: count,
  breast: count,
  laboratory: count,
  treated: count,
  iudIn: count,
  iudOut: count,
  supplies: count,
  leaflets: count,
  consultations: count,
  audience: count,
}
export const outreachCounters = Object.keys(counters) as (keyof typeof counters)[]
export type OutreachCounter = keyof typeof counters

const fields = {
  facilityId: Id,
  kind: OutreachKind,
  occurredOn: CivilDate,
  /** How many days it took. */
  days: z.int().min(1).max(366),
  /** Villages visited; the first one places the record. */
  sites: z.array(DivisionCode).min(1).max(60),
  workUnits: z.int().min(0).max(200),
  minutes: z.int().min(0).max(100_000),
  team: z.array(Text(30)).min(1).max(40),
  visitingExperts: z.int().min(0).max(40),
  vehicle: Text(30).nullable(),
  kit: z.array(OutreachKitItem).max(10),
  ...counters,
  note: Text(500).nullable(),
}

/** 下乡服务 */
export const OutreachRow = z
  .object(fields)
  .omit({ sites: true })
  .extend({
    id: Id,
    facility: z.string(),
    sites: z.array(PlaceName),
    recordedAt: Instant,
    voidedAt: Instant.nullable(),
    version: z.int(),
  })
export type OutreachRow = z.infer<typeof OutreachRow>

/** A counter beside what is recorded under this session; items are not persons. */
export const OutreachCheck = z.object({
  counter: z.enum(outreachCounters as [OutreachCounter, ...OutreachCounter[]]),
  stated: z.int(),
  /** Null where nothing is recorded one by one; suppressed below 5 for who does not treat. */
  linked: z.int().nullable(),
  difference: z.int().nullable(),
})
export type OutreachCheck = z.infer<typeof OutreachCheck>
export const Outreach = OutreachRow.extend({
  /** Sum of services: may be larger than `clients`, one person may have several. */
  items: z.int(),
  /** Whether anything is linked at all. */
  isLinked: z.boolean(),
  checks: z.array(OutreachCheck),
  /** A5 more recorded than stated. */
  findings: z.array(z.string()),
})
export type Outreach = z.infer<typeof Outreach>

export const listOutreach = defineEndpoint({
  method: 'GET',
  url: '/api/v1/outreach-sessions',
  schema: {
    summary: 'Outreach sessions in my area, newest first',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      facilityId: Id.optional(),
      kind: OutreachKind.optional(),
      from: CivilDate.optional(),
      to: CivilDate.optional(),
    }),
    response: { 200: Page(OutreachRow) },
  },
  config: { permission: 'outreach.read', dataClass: 'L0' },
})
export const getOutreach = defineEndpoint({
  method: 'GET',
  url: '/api/v1/outreach-sessions/:id',
  schema: {
    summary: 'One outreach session, its counters beside what is recorded under it',
    tags,
    params,
    response: { 200: Outreach },
  },
  config: { permission: 'outreach.read', dataClass: 'L0' },
})
export const NewOutreach = z.strictObject(fields).partial({
  days: true,
  workUnits: true,
  visitingExperts: true,
  vehicle: true,
  kit: true,
  note: true,
  clients: true,
  ultrasound: true,
  gynaecology: true,
  breast: true,
  laboratory: true,
  treated: true,
  iudIn: true,
  iudOut: true,
  supplies: true,
  leaflets: true,
  consultations: true,
  audience: true,
})
export type NewOutreach = z.infer<typeof NewOutreach>
export const recordOutreach = defineEndpoint({
  method: 'POST',
  url: '/api/v1/outreach-sessions',
  schema: { summary: 'Record an outreach session', tags, body: NewOutreach, response: { 201: Outreach } },
  config: { permission: 'outreach.record', dataClass: 'L0', idempotent: true },
})
export const ChangedOutreach = z.strictObject(fields).omit({ facilityId: true }).partial()
export type ChangedOutreach = z.infer<typeof ChangedOutreach>
export const changeOutreach = defineEndpoint({
  method: 'PATCH',
  url: '/api/v1/outreach-sessions/:id',
  schema: {
    summary: 'Complete an outreach session: its counters and circumstances',
    tags,
    params,
    body: ChangedOutreach,
    response: { 200: Outreach },
  },
  config: { permission: 'outreach.record', dataClass: 'L0', conditional: true },
})
export const voidOutreach = defineEndpoint({
  method: 'POST',
  url: '/api/v1/outreach-sessions/:id/void',
  schema: {
    summary: 'Void an outreach session entered by mistake',
    tags,
    params,
    body: z.strictObject({ reason: Text(200) }),
    response: { 200: Outreach },
  },
  config: { permission: 'outreach.record', dataClass: 'L0', idempotent: true },
})
